#include "pages/review_page.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QFontMetrics>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <set>

#include "pages/firewall_card.h"
#include "pages/parts.h"
#include "pages/save_text.h"
#include "pages/step_card.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {

QString changeWord(deploy::Change change) {
    switch (change) {
        case deploy::Change::New:
            return ReviewPage::tr("+ new");
        case deploy::Change::Changed:
            return ReviewPage::tr("~ changed");
        case deploy::Change::Same:
            return ReviewPage::tr("= as it is");
        case deploy::Change::Gone:
            return ReviewPage::tr("− no longer");
    }
    return {};
}

size_t serversOf(const deploy::Plan& plan) {
    std::set<deploy::HostId> hosts;
    for (const deploy::Step& step : plan.steps)
        hosts.insert(step.host);
    return hosts.size();
}

}  // namespace

ReviewPage::ReviewPage(const PageContext& context)
    : Page(WizardStep::Review),
      context_(context),
      headline_(makeLabel("title")),
      summary_(makeLabel("muted")),
      digest_(makeLabel("small")),
      byStage_(makeButton(QStringLiteral("byStage"))),
      byServer_(makeButton(QStringLiteral("byServer"))),
      export_(makeButton(QStringLiteral("exportPlan"))),
      firewall_(makeButton(QStringLiteral("firewallSheet"))),
      tree_(new QTreeWidget),
      step_(new StepCard(context)),
      sheet_(new FirewallCard(context)),
      stack_(new QStackedWidget),
      problem_(new NoteBox(context.theme)) {
    tree_->setObjectName(QStringLiteral("planTree"));
    tree_->setColumnCount(2);
    tree_->setUniformRowHeights(true);
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    tree_->setFrameShape(QFrame::NoFrame);
    digest_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    for (QPushButton* button : {byStage_, byServer_, firewall_})
        button->setCheckable(true);
    byStage_->setChecked(true);
    auto* group = new QButtonGroup(this);
    group->addButton(byStage_);
    group->addButton(byServer_);
    group->addButton(firewall_);
    tabToChosen(*group);

    auto* head = makeCard();
    auto* headGrid = new QGridLayout(head);
    headGrid->setContentsMargins(14, 10, 14, 10);
    headGrid->addWidget(headline_, 0, 0);
    headGrid->addWidget(summary_, 1, 0, 1, 5);
    headGrid->addWidget(digest_, 2, 0, 1, 5);
    headGrid->addWidget(byStage_, 0, 1);
    headGrid->addWidget(byServer_, 0, 2);
    headGrid->addWidget(firewall_, 0, 3);
    headGrid->addWidget(export_, 0, 4);
    headGrid->setColumnStretch(0, 1);
    headGrid->setHorizontalSpacing(8);
    auto* left = makeCard();
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(8, 4, 8, 8);
    leftColumn->addWidget(tree_);
    auto* split = new QSplitter;
    split->setHandleWidth(12);
    split->addWidget(left);
    split->addWidget(step_);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    // Else what their content wants decides, which leaves the steps' names no room.
    split->setSizes({2000, 3000});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(head);
    column->addWidget(problem_);
    stack_->addWidget(split);
    stack_->addWidget(sheet_);
    column->addWidget(stack_, 1);

    connect(group, &QButtonGroup::buttonClicked, this, [this] {
        stack_->setCurrentIndex(firewall_->isChecked() ? 1 : 0);
        if (firewall_->isChecked())
            return;
        order_ = byStage_->isChecked() ? deploy::PlanOrder::ByStage : deploy::PlanOrder::ByServer;
        shown_.clear();
        refresh();
    });
    connect(export_, &QPushButton::clicked, this, &ReviewPage::exportText);
    connect(tree_, &QTreeWidget::currentItemChanged, this, &ReviewPage::showStep);
    connect(&context_.assessment, &Assessment::outdated, this, &ReviewPage::refreshWhenSeen);
    connect(&context_.assessment, &Assessment::changed, this, [this] {
        refreshWhenSeen();
        Q_EMIT changed();
    });
    retranslate();
}

QString ReviewPage::title() const {
    return tr("Review");
}

QString ReviewPage::subtitle() const {
    return context_.draft.steps().passed.contains(WizardStep::Review) &&
                   context_.assessment.bundle() && context_.assessment.plan()
               ? tr("Steps: %1").arg(context_.assessment.plan()->steps.size())
               : QString();
}

std::vector<Reason> ReviewPage::reasons() const {
    if (!context_.draft.isOpen())
        return {};
    if (!context_.assessment.settled())
        return {{tr("the plan is being worked out"), {}}};
    const auto& plan = context_.assessment.plan();
    if (plan)
        return {};
    if (!context_.assessment.bundle())
        return {{tr("choose the offline bundle on the start page, and verify it"),
                 [self = const_cast<ReviewPage*>(this)] { Q_EMIT self->goTo(WizardStep::Start); },
                 Reason::Place::OtherPage}};
    return {{toQt(deploy::describe(plan.error(), context_.texts.table()).what), {}}};
}

QString ReviewPage::note() const {
    return tr("No server has been changed yet. The button begins exactly what stands here.");
}

QString ReviewPage::nextLabel() const {
    if (!context_.draft.isOpen() || !context_.assessment.plan())
        return {};
    return tr("Begin installation (servers: %1)").arg(serversOf(*context_.assessment.plan()));
}

bool ReviewPage::commit() {
    Q_EMIT beginRequested(*context_.assessment.plan());
    return true;
}

void ReviewPage::enter() {
    sheet_->refresh();
    refresh();
}

void ReviewPage::refresh() {
    const bool open = context_.draft.isOpen();
    const bool good =
        open && context_.assessment.settled() && context_.assessment.plan().has_value();
    problem_->setVisible(open && !good);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{byStage_, byServer_, firewall_, export_, tree_})
        widget->setEnabled(good);
    if (!good) {
        headline_->setText(tr("There is no plan yet"));
        summary_->setText({});
        digest_->setText({});
        tree_->clear();
        shown_.clear();
        step_->show(nullptr);
        if (open && !context_.assessment.settled())
            problem_->show(Tone::Neutral, tr("The plan is being worked out"), {});
        else if (open)
            problem_->show(Tone::Warning, tr("The plan cannot be made"),
                           context_.assessment.bundle()
                               ? context_.texts.describe(context_.assessment.plan().error())
                               : tr("Choose the offline bundle on the start page, and verify it."));
        return;
    }
    const deploy::Plan& plan = *context_.assessment.plan();
    qint64 seconds = 0;
    for (const deploy::Step& step : plan.steps)
        seconds += step.estimate.count();
    const auto changes = deploy::compare(deploy::doneSteps(context_.assessment.runs()), plan);
    int counts[4] = {};
    for (const deploy::StepChange& change : changes)
        ++counts[int(change.change)];
    const bool nothing = counts[0] + counts[1] + counts[3] == 0;
    headline_->setText(nothing ? tr("Everything is installed as it stands here")
                               : tr("This will be done"));
    summary_->setText(joined(
        {tr("Steps: %1").arg(plan.steps.size()), tr("servers: %1").arg(serversOf(plan)),
         tr("at most %1 to send").arg(bytesText(plan.uploadBytes())),
         tr("about %1, estimated").arg(durationText(seconds)),
         tr("new %1, changed %2, as it is %3").arg(counts[0]).arg(counts[1]).arg(counts[2])}));
    const std::string digest = plan.digest();
    digest_->setText(tr("Digest of the plan: %1").arg(toQt(digest)));
    // The same plan reads differently once a run has done parts of it.
    std::string now = digest;
    for (const deploy::StepChange& change : changes)
        now += char('0' + int(change.change));
    if (now != shown_) {
        shown_ = now;
        fillTree(plan);
    }
}

void ReviewPage::fillTree(const deploy::Plan& plan) {
    tree_->clear();
    std::map<deploy::StepId, deploy::Change> changes;
    for (const auto& one : deploy::compare(deploy::doneSteps(context_.assessment.runs()), plan))
        changes[one.step] = one.change;
    QMap<QString, QTreeWidgetItem*> groups;
    QList<QTreeWidgetItem*> order;
    for (const deploy::Step& step : plan.steps) {
        const bool byStage = order_ == deploy::PlanOrder::ByStage;
        const QString name = byStage ? context_.texts.text("stage." + deploy::stageName(step.stage))
                                     : toQt(step.host);
        QTreeWidgetItem*& group = groups[name];
        if (group == nullptr) {
            group = new QTreeWidgetItem({name});
            QFont bold = tree_->font();
            bold.setBold(true);
            group->setFont(0, bold);
            order << group;
        }
        const QString title = stepTitle(step, context_.texts);
        const auto change = changes.find(step.id);
        auto* item = new QTreeWidgetItem(
            {serversOf(plan) > 1 && byStage ? labelled(toQt(step.host), title) : title,
             change == changes.end() ? QString() : changeWord(change->second)});
        item->setData(0, Qt::UserRole, toQt(step.id));
        item->setToolTip(0, title);
        group->addChild(item);
    }
    tree_->addTopLevelItems(order);
    tree_->expandAll();
    if (!order.isEmpty() && order.front()->childCount() > 0)
        tree_->setCurrentItem(order.front()->child(0));
}

void ReviewPage::showStep() {
    const QTreeWidgetItem* item = tree_->currentItem();
    const auto& plan = context_.assessment.plan();
    const deploy::Step* step =
        item != nullptr && plan
            ? plan->find(deploy::StepId(fromQt(item->data(0, Qt::UserRole).toString())))
            : nullptr;
    step_->show(step);
}

void ReviewPage::exportText() {
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the plan"), QStringLiteral("plan.txt"), tr("Text (*.txt)"));
    if (file.isEmpty() || !context_.assessment.plan())
        return;
    saveText(context_.questions, file,
             deploy::planText(*context_.assessment.plan(), order_, context_.texts.table()));
}

void ReviewPage::retranslate() {
    byStage_->setText(tr("By stage"));
    byServer_->setText(tr("By server"));
    export_->setText(tr("Export as text…"));
    tree_->setHeaderLabels({tr("Step"), tr("Difference")});
    tree_->setAccessibleName(tr("Steps of the plan"));
    firewall_->setText(tr("Firewall request"));
    step_->retranslate();
    sheet_->retranslate();
    shown_.clear();
    refreshWhenSeen();
}

}  // namespace wizard

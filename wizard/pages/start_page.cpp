#include "pages/start_page.h"

#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "pages/bundle_card.h"
#include "pages/parts.h"
#include "pages/project_chooser.h"
#include "remote/simulated.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

StartPage::StartPage(const PageContext& context)
    : Page(WizardStep::Start),
      context_(context),
      chooser_(new ProjectChooser(context)),
      projectTitle_(makeLabel("title")),
      projectText_(makeLabel("muted")),
      close_(makeButton(QStringLiteral("closeProject"))),
      bundle_(new BundleCard(context)) {
    project_ = makeProjectCard();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(chooser_, 1);
    column->addWidget(project_);
    column->addWidget(bundle_, 1);

    connect(chooser_, &ProjectChooser::openRequested, this, &StartPage::openRequested);
    connect(close_, &QPushButton::clicked, this, [this] { context_.draft.close(); });
    connect(bundle_, &BundleCard::changed, this, &Page::changed);
    connect(&context_.draft, &Draft::projectChanged, this, &StartPage::adoptProject);
    connect(&context_.draft, &Draft::readOnlyChanged, this, &StartPage::retranslate);
    connect(&context_.assessment, &Assessment::changed, this, &Page::changed);
    adoptProject();
}

QFrame* StartPage::makeProjectCard() {
    auto* card = makeCard();
    auto* grid = new QGridLayout(card);
    grid->setContentsMargins(22, 16, 22, 16);
    grid->addWidget(projectTitle_, 0, 0, 1, 3);
    grid->addWidget(close_, 0, 3);
    grid->addWidget(projectText_, 1, 0, 1, 4);
    grid->setColumnStretch(2, 1);
    return card;
}

QString StartPage::title() const {
    return tr("Start");
}

QString StartPage::subtitle() const {
    const auto& bundle = context_.assessment.bundle();
    return bundle ? tr("Bundle %1").arg(toQt(bundle->manifest.version)) : QString();
}

std::vector<Reason> StartPage::reasons() const {
    if (!context_.draft.isOpen())
        return {{tr("create a project, or open one"), [this] { chooser_->focusFirst(); }}};
    if (context_.draft.content().kind == deploy::ProjectKind::Explore)
        return {};
    if (bundle_->verifying())
        return {{tr("the bundle is still being verified"), [this] { bundle_->focusPath(); }}};
    if (!context_.assessment.bundle())
        return {{tr("choose the offline bundle and verify it"), [this] { bundle_->focusPath(); }}};
    return {};
}

QString StartPage::note() const {
    const bool ready = context_.draft.isOpen() && reasons().empty();
    return ready && context_.draft.content().kind == deploy::ProjectKind::Practice
               ? tr("Everything that practice needs is here: press Next.")
               : QString();
}

void StartPage::enter() {
    if (!context_.draft.isOpen())
        chooser_->focusFirst();
}

void StartPage::adoptProject() {
    const bool open = context_.draft.isOpen();
    chooser_->setVisible(!open);
    project_->setVisible(open);
    bundle_->setVisible(open && context_.draft.content().kind != deploy::ProjectKind::Explore);
    bundle_->adoptProject();
    retranslate();
    // What had the focus is gone: without this it would jump to the rail.
    if (open && isVisible() && context_.draft.content().kind == deploy::ProjectKind::Explore) {
        Q_EMIT goTo(WizardStep::Topology);
    } else if (open && isVisible()) {
        bundle_->focusPath();
    }
    Q_EMIT changed();
}

void StartPage::retranslate() {
    chooser_->retranslate();
    bundle_->retranslate();
    close_->setText(tr("Close project"));
    close_->setEnabled(!context_.draft.lent());
    if (!context_.draft.isOpen())
        return;
    const deploy::ProjectContent& content = context_.draft.content();
    const bool practice = content.kind == deploy::ProjectKind::Practice;
    projectTitle_->setText(toQt(content.name));
    QString text = QDir::toNativeSeparators(toQt(context_.draft.folder().folder().string()));
    const std::string lesson = deploy::Scenario::lessonOf(content.scenario);
    if (practice)
        text += QLatin1Char('\n') +
                labelled(context_.texts.text("scenario." + lesson + ".title"),
                         context_.texts.text("scenario." + lesson + ".goal")) +
                QLatin1Char('\n') + context_.texts.text("scenario." + lesson + ".hints");
    if (content.kind == deploy::ProjectKind::Explore)
        text += QLatin1Char('\n') +
                tr("An exploration: the servers are made up. Play with the modes, the roles and "
                   "failures on the drawing; nothing can be installed.");
    if (context_.draft.readOnly() && !context_.draft.lent())
        text += QLatin1Char('\n') +
                tr("Another window or program works on this project: it is open for reading only.");
    projectText_->setText(text);
}

}  // namespace wizard

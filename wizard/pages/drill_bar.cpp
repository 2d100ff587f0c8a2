#include "pages/drill_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

#include "pages/parts.h"
#include "report/drill_words.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

DrillBar::DrillBar(const PageContext& context)
    : context_(context),
      title_(makeLabel("muted")),
      servers_(new QComboBox),
      begin_(makeButton(QStringLiteral("drill"))) {
    servers_->setObjectName(QStringLiteral("drillServer"));
    title_->setBuddy(servers_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(servers_);
    row->addWidget(begin_);
    row->addStretch();
    connect(begin_, &QPushButton::clicked, this, [this] { ask(deploy::LastCopy::Kept); });
}

void DrillBar::fillServers() {
    const QString before = servers_->currentText();
    const QSignalBlocker quiet(servers_);
    servers_->clear();
    if (context_.draft.isOpen())
        for (const deploy::HostId& host : context_.draft.content().topology.hosts())
            servers_->addItem(toQt(host));
    servers_->setCurrentIndex(std::max(servers_->findText(before), 0));
}

void DrillBar::setReady(bool ready) {
    fillServers();
    // One server alone has nobody who could take over, or call it.
    setVisible(servers_->count() > 1);
    title_->setVisible(servers_->count() > 1);
    servers_->setEnabled(ready);
    begin_->setEnabled(ready && servers_->count() > 1);
}

deploy::HostId DrillBar::chosen() const {
    return deploy::HostId(servers_->currentText().toStdString());
}

void DrillBar::ask(deploy::LastCopy last) {
    const deploy::HostId server = chosen();
    const auto plan = deploy::drillPlan(context_.draft.product(), context_.draft.folder(), server,
                                        deploy::DrillKind::Services, last,
                                        context_.clocks.of(context_.draft.content().kind));
    if (!plan) {
        if (plan.error().code == deploy::ErrorCode::LastCopy)
            askAboutLastCopy(plan.error());
        else
            Q_EMIT refused(plan.error());
        return;
    }
    const auto make = [this, server, plan = *plan] {
        QStringList lines = {
            tr("All services on %1 are ended without warning, as by a power cut, and started again "
               "after %2 seconds. Meanwhile each function is called 20 times a second. By the "
               "failure simulation users notice:")
                .arg(toQt(server))
                .arg(deploy::kDrillHold.count())};
        for (const deploy::DrillRow& row :
             deploy::drillRows(deploy::drillResult(plan, {}), context_.texts.table()))
            lines << labelled(toQt(row.function), toQt(row.expected));
        Question question;
        question.key = QStringLiteral("drill");
        question.title = tr("Stop %1 on purpose?").arg(toQt(server));
        question.body = lines.join(u'\n');
        question.choices = {tr("Leave it running"), tr("Stop it and measure"),
                            tr("I power it off and on myself")};
        return question;
    };
    context_.questions.ask(make, [this, plan = *plan, server, last](const Answer& answer) {
        if (answer.choice == 1)
            Q_EMIT confirmed(plan);
        else if (answer.choice == 2)
            beginByPower(server, last);
    });
}

void DrillBar::beginByPower(const deploy::HostId& server, deploy::LastCopy last) {
    const auto plan = deploy::drillPlan(context_.draft.product(), context_.draft.folder(), server,
                                        deploy::DrillKind::Power, last,
                                        context_.clocks.of(context_.draft.content().kind));
    if (plan)
        Q_EMIT confirmed(*plan);
    else
        Q_EMIT refused(plan.error());
}

void DrillBar::askAboutLastCopy(const deploy::Error& error) {
    const auto make = [this, error] {
        Question question;
        question.key = QStringLiteral("drill");
        question.title = tr("A service stands still as long as %1 does").arg(toQt(error.where));
        question.body = context_.texts.describe(error);
        question.choices = {tr("Leave it running"), tr("Go on all the same")};
        return question;
    };
    context_.questions.ask(make, [this](const Answer& answer) {
        if (answer.choice == 1)
            ask(deploy::LastCopy::GivenUp);
    });
}

void DrillBar::retranslate() {
    title_->setText(tr("Drill"));
    servers_->setAccessibleName(tr("Server to stop on purpose"));
    begin_->setText(tr("Stop it on purpose…"));
}

}  // namespace wizard

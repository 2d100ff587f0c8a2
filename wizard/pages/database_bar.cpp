#include "pages/database_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "pages/parts.h"
#include "text/convert.h"

namespace wizard {

namespace {

bool runs(const deploy::Plan& plan, const std::string& script) {
    return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const deploy::Step& step) {
        const auto* run = std::get_if<deploy::RunScript>(&step.action);
        return run != nullptr && run->call.script == script;
    });
}

const std::string& howOf(const deploy::Step& step) {
    return std::get<deploy::RunScript>(step.action).call.values.at("HOW");
}

}  // namespace

DatabaseBar::DatabaseBar(const PageContext& context)
    : context_(context),
      title_(makeLabel("muted")),
      recover_(makeButton(QStringLiteral("recoverDatabase"))),
      switchOver_(makeButton(QStringLiteral("switchOver"))),
      rebalance_(makeButton(QStringLiteral("rebalanceCache"))),
      said_(makeLabel("muted")) {
    said_->setObjectName(QStringLiteral("databaseSaid"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(recover_);
    row->addWidget(switchOver_);
    row->addWidget(rebalance_);
    row->addWidget(said_, 1);
    connect(recover_, &QPushButton::clicked, this, [this] { begin(Deed::Recover); });
    connect(switchOver_, &QPushButton::clicked, this, [this] { begin(Deed::SwitchOver); });
    connect(rebalance_, &QPushButton::clicked, this, &DatabaseBar::rebalance);
}

void DatabaseBar::setReady(bool ready, const deploy::Plan* installed) {
    installed_ = installed == nullptr ? deploy::Plan() : *installed;
    const bool pair = deploy::hasDatabasePair(installed_);
    const bool cache = runs(installed_, "cache/cluster");
    recover_->setVisible(pair || runs(installed_, "database/member"));
    switchOver_->setVisible(pair);
    rebalance_->setVisible(cache);
    const bool any = pair || cache || runs(installed_, "database/member");
    setVisible(any);
    title_->setVisible(any);
    for (QPushButton* button : {recover_, switchOver_, rebalance_})
        button->setEnabled(ready);
}

QString DatabaseBar::text(const char* key, const deploy::HostId& server) const {
    return toQt(context_.texts.table().text(key, {{"server", server.str()}}));
}

void DatabaseBar::begin(Deed deed) {
    deed_ = deed;
    said_->clear();
    const auto& scripts = context_.draft.product().scripts;
    const auto questions = deploy::hasDatabasePair(installed_)
                               ? deploy::pairQuestions(installed_, scripts)
                               : deploy::recoveryQuestions(installed_, scripts);
    if (!questions) {
        Q_EMIT refused(questions.error());
        return;
    }
    questions_ = *questions;
    Q_EMIT asks(questions_);
}

deploy::Result<deploy::Plan> DatabaseBar::planFor(const std::vector<deploy::StepAnswer>& answers) {
    using deploy::Promotion;
    if (!deploy::hasDatabasePair(installed_))
        return deploy::positionsIn(questions_, answers).and_then([&](const auto& positions) {
            return deploy::makeRecoveryPlan(questions_, positions);
        });
    // A server that cannot be asked may be a primary that is lost; whether it is, is asked next.
    const bool silent = std::any_of(answers.begin(), answers.end(),
                                    [](const auto& answer) { return answer.error.has_value(); });
    promotion_ = silent && deed_ == Deed::SwitchOver ? Promotion::PrimaryLost : Promotion::Guided;
    return deploy::statesIn(questions_, answers, promotion_).and_then([&](const auto& states) {
        return deed_ == Deed::Recover
                   ? deploy::makeRenewalPlan(questions_, states)
                   : deploy::makeSwitchOverPlan(questions_, states, {}, promotion_);
    });
}

QString DatabaseBar::wordsFor(const deploy::Plan& plan) const {
    if (deed_ == Deed::SwitchOver)
        return text(promotion_ == deploy::Promotion::Guided ? "cli.switch_over.guided"
                                                            : "cli.switch_over.promote",
                    deploy::newPrimary(plan));
    if (deploy::hasDatabasePair(installed_))
        return text("cli.switch_over.renew", plan.steps.front().host);
    const auto first = std::find_if(plan.steps.begin(), plan.steps.end(),
                                    [](const deploy::Step& step) { return howOf(step) != "stop"; });
    return text(howOf(*first) == "first" ? "cli.recover.first" : "cli.recover.join", first->host);
}

void DatabaseBar::answered(const deploy::Result<std::vector<deploy::StepAnswer>>& answers) {
    const auto plan = answers.and_then([this](const auto& all) { return planFor(all); });
    if (!plan) {
        Q_EMIT refused(plan.error());
    } else if (plan->steps.empty()) {
        said_->setText(!deploy::hasDatabasePair(installed_) ? text("cli.recover.nothing")
                       : deed_ == Deed::Recover             ? text("cli.switch_over.whole")
                                                            : text("cli.switch_over.nothing"));
    } else {
        const auto words = [this, plan = *plan] {
            return QStringList{deed_ == Deed::Recover ? tr("Bring the database back?")
                                                      : tr("Let the other server take the writes?"),
                               wordsFor(plan)};
        };
        confirm(words, *plan);
    }
}

void DatabaseBar::rebalance() {
    said_->clear();
    const auto plan = deploy::makeRebalancePlan(installed_, context_.draft.product().scripts);
    if (!plan) {
        Q_EMIT refused(plan.error());
        return;
    }
    const auto words = [] {
        return QStringList{tr("Put the cache's masters back?"),
                           tr("After fail-overs two masters may share a server. Each takes over on "
                              "its own server again, one after the other; calls to the cache may "
                              "stand for a moment.")};
    };
    confirm(words, *plan);
}

void DatabaseBar::confirm(const std::function<QStringList()>& words, const deploy::Plan& plan) {
    const auto make = [words] {
        const QStringList now = words();
        Question question;
        question.key = QStringLiteral("database");
        question.title = now.first();
        question.body = now.last();
        question.choices = {tr("Leave it as it is"), tr("Begin")};
        return question;
    };
    context_.questions.ask(make, [this, plan](const Answer& answer) {
        if (answer.choice == 1)
            Q_EMIT confirmed(plan);
    });
}

void DatabaseBar::retranslate() {
    title_->setText(tr("Database and cache"));
    recover_->setText(tr("Bring the database back…"));
    switchOver_->setText(tr("Switch over…"));
    rebalance_->setText(tr("Rebalance the cache…"));
    said_->clear();
}

}  // namespace wizard

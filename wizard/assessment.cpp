#include "assessment.h"

#include <algorithm>

#include "plan/actions.h"

namespace wizard {

Assessment::Assessment(Draft& draft, QObject* parent)
    : QObject(parent), draft_(draft), outcomes_(std::make_shared<const Outcomes>()) {
    connect(&draft_, &Draft::projectChanged, this, &Assessment::reload);
    for (const auto signal : {&Draft::inventoryChanged, &Draft::topologyChanged,
                              &Draft::settingsChanged, &Draft::waiversChanged})
        connect(&draft_, signal, this, &Assessment::forget);
    connect(&draft_, &Draft::bundleChanged, this, [this] {
        if (bundle_ && draft_.content().bundleDigest != bundle_->digest)
            bundle_.reset();
        forget();
    });
    // One edit may tell of itself in several ways, and edits may come faster than they are judged.
    judgeSoon_.setSingleShot(true);
    connect(&judgeSoon_, &QTimer::timeout, this, &Assessment::judgeOnThread);
    connect(&runner_, &JudgeRunner::judged, this, &Assessment::take);
    connect(&runner_, &Runner::finished, this, &Assessment::judgeOnThread);
}

void Assessment::reload() {
    bundle_.reset();
    dropRuns();
    // Another project: what was said of the one before does not stand.
    judgement_.reset();
    plan_.reset();
    Outcomes outcomes;
    if (draft_.isOpen()) {
        auto saved = draft_.folder().loadFacts();
        if (!saved)
            Q_EMIT failed(saved.error());
        else
            for (auto& [host, facts] : *saved)
                outcomes.emplace(host, std::move(facts));
    }
    outcomes_ = std::make_shared<const Outcomes>(std::move(outcomes));
    forget();
}

void Assessment::forget() {
    // While a run uses the folder, what was known before it stands.
    if (draft_.lent())
        return;
    ++edits_;
    settled_ = !draft_.isOpen() || draft_.content().inventory.hosts.size() <= kMostAtOnce;
    if (!settled_) {
        judgeSoon_.start();
        Q_EMIT outdated();
        return;
    }
    judgement_.reset();
    plan_.reset();
    Q_EMIT changed();
}

JudgeWork Assessment::work() const {
    if (!present_)
        present_ = std::make_shared<const deploy::Plan>(deploy::presentPlan(runs()));
    return {draft_.product(), draft_.snapshot(), outcomes_, bundle_, present_};
}

void Assessment::judgeOnThread() {
    if (settled_ || runner_.running())
        return;
    judgedEdits_ = edits_;
    runner_.judge(work());
}

void Assessment::take(const Verdicts& verdicts) {
    ++tally_.judgements;
    ++tally_.plans;
    // Edited since: it is judged again when the thread is free.
    if (settled_ || judgedEdits_ != edits_)
        return;
    judgement_ = verdicts.judgement;
    plan_ = verdicts.plan;
    settled_ = true;
    Q_EMIT changed();
}

void Assessment::setBundle(std::optional<deploy::Bundle> bundle) {
    bundle_ = std::move(bundle);
    forget();
}

void Assessment::setOutcome(const deploy::Host& host, const deploy::ProbeOutcome& outcome) {
    auto next = std::make_shared<Outcomes>(*outcomes_);
    next->insert_or_assign(host.name, outcome);
    outcomes_ = std::move(next);
    if (outcome && !draft_.readOnly()) {
        if (auto saved = draft_.folder().saveFacts(*outcome); !saved)
            Q_EMIT failed(saved.error());
        draft_.markProbed(host);
    }
    forget();
}

const deploy::Facts* Assessment::facts(const deploy::HostId& host) const {
    const auto it = outcomes_->find(host);
    return it != outcomes_->end() && it->second ? &*it->second : nullptr;
}

std::shared_ptr<const deploy::Judgement> Assessment::judgement() const {
    if (!judgement_) {
        const bool possible = draft_.isOpen() && settled_;
        judgement_ = std::make_shared<const deploy::Judgement>(possible ? judgementOf(work())
                                                                        : deploy::Judgement());
        tally_.judgements += possible ? 1 : 0;
    }
    return judgement_;
}

const std::vector<deploy::CheckResult>& Assessment::checks() const {
    return judgement()->checks;
}

const std::vector<deploy::Finding>& Assessment::findings() const {
    return judgement()->findings;
}

const deploy::Result<deploy::Plan>& Assessment::plan() const {
    if (!plan_) {
        using Planned = deploy::Result<deploy::Plan>;
        const bool possible = draft_.isOpen() && bundle_ && settled_;
        plan_ = std::make_shared<const Planned>(
            possible ? planOf(work(), *judgement())
                     : Planned(deploy::fail(deploy::ErrorCode::BundleInvalid, "bundle")));
        tally_.plans += possible ? 1 : 0;
    }
    return *plan_;
}

const std::vector<deploy::RunRecord>& Assessment::runs() const {
    if (!runs_) {
        runs_.emplace();
        if (draft_.isOpen())
            if (auto records = draft_.folder().runs())
                *runs_ = std::move(*records);
    }
    return *runs_;
}

const deploy::RunRecord* Assessment::lastRun() const {
    const auto& all = runs();
    const auto it = std::find_if(all.rbegin(), all.rend(), [](const deploy::RunRecord& record) {
        return !deploy::leavesInstallation(deploy::purposeOf(record.plan));
    });
    return it == all.rend() ? nullptr : &*it;
}

void Assessment::dropRuns() {
    runs_.reset();
    present_.reset();
}

void Assessment::forgetRuns() {
    dropRuns();
    forget();
}

}  // namespace wizard

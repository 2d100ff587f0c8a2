#include "assessment.h"

#include <algorithm>

#include "plan/actions.h"

namespace wizard {

Assessment::Assessment(Draft& draft, QObject* parent) : QObject(parent), draft_(draft) {
    connect(&draft_, &Draft::projectChanged, this, &Assessment::reload);
    for (const auto signal : {&Draft::inventoryChanged, &Draft::topologyChanged,
                              &Draft::settingsChanged, &Draft::waiversChanged})
        connect(&draft_, signal, this, &Assessment::forget);
    connect(&draft_, &Draft::bundleChanged, this, [this] {
        if (bundle_ && draft_.content().bundleDigest != bundle_->digest)
            bundle_.reset();
        forget();
    });
}

void Assessment::reload() {
    bundle_.reset();
    outcomes_.clear();
    runs_.reset();
    if (draft_.isOpen()) {
        auto saved = draft_.folder().loadFacts();
        if (!saved)
            Q_EMIT failed(saved.error());
        else
            for (auto& [host, facts] : *saved)
                outcomes_.emplace(host, std::move(facts));
    }
    forget();
}

void Assessment::forget() {
    // While a run uses the folder, what was known before it stands.
    if (draft_.lent())
        return;
    checks_.reset();
    findings_.reset();
    plan_.reset();
    Q_EMIT changed();
}

void Assessment::setBundle(std::optional<deploy::Bundle> bundle) {
    bundle_ = std::move(bundle);
    forget();
}

void Assessment::setOutcome(const deploy::Host& host, const deploy::ProbeOutcome& outcome) {
    outcomes_.insert_or_assign(host.name, outcome);
    if (outcome && !draft_.readOnly()) {
        if (auto saved = draft_.folder().saveFacts(*outcome); !saved)
            Q_EMIT failed(saved.error());
        draft_.markProbed(host);
    }
    forget();
}

const deploy::Facts* Assessment::facts(const deploy::HostId& host) const {
    const auto it = outcomes_.find(host);
    return it != outcomes_.end() && it->second ? &*it->second : nullptr;
}

const std::vector<deploy::CheckResult>& Assessment::checks() const {
    if (!checks_) {
        checks_.emplace();
        if (draft_.isOpen())
            if (auto results = deploy::checkProject(draft_.product(), draft_.folder(), outcomes_,
                                                    bundle_ ? &bundle_->manifest : nullptr))
                *checks_ = std::move(*results);
    }
    return *checks_;
}

const std::vector<deploy::Finding>& Assessment::findings() const {
    if (!findings_) {
        findings_.emplace();
        if (draft_.isOpen())
            if (auto found = deploy::findingsOf(draft_.product(), draft_.content()))
                *findings_ = std::move(*found);
    }
    return *findings_;
}

const deploy::Result<deploy::Plan>& Assessment::plan() const {
    if (!plan_) {
        if (!draft_.isOpen() || !bundle_)
            plan_ = deploy::fail(deploy::ErrorCode::BundleInvalid, "bundle");
        else
            plan_ = deploy::planProject(draft_.product(), draft_.folder(), *bundle_);
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

void Assessment::forgetRuns() {
    runs_.reset();
    forget();
}

}  // namespace wizard

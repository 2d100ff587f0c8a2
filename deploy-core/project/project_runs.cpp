#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "base/clock.h"
#include "base/file.h"
#include "plan/actions.h"
#include "plan/leaving.h"
#include "plan/take_back.h"
#include "project/project.h"
#include "run/journal.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kPlanLimitBytes = 64U << 20U;
constexpr uint64_t kFactsLimitBytes = 4U << 20U;

/// "20260131T101500123Z-4f2a": sorts by time; the tail tells apart two laptops in one millisecond.
Result<RunId> makeRunId(const Clock& clock) {
    std::string stamp = toIso8601(clock.wall());
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':' || c == '.'; });
    std::array<unsigned char, 2> tail{};
    if (RAND_bytes(tail.data(), static_cast<int>(tail.size())) != 1)
        return fail(ErrorCode::Internal, "RAND_bytes");
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = stamp + "-";
    for (const unsigned char byte : tail) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return RunId(text);
}

Result<RunRecord> readRun(const fs::path& folder) {
    RunRecord record{RunId(folder.filename().string()), folder, {}, {}};
    const auto text = readFile(folder / "plan.json", kPlanLimitBytes);
    if (!text)
        return tl::unexpected(text.error());
    auto plan = planFromJson(*text, (folder / "plan.json").string());
    if (!plan)
        return tl::unexpected(plan.error());
    record.plan = std::move(*plan);
    const auto journal = readJournal(folder / "journal");
    if (!journal && journal.error().code != ErrorCode::FileNotFound)
        return tl::unexpected(journal.error());
    if (journal)
        record.state = fold(journal->events);
    if (record.state.outcome == RunOutcome::Running)
        record.state = interrupted(std::move(record.state));
    return record;
}

bool finished(const StepState& state) {
    return state.status == StepStatus::Succeeded || state.status == StepStatus::Skipped;
}

/// What the run has taken back.
std::set<StepId> takenBackBy(const RunRecord& run) {
    std::set<StepId> taken;
    for (const Step& step : run.plan.steps)
        if (takesBack(step) && finished(run.state.step(step.id)))
            taken.insert(step.id);
    return taken;
}

void dropSteps(Plan& plan, const std::function<bool(const Step&)>& dropped) {
    std::erase_if(plan.steps, dropped);
    std::set<StepId> kept;
    for (Step& step : plan.steps) {
        std::erase_if(step.needs, [&](const StepId& id) { return !kept.contains(id); });
        kept.insert(step.id);
    }
}

/// What a removal leaves of the installation, on other servers than its own; whether that is
/// anything but data.
bool leaveBehind(Plan& installed, const RunRecord& removal) {
    const std::set<StepId> taken = takenBackBy(removal);
    const auto stays = [&](const Step& step) {
        return leavesSomething(step, Keep::Data) && !taken.contains(step.id);
    };
    std::set<HostId> hosts;
    for (const Step& step : installed.steps)
        if (stays(step))
            hosts.insert(step.host);
    dropSteps(installed, [&](const Step& step) {
        return taken.contains(step.id) || !hosts.contains(step.host);
    });
    return !hosts.empty();
}

}  // namespace

Result<std::map<HostId, Facts>> ProjectFolder::loadFacts() const {
    std::map<HostId, Facts> facts;
    for (const Host& host : content().inventory.hosts) {
        const fs::path file = folder() / "facts" / (host.name.str() + ".json");
        const auto text = readFile(file, kFactsLimitBytes);
        if (!text && text.error().code == ErrorCode::FileNotFound)
            continue;
        if (!text)
            return tl::unexpected(text.error());
        auto found = factsFromJson(*text, file.string());
        if (!found)
            return tl::unexpected(found.error());
        facts.emplace(host.name, std::move(*found));
    }
    return facts;
}

Result<void> ProjectFolder::saveFacts(const Facts& facts) {
    const fs::path target = folder() / "facts";
    if (auto made = makePrivateFolder(target); !made)
        return made;
    return writeFileAtomically(target / (facts.host.str() + ".json"), factsToJson(facts), 0600);
}

Result<std::vector<RunRecord>> ProjectFolder::runs() const {
    std::vector<fs::path> folders;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder() / "runs", error))
        // A folder without its plan was cut while it was made: nothing ran in it.
        if (entry.is_directory() && fs::exists(entry.path() / "plan.json"))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    std::vector<RunRecord> records;
    for (const fs::path& path : folders) {
        auto record = readRun(path);
        if (!record)
            return tl::unexpected(record.error());
        records.push_back(std::move(*record));
    }
    return records;
}

Result<RunRecord> ProjectFolder::newRun(const Plan& plan, const Clock& clock) {
    const auto id = makeRunId(clock);
    if (!id)
        return tl::unexpected(id.error());
    RunRecord record{*id, folder() / "runs" / id->str(), plan, {}};
    if (auto made = makePrivateFolder(record.folder); !made)
        return tl::unexpected(made.error());
    if (auto saved = writeFileAtomically(record.folder / "plan.json", planToJson(plan), 0600);
        !saved)
        return tl::unexpected(saved.error());
    return record;
}

WallTime lastWord(const std::vector<RunRecord>& runs) {
    WallTime last{};
    for (const RunRecord& run : runs) {
        last = std::max({last, run.state.startedAt, run.state.finishedAt});
        for (const auto& [id, step] : run.state.steps)
            last = std::max({last, step.startedAt, step.finishedAt});
    }
    return last;
}

std::map<StepId, std::string> doneSteps(const std::vector<RunRecord>& runs) {
    std::map<StepId, std::string> done;
    for (const RunRecord& run : runs) {
        if (leavesInstallation(run.state.purpose))
            continue;
        const bool removes = run.state.purpose == "remove";
        const std::set<StepId> taken = takenBackBy(run);
        if (!removes && run.state.outcome == RunOutcome::Succeeded)
            std::erase_if(done,
                          [&](const auto& each) { return !run.state.steps.contains(each.first); });
        for (const auto& [id, state] : run.state.steps) {
            // A step that was begun and has no good end may have changed the server: not done.
            if (state.status != StepStatus::Waiting)
                done.erase(id);
            if (finished(state) && !removes && !taken.contains(id))
                done[id] = state.digest;
        }
    }
    return done;
}

std::optional<Plan> installedPlan(const std::vector<RunRecord>& runs) {
    std::optional<Plan> installed;
    for (const RunRecord& run : runs) {
        if (run.state.purpose == "apply" && !run.state.steps.empty())
            installed = run.plan;
        if (!installed || leavesInstallation(run.state.purpose))
            continue;
        if (run.state.purpose != "remove")
            dropSteps(*installed, [taken = takenBackBy(run)](const Step& step) {
                return takesBack(step) && taken.contains(step.id);
            });
        else if (run.state.outcome == RunOutcome::Succeeded && !leaveBehind(*installed, run))
            installed.reset();
    }
    return installed;
}

Plan presentPlan(const std::vector<RunRecord>& runs) {
    Plan present;
    for (const RunRecord& run : runs) {
        if (leavesInstallation(run.state.purpose))
            continue;
        std::map<StepId, const Step*> before;
        for (const Step& step : present.steps)
            before[step.id] = &step;
        Plan now{run.plan.projectId, run.plan.mode, run.plan.bundleDigest, {}};
        const std::set<StepId> taken = takenBackBy(run);
        std::set<StepId> settled = taken;
        for (const Step& step : run.plan.steps) {
            if (takesBack(step))
                continue;
            const auto known = before.find(step.id);
            const bool begun = run.state.step(step.id).status != StepStatus::Waiting;
            if (!begun && known == before.end())
                continue;
            now.steps.push_back(step);
            if (!begun)
                now.steps.back().action = known->second->action;
            settled.insert(step.id);
        }
        for (Step& step : present.steps)
            if (!settled.contains(step.id))
                now.steps.push_back(std::move(step));
        present = std::move(now);
        for (const Step& step : run.plan.steps)
            if (taken.contains(step.id))
                dropSteps(present, [&](const Step& node) { return forgets(step, node); });
    }
    return present;
}

}  // namespace deploy

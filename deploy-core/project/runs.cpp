#include <algorithm>

#include "plan/leaving.h"
#include "plan/recovery.h"
#include "plan/take_back.h"
#include "project/recover.h"
#include "topology/failure.h"

namespace deploy {

namespace {

constexpr size_t kPasswordLength = 24;

/// Makes the secrets that the plan needs and that do not exist yet. On disk before anything is
/// sent, so that a server never has a password that nobody knows.
Result<void> provideSecrets(Vault& vault, const Plan& plan) {
    bool made = false;
    for (const std::string& name : secretNames(plan)) {
        if (!vault.get(name).empty())
            continue;
        vault.set(name, generatePassword(kPasswordLength));
        made = true;
    }
    return made ? vault.save() : Result<void>{};
}

RunContext contextOf(RunWork& work, const RunRecord& record, const std::string& purpose) {
    RunContext context{.connector = work.connector,
                       .clock = work.clock,
                       .scripts = work.product.scripts,
                       .secret = {},
                       .bundleFolder = work.bundleFolder,
                       .runFolder = record.folder,
                       .run = record.id,
                       .purpose = purpose,
                       .owner = work.owner,
                       .done = {},
                       .brokenLock = work.brokenLock,
                       .only = work.only};
    if (work.project.content().kind == ProjectKind::Deploy)
        context.delivery = Delivery::BetweenServers;
    if (Vault* vault = work.vault; vault != nullptr)
        context.secret = [vault](const std::string& name) -> Result<Secret> {
            const Secret value = vault->get(name);
            if (value.empty())
                return fail(ErrorCode::CredentialMissing, name);
            return value;
        };
    else
        context.secret = [](const std::string&) -> Result<Secret> {
            return generatePassword(kPasswordLength);
        };
    return context;
}

Result<RunState> run(RunWork& work, const RunRecord& record, const std::vector<RunRecord>& earlier,
                     RunObserver& observer, const StopTokens& stop) {
    const std::string purpose = purposeOf(record.plan);
    if (work.vault != nullptr)
        if (auto provided = provideSecrets(*work.vault, record.plan); !provided)
            return tl::unexpected(provided.error());
    const std::filesystem::path file = record.folder / "journal";
    std::vector<Event> before;
    std::error_code error;
    if (std::filesystem::exists(file, error)) {
        auto content = readJournal(file);
        if (!content)
            return tl::unexpected(content.error());
        before = std::move(content->events);
    }
    auto journal = Journal::open(file);
    if (!journal)
        return tl::unexpected(journal.error());
    RunContext context = contextOf(work, record, purpose);
    if (purpose == "apply")
        context.done = doneSteps(earlier);
    return runPlan(record.plan, work.project.content().inventory, context, *journal, before,
                   observer, stop);
}

}  // namespace

std::string purposeOf(const Plan& plan) {
    if (std::string action = actionOf(plan); !action.empty())
        return action;
    bool removes = false;
    for (const Step& step : plan.steps) {
        removes = removes || takesBack(step);
        if (!takesBack(step) && !std::holds_alternative<WaitReady>(step.action))
            return "apply";
    }
    if (removes)
        return "remove";
    return plan.steps.empty() ? "apply" : "verify";
}

Result<RunState> startRun(RunWork& work, const Plan& plan, RunObserver& observer,
                          const StopTokens& stop) {
    auto earlier = work.project.runs();
    if (!earlier)
        return tl::unexpected(earlier.error());
    const auto record = work.project.newRun(plan, work.clock);
    if (!record)
        return tl::unexpected(record.error());
    return run(work, *record, *earlier, observer, stop);
}

Result<RunRecord> runToResume(const ProjectFolder& project) {
    auto records = project.runs();
    if (!records)
        return tl::unexpected(records.error());
    std::erase_if(*records, [](const RunRecord& record) {
        return leavesInstallation(purposeOf(record.plan));
    });
    if (records->empty() || records->back().state.outcome == RunOutcome::Succeeded)
        return fail(ErrorCode::NothingToResume, project.folder().string());
    return std::move(records->back());
}

Result<RunState> resumeRun(RunWork& work, RunObserver& observer, const StopTokens& stop) {
    const auto last = runToResume(work.project);
    if (!last)
        return tl::unexpected(last.error());
    return resumeRun(work, *last, observer, stop);
}

Result<RunState> resumeRun(RunWork& work, const RunRecord& last, RunObserver& observer,
                           const StopTokens& stop) {
    for (const HostId& host : work.only)
        if (std::none_of(last.plan.steps.begin(), last.plan.steps.end(),
                         [&](const Step& step) { return step.host == host; }))
            return fail(ErrorCode::ValueInvalid, "server", host.str());
    auto earlier = work.project.runs();
    if (!earlier)
        return tl::unexpected(earlier.error());
    std::erase_if(*earlier, [&](const RunRecord& record) { return record.id == last.id; });
    return run(work, last, *earlier, observer, stop);
}

Result<Plan> installedPlan(const ProjectFolder& project) {
    const auto records = project.runs();
    if (!records)
        return tl::unexpected(records.error());
    auto plan = installedPlan(*records);
    if (!plan)
        return fail(ErrorCode::NothingInstalled, project.folder().string());
    return std::move(*plan);
}

Result<Plan> removalPlan(const Product& product, const ProjectFolder& project,
                         const Removal& removal) {
    const auto records = project.runs();
    if (!records)
        return tl::unexpected(records.error());
    const ProjectContent& content = project.content();
    const auto present = ofNow(presentPlan(*records), content.inventory, product.scripts);
    if (!present)
        return tl::unexpected(present.error());
    const HostId& server = removal.server;
    Plan plan = *present;
    plan.steps = stepsBack(*present, [&](const Step& step) {
        return leavesSomething(step, removal.keep) && (server.empty() || step.host == server);
    });
    if (plan.steps.empty())
        return fail(ErrorCode::NothingInstalled,
                    server.empty() ? project.folder().string() : server.str());
    if (server.empty())
        return plan;
    std::vector<Step> stay = present->steps;
    std::erase_if(stay, [&](const Step& step) { return step.host == server; });
    auto steps = withLeaving(std::move(plan.steps), stay, product.scripts);
    if (!steps)
        return tl::unexpected(steps.error());
    plan.steps = *std::move(steps);
    if (removal.last == LastCopy::GivenUp)
        return plan;
    const Mode* mode = product.catalog.mode(present->mode);
    if (mode == nullptr)
        return fail(ErrorCode::ValueInvalid, "mode", present->mode.str());
    std::set<HostId> down = {server};
    for (const HostId& host : content.topology.hosts())
        if (!isInstalledOn(*present, host))
            down.insert(host);
    for (const ServiceImpact& impact :
         simulateFailure(*mode, content.inventory, content.topology, down).services)
        if (impact.health == Health::Lost)
            return fail(ErrorCode::LastCopy, server.str(), {}, {{"service", impact.service}});
    return plan;
}

Result<std::vector<StepAnswer>> statusOf(RunWork& work, const std::stop_token& stop) {
    const auto plan = installedPlan(work.project);
    if (!plan)
        return tl::unexpected(plan.error());
    const auto records = work.project.runs();
    if (!records)
        return tl::unexpected(records.error());
    RunContext context = contextOf(work, records->back(), "status");
    return askServers(*plan, work.project.content().inventory, context, stop);
}

Result<std::vector<StepAnswer>> askRecovery(RunWork& work, const Plan& questions,
                                            const std::stop_token& stop) {
    const auto records = work.project.runs();
    if (!records)
        return tl::unexpected(records.error());
    if (records->empty())
        return fail(ErrorCode::NothingInstalled, work.project.folder().string());
    RunContext context = contextOf(work, records->back(), "status");
    return askServers(questions, work.project.content().inventory, context, stop);
}

}  // namespace deploy

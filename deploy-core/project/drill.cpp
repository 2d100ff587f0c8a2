#include "project/drill.h"

#include <algorithm>

#include "base/file.h"
#include "plan/take_back.h"
#include "project/recover.h"

namespace deploy {

namespace {
constexpr uint64_t kMostLog = 1U << 20U;

/// The step in which the server is away; null: it is no drill.
const Step* outageOf(const Plan& plan) {
    for (const Step& step : plan.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (run != nullptr &&
            (run->call.script == kDrillOutageScript || run->call.script == kDrillAwayScript))
            return &step;
    }
    return nullptr;
}

}  // namespace

Result<FailureOutcome> lossOf(const Product& product, const ProjectContent& content,
                              const HostId& server) {
    const Mode* mode = product.catalog.mode(content.mode);
    if (mode == nullptr)
        return fail(ErrorCode::ValueInvalid, "mode", content.mode.str());
    return simulateFailure(*mode, content.inventory, content.topology, {server});
}

Result<Plan> drillPlan(const Product& product, const ProjectFolder& project, const HostId& server,
                       DrillKind kind, LastCopy last, const Clock& clock) {
    const auto installed = installedPlan(project);
    if (!installed)
        return tl::unexpected(installed.error());
    const ProjectContent& content = project.content();
    const auto present = ofNow(*installed, content.inventory, product.scripts);
    if (!present)
        return tl::unexpected(present.error());
    const auto outcome = lossOf(product, content, server);
    if (!outcome)
        return tl::unexpected(outcome.error());
    auto plan = makeDrillPlan(*present, content.inventory, product.scripts,
                              {server, kind, toIso8601(clock.wall()), *outcome});
    if (!plan || last == LastCopy::GivenUp)
        return plan;
    for (const ServiceImpact& impact : outcome->services)
        if (impact.health == Health::Lost)
            return fail(ErrorCode::LastCopy, server.str(), {}, {{"service", impact.service}});
    return plan;
}

DrillResult drillResultOf(const RunRecord& drill) {
    std::map<StepId, std::string> words;
    for (const Step& step : drill.plan.steps)
        if (endsDrillClient(step))
            words[step.id] =
                readFile(drill.folder / "logs" / (step.id.str() + ".log"), kMostLog).value_or("");
    return drillResult(drill.plan, words);
}

Result<std::optional<RunRecord>> lastDrill(const ProjectFolder& project) {
    auto runs = project.runs();
    if (!runs)
        return tl::unexpected(runs.error());
    const auto found = std::find_if(runs->rbegin(), runs->rend(), [](const RunRecord& run) {
        return !drilledServer(run.plan).empty();
    });
    if (found == runs->rend())
        return std::optional<RunRecord>();
    return std::optional<RunRecord>(std::move(*found));
}

Result<std::optional<CutDrill>> cutDrill(const ProjectFolder& project) {
    auto runs = project.runs();
    if (!runs)
        return tl::unexpected(runs.error());
    if (runs->empty() || runs->back().state.outcome == RunOutcome::Succeeded)
        return std::optional<CutDrill>();
    const Step* outage = outageOf(runs->back().plan);
    if (outage == nullptr)
        return std::optional<CutDrill>();
    const StepState state = runs->back().state.step(outage->id);
    if (state.attempt == 0 || state.status == StepStatus::Succeeded ||
        state.status == StepStatus::Skipped)
        return std::optional<CutDrill>();
    const DrillResult drill = drillResult(runs->back().plan, {});
    return CutDrill{std::move(runs->back()), drill.server, drill.kind, state.startedAt};
}

Result<DrillStand> askDrill(RunWork& work, const CutDrill& drill, const std::stop_token& stop) {
    Plan question = drill.run.plan;
    const Step outage = *outageOf(question);
    question.steps = {outage};
    question.steps.front().needs.clear();
    const auto answers = askRecovery(work, question, stop);
    if (!answers)
        return tl::unexpected(answers.error());
    const StepAnswer& answer = answers->front();
    if (answer.error)
        return tl::unexpected(*answer.error);
    if (answer.detail.starts_with("stopped"))
        return DrillStand::Stopped;
    return answer.detail.starts_with("back") ? DrillStand::Back : DrillStand::Unbegun;
}

}  // namespace deploy

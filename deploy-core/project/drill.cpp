#include "project/drill.h"

#include <algorithm>

#include "base/file.h"
#include "plan/take_back.h"

namespace deploy {

namespace {
constexpr uint64_t kMostLog = 1U << 20U;
}

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

}  // namespace deploy

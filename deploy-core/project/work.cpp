#include "project/work.h"

#include <algorithm>
#include <set>

#include "base/resources.h"
#include "plan/take_back.h"
#include "topology/suggest.h"

namespace deploy {

namespace {

/// The first thing that stands in the way of a plan, if any.
Result<void> refuseBlocked(const Judgement& judgement) {
    for (const Finding& finding : judgement.findings)
        if (finding.severity == Severity::Error)
            return fail(ErrorCode::PlanBlocked, "topology", finding.id, finding.args);
    const auto bad = blocking(judgement.checks);
    if (bad.empty())
        return {};
    return fail(ErrorCode::PlanBlocked, bad.front().host.str(), bad.front().id.str(),
                {{"count", std::to_string(bad.size())}});
}

CheckContext contextOf(const Product& product, const ProjectContent& content,
                       const BundleManifest* bundle) {
    CheckContext context;
    context.catalog = &product.catalog;
    context.mode = product.catalog.mode(content.mode);
    context.bundle = bundle;
    context.topology = content.topology;
    context.dataDirectory = content.settings.dataDirectory;
    context.entryPort = content.settings.entryPort;
    context.virtualAddress = content.settings.virtualAddress;
    context.externalLoadBalancer = content.settings.externalLoadBalancer;
    context.podCidr = content.settings.podCidr;
    context.serviceCidr = content.settings.serviceCidr;
    context.reuseDocker = content.settings.existingDocker == ExistingDocker::Reuse;
    return context;
}

Error unknownMode(const ProjectContent& content) {
    return Error{ErrorCode::ValueInvalid, "mode", content.mode.str(), {}};
}

}  // namespace

Result<Product> Product::load() {
    auto catalog = Catalog::load();
    if (!catalog)
        return tl::unexpected(catalog.error());
    auto scripts = RoleScripts::load();
    if (!scripts)
        return tl::unexpected(scripts.error());
    return Product{std::move(*catalog), std::move(*scripts)};
}

ProbeOptions probeOptions(const Product& product, const ProjectContent& content) {
    const Settings& settings = content.settings;
    const bool ours = settings.externalLoadBalancer.empty();
    ProbeOptions options;
    options.dataDirectory = settings.dataDirectory;
    options.measures = measuresFor(content.mode);
    options.peers =
        peerQuestions(product.catalog, content.mode, ours ? settings.virtualAddress : "");
    options.fleet = content.inventory;
    return options;
}

std::map<HostId, ProbeOutcome> probeProject(const Product& product, ProjectFolder& project,
                                            Connector& connector, const std::vector<HostId>& only,
                                            const ProbeObserver& observer,
                                            const std::stop_token& stop) {
    const ProjectContent& content = project.content();
    Inventory chosen;
    for (const Host& host : content.inventory.hosts)
        if (only.empty() || std::find(only.begin(), only.end(), host.name) != only.end())
            chosen.hosts.push_back(host);
    auto outcomes = probeAll(connector, chosen, probeOptions(product, content), observer, stop);
    for (auto& [host, outcome] : outcomes)
        if (outcome)
            if (auto saved = project.saveFacts(*outcome); !saved)
                outcome = tl::unexpected(saved.error());
    return outcomes;
}

Result<std::vector<CheckResult>> checkProject(const Product& product, const ProjectFolder& project,
                                              const std::map<HostId, ProbeOutcome>& outcomes,
                                              const BundleManifest* bundle) {
    auto all = outcomes;
    auto saved = project.loadFacts();
    if (!saved)
        return tl::unexpected(saved.error());
    for (auto& [host, facts] : *saved)
        all.try_emplace(host, std::move(facts));
    auto judgement = judgeContent(product, project.content(), all, bundle);
    if (!judgement)
        return tl::unexpected(judgement.error());
    return std::move(judgement->checks);
}

Result<std::vector<Finding>> findingsOf(const Product& product, const ProjectContent& content) {
    const Mode* mode = product.catalog.mode(content.mode);
    if (mode == nullptr)
        return tl::unexpected(unknownMode(content));
    return checkTopology(product.catalog, *mode, content.inventory, content.topology);
}

Result<Judgement> judgeContent(const Product& product, const ProjectContent& content,
                               const std::map<HostId, ProbeOutcome>& outcomes,
                               const BundleManifest* bundle) {
    auto findings = findingsOf(product, content);
    if (!findings)
        return tl::unexpected(findings.error());
    const CheckContext context = contextOf(product, content, bundle);
    return Judgement{runChecks(context, content.inventory, outcomes, content.waivers),
                     std::move(*findings)};
}

Result<Plan> planContent(const Product& product, const ProjectContent& content,
                         const std::map<HostId, ProbeOutcome>& outcomes, const Bundle& bundle,
                         const Judgement& judgement, const Plan& present) {
    if (content.kind == ProjectKind::Explore)
        return tl::unexpected(noServers(content));
    const Mode* mode = product.catalog.mode(content.mode);
    if (mode == nullptr)
        return tl::unexpected(unknownMode(content));
    if (auto same = checkModeStays(present, mode->id, content.inventory); !same)
        return tl::unexpected(same.error());
    if (auto valid = validateSettings(content.settings); !valid)
        return tl::unexpected(valid.error());
    if (auto free = refuseBlocked(judgement); !free)
        return tl::unexpected(free.error());
    std::map<HostId, Facts> facts;
    for (const auto& [host, outcome] : outcomes)
        if (outcome)
            facts.emplace(host, *outcome);
    const PlanInput input{content.id,        *mode,
                          bundle.manifest,   bundle.digest,
                          content.inventory, content.topology,
                          content.settings,  facts,
                          product.scripts};
    return makePlan(input).and_then([&](const Plan& next) {
        return planOver(next, present, product.scripts, content.inventory);
    });
}

Result<Plan> planProject(const Product& product, const ProjectFolder& project,
                         const Bundle& bundle) {
    auto saved = project.loadFacts();
    if (!saved)
        return tl::unexpected(saved.error());
    std::map<HostId, ProbeOutcome> outcomes;
    for (auto& [host, facts] : *saved)
        outcomes.emplace(host, std::move(facts));
    const auto judgement = judgeContent(product, project.content(), outcomes, &bundle.manifest);
    if (!judgement)
        return tl::unexpected(judgement.error());
    const auto runs = project.runs();
    if (!runs)
        return tl::unexpected(runs.error());
    return planContent(product, project.content(), outcomes, bundle, *judgement,
                       presentPlan(*runs));
}

Result<Plan> verificationPlan(const Plan& installed) {
    Plan verification = installed;
    std::erase_if(verification.steps,
                  [](const Step& step) { return !std::holds_alternative<WaitReady>(step.action); });
    std::set<StepId> kept;
    for (const Step& step : verification.steps)
        kept.insert(step.id);
    for (Step& step : verification.steps)
        std::erase_if(step.needs, [&](const StepId& id) { return !kept.contains(id); });
    if (verification.steps.empty())
        return fail(ErrorCode::NothingInstalled);
    return verification;
}

}  // namespace deploy

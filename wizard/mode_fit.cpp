#include "mode_fit.h"

#include <algorithm>

namespace wizard {

FitInput fitInput(const deploy::ProjectContent& content,
                  const std::map<deploy::HostId, deploy::ProbeOutcome>& outcomes) {
    FitInput input{content.inventory, content.waivers, {}};
    for (const auto& [host, outcome] : outcomes)
        if (outcome) {
            const deploy::Facts& facts = *outcome;
            input.sizes[host] = {
                facts.cores ? std::optional(uint64_t(*facts.cores)) : std::nullopt,
                facts.memoryBytes,
                facts.dataDirectory ? facts.dataDirectory->totalBytes : std::optional<uint64_t>()};
        }
    return input;
}

ModeFit fitOf(const deploy::Catalog& catalog, const deploy::Mode& mode,
              const deploy::ProjectContent& content,
              const std::map<deploy::HostId, deploy::ProbeOutcome>& outcomes) {
    ModeFit fit;
    fit.needed = mode.servers;
    fit.given = int(content.inventory.hosts.size());
    deploy::CheckContext context;
    context.catalog = &catalog;
    context.mode = &mode;
    context.dataDirectory = content.settings.dataDirectory;
    context.entryPort = content.settings.entryPort;
    // Of a server without facts no size is known: asking for its checks would tell nothing.
    deploy::Inventory probed;
    for (const deploy::Host& host : content.inventory.hosts)
        if (const auto it = outcomes.find(host.name); it != outcomes.end() && it->second)
            probed.hosts.push_back(host);
    for (const deploy::CheckResult& check :
         deploy::runSizeChecks(context, probed, outcomes, content.waivers)) {
        if (check.status == deploy::CheckStatus::Failed &&
            std::find(fit.tooSmall.begin(), fit.tooSmall.end(), check.host) == fit.tooSmall.end())
            fit.tooSmall.push_back(check.host);
    }
    for (const deploy::Host& host : content.inventory.hosts) {
        const auto it = outcomes.find(host.name);
        if (it == outcomes.end() || !it->second)
            fit.unknown.push_back(host.name);
    }
    return fit;
}

}  // namespace wizard

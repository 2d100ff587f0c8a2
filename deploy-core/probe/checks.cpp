#include "probe/checks.h"

#include <algorithm>
#include <iterator>

#include "probe/check_sheet.h"

namespace deploy {

namespace {

void applyWaivers(std::vector<CheckResult>& results, const std::vector<Waiver>& waivers) {
    for (CheckResult& result : results) {
        if (result.waivable == Waivable::No || result.status != CheckStatus::Failed)
            continue;
        const bool waived = std::any_of(waivers.begin(), waivers.end(), [&](const Waiver& waiver) {
            return waiver.check == result.id && waiver.host == result.host;
        });
        if (waived)
            result.status = CheckStatus::Waived;
    }
}

using Part = void (*)(CheckSheet&);

std::vector<CheckResult> runParts(const CheckContext& context, const Inventory& inventory,
                                  const std::map<HostId, ProbeOutcome>& outcomes,
                                  const std::vector<Waiver>& waivers,
                                  std::initializer_list<Part> parts) {
    const auto outcomeOf = [&](const Host& host) {
        const auto found = outcomes.find(host.name);
        return found == outcomes.end() ? nullptr : &found->second;
    };
    std::vector<const Facts*> probed;
    for (const Host& host : inventory.hosts)
        if (const ProbeOutcome* outcome = outcomeOf(host); outcome != nullptr && *outcome)
            probed.push_back(&**outcome);
    Fleet fleet = fleetOf(probed);
    fleet.carriers = carriersIn(context, inventory);

    std::vector<CheckResult> results;
    for (const Host& host : inventory.hosts) {
        CheckSheet sheet(context, inventory, host, outcomeOf(host), fleet);
        for (const Part part : parts)
            part(sheet);
        for (CheckResult& result : sheet.take())
            results.push_back(std::move(result));
    }
    applyWaivers(results, waivers);
    return results;
}

}  // namespace

std::vector<CheckResult> runChecks(const CheckContext& context, const Inventory& inventory,
                                   const std::map<HostId, ProbeOutcome>& outcomes,
                                   const std::vector<Waiver>& waivers) {
    return runParts(context, inventory, outcomes, waivers,
                    {checkAccess, checkSystem, checkResources, checkDisk, checkClock, checkIdentity,
                     checkNetwork, checkPeers, checkSettings, checkExisting});
}

std::vector<CheckResult> runSizeChecks(const CheckContext& context, const Inventory& inventory,
                                       const std::map<HostId, ProbeOutcome>& outcomes,
                                       const std::vector<Waiver>& waivers) {
    return runParts(context, inventory, outcomes, waivers, {checkResources});
}

bool blocks(const CheckResult& result) {
    if (result.status != CheckStatus::CouldNotCheck)
        return result.status == CheckStatus::Failed;
    const CheckSpec* spec = checkSpec(result.id);
    return spec == nullptr || spec->grade == CheckSpec::Grade::Fails;
}

std::vector<CheckResult> blocking(const std::vector<CheckResult>& results) {
    std::vector<CheckResult> found;
    std::copy_if(results.begin(), results.end(), std::back_inserter(found), blocks);
    return found;
}

}  // namespace deploy

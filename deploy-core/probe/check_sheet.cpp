#include "probe/check_sheet.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace deploy {

Fleet fleetOf(const std::vector<const Facts*>& servers) {
    Fleet fleet;
    fleet.servers = servers;
    fleet.owners = ownersIn(servers);
    std::vector<double> offsets;
    std::map<std::string, int> zones;
    for (const Facts* facts : servers) {
        if (facts->clockOffsetSeconds)
            offsets.push_back(*facts->clockOffsetSeconds);
        if (facts->timeZone)
            ++zones[facts->timeZone->substr(0, facts->timeZone->find(' '))];
    }
    // A clock that a server really has, not a mean of two: of two servers one is then off by all.
    std::sort(offsets.begin(), offsets.end());
    if (!offsets.empty())
        fleet.medianOffset = offsets[(offsets.size() - 1) / 2];
    int most = 0;
    for (const auto& [zone, count] : zones)
        if (count > most) {
            most = count;
            fleet.usualTimeZone = zone;
        }
    return fleet;
}

namespace {

const Facts& factsOf(const ProbeOutcome* outcome) {
    static const Facts kNone;
    return outcome != nullptr && outcome->has_value() ? **outcome : kNone;
}

}  // namespace

CheckSheet::CheckSheet(const CheckContext& checkContext, const Inventory& allHosts,
                       const Host& oneHost, const ProbeOutcome* probeOutcome, const Fleet& others)
    : context(checkContext),
      inventory(allHosts),
      host(oneHost),
      outcome(probeOutcome),
      facts(factsOf(probeOutcome)),
      fleet(others) {}

bool isOfBundle(const Port& port, const BundleManifest* bundle) {
    if (port.distribution.empty() || bundle == nullptr)
        return port.distribution.empty();
    return std::any_of(
        bundle->components.begin(), bundle->components.end(),
        [&](const BundleComponent& component) { return component.id == port.distribution; });
}

bool CheckSheet::mayHave(const RoleId& role) const {
    if (!context.topology.roles().empty())
        return context.topology.has(role, host.name);
    return std::any_of(context.mode->roles.begin(), context.mode->roles.end(),
                       [&](const RoleCount& count) { return count.role == role; });
}

std::map<RoleId, std::vector<size_t>> carriersIn(const CheckContext& context,
                                                 const Inventory& inventory) {
    std::map<RoleId, std::vector<size_t>> carriers;
    std::map<HostId, size_t> places;
    std::vector<size_t>& all = carriers[RoleId("server")];
    for (size_t i = 0; i < inventory.hosts.size(); ++i) {
        places.emplace(inventory.hosts[i].name, i);
        all.push_back(i);
    }
    if (context.topology.roles().empty())
        for (const RoleCount& count : context.mode->roles)
            carriers[count.role] = all;
    for (const auto& [role, hosts] : context.topology.roles()) {
        for (const HostId& host : hosts)
            if (const auto found = places.find(host); found != places.end())
                carriers[role].push_back(found->second);
        std::sort(carriers[role].begin(), carriers[role].end());
    }
    return carriers;
}

std::vector<std::string> CheckSheet::installedParts() const {
    std::vector<std::string> parts = facts.finclipParts;
    std::erase_if(parts, [](const std::string& book) { return book.starts_with("repair."); });
    return parts;
}

std::optional<double> CheckSheet::limit(const std::string& id) const {
    const Threshold* found = context.catalog->threshold(id);
    return found == nullptr ? std::nullopt : std::optional(found->value);
}

void CheckSheet::judge(const char* id, std::optional<bool> holds, const std::string& measured,
                       const std::string& required, Args args) {
    const CheckSpec* spec = checkSpec(CheckId(id));
    const CheckStatus bad = spec != nullptr && spec->grade == CheckSpec::Grade::Warns
                                ? CheckStatus::Warning
                                : CheckStatus::Failed;
    const CheckStatus status = !holds   ? CheckStatus::CouldNotCheck
                               : *holds ? CheckStatus::Pass
                                        : bad;
    add(id, status, holds ? measured : std::string(), required, std::move(args));
}

void CheckSheet::add(const char* id, CheckStatus status, const std::string& measured,
                     const std::string& required, Args args) {
    CheckResult result;
    result.id = CheckId(id);
    result.host = host.name;
    result.status = status;
    result.measured = measured;
    result.required = required;
    if (const CheckSpec* spec = checkSpec(result.id)) {
        result.category = spec->category;
        result.waivable = spec->waivable;
        result.source = spec->source;
        const bool bad = status == CheckStatus::Failed || status == CheckStatus::Warning;
        result.repair = bad ? spec->repair : "";
    }
    // Where the mode asks for a figure, the threshold is only what may be missing of it.
    if (const Threshold* threshold = context.catalog->threshold(id);
        threshold != nullptr && result.source != "seed")
        result.source = threshold->source;
    result.args = std::move(args);
    result.args["server"] = host.name.str();
    result.args["measured"] = measured;
    result.args["required"] = required;
    results_.push_back(std::move(result));
}

void CheckSheet::notApplicable(const char* id, const std::string& measured) {
    add(id, CheckStatus::NotApplicable, measured, {});
}

std::string numberText(double value) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.2f", value);
    std::string number = text.data();
    number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.'))
        number.pop_back();
    return number == "-0" ? "0" : number;
}

std::string joined(const std::vector<std::string>& words, const char* separator) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : separator) + word;
    return text;
}

}  // namespace deploy

#include <algorithm>
#include <functional>
#include <set>

#include "inventory/address.h"
#include "probe/addresses.h"
#include "probe/check_sheet.h"
#include "probe/numbers.h"

namespace deploy {

namespace {

bool isHostname(const std::string& name) {
    constexpr size_t kLongest = 63;  // of a node's name, dots and all
    const auto labels = splitAt(name, '.');
    return name.size() <= kLongest && std::all_of(labels.begin(), labels.end(), isHostLabel);
}

using Values = std::set<std::string>;

Values onlyOne(const std::optional<std::string>& value) {
    return value && !value->empty() ? Values{*value} : Values{};
}

Values macsOf(const Facts& facts) {
    Values macs;
    for (const InterfaceFacts& interface : facts.interfaces)
        if (!isVirtual(interface) && !interface.mac.empty() && interface.mac != "00:00:00:00:00:00")
            macs.insert(interface.mac);
    return macs;
}

Values addressesOf(const Facts& facts) {
    Values addresses;
    for (const InterfaceFacts& interface : facts.interfaces)
        for (const std::string& address : interface.addresses)
            if (!isVirtual(interface) && !address.starts_with("fe80:"))
                addresses.insert(addressPart(address));
    return addresses;
}

/// None of this server's values is another server's too.
void checkUnique(CheckSheet& sheet, const char* id,
                 const std::function<Values(const Facts&)>& valuesOf) {
    const Values own = valuesOf(sheet.facts);
    if (own.empty())
        return sheet.judge(id, std::nullopt, {}, {});
    std::vector<std::string> shared;
    std::vector<std::string> others;
    for (const Facts* other : sheet.fleet.servers) {
        if (other->host == sheet.facts.host)
            continue;
        std::vector<std::string> common;
        const Values theirs = valuesOf(*other);
        std::set_intersection(own.begin(), own.end(), theirs.begin(), theirs.end(),
                              std::back_inserter(common));
        if (common.empty())
            continue;
        others.push_back(other->host.str());
        shared.insert(shared.end(), common.begin(), common.end());
    }
    const std::vector<std::string> all(own.begin(), own.end());
    sheet.judge(id, others.empty(), joined(others.empty() ? all : shared), {},
                {{"others", joined(others)}});
}

/// Roles on other servers talk to the address, so it must be the server's own.
void checkAddressIsItsOwn(CheckSheet& sheet) {
    constexpr const char* kId = "network.address_on_interface";
    const std::string& address = sheet.host.address;
    if (!isAddress(address))
        return sheet.notApplicable(kId, address);
    if (sheet.facts.interfaces.empty())
        return sheet.judge(kId, std::nullopt, {}, address);
    Values all;
    for (const InterfaceFacts& interface : sheet.facts.interfaces)
        for (const std::string& each : interface.addresses)
            all.insert(canonicalAddress(addressPart(each)));
    const bool there = all.contains(canonicalAddress(address));
    const Values shown = addressesOf(sheet.facts);
    const std::string measured =
        there ? address : joined(std::vector<std::string>(shown.begin(), shown.end()));
    // Nothing but this program talks to a single server's address.
    const CheckStatus bad = sheet.cluster() ? CheckStatus::Failed : CheckStatus::Warning;
    sheet.add(kId, there ? CheckStatus::Pass : bad, measured, address);
}

}  // namespace

void checkIdentity(CheckSheet& sheet) {
    const auto& hostname = sheet.facts.hostname;
    sheet.judge("network.hostname", hostname ? std::optional(isHostname(*hostname)) : std::nullopt,
                hostname.value_or(""), "a-z 0-9 -, ≤ 63");
    checkUnique(sheet, "network.hostname_unique",
                [](const Facts& facts) { return onlyOne(facts.hostname); });
    checkUnique(sheet, "network.machine_id",
                [](const Facts& facts) { return onlyOne(facts.machineId); });
    checkUnique(sheet, "network.mac", macsOf);
    checkUnique(sheet, "network.address_unique", addressesOf);
    checkAddressIsItsOwn(sheet);
}

}  // namespace deploy

#include <algorithm>
#include <array>
#include <map>
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

/// A check that no two servers share a value, and where a server has its values.
struct Unique {
    const char* id;
    Values (*valuesOf)(const Facts&);
};

const std::array kUnique = {
    Unique{"network.hostname_unique", [](const Facts& facts) { return onlyOne(facts.hostname); }},
    Unique{"network.machine_id", [](const Facts& facts) { return onlyOne(facts.machineId); }},
    Unique{"network.mac", macsOf},
    Unique{"network.address_unique", addressesOf},
};

/// None of this server's values is another server's too.
void checkUnique(CheckSheet& sheet, const Unique& unique) {
    const Values own = unique.valuesOf(sheet.facts);
    if (own.empty())
        return sheet.judge(unique.id, std::nullopt, {}, {});
    const auto& owners = sheet.fleet.owners.at(unique.id);
    std::map<size_t, std::vector<std::string>> common;  // by the other server
    for (const std::string& value : own)
        for (const size_t other : owners.at(value))
            if (sheet.fleet.servers[other]->host != sheet.facts.host)
                common[other].push_back(value);
    std::vector<std::string> shared;
    std::vector<std::string> others;
    for (const auto& [other, values] : common) {
        others.push_back(sheet.fleet.servers[other]->host.str());
        shared.insert(shared.end(), values.begin(), values.end());
    }
    const std::vector<std::string> all(own.begin(), own.end());
    sheet.judge(unique.id, others.empty(), joined(others.empty() ? all : shared), {},
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

Owners ownersIn(const std::vector<const Facts*>& servers) {
    Owners owners;
    for (const Unique& unique : kUnique) {
        auto& byValue = owners[unique.id];
        for (size_t i = 0; i < servers.size(); ++i)
            for (const std::string& value : unique.valuesOf(*servers[i]))
                byValue[value].push_back(i);
    }
    return owners;
}

void checkIdentity(CheckSheet& sheet) {
    const auto& hostname = sheet.facts.hostname;
    sheet.judge("network.hostname", hostname ? std::optional(isHostname(*hostname)) : std::nullopt,
                hostname.value_or(""), "a-z 0-9 -, ≤ 63");
    for (const Unique& unique : kUnique)
        checkUnique(sheet, unique);
    checkAddressIsItsOwn(sheet);
}

}  // namespace deploy

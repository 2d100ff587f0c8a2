#pragma once

#include "base/file.h"
#include "project/project.h"

/// A project in the small mode with as many servers as wished, four roles each, all probed.
namespace many_servers {

inline deploy::HostId nameOf(int number) {
    return deploy::HostId("server-" + std::to_string(number));
}

inline deploy::ProjectContent content(int servers) {
    deploy::ProjectContent content;
    content.name = "many";
    content.mode = deploy::ModeId("small");
    std::map<deploy::RoleId, std::vector<deploy::HostId>> roles;
    for (int i = 1; i <= servers; ++i) {
        deploy::Host host;
        host.name = nameOf(i);
        host.address = "10.1." + std::to_string(i / 250) + "." + std::to_string(i % 250 + 1);
        content.inventory.hosts.push_back(host);
        for (const char* role : {"k8s_agent", "business", "k8s_server", "database"})
            content.topology = content.topology.assign(deploy::RoleId(role), host.name);
    }
    return content;
}

/// Facts of each server, into the project's folder. `sample` is a file of tests/data/probe.
inline deploy::Result<void> saveFacts(deploy::ProjectFolder& folder, const std::string& sample) {
    const auto text = deploy::readFile(sample, 1U << 20U);
    if (!text)
        return tl::unexpected(text.error());
    auto facts = deploy::factsFromJson(*text, sample);
    if (!facts)
        return tl::unexpected(facts.error());
    for (const deploy::Host& host : folder.content().inventory.hosts) {
        facts->host = host.name;
        facts->hostname = host.name.str();
        facts->machineId = host.name.str();
        deploy::InterfaceFacts interface;
        interface.name = "eth0";
        interface.mac = host.name.str();
        interface.addresses = {host.address + "/16"};
        facts->interfaces = {interface};
        if (auto saved = folder.saveFacts(*facts); !saved)
            return saved;
    }
    return {};
}

}  // namespace many_servers

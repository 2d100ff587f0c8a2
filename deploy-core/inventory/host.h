#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"

namespace deploy {

enum class AuthMethod { Agent, Key, Password };  ///< words: agent, key, password
enum class SudoMode {
    None,
    NoPassword,
    Password
};  ///< words: none (logs in as root), nopasswd, password

/// How one server is reached. A value without secrets; what a probe found is in Facts.
struct Host {
    HostId name;          ///< lower-case RFC 1123 label; unique
    std::string address;  ///< IPv4, IPv6 or DNS name; unique together with the port
    uint16_t port = 22;
    std::string user = "root";
    AuthMethod auth = AuthMethod::Password;
    std::string keyFile;  ///< path on the laptop, "~/" allowed; only with AuthMethod::Key
    SudoMode sudo = SudoMode::None;
    HostId jump;  ///< the server of the inventory through which this one is reached
    std::string datacenter;
    std::string notes;

    bool operator==(const Host&) const = default;
};

/// Order is the order in which people see the servers.
struct Inventory {
    std::vector<Host> hosts;

    const Host* find(const HostId& name) const {
        for (const Host& host : hosts)
            if (host.name == name)
                return &host;
        return nullptr;
    }
    bool operator==(const Inventory&) const = default;
};

}  // namespace deploy

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "probe/facts.h"

namespace deploy {

/// An IPv4 network: "10.42.0.0/16"; a lone address is a network of one.
struct Network {
    uint32_t address = 0;  ///< host byte order
    int prefix = 32;

    static std::optional<Network> parse(std::string_view text);
    bool overlaps(const Network& other) const;
};

/// "10.77.0.11" of "10.77.0.11/24".
std::string addressPart(const std::string& withPrefix);
/// Interfaces that programs make (bridges of Docker and Kubernetes, ends of containers, tunnels)
/// and the loopback: they look alike on every server.
bool isVirtual(const InterfaceFacts& interface);
/// Whether the text is an IPv4 or IPv6 address and not a name.
bool isAddress(const std::string& text);

}  // namespace deploy

#include "probe/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "probe/numbers.h"

namespace deploy {

std::optional<Network> Network::parse(std::string_view text) {
    constexpr int kBits = 32;
    const size_t slash = text.find('/');
    in_addr address{};
    if (inet_pton(AF_INET, std::string(text.substr(0, slash)).c_str(), &address) != 1)
        return std::nullopt;
    Network network{ntohl(address.s_addr), kBits};
    if (slash != std::string_view::npos) {
        const auto prefix = unsignedIn(text.substr(slash + 1), 0, kBits);
        if (!prefix)
            return std::nullopt;
        network.prefix = static_cast<int>(*prefix);
    }
    return network;
}

bool Network::overlaps(const Network& other) const {
    const int shorter = std::min(prefix, other.prefix);
    const uint32_t mask = shorter == 0 ? 0 : ~uint32_t{0} << static_cast<unsigned>(32 - shorter);
    return (address & mask) == (other.address & mask);
}

std::string addressPart(const std::string& withPrefix) {
    return withPrefix.substr(0, withPrefix.find('/'));
}

bool isVirtual(const InterfaceFacts& interface) {
    static constexpr std::array<std::string_view, 12> kPrefixes = {
        "docker", "br-",   "veth", "cni",   "flannel", "cali",
        "kube-",  "virbr", "tunl", "vxlan", "ifb",     "dummy"};
    return interface.name == "lo" ||
           std::any_of(kPrefixes.begin(), kPrefixes.end(),
                       [&](std::string_view prefix) { return interface.name.starts_with(prefix); });
}

bool isAddress(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> buffer{};
    return inet_pton(AF_INET, text.c_str(), buffer.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), buffer.data()) == 1;
}

}  // namespace deploy

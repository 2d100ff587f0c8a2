#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include "probe/numbers.h"
#include "probe/parse_parts.h"

namespace deploy {

namespace {

constexpr uint64_t kMostPort = 65535;

/// "9: eth0    inet 10.77.0.11/24 brd ...": interface and address with prefix.
void addAddress(std::vector<InterfaceFacts>& interfaces, std::string_view line) {
    const auto words = wordsOf(line);
    if (words.size() < 4 || (words[2] != "inet" && words[2] != "inet6"))
        return;
    for (InterfaceFacts& interface : interfaces)
        if (interface.name == words[1].substr(0, words[1].find('@')))
            interface.addresses.emplace_back(words[3]);
}

constexpr uint64_t kMostMtu = 1U << 20U;

/// "2: eth0@if7: <BROADCAST,UP> mtu 1500 ... link/ether 52:54:00:aa:bb:01 brd ...".
std::optional<InterfaceFacts> fromLink(std::string_view line) {
    const auto words = wordsOf(line);
    if (words.size() < 2 || !words[1].ends_with(':'))
        return std::nullopt;
    InterfaceFacts interface;
    interface.name = std::string(words[1].substr(0, words[1].find_first_of("@:")));
    for (size_t i = 2; i + 1 < words.size(); ++i) {
        if (words[i] == "mtu")
            if (const auto mtu = unsignedIn(words[i + 1], 1, kMostMtu))
                interface.mtu = static_cast<int>(*mtu);
        if (words[i].starts_with("link/") && interface.mac.empty())
            interface.mac = std::string(words[i + 1]);
    }
    return interface;
}

std::vector<InterfaceFacts> interfacesOf(const ProbeText& text) {
    std::vector<InterfaceFacts> interfaces;
    for (const std::string_view line : text.values("net.link"))
        if (auto interface = fromLink(line))
            interfaces.push_back(*std::move(interface));
    for (const std::string_view line : text.values("net")) {
        const auto words = wordsOf(line);
        if (words.empty())
            continue;
        InterfaceFacts interface;
        interface.name = std::string(words[0]);
        if (words.size() == 3) {
            interface.mac = std::string(words[1]);
            if (const auto mtu = unsignedIn(words[2], 1, kMostMtu))
                interface.mtu = static_cast<int>(*mtu);
        }
        interfaces.push_back(std::move(interface));
    }
    for (const std::string_view line : text.values("net.address"))
        addAddress(interfaces, line);
    return interfaces;
}

/// /proc/net/route writes addresses as the hexadecimal number that they are in this machine's
/// (x86: reversed) byte order.
std::optional<uint32_t> hexAddress(std::string_view text) {
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value, 16);
    if (error != std::errc() || end != text.end() || text.size() != 8)
        return std::nullopt;
    return value;
}

std::string dotted(uint32_t address) {
    std::string text;
    for (int i = 0; i < 4; ++i, address >>= 8U)
        text += (i == 0 ? "" : ".") + std::to_string(address & 0xFFU);
    return text;
}

void parseRoutes(Facts& facts, const ProbeText& text) {
    if (!text.has("net.routes"))
        return;
    facts.defaultRoute = false;
    for (const std::string_view line : text.values("net.route")) {
        const auto words = wordsOf(line);
        if (words.size() != 3)
            continue;
        const auto destination = hexAddress(words[1]);
        const auto mask = hexAddress(words[2]);
        if (!destination || !mask)
            continue;
        if (*mask == 0)
            facts.defaultRoute = true;
        else
            facts.routes.push_back(dotted(*destination) + "/" +
                                   std::to_string(std::popcount(*mask)));
    }
}

bool isLoopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

/// A resolver on the server itself stands for the servers that it asks in turn, if these are known.
void parseNameservers(Facts& facts, const ProbeText& text) {
    if (!text.has("dns.file"))
        return;
    std::vector<std::string> upstream;
    facts.nameservers.emplace();
    for (const std::string_view value : text.values("dns")) {
        const std::string address(value);
        auto& known = *facts.nameservers;
        if (std::find(known.begin(), known.end(), address) == known.end())
            known.push_back(address);
        if (!isLoopback(address) &&
            std::find(upstream.begin(), upstream.end(), address) == upstream.end())
            upstream.push_back(address);
    }
    if (!upstream.empty())
        facts.nameservers = upstream;
}

/// The port behind the last colon of "0.0.0.0:22", "[::]:22", "*:22".
std::optional<uint16_t> portOf(std::string_view address) {
    const size_t colon = address.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto port = unsignedIn(address.substr(colon + 1), 1, kMostPort);
    return port ? std::optional(static_cast<uint16_t>(*port)) : std::nullopt;
}

/// A line of `ss -lntup`: protocol, state, two queues, local address, peer, and for root
/// users:(("nginx",pid=12,fd=6)).
std::optional<ListeningPort> fromSs(std::string_view line) {
    const auto words = wordsOf(line);
    if (words.size() < 6 || (words[0] != "tcp" && words[0] != "udp"))
        return std::nullopt;
    const auto port = portOf(words[4]);
    if (!port)
        return std::nullopt;
    ListeningPort found{std::string(words[0]), *port, {}};
    const size_t open = line.find("((\"");
    if (open != std::string_view::npos) {
        const std::string_view name = line.substr(open + 3);
        found.process = std::string(name.substr(0, name.find('"')));
    }
    return found;
}

/// A line of /proc/net/tcp and the like: "  0: 00000000:1F40 00000000:0000 0A ...".
std::optional<ListeningPort> fromProc(const char* protocol, std::string_view line) {
    const auto words = wordsOf(line);
    if (words.size() < 4)
        return std::nullopt;
    const std::string_view hex =
        words[1].substr(std::min(words[1].rfind(':') + 1, words[1].size()));
    uint16_t port = 0;
    const auto [end, error] = std::from_chars(hex.begin(), hex.end(), port, 16);
    if (error != std::errc() || end != hex.end() || port == 0)
        return std::nullopt;
    return ListeningPort{protocol, port, {}};
}

void parsePorts(Facts& facts, const ProbeText& text) {
    std::vector<ListeningPort> ports;
    const auto add = [&](const std::optional<ListeningPort>& found) {
        if (found && std::find(ports.begin(), ports.end(), *found) == ports.end())
            ports.push_back(*found);
    };
    if (text.value("ports") == "ss") {
        const auto lines = text.values("port");
        // Even on a server without ports there is the line of column heads.
        if (lines.empty())
            return;
        for (const std::string_view line : lines)
            add(fromSs(line));
    } else if (text.value("ports") == "proc") {
        static constexpr std::array<std::pair<const char*, const char*>, 4> kFiles = {
            {{"port.tcp", "tcp"}, {"port.tcp6", "tcp"}, {"port.udp", "udp"}, {"port.udp6", "udp"}}};
        for (const auto& [key, protocol] : kFiles)
            for (const std::string_view line : text.values(key))
                add(fromProc(protocol, line));
    } else {
        return;
    }
    facts.listening = std::move(ports);
}

}  // namespace

void parseNetwork(Facts& facts, const ProbeText& text) {
    facts.interfaces = interfacesOf(text);
    parseRoutes(facts, text);
    parseNameservers(facts, text);
    if (const auto wildcard = text.value("dns.wildcard"))
        facts.dnsWildcard = *wildcard == "yes";
    parsePorts(facts, text);
}

}  // namespace deploy

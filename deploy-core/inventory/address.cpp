#include "inventory/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace deploy {

namespace {

bool isLowerOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text) {
    std::string result;
    for (const char c : text)
        result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

bool isDnsName(const std::string& name) {
    constexpr size_t kLongest = 253;
    if (name.empty() || name.size() > kLongest)
        return false;
    size_t start = 0;
    std::string_view label;
    while (start <= name.size()) {
        const size_t dot = std::min(name.find('.', start), name.size());
        label = std::string_view(name).substr(start, dot - start);
        if (!isHostLabel(label))
            return false;
        start = dot + 1;
    }
    // An all-digit last label is a mistyped IPv4 address, such as 10.0.0.256.
    return !std::all_of(label.begin(), label.end(), isDigit);
}

bool isZone(std::string_view zone) {
    const auto allowed = [](char c) {
        return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
    };
    return !zone.empty() && zone.size() < 16 && zone.front() != '-' &&
           std::all_of(zone.begin(), zone.end(), allowed);
}

bool parseIpv6(std::string_view text, in6_addr& address) {
    return inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

}  // namespace

bool isHostLabel(std::string_view text) {
    constexpr size_t kLongest = 63;
    const auto inner = [](char c) { return isLowerOrDigit(c) || c == '-'; };
    return !text.empty() && text.size() <= kLongest && isLowerOrDigit(text.front()) &&
           isLowerOrDigit(text.back()) && std::all_of(text.begin(), text.end(), inner);
}

bool isServerAddress(std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        return false;
    in_addr v4{};
    if (inet_pton(AF_INET, std::string(text).c_str(), &v4) == 1) {
        const uint32_t first = ntohl(v4.s_addr) >> 24U;
        return first != 0 && first < 224;
    }
    if (text.find(':') == std::string_view::npos)
        return isDnsName(lower(text));
    const size_t percent = std::min(text.find('%'), text.size());
    in6_addr v6{};
    if (!parseIpv6(text.substr(0, percent), v6) || IN6_IS_ADDR_UNSPECIFIED(&v6) ||
        IN6_IS_ADDR_MULTICAST(&v6))
        return false;
    return percent == text.size() ||
           (IN6_IS_ADDR_LINKLOCAL(&v6) && isZone(text.substr(percent + 1)));
}

std::string canonicalAddress(std::string_view text) {
    const size_t percent = std::min(text.find('%'), text.size());
    in6_addr v6{};
    if (!parseIpv6(text.substr(0, percent), v6))
        return lower(text);
    std::array<char, INET6_ADDRSTRLEN> shortest{};
    inet_ntop(AF_INET6, &v6, shortest.data(), shortest.size());
    return shortest.data() + std::string(text.substr(percent));
}

}  // namespace deploy

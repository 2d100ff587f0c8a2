#pragma once

#include <string>
#include <string_view>

namespace deploy {

/// A lower-case RFC 1123 label of at most 63 characters: what a server's name may be.
bool isHostLabel(std::string_view text);

/// An address that one server can have: IPv4, IPv6 (with a zone for link-local ones) or a DNS name;
/// not the wildcard, broadcast or a multicast address.
bool isServerAddress(std::string_view text);

/// One text for all ways to write the same address: lower case, shortest IPv6 form.
std::string canonicalAddress(std::string_view text);

}  // namespace deploy

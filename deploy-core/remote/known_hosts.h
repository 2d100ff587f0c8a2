#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deploy {

enum class HostKeyState { Known, Unknown, Changed, OtherType, Revoked };

struct HostKey {
    std::string type;    ///< "ssh-ed25519"
    std::string base64;  ///< public key blob as in known_hosts
    /// "SHA256:..." as OpenSSH prints it.
    std::string fingerprint() const;

    bool operator==(const HostKey&) const = default;
};

/// Host keys that a person has confirmed: the project's own file, OpenSSH's line form
/// ("[address]:port type base64", "@revoked ..."; not hashed), parsed strictly and once.
/// A value; one thread at a time.
class KnownHosts {
public:
    /// A missing file is an empty list; a line that cannot be read is KnownHostsCorrupt.
    static Result<KnownHosts> load(const std::filesystem::path& file);

    HostKeyState check(std::string_view address, uint16_t port, const HostKey& key) const;
    /// Types that are known for the server, to be asked for in the handshake.
    std::vector<std::string> knownTypes(std::string_view address, uint16_t port) const;
    void add(std::string_view address, uint16_t port, const HostKey& key);
    /// Forgets all keys of the server, so that a new one may be confirmed.
    void remove(std::string_view address, uint16_t port);
    Result<void> save(const std::filesystem::path& file) const;

private:
    struct Entry {
        std::string address;
        uint16_t port = 22;
        HostKey key;
        bool revoked = false;
    };
    std::vector<Entry> entries_;
};

}  // namespace deploy

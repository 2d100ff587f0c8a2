#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace deploy {

/// The project's secrets that outlive a run (generated passwords, tokens, saved credentials): one
/// file, Argon2id (libsodium "moderate"), XChaCha20-Poly1305, bound to the project's id. The format
/// is in deploy-core/README.md. Used by one thread at a time.
class Vault {
public:
    /// Opens the file, or starts an empty vault where there is none yet (no file is made before
    /// save()). Takes about a second and 256 MiB for the key. CredentialMissing for an empty
    /// passphrase, VaultPassphraseWrong, VaultCorrupt with args "problem" ("damaged" or
    /// "other_project"), FormatTooNew.
    static Result<Vault> open(const std::filesystem::path& file, const std::string& projectId,
                              const Secret& passphrase);

    Secret get(const std::string& name) const;  ///< empty when absent
    void set(const std::string& name, const Secret& value);
    void erase(const std::string& name);
    std::vector<std::string> names() const;
    /// Atomically, mode 0600.
    Result<void> save() const;

private:
    std::filesystem::path file_;
    std::string projectId_;
    std::string salt_;
    Secret key_;
    std::map<std::string, Secret> values_;
};

}  // namespace deploy

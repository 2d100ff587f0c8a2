#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "bundle/manifest.h"

namespace deploy {

/// A bundle on the laptop that was verified.
struct Bundle {
    std::filesystem::path folder;  ///< its files; for an archive the folder that it was unpacked to
    BundleManifest manifest;
    std::string digest;    ///< sha256 of SHA256SUMS: names this exact bundle
    std::string signedBy;  ///< key id of the minisign signature, or empty if unsigned
};

struct VerifyOptions {
    std::string
        publicKey;  ///< minisign public key (its base64 line); empty: signature not asked for
    std::filesystem::path cache;  ///< where archives are unpacked, by digest
};

using VerifyProgress = std::function<void(uint64_t doneBytes, uint64_t totalBytes)>;

/// Opens a folder, .tar or .tar.zst and checks format, architecture, versions, sizes, hashes, that
/// no file is missing or unlisted, and the signature. A hostile folder or archive (absolute path,
/// "..", link, device, bomb, names that differ in case only) is refused before anything is written.
Result<Bundle> verifyBundle(const std::filesystem::path& path, const VerifyOptions& options,
                            const VerifyProgress& progress, const std::stop_token& stop);

/// Writes bundle.yaml's hashes into SHA256SUMS beside it and, if `archive` is given, packs the
/// folder into .tar or .tar.zst (by its ending), reproducibly.
Result<void> packBundle(const std::filesystem::path& folder,
                        const std::optional<std::filesystem::path>& archive,
                        const VerifyProgress& progress, const std::stop_token& stop);

}  // namespace deploy

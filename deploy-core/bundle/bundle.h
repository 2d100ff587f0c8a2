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
    std::filesystem::path folder;  ///< its files; of an archive: where they were unpacked
    BundleManifest manifest;
    std::string digest;    ///< sha256 of SHA256SUMS: names this exact bundle
    std::string signedBy;  ///< key id of the verified minisign signature; empty: not asked for

    bool operator==(const Bundle&) const = default;
};

/// Bounds against bombs; far above what a bundle needs.
struct BundleLimits {
    size_t entries = 20000;           ///< files and folders
    uint64_t bytes = 256ULL << 30U;   ///< unpacked
    uint64_t ratio = 200;             ///< unpacked bytes to bytes of the archive ...
    uint64_t allowance = 64U << 20U;  ///< ... beyond this many bytes
};

struct VerifyOptions {
    /// minisign public key (its base64 line or the whole file); empty: signature not asked for
    std::string publicKey;
    std::filesystem::path cache;  ///< where archives are unpacked, by digest
    BundleLimits limits{};
};

/// Called on the threads that read, never two at once. The total grows as work becomes known.
using VerifyProgress = std::function<void(uint64_t doneBytes, uint64_t totalBytes)>;

/// Opens a folder, .tar or .tar.zst and checks format, architecture, versions, sizes, hashes, that
/// no file is missing or unlisted, and the signature. A hostile folder or archive (absolute path,
/// "..", link, device, bomb, names that differ in case only) is refused before anything is written.
/// An archive is unpacked once to <cache>/<its sha256>; that copy is hashed again in each call.
/// Every error's where names the file: "<folder>/<path>" or "<archive>: <path>".
Result<Bundle> verifyBundle(const std::filesystem::path& path, const VerifyOptions& options,
                            const VerifyProgress& progress, const std::stop_token& stop);

/// Checks the folder's files against its bundle.yaml, writes SHA256SUMS beside it (a signature that
/// is no longer one of it is refused: SignatureInvalid) and, if `archive` is given, packs the
/// folder into .tar or .tar.zst (by its ending). The same folder gives the same bytes, anywhere,
/// any time.
Result<void> packBundle(const std::filesystem::path& folder,
                        const std::optional<std::filesystem::path>& archive,
                        const VerifyProgress& progress, const std::stop_token& stop);

}  // namespace deploy

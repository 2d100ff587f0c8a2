#pragma once

#include <map>
#include <string>
#include <string_view>

#include "bundle/bundle.h"

namespace deploy {

/// What a folder or an archive holds, before any of its big files was read.
struct BundleContents {
    std::map<std::string, uint64_t> sizes;  ///< path -> bytes; also of the three below
    std::string manifest;                   ///< of bundle.yaml
    std::string sums;                       ///< of SHA256SUMS
    std::string signature;                  ///< of SHA256SUMS.sig; empty if there is none

    bool has(std::string_view path) const { return sizes.contains(std::string(path)); }
};

/// The texts of a bundle that are read whole are at most this long, in bytes.
constexpr uint64_t kMaximumTextBytes = 4U << 20U;

/// All that can be known without reading the big files: the manifest and what it asks of this
/// program, its agreement with SHA256SUMS and with the files that are there, and the signature if a
/// public key is given. `place` leads every error's where. The folder of the result is empty.
Result<Bundle> checkContents(const BundleContents& contents, const std::string& publicKey,
                             const std::string& place);

/// The manifest and the files that are there name the same ones, of the same sizes.
/// BundleFileMissing, BundleSizeMismatch, BundleUnexpectedFile.
Result<void> checkFiles(const BundleManifest& manifest, const BundleContents& contents,
                        const std::string& place);

}  // namespace deploy

#pragma once

#include <filesystem>
#include <string>

#include "base/descriptor.h"
#include "bundle/contents.h"
#include "bundle/meter.h"

namespace deploy {

/// What a scan of an archive found; nothing was written.
struct ArchiveIndex {
    BundleContents contents;  ///< paths below `top`
    std::string top;          ///< "<folder>/" that holds the bundle in the archive, or empty
    std::string digest;       ///< SHA-256 of the archive file
};

/// A .tar or .tar.zst held open, so that what is unpacked is what was scanned.
class BundleArchive {
public:
    /// FileNotFound, FileUnreadable, BundleUnsafeKind for what is no regular file.
    static Result<BundleArchive> open(const std::filesystem::path& path,
                                      const BundleLimits& limits);

    /// Reads all headers. BundleInvalid (no or a damaged archive), BundleUnsafeKind,
    /// BundleTooLarge, what BundleNames refuses, Cancelled.
    Result<ArchiveIndex> scan(ByteMeter& meter) const;

    /// Writes the files into an empty private folder. The rules of the scan are applied again, and
    /// BundleDigestMismatch tells that the archive has changed since.
    Result<void> unpack(const ArchiveIndex& index, const std::filesystem::path& folder,
                        ByteMeter& meter) const;

    uint64_t size() const { return size_; }
    /// "<archive>: ", to be followed by a path.
    const std::string& place() const { return place_; }

private:
    BundleArchive(Descriptor file, uint64_t size, std::string place, const BundleLimits& limits)
        : file_(std::move(file)), size_(size), place_(std::move(place)), limits_(limits) {}

    Descriptor file_;
    uint64_t size_;
    std::string place_;
    BundleLimits limits_;
};

}  // namespace deploy

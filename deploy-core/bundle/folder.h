#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "bundle/contents.h"
#include "bundle/meter.h"

namespace deploy {

/// A bundle's folder, held open: what is read later is read below this very folder, and no link on
/// the way is followed, whatever is swapped in meanwhile. Any thread may read.
class BundleFolder {
public:
    /// `limits` bounds the number of files. BundleUnsafeKind for anything but files and folders,
    /// what names.h refuses, FileNotFound, FileUnreadable.
    static Result<BundleFolder> open(const std::filesystem::path& path);

    Result<BundleContents> contents(const BundleLimits& limits) const;

    /// Reads each file once, on two threads. BundleDigestMismatch, BundleSizeMismatch,
    /// BundleUnsafeKind, Cancelled.
    Result<void> checkHashes(const std::vector<BundleFile>& files, ByteMeter& meter) const;

    using Take = std::function<Result<void>(std::string_view)>;
    /// Gives a file's bytes in pieces; `size` of them must come. BundleSizeMismatch, Cancelled.
    Result<void> read(const std::string& path, uint64_t size, ByteMeter& meter,
                      const Take& take) const;

    /// SHA-256 of a file that is `size` bytes long.
    Result<std::string> hash(const std::string& path, uint64_t size, ByteMeter& meter) const;

    /// "<folder>/", to be followed by a path.
    const std::string& place() const { return place_; }

private:
    BundleFolder(Descriptor root, std::string place)
        : root_(std::move(root)), place_(std::move(place)) {}
    Result<Descriptor> openFile(const std::string& path) const;
    Result<std::string> readText(std::string_view name) const;

    Descriptor root_;
    std::string place_;
};

}  // namespace deploy

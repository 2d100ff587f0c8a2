#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/digest.h"
#include "bundle/meter.h"
#include "bundle/names.h"

struct archive;
struct archive_entry;

namespace deploy {

/// One file of an archive whose name, kind and size were found harmless.
struct ArchiveFile {
    std::string path;  ///< as in the archive, without a leading "./"
    uint64_t size = 0;
};

/// Reads a tar (plain or zstd) once from its beginning, strictly: regular files and folders only,
/// bounded, no two names that clash. Hashes the archive's own bytes on the way.
class ArchiveReader {
public:
    /// The descriptor is not owned; it is read by position, so that readers do not disturb each
    /// other. All references outlive the reader.
    ArchiveReader(int fd, uint64_t archiveBytes, const std::string& place,
                  const BundleLimits& limits, ByteMeter& meter);
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    /// The next file, or none at the end.
    Result<std::optional<ArchiveFile>> next();
    /// The next bytes of the present file; empty at its end.
    Result<std::string_view> read();
    /// Reads what stands behind the last entry; SHA-256 of the whole archive file.
    Result<std::string> finish();

private:
    static ssize_t readBlock(archive* reader, void* self, const void** into);
    Result<std::optional<ArchiveFile>> judge(archive_entry* entry);
    tl::unexpected<Error> broken() const;

    int fd_;
    uint64_t archiveBytes_;
    const std::string& place_;
    const BundleLimits& limits_;
    ByteMeter& meter_;
    struct Close {
        void operator()(archive* reader) const;
    };
    std::unique_ptr<archive, Close> reader_;
    Sha256 sum_;
    std::string block_;
    std::string data_;
    uint64_t offset_ = 0;
    BundleNames names_;
    size_t entries_ = 0;
    uint64_t unpackedBytes_ = 0;
};

}  // namespace deploy

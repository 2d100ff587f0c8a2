#include <stdlib.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>

#include "base/file.h"
#include "bundle/archive.h"
#include "bundle/bundle.h"
#include "bundle/folder.h"

namespace deploy {

namespace {

namespace fs = std::filesystem;

Result<Bundle> verifyFolder(const fs::path& path, const VerifyOptions& options, ByteMeter& meter) {
    const auto folder = BundleFolder::open(path);
    if (!folder)
        return tl::unexpected(folder.error());
    const auto contents = folder->contents(options.limits);
    if (!contents)
        return tl::unexpected(contents.error());
    auto bundle = checkContents(*contents, options.publicKey, folder->place());
    if (!bundle)
        return bundle;
    meter.expect(bundle->manifest.totalBytes());
    if (auto hashed = folder->checkHashes(bundle->manifest.files, meter); !hashed)
        return tl::unexpected(hashed.error());
    bundle->folder = path;
    return bundle;
}

/// A folder that goes away with its content unless it was moved to its final name.
struct TemporaryFolder {
    fs::path path;
    explicit TemporaryFolder(fs::path where) : path(std::move(where)) {}
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code error;
        fs::remove_all(path, error);
    }
};

Result<void> unpackTo(const fs::path& target, const BundleArchive& archive,
                      const ArchiveIndex& index, ByteMeter& meter) {
    const fs::path cache = target.parent_path();
    const auto unwritable = [&] {
        return fail(ErrorCode::FileUnwritable, cache.string(), std::strerror(errno));
    };
    if (auto made = makePrivateFolder(cache); !made)
        return made;
    uint64_t needed = 0;
    for (const auto& [path, size] : index.contents.sizes)
        needed += size;
    struct statvfs space {};
    if (::statvfs(cache.c_str(), &space) == 0 && space.f_bavail * space.f_frsize < needed) {
        errno = ENOSPC;
        return unwritable();
    }
    std::string name = (cache / ".unpack-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        return unwritable();
    const TemporaryFolder temporary(name);
    meter.expect(archive.size());
    if (auto unpacked = archive.unpack(index, temporary.path, meter); !unpacked)
        return unpacked;
    std::error_code error;
    fs::remove_all(target, error);
    fs::rename(temporary.path, target, error);
    // Another process may have put the same bundle there; either copy is hashed before its use.
    if (std::error_code none; error && !fs::is_directory(target, none)) {
        errno = error.value();
        return unwritable();
    }
    return {};
}

Result<Bundle> verifyArchive(const fs::path& path, const VerifyOptions& options, ByteMeter& meter) {
    const auto archive = BundleArchive::open(path, options.limits);
    if (!archive)
        return tl::unexpected(archive.error());
    meter.expect(archive->size());
    const auto index = archive->scan(meter);
    if (!index)
        return tl::unexpected(index.error());
    if (auto sound = checkContents(index->contents, options.publicKey, archive->place()); !sound)
        return sound;
    const fs::path target = options.cache / index->digest;
    std::error_code error;
    if (fs::is_directory(target, error)) {
        auto bundle = verifyFolder(target, options, meter);
        if (bundle || bundle.error().code == ErrorCode::Cancelled)
            return bundle;
    }
    if (auto unpacked = unpackTo(target, *archive, *index, meter); !unpacked)
        return tl::unexpected(unpacked.error());
    auto bundle = verifyFolder(target, options, meter);
    if (!bundle && bundle.error().code != ErrorCode::Cancelled) {
        fs::remove_all(target, error);
        // What was unpacked came from the archive: that is the file that a person can look at.
        const std::string inCache = (target / "").string();
        if (bundle.error().where.starts_with(inCache))
            bundle.error().where.replace(0, inCache.size(), archive->place());
    }
    return bundle;
}

}  // namespace

Result<Bundle> verifyBundle(const fs::path& path, const VerifyOptions& options,
                            const VerifyProgress& progress, const std::stop_token& stop) {
    ByteMeter meter(progress, stop);
    std::error_code error;
    if (fs::is_directory(path, error))
        return verifyFolder(path, options, meter);
    return verifyArchive(path, options, meter);
}

}  // namespace deploy

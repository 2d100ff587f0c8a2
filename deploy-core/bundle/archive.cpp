#include "bundle/archive.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "bundle/archive_reader.h"
#include "bundle/folder_walk.h"

namespace deploy {

namespace {

namespace fs = std::filesystem;

/// All texts together that are kept while the bundle's place in the archive is not yet known.
constexpr uint64_t kMaximumKeptBytes = 4 * kMaximumTextBytes;

bool describesBundle(const std::string& path) {
    const std::string name = path.substr(path.rfind('/') + 1);
    const bool nearTop = path.find('/') == path.rfind('/');
    return nearTop && (name == kManifestName || name == kSumsName || name == kSignatureName);
}

Result<std::string> readWhole(ArchiveReader& reader) {
    std::string text;
    for (;;) {
        const auto bytes = reader.read();
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (bytes->empty())
            return text;
        text += *bytes;
    }
}

/// "" if the bundle lies at the archive's top, "<folder>/" if all of it lies in one folder.
std::string topOf(const std::map<std::string, uint64_t>& sizes) {
    if (sizes.empty() || sizes.contains(std::string(kManifestName)))
        return {};
    const std::string& first = sizes.begin()->first;
    std::string top = first.substr(0, first.find('/') + 1);
    for (const auto& [path, size] : sizes)
        if (!path.starts_with(top))
            return {};
    return top;
}

Result<void> writeFile(ArchiveReader& reader, const ArchiveFile& file, const fs::path& target) {
    const auto unwritable = [&] {
        return fail(ErrorCode::FileUnwritable, target.string(), std::strerror(errno));
    };
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    const Descriptor out(
        ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!out.valid())
        return unwritable();
    for (uint64_t written = 0;;) {
        const auto bytes = reader.read();
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (bytes->empty())
            return {};
        written += bytes->size();
        if (written > file.size)
            return fail(ErrorCode::BundleTooLarge, target.string(), {},
                        {{"measure", "bytes"}, {"limit", std::to_string(file.size)}});
        if (!writeAll(out.get(), *bytes))
            return unwritable();
    }
}

}  // namespace

Result<BundleArchive> BundleArchive::open(const fs::path& path, const BundleLimits& limits) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file.valid() || ::fstat(file.get(), &status) != 0)
        return fail(errno == ENOENT ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable,
                    path.string(), std::strerror(errno));
    if (!S_ISREG(status.st_mode))
        return unsafeKind(path.string(), kindOf(status.st_mode));
    return BundleArchive(std::move(file), static_cast<uint64_t>(status.st_size),
                         path.string() + ": ", limits);
}

Result<ArchiveIndex> BundleArchive::scan(ByteMeter& meter) const {
    ArchiveReader reader(file_.get(), size_, place_, limits_, meter);
    ArchiveIndex index;
    std::map<std::string, uint64_t> sizes;
    std::map<std::string, std::string> texts;
    uint64_t keptBytes = 0;
    for (;;) {
        const auto file = reader.next();
        if (!file)
            return tl::unexpected(file.error());
        if (!*file)
            break;
        sizes.emplace((*file)->path, (*file)->size);
        if (!describesBundle((*file)->path))
            continue;
        keptBytes += (*file)->size;
        if ((*file)->size > kMaximumTextBytes || keptBytes > kMaximumKeptBytes)
            return fail(ErrorCode::FileTooLarge, place_ + (*file)->path, {},
                        {{"limit_bytes", std::to_string(kMaximumTextBytes)}});
        auto text = readWhole(reader);
        if (!text)
            return tl::unexpected(text.error());
        texts.emplace((*file)->path, std::move(*text));
    }
    auto digest = reader.finish();
    if (!digest)
        return tl::unexpected(digest.error());
    index.digest = std::move(*digest);
    index.top = topOf(sizes);
    for (const auto& [path, size] : sizes)
        index.contents.sizes.emplace(path.substr(index.top.size()), size);
    index.contents.manifest = texts[index.top + std::string(kManifestName)];
    index.contents.sums = texts[index.top + std::string(kSumsName)];
    index.contents.signature = texts[index.top + std::string(kSignatureName)];
    return index;
}

Result<void> BundleArchive::unpack(const ArchiveIndex& index, const fs::path& folder,
                                   ByteMeter& meter) const {
    ArchiveReader reader(file_.get(), size_, place_, limits_, meter);
    const auto changed = [&] {
        return fail(ErrorCode::BundleDigestMismatch, place_.substr(0, place_.size() - 2), {},
                    {{"expected", index.digest}, {"actual", ""}});
    };
    for (;;) {
        const auto file = reader.next();
        if (!file)
            return tl::unexpected(file.error());
        if (!*file)
            break;
        const std::string& path = (*file)->path;
        if (!path.starts_with(index.top) || !index.contents.has(path.substr(index.top.size())))
            return changed();
        if (auto written = writeFile(reader, **file, folder / path.substr(index.top.size()));
            !written)
            return written;
    }
    const auto digest = reader.finish();
    if (!digest)
        return tl::unexpected(digest.error());
    if (*digest != index.digest)
        return changed();
    return {};
}

}  // namespace deploy

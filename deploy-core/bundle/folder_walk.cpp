#include "bundle/folder_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "base/descriptor.h"
#include "bundle/names.h"

namespace deploy {

namespace {

struct Walk {
    const std::string& place;
    size_t maximumEntries;
    size_t entries = 0;
    BundleNames names;
    std::map<std::string, uint64_t> sizes;

    Result<void> folder(Descriptor open, const std::string& prefix);
    Result<void> entry(int parent, const char* name, const std::string& path);
};

Result<void> Walk::folder(Descriptor open, const std::string& prefix) {
    const auto close = [](DIR* dir) { ::closedir(dir); };
    const std::unique_ptr<DIR, decltype(close)> dir(::fdopendir(open.get()), close);
    if (!dir)
        return unopened(place + prefix);
    open.release();
    for (errno = 0; const dirent* found = ::readdir(dir.get()); errno = 0) {
        const std::string_view name = found->d_name;
        if (name == "." || name == "..")
            continue;
        const std::string path = prefix + std::string(name);
        if (++entries > maximumEntries)
            return fail(ErrorCode::BundleTooLarge, place, {},
                        {{"measure", "entries"}, {"limit", std::to_string(maximumEntries)}});
        if (auto taken = entry(::dirfd(dir.get()), found->d_name, path); !taken)
            return taken;
    }
    if (errno != 0)
        return fail(ErrorCode::FileUnreadable, place + prefix, std::strerror(errno));
    return {};
}

Result<void> Walk::entry(int parent, const char* name, const std::string& path) {
    struct stat status {};
    if (::fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return unopened(place + path);
    if (S_ISREG(status.st_mode)) {
        sizes.emplace(path, static_cast<uint64_t>(status.st_size));
        return names.addFile(path, place + path);
    }
    if (!S_ISDIR(status.st_mode))
        return unsafeKind(place + path, kindOf(status.st_mode));
    if (auto named = names.addFolder(path, place + path); !named)
        return named;
    Descriptor next(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!next.valid())
        return unopened(place + path);
    return folder(std::move(next), path + "/");
}

}  // namespace

std::string kindOf(mode_t mode) {
    if (S_ISLNK(mode))
        return "link";
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return "device";
    if (S_ISFIFO(mode))
        return "fifo";
    return S_ISSOCK(mode) ? "socket" : "other";
}

tl::unexpected<Error> unsafeKind(const std::string& where, const std::string& kind) {
    return fail(ErrorCode::BundleUnsafeKind, where, {}, {{"kind", kind}});
}

tl::unexpected<Error> unopened(const std::string& where) {
    const int reason = errno;
    if (reason == ELOOP || reason == ENOTDIR)
        return unsafeKind(where, "link");
    if (reason == ENXIO)
        return unsafeKind(where, "other");
    return fail(reason == ENOENT ? ErrorCode::BundleFileMissing : ErrorCode::FileUnreadable, where,
                std::strerror(reason));
}

Result<std::map<std::string, uint64_t>> walkFolder(int root, const std::string& place,
                                                   size_t maximumEntries) {
    Descriptor again(::openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!again.valid())
        return unopened(place);
    Walk walk{place, maximumEntries, 0, {}, {}};
    if (auto walked = walk.folder(std::move(again), ""); !walked)
        return tl::unexpected(walked.error());
    return std::move(walk.sizes);
}

}  // namespace deploy

#include "bundle/folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "base/digest.h"
#include "bundle/folder_walk.h"
#include "bundle/names.h"

namespace deploy {

namespace {

constexpr size_t kBlockBytes = 1U << 20U;

/// Reads a whole file piece by piece; ends early when `take` says so.
template <class Take>
Result<void> readAll(int fd, const std::string& where, const Take& take) {
    std::string block(kBlockBytes, '\0');
    for (;;) {
        const ssize_t n = ::read(fd, block.data(), block.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(ErrorCode::FileUnreadable, where, std::strerror(errno));
        if (n == 0)
            return {};
        if (auto taken = take(std::string_view(block.data(), static_cast<size_t>(n))); !taken)
            return taken;
    }
}

}  // namespace

Result<BundleFolder> BundleFolder::open(const std::filesystem::path& path) {
    Descriptor root(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root.valid())
        return fail(errno == ENOENT ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable,
                    path.string(), std::strerror(errno));
    return BundleFolder(std::move(root), (path / "").string());
}

Result<BundleContents> BundleFolder::contents(const BundleLimits& limits) const {
    auto sizes = walkFolder(root_.get(), place_, limits.entries);
    if (!sizes)
        return tl::unexpected(sizes.error());
    BundleContents contents{std::move(*sizes), {}, {}, {}};
    struct Text {
        std::string_view name;
        std::string* into;
    };
    for (const Text& text :
         {Text{kManifestName, &contents.manifest}, Text{kSumsName, &contents.sums},
          Text{kSignatureName, &contents.signature}}) {
        if (!contents.has(text.name))
            continue;
        auto read = readText(text.name);
        if (!read)
            return tl::unexpected(read.error());
        *text.into = std::move(*read);
    }
    return contents;
}

Result<Descriptor> BundleFolder::openFile(const std::string& path) const {
    Descriptor folder;
    size_t begin = 0;
    for (size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', begin)) {
        const int above = folder.valid() ? folder.get() : root_.get();
        Descriptor next(::openat(above, path.substr(begin, slash - begin).c_str(),
                                 O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!next.valid())
            return unopened(place_ + path);
        folder = std::move(next);
        begin = slash + 1;
    }
    // O_NONBLOCK: opening a FIFO that was swapped in must not wait for a writer.
    Descriptor file(::openat(folder.valid() ? folder.get() : root_.get(), path.c_str() + begin,
                             O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.valid())
        return unopened(place_ + path);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0)
        return unopened(place_ + path);
    if (!S_ISREG(status.st_mode))
        return unsafeKind(place_ + path, kindOf(status.st_mode));
    return file;
}

Result<std::string> BundleFolder::readText(std::string_view name) const {
    const std::string where = place_ + std::string(name);
    const auto file = openFile(std::string(name));
    if (!file)
        return tl::unexpected(file.error());
    std::string text;
    const auto read = readAll(file->get(), where, [&](std::string_view bytes) -> Result<void> {
        text += bytes;
        if (text.size() > kMaximumTextBytes)
            return fail(ErrorCode::FileTooLarge, where, {},
                        {{"limit_bytes", std::to_string(kMaximumTextBytes)}});
        return {};
    });
    if (!read)
        return tl::unexpected(read.error());
    return text;
}

Result<void> BundleFolder::read(const std::string& path, uint64_t size, ByteMeter& meter,
                                const Take& take) const {
    const auto file = openFile(path);
    if (!file)
        return tl::unexpected(file.error());
    ::posix_fadvise(file->get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    uint64_t length = 0;
    const auto mismatch = [&]() {
        return fail(ErrorCode::BundleSizeMismatch, place_ + path, {},
                    {{"expected", std::to_string(size)}, {"actual", std::to_string(length)}});
    };
    auto all = readAll(file->get(), place_ + path, [&](std::string_view bytes) -> Result<void> {
        if (meter.stopped())
            return fail(ErrorCode::Cancelled, place_ + path);
        length += bytes.size();
        if (length > size)
            return mismatch();
        meter.add(bytes.size());
        return take(bytes);
    });
    if (all && length != size)
        return mismatch();
    return all;
}

Result<std::string> BundleFolder::hash(const std::string& path, uint64_t size,
                                       ByteMeter& meter) const {
    Sha256 sum;
    const auto all = read(path, size, meter, [&](std::string_view bytes) -> Result<void> {
        sum.add(bytes);
        return {};
    });
    if (!all)
        return tl::unexpected(all.error());
    return sum.hex();
}

}  // namespace deploy

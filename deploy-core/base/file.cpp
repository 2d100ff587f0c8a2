#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/descriptor.h"

namespace deploy {

namespace {

tl::unexpected<Error> unwritable(const std::filesystem::path& path) {
    return fail(ErrorCode::FileUnwritable, path.string(), std::strerror(errno));
}

}  // namespace

bool writeAll(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t n = ::write(fd, content.data(), content.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        content.remove_prefix(static_cast<size_t>(n));
    }
    return true;
}

Result<std::string> readFile(const std::filesystem::path& path, uint64_t limitBytes) {
    std::error_code status;
    if (std::filesystem::is_directory(path, status))
        return fail(ErrorCode::FileUnreadable, path.string(), std::strerror(EISDIR));
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        const ErrorCode code =
            errno == ENOENT ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable;
        return fail(code, path.string(), std::strerror(errno));
    }
    std::string content;
    std::string block(size_t{64} * 1024, '\0');
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        content.append(block.data(), static_cast<size_t>(file.gcount()));
        if (content.size() > limitBytes)
            return fail(ErrorCode::FileTooLarge, path.string(), {},
                        {{"limit_bytes", std::to_string(limitBytes)}});
    }
    if (file.bad())
        return fail(ErrorCode::FileUnreadable, path.string(), std::strerror(errno));
    return content;
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content,
                                 mode_t mode, Outlives outlives) {
    std::string temporary = path.string() + ".XXXXXX";
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file.valid())
        return unwritable(path);
    const bool sync = outlives == Outlives::PowerLoss;
    const bool written = writeAll(file.get(), content) && ::fchmod(file.get(), mode) == 0 &&
                         (!sync || ::fsync(file.get()) == 0) &&
                         ::rename(temporary.c_str(), path.c_str()) == 0;
    if (!written) {
        auto error = unwritable(path);
        ::unlink(temporary.c_str());
        return error;
    }
    if (!sync)
        return {};
    const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
    const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.valid() || ::fsync(folder.get()) != 0)
        return unwritable(parent);
    return {};
}

Result<void> makePrivateFolder(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::path built;
    for (const auto& part : std::filesystem::absolute(path)) {
        built /= part;
        if (!std::filesystem::is_directory(built, error) && ::mkdir(built.c_str(), 0700) != 0 &&
            errno != EEXIST)
            return unwritable(built);
    }
    if (!std::filesystem::is_directory(path, error))
        return fail(ErrorCode::FileUnwritable, path.string(), std::strerror(ENOTDIR));
    return {};
}

}  // namespace deploy

#include "remote/upload_source.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/digest.h"
#include "remote/upload_scripts.h"

namespace deploy {

namespace {
constexpr size_t kBlockBytes = 256U << 10U;
/// How far a stream may be ahead of the slowest one, in bytes.
constexpr uint64_t kMostLead = 3 * kStripeBytes + (128U << 10U);
}  // namespace

Result<UploadSource> UploadSource::open(const Upload& upload) {
    UploadSource source;
    source.name_ = upload.source.string();
    source.size_ = upload.size;
    source.file_ = Descriptor(::open(source.name_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!source.file_.valid())
        return fail(errno == ENOENT ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable,
                    source.name_, std::strerror(errno));
    struct stat status {};
    if (::fstat(source.file_.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::FileUnreadable, source.name_, std::strerror(errno));
    if (static_cast<uint64_t>(status.st_size) != upload.size)
        return fail(ErrorCode::UploadDigestMismatch, source.name_);
    ::posix_fadvise(source.file_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    return source;
}

Result<size_t> UploadSource::readAt(uint64_t offset, std::vector<char>& block,
                                    size_t atMost) const {
    block.resize(kBlockBytes);
    ssize_t n = 0;
    do
        n = ::pread(file_.get(), block.data(), std::min(atMost, block.size()),
                    static_cast<off_t>(offset));
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return fail(ErrorCode::FileUnreadable, name_,
                    n < 0 ? std::strerror(errno) : "shorter than it was");
    return static_cast<size_t>(n);
}

Result<std::string> UploadSource::sha256OfPrefix(uint64_t bytes,
                                                 const std::stop_token& stop) const {
    Sha256 sum;
    std::vector<char> block;
    for (uint64_t at = 0; at < bytes;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const auto n = readAt(at, block, std::min<uint64_t>(bytes - at, kBlockBytes));
        if (!n)
            return tl::unexpected(n.error());
        sum.add({block.data(), *n});
        at += *n;
    }
    return sum.hex();
}

std::vector<InputSource> UploadSource::streams(uint64_t offset, unsigned count,
                                               uint64_t& sent) const {
    const auto positions = std::make_shared<std::vector<uint64_t>>();
    std::vector<InputSource> all;
    for (unsigned i = 0; i < count; ++i) {
        positions->push_back(offset + i * kStripeBytes);
        all.emplace_back([this, count, &sent, positions, i, left = kStripeBytes,
                          block = std::vector<char>()]() mutable -> Result<InputPiece> {
            uint64_t& at = positions->at(i);
            if (left == 0) {
                at += (count - 1) * kStripeBytes;
                left = kStripeBytes;
            }
            if (at >= size_)
                return InputPiece{};
            if (at > *std::min_element(positions->begin(), positions->end()) + kMostLead)
                return InputPiece{InputPiece::State::Later, {}};
            const auto n = readAt(at, block, std::min({left, size_ - at, uint64_t(kBlockBytes)}));
            if (!n)
                return tl::unexpected(n.error());
            at += *n;
            left -= *n;
            sent += *n;
            return InputPiece{InputPiece::State::More, {block.data(), *n}};
        });
    }
    return all;
}

}  // namespace deploy

#include "bundle/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bundle/folder_walk.h"

namespace deploy {

namespace {

constexpr size_t kBlockBytes = 1U << 20U;

}  // namespace

void ArchiveReader::Close::operator()(archive* reader) const {
    archive_read_free(reader);
}

ArchiveReader::ArchiveReader(int fd, uint64_t archiveBytes, const std::string& place,
                             const BundleLimits& limits, ByteMeter& meter)
    : fd_(fd),
      archiveBytes_(archiveBytes),
      place_(place),
      limits_(limits),
      meter_(meter),
      reader_(archive_read_new()),
      block_(kBlockBytes, '\0'),
      data_(kBlockBytes, '\0') {
    archive_read_support_format_tar(reader_.get());
    archive_read_support_filter_zstd(reader_.get());
    archive_read_open(reader_.get(), this, nullptr, readBlock, nullptr);
}

ArchiveReader::~ArchiveReader() = default;

ssize_t ArchiveReader::readBlock(archive* reader, void* self, const void** into) {
    auto& own = *static_cast<ArchiveReader*>(self);
    if (own.meter_.stopped()) {
        archive_set_error(reader, ECANCELED, "%s", std::strerror(ECANCELED));
        return ARCHIVE_FATAL;
    }
    ssize_t n = 0;
    do
        n = ::pread(own.fd_, own.block_.data(), own.block_.size(), static_cast<off_t>(own.offset_));
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        archive_set_error(reader, errno, "%s", std::strerror(errno));
        return ARCHIVE_FATAL;
    }
    const std::string_view bytes(own.block_.data(), static_cast<size_t>(n));
    own.offset_ += bytes.size();
    own.sum_.add(bytes);
    own.meter_.add(bytes.size());
    *into = bytes.data();
    return n;
}

tl::unexpected<Error> ArchiveReader::broken() const {
    const char* words = archive_error_string(reader_.get());
    std::string name = place_.substr(0, place_.size() - 2);
    if (meter_.stopped())
        return fail(ErrorCode::Cancelled, std::move(name));
    return fail(ErrorCode::BundleInvalid, std::move(name), words == nullptr ? "" : words);
}

Result<std::optional<ArchiveFile>> ArchiveReader::next() {
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader_.get(), &entry);
        if (status == ARCHIVE_EOF)
            return std::nullopt;
        if (status != ARCHIVE_OK)
            return broken();
        auto file = judge(entry);
        if (!file || *file)
            return file;
    }
}

/// None for a folder: folders are made as their files need them.
Result<std::optional<ArchiveFile>> ArchiveReader::judge(archive_entry* entry) {
    const char* name = archive_entry_pathname(entry);
    std::string_view path = name == nullptr ? std::string_view() : std::string_view(name);
    if (path.starts_with("./"))
        path.remove_prefix(2);
    const std::string where = place_ + std::string(path);
    if (++entries_ > limits_.entries)
        return fail(ErrorCode::BundleTooLarge, where, {},
                    {{"measure", "entries"}, {"limit", std::to_string(limits_.entries)}});
    if (archive_entry_hardlink(entry) != nullptr)
        return unsafeKind(where, "hard_link");
    const mode_t type = archive_entry_filetype(entry);
    if (type == AE_IFDIR) {
        if (path.ends_with('/'))
            path.remove_suffix(1);
        if (!path.empty() && path != ".")
            if (auto named = names_.addFolder(path, where); !named)
                return tl::unexpected(named.error());
        return std::nullopt;
    }
    if (type != AE_IFREG)
        return unsafeKind(where, kindOf(type));
    if (auto named = names_.addFile(path, where); !named)
        return tl::unexpected(named.error());
    const auto size = static_cast<uint64_t>(archive_entry_size(entry));
    const uint64_t limit =
        std::min(limits_.bytes, limits_.allowance + archiveBytes_ * limits_.ratio);
    if (archive_entry_size(entry) < 0 || size > limit - unpackedBytes_)
        return fail(ErrorCode::BundleTooLarge, where, {},
                    {{"measure", "bytes"}, {"limit", std::to_string(limit)}});
    unpackedBytes_ += size;
    return ArchiveFile{std::string(path), size};
}

Result<std::string_view> ArchiveReader::read() {
    const auto n = archive_read_data(reader_.get(), data_.data(), data_.size());
    if (n < 0)
        return broken();
    return std::string_view(data_.data(), static_cast<size_t>(n));
}

Result<std::string> ArchiveReader::finish() {
    const void* bytes = nullptr;
    for (;;) {
        const ssize_t n = readBlock(reader_.get(), this, &bytes);
        if (n < 0)
            return broken();
        if (n == 0)
            return sum_.hex();
    }
}

}  // namespace deploy

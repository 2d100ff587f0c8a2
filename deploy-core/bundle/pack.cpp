#include <archive.h>
#include <archive_entry.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "base/digest.h"
#include "base/file.h"
#include "bundle/bundle.h"
#include "bundle/folder.h"
#include "bundle/names.h"
#include "bundle/sums.h"

namespace deploy {

namespace {

namespace fs = std::filesystem;

/// The manifest of a folder whose files are as the manifest says.
Result<BundleManifest> checkedManifest(const BundleFolder& folder, const BundleContents& contents,
                                       ByteMeter& meter) {
    const std::string where = folder.place() + std::string(kManifestName);
    if (!contents.has(kManifestName))
        return fail(ErrorCode::BundleFileMissing, where);
    auto manifest = readManifest(contents.manifest, where);
    if (!manifest)
        return manifest;
    if (auto matches = checkFiles(*manifest, contents, folder.place()); !matches)
        return tl::unexpected(matches.error());
    meter.expect(manifest->totalBytes());
    if (auto hashed = folder.checkHashes(manifest->files, meter); !hashed)
        return tl::unexpected(hashed.error());
    return manifest;
}

std::string sumsText(const BundleManifest& manifest, const BundleContents& contents) {
    FileSums sums{{std::string(kManifestName), sha256Hex(contents.manifest)}};
    for (const BundleFile& file : manifest.files)
        sums.emplace(file.path, file.sha256);
    return writeSums(sums);
}

struct WriterClose {
    void operator()(archive* writer) const { archive_write_free(writer); }
};
using Writer = std::unique_ptr<archive, WriterClose>;

tl::unexpected<Error> unwritten(const fs::path& target, archive* writer) {
    const char* words = archive_error_string(writer);
    return fail(ErrorCode::FileUnwritable, target.string(), words == nullptr ? "" : words);
}

/// Nothing of this machine goes in: no owner, no time, no mode.
Result<void> writeHeader(archive* writer, const std::string& path, uint64_t size,
                         const fs::path& target) {
    const auto free = [](archive_entry* entry) { archive_entry_free(entry); };
    const std::unique_ptr<archive_entry, decltype(free)> entry(archive_entry_new(), free);
    archive_entry_set_pathname(entry.get(), path.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_mtime(entry.get(), 0, 0);
    if (archive_write_header(writer, entry.get()) != ARCHIVE_OK)
        return unwritten(target, writer);
    return {};
}

Result<void> writeArchive(const BundleFolder& folder, const BundleManifest& manifest,
                          const BundleContents& contents, const fs::path& target, int fd,
                          ByteMeter& meter) {
    const Writer writer(archive_write_new());
    archive_write_set_format_pax_restricted(writer.get());
    if (target.extension() == ".zst")
        archive_write_add_filter_zstd(writer.get());
    // The last block is not padded to the usual 10 KiB record of tapes.
    archive_write_set_bytes_in_last_block(writer.get(), 1);
    if (archive_write_open_fd(writer.get(), fd) != ARCHIVE_OK)
        return unwritten(target, writer.get());
    const std::string top = manifest.product + "-" + manifest.version + "/";
    for (const auto& [path, size] : contents.sizes) {
        if (auto begun = writeHeader(writer.get(), top + path, size, target); !begun)
            return begun;
        auto copied = folder.read(path, size, meter, [&](std::string_view bytes) -> Result<void> {
            if (archive_write_data(writer.get(), bytes.data(), bytes.size()) !=
                static_cast<la_ssize_t>(bytes.size()))
                return unwritten(target, writer.get());
            return {};
        });
        if (!copied)
            return copied;
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK)
        return unwritten(target, writer.get());
    return {};
}

Result<void> packArchive(const BundleFolder& folder, const BundleManifest& manifest,
                         const fs::path& target, ByteMeter& meter) {
    if (target.extension() != ".tar" && !target.string().ends_with(".tar.zst"))
        return fail(ErrorCode::UsageInvalid, target.string(), ".tar, .tar.zst");
    const auto contents = folder.contents({});
    if (!contents)
        return tl::unexpected(contents.error());
    meter.expect(manifest.totalBytes());
    std::string temporary = target.string() + ".XXXXXX";
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file.valid())
        return fail(ErrorCode::FileUnwritable, target.string(), std::strerror(errno));
    auto written = writeArchive(folder, manifest, *contents, target, file.get(), meter);
    if (written && (::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0 ||
                    ::rename(temporary.c_str(), target.c_str()) != 0))
        written = fail(ErrorCode::FileUnwritable, target.string(), std::strerror(errno));
    if (!written)
        ::unlink(temporary.c_str());
    return written;
}

}  // namespace

Result<void> packBundle(const fs::path& path, const std::optional<fs::path>& archive,
                        const VerifyProgress& progress, const std::stop_token& stop) {
    ByteMeter meter(progress, stop);
    const auto folder = BundleFolder::open(path);
    if (!folder)
        return tl::unexpected(folder.error());
    const auto contents = folder->contents({});
    if (!contents)
        return tl::unexpected(contents.error());
    const auto manifest = checkedManifest(*folder, *contents, meter);
    if (!manifest)
        return tl::unexpected(manifest.error());
    const std::string sums = sumsText(*manifest, *contents);
    if (sums != contents->sums) {
        if (contents->has(kSignatureName))
            return fail(ErrorCode::SignatureInvalid, folder->place() + std::string(kSignatureName));
        if (auto written = writeFileAtomically(path / kSumsName, sums); !written)
            return written;
    }
    return archive ? packArchive(*folder, *manifest, *archive, meter) : Result<void>();
}

}  // namespace deploy

#include "inventory/zip_parts.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "inventory/import_parts.h"

namespace deploy {

namespace {

constexpr size_t kMostBytes = size_t{32} << 20U;

struct CloseArchive {
    void operator()(archive* reader) const { archive_read_free(reader); }
};

}  // namespace

Result<bool> ZipParts::read(const std::string& part,
                            const std::function<Result<bool>(std::string_view)>& sink) const {
    const std::unique_ptr<archive, CloseArchive> reader(archive_read_new());
    archive_read_support_format_zip_seekable(reader.get());
    const auto damaged = [&](const char* problem, const std::string& where) {
        const char* words = archive_error_string(reader.get());
        return fail(ErrorCode::InventoryFormInvalid, where, words == nullptr ? "" : words,
                    {{"problem", problem}});
    };
    if (archive_read_open_memory(reader.get(), bytes_.data(), bytes_.size()) != ARCHIVE_OK)
        return damaged("not_zip", name_);
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader.get(), &entry);
        if (status == ARCHIVE_EOF)
            return false;
        if (status < ARCHIVE_WARN)
            return damaged("zip_damaged", name_);
        const char* path = archive_entry_pathname(entry);
        if (path != nullptr && path == part)
            break;
    }
    std::string block(size_t{64} << 10U, '\0');
    for (size_t all = 0;;) {
        const la_ssize_t got = archive_read_data(reader.get(), block.data(), block.size());
        if (got < 0)
            return damaged("zip_damaged", place(part));
        if (got == 0)
            return true;
        all += static_cast<size_t>(got);
        if (all > kMostBytes)
            return badForm(place(part), "part_too_large", std::to_string(kMostBytes));
        auto more = sink(std::string_view(block).substr(0, static_cast<size_t>(got)));
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return true;
    }
}

}  // namespace deploy

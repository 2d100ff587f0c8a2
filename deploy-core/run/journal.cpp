#include "run/journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/descriptor.h"
#include "base/file.h"
#include "base/json_fields.h"
#include "run/failpoint.h"
#include "run/journal_record.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kLimitBytes = 256U << 20U;
constexpr int64_t kFormat = 1;

std::string header() {
    return dumpJson({{"journal", "finclip-deploy"}, {"format", kFormat}});
}

Result<void> checkHeader(std::string_view text, const std::string& name) {
    const auto json = parseJson(std::string(text), name);
    if (!json)
        return fail(ErrorCode::JournalCorrupt, name + ":1", json.error().detail);
    JsonReport report;
    JsonFields fields(*json, name, report);
    const std::string kind = fields.requiredString("journal");
    const int64_t format = fields.requiredInteger("format");
    if (report.error || kind != "finclip-deploy" || format < 1)
        return fail(ErrorCode::JournalCorrupt, name + ":1", "not a journal");
    if (format > kFormat)
        return fail(ErrorCode::FormatTooNew, name, {}, {{"format", std::to_string(format)}});
    return {};
}

tl::unexpected<Error> unwritable(const fs::path& file) {
    return fail(ErrorCode::JournalUnwritable, file.string(), std::strerror(errno));
}

struct Scanned {
    JournalContent content;
    uint64_t wholeBytes = 0;
};

Result<Scanned> scan(const fs::path& file) {
    const auto bytes = readFile(file, kLimitBytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const std::string name = file.filename().string();
    const auto records = splitRecords(*bytes, name);
    if (!records)
        return tl::unexpected(records.error());
    Scanned scanned;
    scanned.wholeBytes = records->wholeBytes;
    scanned.content.tornBytes = bytes->size() - records->wholeBytes;
    for (size_t i = 0; i < records->texts.size(); ++i) {
        if (i == 0) {
            if (auto legal = checkHeader(records->texts[0], name); !legal)
                return tl::unexpected(legal.error());
            continue;
        }
        const std::string where = name + ":" + std::to_string(i + 1);
        auto event = eventFromJson(std::string(records->texts[i]), where);
        if (!event)
            return fail(ErrorCode::JournalCorrupt, where,
                        event.error().where + ": " + event.error().detail);
        scanned.content.events.push_back(*std::move(event));
    }
    return scanned;
}

}  // namespace

struct Journal::File {
    fs::path path;
    Descriptor descriptor;
    uint64_t size = 0;    ///< of whole records
    bool broken = false;  ///< what is on disk after a failed write is not known

    File(fs::path name, int fd) : path(std::move(name)), descriptor(fd) {}

    Result<void> append(std::string_view record) {
        failpoint("journal_before");
        const bool torn = failpointReached("journal_torn");
        if (broken)
            return fail(ErrorCode::JournalUnwritable, path.string(), std::strerror(EIO));
        if (!writeAll(descriptor.get(), torn ? record.substr(0, record.size() / 2) : record) ||
            ::fdatasync(descriptor.get()) != 0)
            return giveUp();
        if (torn)
            dieNow();
        failpoint("journal_after");
        size += record.size();
        return {};
    }

    /// Leaves no part of a record behind, as far as the disk lets it.
    Result<void> giveUp() {
        auto error = unwritable(path);
        broken = true;
        if (::ftruncate(descriptor.get(), static_cast<off_t>(size)) == 0)
            ::fdatasync(descriptor.get());
        return error;
    }
};

Result<JournalContent> readJournal(const fs::path& file) {
    return scan(file).map([](Scanned scanned) { return std::move(scanned.content); });
}

Journal::Journal() = default;
Journal::~Journal() = default;
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;

Result<Journal> Journal::open(const fs::path& file) {
    Journal journal;
    const int fd = ::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return unwritable(file);
    journal.file_ = std::make_unique<File>(file, fd);
    auto scanned = scan(file);
    if (!scanned)
        return tl::unexpected(scanned.error());
    journal.file_->size = scanned->wholeBytes;
    if (scanned->content.tornBytes > 0 &&
        (::ftruncate(fd, static_cast<off_t>(scanned->wholeBytes)) != 0 || ::fsync(fd) != 0))
        return unwritable(file);
    if (scanned->wholeBytes == 0) {
        if (auto written = journal.file_->append(frameRecord(header())); !written)
            return tl::unexpected(written.error());
        const fs::path parent = file.has_parent_path() ? file.parent_path() : ".";
        const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder.valid() || ::fsync(folder.get()) != 0)
            return unwritable(parent);
    }
    return journal;
}

Result<void> Journal::append(const Event& event) {
    return file_->append(frameRecord(eventToJson(event)));
}

}  // namespace deploy

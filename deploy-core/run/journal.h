#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "run/event.h"

namespace deploy {

/// What a journal says. A torn tail (power loss in the middle of a record) is cut and counted; a
/// damaged record before the tail is JournalCorrupt with its line.
struct JournalContent {
    std::vector<Event> events;
    uint64_t tornBytes = 0;
};

Result<JournalContent> readJournal(const std::filesystem::path& file);

/// Appends records to a run's journal. Each append is on disk (fsync) before it returns.
/// The format is in deploy-core/README.md. Used under one lock (the engine's funnel).
class Journal {
public:
    /// Creates the file, or goes on behind its last whole record. JournalUnwritable,
    /// JournalCorrupt.
    static Result<Journal> open(const std::filesystem::path& file);
    ~Journal();
    Journal(Journal&&) noexcept;
    Journal& operator=(Journal&&) noexcept;

    /// JournalUnwritable: nothing more may be done on any server.
    Result<void> append(const Event& event);

private:
    Journal();
    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace deploy

#include <sys/resource.h>

#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fstream>

#include "base/file.h"
#include "run/journal.h"
#include "run/journal_record.h"
#include "run/run_state.h"

using namespace deploy;
namespace fs = std::filesystem;

namespace {

/// One event of every kind, with every field used somewhere and bytes that need care.
std::vector<Event> everyKind() {
    std::vector<Event> events;
    for (int i = 0; i <= static_cast<int>(EventKind::RunFinished); ++i) {
        Event event;
        event.kind = static_cast<EventKind>(i);
        event.at = WallTime(std::chrono::milliseconds(1769854500123 + i));
        event.steadyMs = 100 * i;
        event.host = HostId("s1");
        event.step = StepId("s1/step" + std::to_string(i));
        event.digest = i % 2 == 0 ? "abc" : "";
        event.attempt = i;
        if (i % 3 == 0)
            event.error = Error{ErrorCode::StepFailed,
                                "s1",
                                "line\n\"quoted\" \\ 数据库 \x1b[31m",
                                {{"status", "7"}}};
        event.args = {{"decision", "running"}, {"owner", "eng@laptop"}};
        events.push_back(event);
    }
    return events;
}

struct Written {
    // In memory: thousands of journals are written, and no power is lost.
    QTemporaryDir folder{"/dev/shm/tst_journal-XXXXXX"};
    fs::path file = folder.filePath("journal").toStdString();
    std::vector<Event> events = everyKind();
    std::string bytes;

    Written() {
        auto journal = Journal::open(file);
        for (const Event& event : events)
            (void)journal->append(event);
        bytes = *readFile(file, 1U << 20U);
    }
    void overwrite(const std::string& content) const {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    }
    std::vector<Event> first(size_t count) const {
        return {events.begin(), events.begin() + static_cast<std::ptrdiff_t>(count)};
    }
    size_t lines(const std::string& content) const {
        return static_cast<size_t>(std::count(content.begin(), content.end(), '\n'));
    }
};

}  // namespace

class TestJournal : public QObject {
    Q_OBJECT
private slots:
    void readsWhatItWrote() {
        const Written written;
        const auto content = readJournal(written.file);
        QVERIFY(content.has_value());
        QVERIFY(content->events == written.events);
        QCOMPARE(content->tornBytes, uint64_t(0));
    }

    void goesOnBehindTheLastRecord() {
        const Written written;
        auto journal = Journal::open(written.file);
        QVERIFY(journal.has_value());
        QVERIFY(journal->append(written.events[3]).has_value());
        auto expected = written.events;
        expected.push_back(written.events[3]);
        QVERIFY(readJournal(written.file)->events == expected);
    }

    void everyPrefixIsAShorterJournal() {
        const Written written;
        for (size_t length = 0; length <= written.bytes.size(); ++length) {
            const std::string prefix = written.bytes.substr(0, length);
            written.overwrite(prefix);
            const auto content = readJournal(written.file);
            QVERIFY(content.has_value());
            const size_t lines = written.lines(prefix);
            QVERIFY(content->events == written.first(lines == 0 ? 0 : lines - 1));
            QCOMPARE(content->tornBytes, uint64_t(length - (prefix.rfind('\n') + 1)));
        }
    }

    void aTornTailIsCutBeforeMoreIsWritten() {
        const Written written;
        for (size_t cut = 1; cut < 40; ++cut) {
            written.overwrite(written.bytes.substr(0, written.bytes.size() - cut));
            auto journal = Journal::open(written.file);
            QVERIFY(journal.has_value());
            QVERIFY(journal->append(written.events.back()).has_value());
            QCOMPARE(*readFile(written.file, 1U << 20U), written.bytes);
        }
    }

    void everyFlippedBitOfTheLastRecordIsSeen() {
        const Written written;
        const size_t last = written.bytes.rfind('\n', written.bytes.size() - 2) + 1;
        for (size_t at = last; at < written.bytes.size(); ++at)
            for (int bit = 0; bit < 8; ++bit) {
                std::string bytes = written.bytes;
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
                written.overwrite(bytes);
                const auto content = readJournal(written.file);
                QVERIFY(content.has_value());
                QVERIFY(content->events == written.first(written.events.size() - 1));
                QCOMPARE(content->tornBytes, uint64_t(bytes.size() - last));
            }
    }

    void everyFlippedBitOfAnEarlierRecordIsAnError() {
        const Written written;
        const size_t last = written.bytes.rfind('\n', written.bytes.size() - 2) + 1;
        for (size_t at = 0; at < last; ++at) {
            std::string bytes = written.bytes;
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
            written.overwrite(bytes);
            const auto content = readJournal(written.file);
            QVERIFY(!content.has_value());
            QCOMPARE(content.error().code, ErrorCode::JournalCorrupt);
            const size_t line = written.lines(written.bytes.substr(0, at)) + 1;
            QCOMPARE(content.error().where, "journal:" + std::to_string(line));
            QCOMPARE(Journal::open(written.file).error().code, ErrorCode::JournalCorrupt);
        }
    }

    void otherFormatsAreRefused() {
        const Written written;
        written.overwrite(frameRecord(R"({"format":2,"journal":"finclip-deploy"})"));
        QCOMPARE(readJournal(written.file).error().code, ErrorCode::FormatTooNew);
        written.overwrite(frameRecord(R"({"format":1,"journal":"something"})"));
        QCOMPARE(readJournal(written.file).error().code, ErrorCode::JournalCorrupt);
        const std::string header = frameRecord(R"({"format":1,"journal":"finclip-deploy"})");
        for (const char* event :
             {R"({"event":"no_such","at":"2026-01-31T10:15:00.123Z","steady_ms":1})",
              R"({"event":"run_started","at":"2026-13-31T10:15:00.123Z","steady_ms":1})",
              R"({"event":"run_started","at":"2026-01-31T10:15:00.123Z"})",
              R"({"event":"run_started","at":"2026-01-31T10:15:00.123Z","steady_ms":1,"new":1})",
              R"([])", "text"}) {
            written.overwrite(header + frameRecord(event));
            QCOMPARE(readJournal(written.file).error().code, ErrorCode::JournalCorrupt);
            QVERIFY(readJournal(written.file).error().where == "journal:2");
        }
    }

    void missingAndUnwritableFiles() {
        QTemporaryDir folder;
        const fs::path file = folder.filePath("none/journal").toStdString();
        QCOMPARE(readJournal(file).error().code, ErrorCode::FileNotFound);
        QCOMPARE(Journal::open(file).error().code, ErrorCode::JournalUnwritable);
    }

    /// A disk that is full at any byte: the journal stays whole, and is not written any more.
    void afterAFailedWriteNothingMoreIsWritten() {
        ::signal(SIGXFSZ, SIG_IGN);
        const Written written;
        const size_t last = written.bytes.rfind('\n', written.bytes.size() - 2) + 1;
        for (const size_t room : {size_t(0), size_t(1), written.bytes.size() - last - 1}) {
            written.overwrite(written.bytes.substr(0, last));
            auto journal = Journal::open(written.file);
            rlimit before{};
            ::getrlimit(RLIMIT_FSIZE, &before);
            rlimit limit = before;
            limit.rlim_cur = last + room;
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const auto full = journal->append(written.events.back());
            ::setrlimit(RLIMIT_FSIZE, &before);
            QCOMPARE(full.error().code, ErrorCode::JournalUnwritable);
            QCOMPARE(journal->append(written.events.back()).error().code,
                     ErrorCode::JournalUnwritable);
            QCOMPARE(*readFile(written.file, 1U << 20U), written.bytes.substr(0, last));
        }
    }

    /// Whatever was read, the state is the same as the one that was shown.
    void foldOfEveryPrefix() {
        const Written written;
        RunState shown;
        for (size_t count = 0; count < written.events.size(); ++count) {
            QVERIFY(fold(written.first(count)) == shown);
            apply(shown, written.events[count]);
        }
    }

    void bytesThatAreNoTextAreReplaced() {
        Event event;
        event.error = Error{ErrorCode::StepFailed, "s1", "a\xff\xfe\nb", {}};
        const auto read = eventFromJson(eventToJson(event), "x");
        QVERIFY(read.has_value());
        QCOMPARE(read->error->detail, std::string("a\xEF\xBF\xBD\xEF\xBF\xBD\nb"));
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"

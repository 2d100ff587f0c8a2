// What the engine itself costs: a run of many servers that answer at once, from memory, so that all
// the time there is goes into scheduling, the journal and telling. Beside it stands the floor: the
// same records, written and fsynced by a plain loop on the same disk.
// usage: bench_engine [FOLDER]     prints a table; exit status 1 if a goal is missed
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/file.h"
#include "support/fake_connector.h"
#include "support/run_fixture.h"

using namespace deploy;

namespace {

constexpr int kServers = 100;
constexpr int kSteps = 10;
constexpr double kMostMilliseconds = 2;  // of one event, its fsync included
constexpr long kMostMegabytes = 150;     // of a run with 100 servers

double secondsOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The journal's records once more, by the plainest program that keeps the same promise.
void writePlainly(const std::string& records, const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    for (size_t begin = 0; begin < records.size();) {
        const size_t end = records.find('\n', begin) + 1;
        if (::write(fd, records.data() + begin, end - begin) < 0 || ::fdatasync(fd) != 0)
            std::perror("write");
        begin = end;
    }
    ::close(fd);
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder =
        (argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path()) /
        ("bench_engine." + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::vector<std::string> names;
    for (int i = 0; i < kSteps; ++i)
        names.push_back("t" + std::to_string(i));
    RunFixture fixture(names);
    fixture.at = folder;
    for (int server = 0; server < kServers; ++server)
        for (const std::string& name : names)
            fixture.add("h" + std::to_string(server), name);
    const FakeClock clock;
    FakeConnector servers(clock);
    RecordingObserver observer;
    bool done = false;
    const double run = secondsOf([&] {
        const auto state = fixture.go(servers, clock, observer);
        done = state && state->outcome == RunOutcome::Succeeded;
    });
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const std::string records = readFile(fixture.journalFile(), 1U << 30U).value_or("");
    const double floor = secondsOf([&] { writePlainly(records, folder / "plain"); });
    std::filesystem::remove_all(folder);

    const auto events = static_cast<double>(observer.events.size());
    const double each = 1000 * run / events;
    const long megabytes = usage.ru_maxrss / 1024;
    std::printf("%d servers x %d steps: %.0f events in %.2f s%s\n", kServers, kSteps, events, run,
                done ? "" : " (did not succeed)");
    std::printf("%-34s %8s %8s %8s\n", "", "engine", "floor", "ratio");
    std::printf("%-34s %8.3f %8.3f %8.2f   goal <= %.0f ms\n", "ms per event, fsync included", each,
                1000 * floor / events, run / floor, kMostMilliseconds);
    std::printf("%-34s %8ld %8s %8s   goal <= %ld MB\n", "MB at most", megabytes, "", "",
                kMostMegabytes);
    return done && each <= kMostMilliseconds && megabytes <= kMostMegabytes ? 0 : 1;
}

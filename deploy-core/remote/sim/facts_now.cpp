#include <algorithm>
#include <sstream>

#include "base/digest.h"
#include "probe/numbers.h"
#include "remote/sim/role_book.h"
#include "remote/sim/role_work.h"

namespace deploy::sim {

namespace {

/// The value of a book's variable, if the book is there.
std::optional<std::string> written(const ServerState& state, const std::string& book,
                                   const std::string& name) {
    const auto found = state.books.find(book);
    if (found == state.books.end() || !found->second.contains(name))
        return std::nullopt;
    return found->second.at(name);
}

void raiseSettings(Facts& facts, const std::string& lines) {
    constexpr uint64_t kMost = uint64_t{1} << 53U;
    for (const auto& [key, least] : linesOf(lines))
        if (const auto value = unsignedIn(least, 0, kMost))
            facts.sysctl[key] = std::max(facts.sysctl[key], static_cast<int64_t>(*value));
}

uint16_t entryPort(const std::string& environment) {
    constexpr std::string_view kName = "ENTRY_PORT=";
    constexpr uint64_t kMostPort = 65535;
    std::istringstream lines(environment);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(kName))
            return static_cast<uint16_t>(
                unsignedIn(std::string_view(line).substr(kName.size()), 1, kMostPort).value_or(0));
    return 0;
}

/// What an administrator does when he is asked: time, ports, disk space, and a larger machine.
void mend(Facts& facts) {
    constexpr uint64_t kGiB = uint64_t{1} << 30U;
    constexpr int kCores = 8;
    constexpr uint64_t kMemory = 16 * kGiB;
    constexpr uint64_t kDisk = 500 * kGiB;
    facts.clockOffsetSeconds = 0;
    facts.timeServiceRuns = true;
    facts.cores = std::max(facts.cores.value_or(0), kCores);
    facts.memoryBytes = std::max(facts.memoryBytes.value_or(0), kMemory);
    if (facts.listening)
        std::erase_if(*facts.listening, [](const auto& port) {
            return port.process != "sshd" && port.process != "docker-proxy";
        });
    if (!facts.dataDirectory)
        return;
    FileSystemFacts& disk = *facts.dataDirectory;
    disk.totalBytes = std::max(disk.totalBytes.value_or(0), kDisk);
    disk.freeBytes = *disk.totalBytes - *disk.totalBytes / 20;
}

void putRight(Facts& facts, const ServerState& state) {
    if (state.books.contains("repair.swap"))
        facts.swapBytes = 0;
    if (state.books.contains("repair.selinux") && facts.selinux == "enforcing")
        facts.selinux = "permissive";
    if (state.books.contains("repair.thp") && facts.transparentHugePages == "always")
        facts.transparentHugePages = "madvise";
}

/// Each boot has its own.
std::optional<std::string> bootIdOf(const Facts& facts, int boots) {
    if (!facts.bootId || boots == 1)
        return facts.bootId;
    const std::string digest = sha256Hex(*facts.bootId + std::to_string(boots));
    return digest.substr(0, 8) + "-1111-4222-8333-" + digest.substr(8, 12);
}

void addEngine(Facts& facts, const std::optional<std::string>& daemonJson) {
    const bool there = std::any_of(facts.existing.begin(), facts.existing.end(),
                                   [](const auto& each) { return each.id == "docker"; });
    if (!there)
        facts.existing.push_back({"docker", "", true, "/usr/local/bin/dockerd, docker.service"});
    if (daemonJson && !there)
        facts.dockerDaemonJson = daemonJson;
}

}  // namespace

Facts factsNow(const Facts& before, const ServerState& state) {
    Facts facts = before;
    for (const auto& [book, values] : state.books)
        facts.finclipParts.push_back(book);
    if (const auto settings = written(state, "host.prepare", "SYSCTLS"))
        raiseSettings(facts, *settings);
    putRight(facts, state);
    if (state.books.contains("docker.engine"))
        addEngine(facts, written(state, "docker.engine", "DAEMON_JSON"));
    facts.finclipVersion = written(state, "app.config", "VERSION");
    const auto environment = written(state, "app.config", "ENVIRONMENT");
    if (state.books.contains("app.start") && environment && facts.listening)
        facts.listening->push_back({"tcp", entryPort(*environment), "docker-proxy"});
    if (state.mended)
        mend(facts);
    facts.bootId = bootIdOf(facts, state.boots);
    uint64_t sent = 0;
    for (const auto& [path, file] : state.files)
        sent += file.size;
    if (facts.dataDirectory && facts.dataDirectory->freeBytes)
        *facts.dataDirectory->freeBytes -= std::min(*facts.dataDirectory->freeBytes, sent);
    if (state.diskFull && facts.dataDirectory)
        facts.dataDirectory->freeBytes = 0;
    return facts;
}

}  // namespace deploy::sim

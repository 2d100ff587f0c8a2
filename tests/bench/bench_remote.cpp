// One measured job against real servers; bench.sh runs it beside its peers.
#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "base/descriptor.h"
#include "base/digest.h"
#include "probe/prober.h"
#include "remote/ssh_connector.h"
#include "support/tcp_proxy.h"

using namespace deploy;

namespace {

double cpuSeconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Stopwatch {
    std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
    double cpuBegin = cpuSeconds();
    double wall() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    double cpu() const { return cpuSeconds() - cpuBegin; }
};

Host server(const std::string& address, const std::string& port, const std::string& key) {
    Host host;
    host.name = HostId("p" + port);
    host.address = address;
    host.port = static_cast<uint16_t>(std::strtoul(port.c_str(), nullptr, 10));
    host.auth = AuthMethod::Key;
    host.keyFile = key;
    return host;
}

int complain(const std::string& what, const Error& error) {
    std::fprintf(stderr, "%s: %s %s\n", what.c_str(), std::string(codeName(error.code)).c_str(),
                 error.detail.c_str());
    return 1;
}

/// Prints wall seconds and milliseconds of CPU for each server.
int probe(const std::string& key, const KnownHosts& known, const std::string& address,
          const std::vector<std::string>& ports) {
    Inventory inventory;
    for (const std::string& port : ports)
        inventory.hosts.push_back(server(address, port, key));
    const Stopwatch watch;
    const auto connector = makeSshConnector(inventory, {}, known);
    const auto outcomes = probeAll(*connector, inventory, {}, {}, {});
    const double wall = watch.wall();
    const double cpu = watch.cpu();
    for (const auto& [host, outcome] : outcomes)
        if (!outcome)
            return complain(host.str(), outcome.error());
    std::printf("%.4f %.3f\n", wall, cpu * 1000 / static_cast<double>(ports.size()));
    return 0;
}

/// A port that takes connections and never says a word.
class SilentPort {
public:
    SilentPort() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        (void)::bind(fd_.get(), reinterpret_cast<sockaddr*>(&address), length);
        (void)::listen(fd_.get(), 16);
        ::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &length);
        port_ = ntohs(address.sin_port);
    }
    uint16_t port() const { return port_; }

private:
    Descriptor fd_;
    uint16_t port_ = 0;
};

/// `count` servers that share the ports, and a dead one at the head of the list: prints seconds
/// until the last living one has answered, ms of CPU for each, and MB of memory at the most.
int crowd(const std::string& key, const KnownHosts& known, const std::string& address, size_t count,
          const std::vector<std::string>& ports) {
    const SilentPort silent;
    Inventory inventory;
    inventory.hosts.push_back(server("127.0.0.1", std::to_string(silent.port()), key));
    for (size_t i = 0; i < count; ++i) {
        inventory.hosts.push_back(server(address, ports[i % ports.size()], key));
        inventory.hosts.back().name = HostId("s" + std::to_string(i));
    }
    const Stopwatch watch;
    double wall = 0;
    int failures = 0;
    const auto connector = makeSshConnector(inventory, {}, known);
    const auto seen = [&](const HostId&, const ProbeOutcome& outcome) {
        if (outcome)
            wall = watch.wall();
        else if (++failures > 1)
            complain("probe", outcome.error());
    };
    probeAll(*connector, inventory, {}, seen, {});
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%.4f %.3f %.1f\n", wall, watch.cpu() * 1000 / static_cast<double>(count),
                static_cast<double>(usage.ru_maxrss) / 1024);
    return failures == 1 ? 0 : 1;
}

/// One file to several servers at once; prints wall seconds.
int uploads(const std::string& key, const KnownHosts& known, const std::string& address,
            const std::string& source, const std::string& folder,
            const std::vector<std::string>& ports) {
    Upload job;
    job.source = source;
    job.size = std::filesystem::file_size(source);
    job.privilege = Privilege::User;
    const auto digest = sha256OfFile(source);
    if (!digest)
        return complain(source, digest.error());
    job.sha256 = *digest;
    Inventory inventory;
    for (const std::string& port : ports)
        inventory.hosts.push_back(server(address, port, key));
    std::atomic<int> failures = 0;
    const Stopwatch watch;
    const auto connector = makeSshConnector(inventory, {}, known);
    {
        std::vector<std::jthread> threads;
        for (const Host& host : inventory.hosts)
            threads.emplace_back([&, upload = job]() mutable {
                upload.destination = folder + "/" + host.name.str();
                const auto remote = connector->connect(host, {});
                const auto result = remote ? (*remote)->put(upload, {}, {})
                                           : Result<UploadResult>(tl::unexpected(remote.error()));
                if (!result)
                    failures += complain(host.name.str(), result.error());
            });
    }
    std::printf("%.4f\n", watch.wall());
    return failures == 0 ? 0 : 1;
}

/// Prints wall seconds of the upload alone; the connection is there before.
int upload(const std::string& key, const KnownHosts& known, const std::string& address,
           const std::string& port, const std::string& source, const std::string& destination) {
    const Host host = server(address, port, key);
    Upload job;
    job.source = source;
    job.destination = destination;
    job.size = std::filesystem::file_size(source);
    job.privilege = Privilege::User;
    const auto digest = sha256OfFile(source);
    if (!digest)
        return complain(source, digest.error());
    job.sha256 = *digest;
    const Stopwatch watch;
    const auto remote = makeSshConnector({{host}}, {}, known)->connect(host, {});
    if (!remote)
        return complain("connect", remote.error());
    const auto result = (*remote)->put(job, {}, {});
    if (!result)
        return complain("put", result.error());
    std::printf("%.4f %.3f\n", watch.wall(), watch.cpu() * 1000);
    return 0;
}

/// Stands for a long line to the port until standard input ends; prints its own port.
int line(const std::string& delay, const std::string& port) {
    TcpProxy proxy(static_cast<uint16_t>(std::stoul(port)));
    proxy.setDelay(std::chrono::milliseconds(std::stoul(delay)));
    std::printf("%d\n", int(proxy.port()));
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.size() < 5) {
        std::fputs(
            "usage: bench_remote probe KEY KNOWN_HOSTS ADDRESS PORT...\n"
            "       bench_remote upload KEY KNOWN_HOSTS ADDRESS PORT FILE DESTINATION\n"
            "       bench_remote crowd KEY KNOWN_HOSTS ADDRESS COUNT PORT...\n"
            "       bench_remote uploads KEY KNOWN_HOSTS ADDRESS FILE FOLDER PORT...\n"
            "       bench_remote line - KNOWN_HOSTS DELAY_MS PORT\n",
            stderr);
        return 2;
    }
    const auto known = KnownHosts::load(args[2]);
    if (!known)
        return complain(args[2], known.error());
    if (args[0] == "probe")
        return probe(args[1], *known, args[3], {args.begin() + 4, args.end()});
    if (args[0] == "line")
        return line(args[3], args[4]);
    if (args[0] == "crowd" && args.size() > 5)
        return crowd(args[1], *known, args[3], std::stoul(args[4]), {args.begin() + 5, args.end()});
    if (args[0] == "uploads" && args.size() > 6)
        return uploads(args[1], *known, args[3], args[4], args[5], {args.begin() + 6, args.end()});
    if (args[0] == "upload" && args.size() == 7)
        return upload(args[1], *known, args[3], args[4], args[5], args[6]);
    return 2;
}

#include <grp.h>
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <iostream>
#include <thread>

#include "api.h"

namespace business {
namespace {

constexpr std::size_t kLargestBody = 64 * 1024;
constexpr unsigned kRetrySeconds = 2;

/// The secrets' files are root's; once they are read nothing here needs root.
Result<void> becomeUser(unsigned id) {
    if (getuid() != 0)
        return {};
    if (setgroups(0, nullptr) != 0 || setgid(id) != 0 || setuid(id) != 0)
        return fail("cannot become user " + std::to_string(id) + ": " + std::strerror(errno));
    return {};
}

/// The whole of the container's health check: is this instance ready?
int check(unsigned port) {
    httplib::Client client("127.0.0.1", static_cast<int>(port));
    client.set_read_timeout(10);
    const auto response = client.Get("/ready");
    std::cout << (response ? response->body : httplib::to_string(response.error()) + "\n");
    return response && response->status == 200 ? 0 : 1;
}

void createSchemaUntilDone(Applets& applets, const std::stop_token& stop) {
    std::string last;
    while (!stop.stop_requested()) {
        const auto done = applets.createSchema();
        if (done)
            return;
        if (done.error() != last)
            std::cerr << "waiting: " << done.error() << std::endl;
        last = done.error();
        sleep(kRetrySeconds);
    }
}

int serve(const Config& config) {
    // Blocked before any thread starts, so that the signal reaches the wait below and nothing else.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    Applets applets(config);
    httplib::Server server;
    server.set_payload_max_length(kLargestBody);
    server.set_keep_alive_timeout(5);
    addRoutes(server, config, applets);
    if (!server.bind_to_port("0.0.0.0", static_cast<int>(config.listenPort))) {
        std::cerr << "cannot listen on port " << config.listenPort << std::endl;
        return 1;
    }
    const std::jthread schema(
        [&applets](const std::stop_token& stop) { createSchemaUntilDone(applets, stop); });
    std::jthread ending([&] {
        int received = 0;
        sigwait(&signals, &received);
        server.stop();
    });
    std::cerr << config.instance << " " << SERVICE_VERSION << " listens on port "
              << config.listenPort << std::endl;
    const bool served = server.listen_after_bind();
    // Where it ended by itself nobody has sent the signal yet.
    pthread_kill(ending.native_handle(), SIGTERM);
    return served ? 0 : 1;
}

}  // namespace
}  // namespace business

int main(int argc, char** argv) {
    using namespace business;
    if (argc == 3 && std::string_view(argv[1]) == "--check")
        return check(static_cast<unsigned>(std::atoi(argv[2])));
    if (argc != 1) {
        std::cerr << "usage: business | business --check PORT" << std::endl;
        return 2;
    }
    const auto config = readConfig();
    if (!config) {
        std::cerr << config.error() << std::endl;
        return 2;
    }
    if (const auto done = becomeUser(config->runAs); !done) {
        std::cerr << done.error() << std::endl;
        return 2;
    }
    return serve(*config);
}

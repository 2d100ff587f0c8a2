#include "cli_signals.h"

#include <csignal>
#include <ctime>

namespace deploy::cli {

StopOnSignal::StopOnSignal() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    waiter_ = std::jthread([this, signals](const std::stop_token& stop) {
        const timespec wait{0, 200'000'000};
        while (!stop.stop_requested()) {
            const int signal = sigtimedwait(&signals, nullptr, &wait);
            if (signal < 0)
                continue;
            if (signal != SIGINT || afterStep_.stop_requested())
                now_.request_stop();
            afterStep_.request_stop();
        }
    });
}

StopOnSignal::~StopOnSignal() = default;

}  // namespace deploy::cli

#include "runners/runner.h"

namespace wizard {

Runner::~Runner() {
    thread_.request_stop();
    if (thread_.joinable())
        thread_.join();
}

void Runner::start(std::function<void(std::stop_token)> work) {
    if (running_)
        return;
    running_ = true;
    thread_ = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
        work(stop);
        post([this] {
            running_ = false;
            Q_EMIT finished();
        });
    });
    Q_EMIT started();
}

}  // namespace wizard

#include "runners/bundle_runner.h"

#include <chrono>

namespace wizard {

void BundleRunner::verify(const std::filesystem::path& path, const deploy::VerifyOptions& options) {
    start([this, path, options](const std::stop_token& stop) {
        using Clock = std::chrono::steady_clock;
        auto told = Clock::time_point{};
        const auto tell = [this, &told](uint64_t done, uint64_t total) {
            // A screen shows no more than this; hashing reports far more often.
            const auto now = Clock::now();
            if (done != total && now - told < std::chrono::milliseconds(50))
                return;
            told = now;
            post([this, done, total] { Q_EMIT progress(done, total); });
        };
        auto bundle = deploy::verifyBundle(path, options, tell, stop);
        post([this, bundle = std::move(bundle)] { Q_EMIT verified(bundle); });
    });
}

}  // namespace wizard

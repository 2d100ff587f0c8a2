#pragma once

#include <mutex>
#include <stop_token>

#include "bundle/bundle.h"

namespace deploy {

/// Counts bytes of one piece of work for its progress; many threads may add.
class ByteMeter {
public:
    /// Both are not owned and outlive the meter.
    ByteMeter(const VerifyProgress& progress, const std::stop_token& stop)
        : progress_(progress), stop_(stop) {}

    /// More work has become known.
    void expect(uint64_t bytes) { report(0, bytes); }
    void add(uint64_t bytes) { report(bytes, 0); }
    bool stopped() const { return stop_.stop_requested(); }

private:
    void report(uint64_t done, uint64_t total) {
        const std::lock_guard lock(mutex_);
        done_ += done;
        total_ += total;
        if (progress_)
            progress_(done_, total_);
    }

    const VerifyProgress& progress_;
    const std::stop_token& stop_;
    std::mutex mutex_;
    uint64_t done_ = 0;
    uint64_t total_ = 0;
};

}  // namespace deploy

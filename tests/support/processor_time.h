#pragma once

#include <ctime>

/// Seconds of processor time that the calling thread has used: what its work costs, whatever else
/// the machine does meanwhile.
inline double processorSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    constexpr double kNanosecond = 1e-9;
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * kNanosecond;
}

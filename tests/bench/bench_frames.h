#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>
#include <algorithm>
#include <ctime>
#include <vector>

/// How long the GUI thread takes for each of many acts, until what they changed is painted: by the
/// clock on the wall, and of the processor, which other programs' work does not lengthen.
struct Frames {
    std::vector<double> ms;
    std::vector<double> processorMs;

    template <class Act>
    void time(Act act) {
        QElapsedTimer timer;
        timer.start();
        const double before = threadMs();
        act();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        processorMs.push_back(threadMs() - before);
        ms.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    /// True: none took the processor for longer than the goal.
    bool print(const char* what, double goalMs) {
        std::sort(ms.begin(), ms.end());
        std::sort(processorMs.begin(), processorMs.end());
        const bool good = processorMs.back() <= goalMs;
        QTextStream(stdout) << QStringLiteral(
                                   "%1 %2 frames  median %3 ms  worst %4 ms  (wall %5, %6)%7\n")
                                   .arg(QLatin1String(what), -40)
                                   .arg(ms.size(), 4)
                                   .arg(processorMs[ms.size() / 2], 6, 'f', 2)
                                   .arg(processorMs.back(), 6, 'f', 2)
                                   .arg(ms[ms.size() / 2], 0, 'f', 2)
                                   .arg(ms.back(), 0, 'f', 2)
                                   .arg(good ? QString() : QStringLiteral("  over %1").arg(goalMs));
        return good;
    }

private:
    static double threadMs() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }
};

#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>
#include <algorithm>
#include <vector>

/// How long the GUI thread is busy for each of many acts, until what they changed is painted.
struct Frames {
    std::vector<double> ms;

    template <class Act>
    void time(Act act) {
        QElapsedTimer timer;
        timer.start();
        act();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        ms.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    /// True: none took longer than the goal.
    bool print(const char* what, double goalMs) {
        std::sort(ms.begin(), ms.end());
        const double worst = ms.back();
        QTextStream(stdout) << QStringLiteral("%1 %2 frames  median %3 ms  worst %4 ms%5\n")
                                   .arg(QLatin1String(what), -40)
                                   .arg(ms.size(), 4)
                                   .arg(ms[ms.size() / 2], 6, 'f', 2)
                                   .arg(worst, 6, 'f', 2)
                                   .arg(worst > goalMs ? QStringLiteral("  over %1").arg(goalMs)
                                                       : QString());
        return worst <= goalMs;
    }
};

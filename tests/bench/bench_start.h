#pragma once

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <chrono>
#include <cstdio>

inline qint64 monotonicNs() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// Prints when the window has been painted for the first time, and ends the program.
inline void tellFirstPaint(QWidget& window) {
    class Watch : public QObject {
    public:
        using QObject::QObject;
        bool eventFilter(QObject* watched, QEvent* event) override {
            if (event->type() == QEvent::Paint && !told_) {
                told_ = true;
                // Behind the paint itself.
                QTimer::singleShot(0, qApp, [] {
                    std::printf("%lld\n", static_cast<long long>(monotonicNs()));
                    QCoreApplication::quit();
                });
            }
            return QObject::eventFilter(watched, event);
        }

    private:
        bool told_ = false;
    };
    window.installEventFilter(new Watch(&window));
}

#include <QTest>
#include <atomic>
#include <thread>

#include "remote/practice_clock.h"

using namespace deploy;
using namespace std::chrono_literals;

class TestPracticeClock : public QObject {
    Q_OBJECT
private slots:
    void runsAsFastAsItIsTold() {
        PracticeClock clock(systemClock(), 60);
        const SteadyTime begin = clock.steady();
        const SteadyTime real = systemClock().steady();
        clock.sleep(6s, {});
        QVERIFY(clock.steady() - begin >= 6s);
        const auto took = systemClock().steady() - real;
        QVERIFY(took >= 90ms && took < 3s);
    }

    void waitsNotAtAll() {
        PracticeClock clock(systemClock(), 0);
        const SteadyTime begin = clock.steady();
        const WallTime wall = clock.wall();
        const SteadyTime real = systemClock().steady();
        clock.sleep(10h, {});
        QVERIFY(clock.steady() - begin >= 10h);
        QVERIFY(clock.wall() - wall >= 10h);
        QVERIFY(systemClock().steady() - real < 2s);
    }

    void standsStillWhilePaused() {
        PracticeClock clock(systemClock(), 1000);
        clock.setPaused(true);
        const SteadyTime at = clock.steady();
        std::atomic<bool> woke = false;
        std::jthread sleeper([&](const std::stop_token& stop) {
            clock.sleep(1s, stop);
            woke = true;
        });
        QTest::qSleep(150);
        QVERIFY(!woke);
        QVERIFY(clock.steady() == at);
        clock.setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(woke, 3000);
        QVERIFY(clock.steady() - at >= 1s);
    }

    void aChangeOfSpeedReachesWhoSleeps() {
        PracticeClock clock(systemClock(), 1);
        const SteadyTime before = clock.steady();
        std::atomic<bool> woke = false;
        std::jthread sleeper([&](const std::stop_token& stop) {
            clock.sleep(1h, stop);
            woke = true;
        });
        QTest::qSleep(60);
        clock.setSpeed(0);
        QTRY_VERIFY_WITH_TIMEOUT(woke, 3000);
        QVERIFY(clock.steady() - before >= 1h);
        // Time never goes back, whatever is set.
        SteadyTime last = clock.steady();
        for (const double speed : {60.0, 1.0, 0.0, 10.0}) {
            clock.setSpeed(speed);
            QVERIFY(clock.steady() >= last);
            last = clock.steady();
        }
    }

    void stopEndsTheSleep() {
        PracticeClock clock(systemClock(), 1);
        clock.setPaused(true);
        const SteadyTime real = systemClock().steady();
        std::jthread sleeper([&](const std::stop_token& stop) { clock.sleep(1h, stop); });
        sleeper.request_stop();
        sleeper.join();
        QVERIFY(systemClock().steady() - real < 3s);
    }
};

QTEST_GUILESS_MAIN(TestPracticeClock)
#include "tst_practice_clock.moc"

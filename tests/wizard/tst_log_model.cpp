#include <QAbstractItemModelTester>
#include <QTest>
#include <algorithm>
#include <vector>

#include "models/log_model.h"
#include "pages/log_view.h"
#include "support/processor_time.h"

using wizard::LogModel;

class LogModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsALineWhenItsEndHasCome() {
        LogModel log;
        QAbstractItemModelTester tester(&log);
        log.append("first\nsec");
        QCOMPARE(log.rowCount(), 1);
        QCOMPARE(log.line(0), QStringLiteral("first"));
        log.append("ond\r\n\nlast");
        QCOMPARE(log.rowCount(), 3);
        QCOMPARE(log.line(1), QStringLiteral("second"));
        QCOMPARE(log.line(2), QString());
        log.finish();
        QCOMPARE(log.rowCount(), 4);
        QCOMPARE(log.line(3), QStringLiteral("last"));
        log.finish();
        QCOMPARE(log.rowCount(), 4);
    }

    void splitsALineThatHasNoEnd() {
        LogModel log;
        log.append(QByteArray(400'000, 'x'));
        log.finish();
        QCOMPARE(log.rowCount(), (400'000 + 8191) / 8192);
        int total = 0;
        for (int row = 0; row < log.rowCount(); ++row) {
            QVERIFY(log.line(row).size() <= 8192);
            total += int(log.line(row).size());
        }
        QCOMPARE(total, 400'000);
    }

    void splitsBetweenCharacters() {
        LogModel log;
        const QString text = QString(6000, QChar(0x4e2d));
        log.append(text.toUtf8() + "\n");
        QString all;
        for (int row = 0; row < log.rowCount(); ++row)
            all += log.line(row);
        QCOMPARE(all, text);
    }

    void escapesWhatAServerSends() {
        LogModel log;
        log.append(QByteArray("a\x1b[31mred\x00nul\xff\n", 15));
        const QString line = log.line(0);
        QVERIFY2(line.contains(QStringLiteral("\\x1b")), qPrintable(line));
        QVERIFY2(!line.contains(QChar(0x1b)), "a control byte reached the screen");
        QVERIFY2(!line.contains(QChar(0)), "a NUL reached the screen");
        QVERIFY2(line.contains(QStringLiteral("\\xff")), qPrintable(line));
    }

    void searchesInBothDirectionsWithoutCase() {
        LogModel log;
        log.append("alpha\nBeta\ngamma\nbeta two\n");
        const QString wanted = QStringLiteral("beta");
        QCOMPARE(log.find(wanted, 0), 1);
        QCOMPARE(log.find(wanted, 2), 3);
        QCOMPARE(log.find(wanted, 2, 1), -1);
        QCOMPARE(log.find(QStringLiteral("delta"), 0), -1);
        QCOMPARE(log.find(QString(), 0), -1);
        QCOMPARE(log.text(1, 2), QStringLiteral("Beta\ngamma\n"));
    }

    /// A million lines: a further one costs the window what it costs with a thousand. Counted in
    /// the thread's own processor time, which other work on the machine does not change.
    void aMillionLinesCostNoMore() {
        const double few = costOfALine(1'000);
        const double many = costOfALine(1'000'000);
        constexpr double kRoom = 5;  // what grows would be hundreds
        QVERIFY2(many < kRoom * few, qPrintable(QStringLiteral("%1 s, %2 s").arg(few).arg(many)));
    }

private:
    /// Of adding a line to so many and drawing it: median of 21.
    static double costOfALine(int lines) {
        LogModel log;
        wizard::LogView view;
        view.setLog(&log);
        view.resize(900, 400);
        view.show();
        if (!QTest::qWaitForWindowExposed(&view))
            return 0;
        QByteArray block;
        for (int i = 0; i < 1'000; ++i)
            block += "10:42:26 node s2 is registered, waiting until it is ready\n";
        while (log.rowCount() < lines)
            log.append(block);
        QCoreApplication::processEvents();
        std::vector<double> costs;
        for (int i = 0; i < 21; ++i) {
            const double began = processorSeconds();
            log.append("one more line\n");
            QCoreApplication::processEvents();
            view.grab();
            costs.push_back(processorSeconds() - began);
        }
        std::nth_element(costs.begin(), costs.begin() + 10, costs.end());
        return costs[10];
    }
};

QTEST_MAIN(LogModelTest)
#include "tst_log_model.moc"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

#include "models/log_model.h"
#include "pages/log_view.h"

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
        QCOMPARE(log.find(wanted, 0, true), 1);
        QCOMPARE(log.find(wanted, 2, true), 3);
        QCOMPARE(log.find(wanted, 2, false), 1);
        QCOMPARE(log.find(QStringLiteral("delta"), 0, true), -1);
        QCOMPARE(log.find(QString(), 0, true), -1);
        QCOMPARE(log.text(1, 2), QStringLiteral("Beta\ngamma\n"));
    }

    /// A million lines: neither adding to them nor scrolling among them may freeze the window. The
    /// bound has room for slow machines; work that grows with what is there goes beyond it.
    void aMillionLinesDoNotFreeze() {
        LogModel log;
        wizard::LogView view;
        view.setLog(&log);
        view.resize(900, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QByteArray block;
        for (int i = 0; i < 10'000; ++i)
            block += "10:42:26 node s2 is registered, waiting until it is ready\n";
        for (int i = 0; i < 100; ++i)
            log.append(block);
        QCOMPARE(log.rowCount(), 1'000'000);
        QVERIFY(log.find(QStringLiteral("no such words"), 999'000, true) < 0);
        QCoreApplication::processEvents();
        qint64 worst = 0;
        for (int i = 0; i < 20; ++i) {
            QElapsedTimer timer;
            timer.start();
            log.append("one more line\n");
            QCoreApplication::processEvents();
            view.grab();
            worst = std::max(worst, timer.elapsed());
        }
        qInfo("worst frame with a million lines: %lld ms", worst);
        QVERIFY2(worst < 100, "adding a line to a million took too long");
    }
};

QTEST_MAIN(LogModelTest)
#include "tst_log_model.moc"

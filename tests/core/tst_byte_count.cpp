#include <QtTest>

#include "base/byte_count.h"

using namespace deploy;

class ByteCountTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void counts_data() {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* text, uint64_t bytes) {
            QTest::newRow(text) << quint64{bytes} << QString::fromLatin1(text);
        };
        row("0 B", 0);
        row("1023 B", 1023);
        row("1 KiB", 1024);
        row("1.5 KiB", 1536);
        row("100 MiB", 100U << 20U);
        row("1023.9 MiB", (uint64_t{1} << 30U) - 60000);
        row("1 GiB", (uint64_t{1} << 30U) - 1);
        row("7.6 GiB", 8160437862);
        row("500 GiB", uint64_t{500} << 30U);
        row("16 EiB", UINT64_MAX);
    }
    void counts() {
        QFETCH(quint64, bytes);
        QTEST(QString::fromStdString(bytesText(bytes)), "text");
    }
};

QTEST_GUILESS_MAIN(ByteCountTest)
#include "tst_byte_count.moc"

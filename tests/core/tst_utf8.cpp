#include <QTest>

#include "base/utf8.h"

using namespace deploy;

class TestUtf8 : public QObject {
    Q_OBJECT
private slots:
    void wellFormed_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << QByteArray("") << true;
        QTest::newRow("all lengths") << QByteArray("a\xC3\xA9\xE4\xB8\xAD\xF0\x9D\x84\x9E") << true;
        QTest::newRow("last") << QByteArray("\xF4\x8F\xBF\xBF") << true;
        QTest::newRow("beyond last") << QByteArray("\xF4\x90\x80\x80") << false;
        QTest::newRow("overlong 2") << QByteArray("\xC1\xBF") << false;
        QTest::newRow("overlong 3") << QByteArray("\xE0\x9F\xBF") << false;
        QTest::newRow("overlong 4") << QByteArray("\xF0\x8F\xBF\xBF") << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
        QTest::newRow("lone continuation") << QByteArray("\x80") << false;
        QTest::newRow("cut short") << QByteArray("\xE4\xB8") << false;
        QTest::newRow("FF") << QByteArray("\xFF") << false;
    }
    void wellFormed() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, good);
        QCOMPARE(isUtf8(bytes.toStdString()), good);
    }

    void displayShowsWhatWouldAct_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("数据\t1\n") << QByteArray("数据\t1\n");
        QTest::newRow("escape") << QByteArray("\x1b[31mred") << QByteArray("\\x1b[31mred");
        QTest::newRow("return") << QByteArray("ok\rno") << QByteArray("ok\\x0dno");
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("a\\x00b");
        QTest::newRow("delete") << QByteArray("\x7f") << QByteArray("\\x7f");
        QTest::newRow("C1") << QByteArray("\xC2\x9B") << QByteArray("\\u009b");
        QTest::newRow("override") << QByteArray("\xE2\x80\xAEtxt") << QByteArray("\\u202etxt");
        QTest::newRow("isolate") << QByteArray("\xE2\x81\xA6") << QByteArray("\\u2066");
        QTest::newRow("tag") << QByteArray("\xF3\xA0\x81\xA1") << QByteArray("\\U000e0061");
        QTest::newRow("invalid") << QByteArray("a\xFF\xE4\xB8z") << QByteArray("a\\xff\\xe4\\xb8z");
    }
    void displayShowsWhatWouldAct() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(escapeForDisplay(text.toStdString())), shown);
    }

    void displayIsCleanForEveryByte() {
        for (int first = 0; first < 256; ++first)
            for (int second = 0; second < 256; ++second) {
                const std::string text = {static_cast<char>(first), static_cast<char>(second)};
                const std::string shown = escapeForDisplay(text);
                QVERIFY(isUtf8(shown));
                for (const char c : shown)
                    QVERIFY(c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20);
            }
    }

    void byteOrderMarkIsDropped() {
        QCOMPARE(utf8FromUtf8WithBom("\xEF\xBB\xBFname").value(), std::string("name"));
        QCOMPARE(utf8FromUtf8WithBom("name").value(), std::string("name"));
        const auto result = utf8FromUtf8WithBom("\xEF\xBB\xBFna\xFF");
        QCOMPARE(result.error().code, ErrorCode::EncodingInvalid);
        QCOMPARE(result.error().args.at("offset"), std::string("5"));
    }

    void gb18030() {
        QCOMPARE(utf8FromGb18030("\xB7\xFE\xCE\xF1\xC6\xF7,22").value(), std::string("服务器,22"));
        // Four bytes: U+20000, which GBK has not.
        QCOMPARE(utf8FromGb18030("\x95\x32\x82\x36").value(), std::string("\U00020000"));
        const std::string longText = std::string(20000, 'a') + "\xD6\xD0";
        QCOMPARE(utf8FromGb18030(longText).value(), std::string(20000, 'a') + "中");
        const auto cut = utf8FromGb18030("ab\xD6");
        QCOMPARE(cut.error().code, ErrorCode::EncodingInvalid);
        QCOMPARE(cut.error().args.at("offset"), std::string("2"));
        QVERIFY(!utf8FromGb18030("ab\xFF\xFF").has_value());
    }
};

QTEST_GUILESS_MAIN(TestUtf8)
#include "tst_utf8.moc"

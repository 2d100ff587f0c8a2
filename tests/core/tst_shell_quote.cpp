#include <QProcess>
#include <QTest>
#include <random>

#include "base/shell_quote.h"

using namespace deploy;

/// Every quoted value must reach a program byte for byte through each shell that servers have.
class TestShellQuote : public QObject {
    Q_OBJECT
private slots:
    void roundTrip_data() {
        QTest::addColumn<QString>("shell");
        QTest::newRow("sh") << "/bin/sh";
        QTest::newRow("dash") << "/bin/dash";
        QTest::newRow("bash") << "/bin/bash";
        QTest::newRow("busybox") << "/bin/busybox";
    }

    void roundTrip() {
        QFETCH(QString, shell);
        std::mt19937 random(20260101);
        std::vector<std::string> values = {"",   "'",        "''",      "$(id)",    "`id`",
                                           "\\", "a\nb\n",   "-oProxy", "!!",       "*",
                                           "~",  "\xff\xfe", "数据库",  "\"$HOME\""};
        for (int i = 0; i < 200; ++i) {
            std::string value;
            const size_t length = random() % 40;
            for (size_t k = 0; k < length; ++k)
                value += static_cast<char>(1 + random() % 255);
            values.push_back(value);
        }
        std::string script;
        QByteArray expected;
        for (const std::string& value : values) {
            const auto quoted = shellQuote(value);
            QVERIFY(quoted.has_value());
            script += "printf '%s\\000' " + *quoted + "\n";
            expected += QByteArray::fromStdString(value) + '\0';
        }
        QProcess process;
        QStringList args;
        if (shell.endsWith("busybox"))
            args << "sh";
        process.start(shell, args << "-s");
        QVERIFY(process.waitForStarted());
        process.write(QByteArray::fromStdString(script));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput(), expected);
    }

    void refusesWhatNoShellCarries() {
        QCOMPARE(shellQuote(std::string_view("a\0b", 3)).error().code, ErrorCode::ValueInvalid);
        for (const char* name : {"", "1a", "a-b", "a b", "a=b", "$a"})
            QCOMPARE(shellAssignment(name, "x").error().code, ErrorCode::ValueInvalid);
        QCOMPARE(*shellAssignment("A_1", "x'y"), std::string("A_1='x'\\''y'\n"));
    }
};

QTEST_GUILESS_MAIN(TestShellQuote)
#include "tst_shell_quote.moc"

#include <QTest>

#include "inventory/credentials.h"

using namespace deploy;

class TestCredentials : public QObject {
    Q_OBJECT
private slots:
    void reads() {
        const auto read = readCredentials(
            "s1: {password: 007, sudo: \"a: b\"}\ns2: {passphrase: 密}\nvault: {passphrase: v}\n");
        QVERIFY(read.has_value());
        QCOMPARE(read->servers.size(), size_t(2));
        const Credential& first = read->servers.at(HostId("s1"));
        QCOMPARE(std::string(first.password.reveal()), std::string("007"));
        QCOMPARE(std::string(first.sudo.reveal()), std::string("a: b"));
        QVERIFY(first.passphrase.empty());
        QCOMPARE(std::string(read->servers.at(HostId("s2")).passphrase.reveal()),
                 std::string("密"));
        QCOMPARE(std::string(read->vaultPassphrase.reveal()), std::string("v"));
    }

    void errorsHaveAPlaceAndNeverASecret_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("where");
        QTest::newRow("bare value") << "s1: canary"
                                    << "credentials:1:5";
        QTest::newRow("as key") << "s1: {canary}"
                                << "credentials:1:6";
        QTest::newRow("as list") << "s1: {password: [canary]}"
                                 << "credentials:1:16";
        QTest::newRow("twice") << "s1: {canary: 1, canary: 2}"
                               << "credentials:1:17";
        QTest::newRow("misspelt") << "s1: {pasword: canary}"
                                  << "credentials:1:6";
        QTest::newRow("vault") << "vault: {canary: x}"
                               << "credentials:1:9";
        QTest::newRow("whole") << "canary"
                               << "credentials:1:1";
        QTest::newRow("alias") << "s1: {password: *canary}"
                               << "credentials:1:16";
        QTest::newRow("tag") << "s1: {password: !canary x}"
                             << "credentials:1:16";
        QTest::newRow("syntax") << "s1: {password: \"canary"
                                << "credentials:1:23";
        QTest::newRow("indent") << "s1: {password: x}\n  canary: y"
                                << "credentials:2:3";
        QTest::newRow("empty") << ""
                               << "credentials:1:1";
    }
    void errorsHaveAPlaceAndNeverASecret() {
        QFETCH(QString, text);
        QFETCH(QString, where);
        const auto read = readCredentials(text.toStdString());
        QVERIFY(!read.has_value());
        const Error& error = read.error();
        QCOMPARE(QString::fromStdString(error.where), where);
        std::string all = error.where + error.detail;
        for (const auto& [name, value] : error.args)
            all += name + value;
        QVERIFY2(all.find("canary") == std::string::npos, all.c_str());
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"

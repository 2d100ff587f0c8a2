#include <QAbstractItemModelTester>
#include <QTest>

#include "models/host_key_model.h"

using namespace wizard;

class HostKeyModelTest : public QObject {
    Q_OBJECT
    Theme theme_;

    static deploy::Host server(const char* name) {
        deploy::Host host;
        host.name = deploy::HostId(name);
        host.address = "10.0.0.1";
        return host;
    }
    static std::string print(char letter) { return "SHA256:" + std::string(43, letter); }
    static deploy::Error question(char letter) {
        return {deploy::ErrorCode::SshHostKeyUnknown,
                "s",
                {},
                {{"fingerprint", print(letter)}, {"key_type", "ssh-ed25519"}}};
    }

private Q_SLOTS:
    void nothingIsConfirmedByItself() {
        HostKeyModel model(theme_);
        QAbstractItemModelTester tester(&model);
        model.add(server("s1"), question('a'));
        QVERIFY(model.confirmed().empty());
        QCOMPARE(model.index(0, HostKeyModel::Fingerprint).data().toString().toStdString(),
                 print('a'));
    }

    void pastedFingerprintsTickTheirRowsOnly() {
        HostKeyModel model(theme_);
        model.add(server("s1"), question('a'));
        model.add(server("s2"), question('b'));
        model.compareWith(QStringLiteral("256 %1 root@db (ED25519)\nand other words")
                              .arg(QString::fromStdString(print('b'))));
        QCOMPARE(model.confirmed().size(), size_t(1));
        QCOMPARE(model.confirmed().front().host.name, deploy::HostId("s2"));
        QVERIFY(model.index(0, HostKeyModel::Compared).data().toString().contains(QChar(0x2715)));
        QVERIFY(model.index(1, HostKeyModel::Compared).data().toString().contains(QChar(0x2713)));
    }

    void aPartOfAFingerprintDoesNotMatch() {
        HostKeyModel model(theme_);
        model.add(server("s1"), question('a'));
        model.compareWith(QString::fromStdString(print('a').substr(0, 40)));
        QVERIFY(model.confirmed().empty());
    }

    void aServerThatAsksAgainHasOneRow() {
        HostKeyModel model(theme_);
        model.add(server("s1"), question('a'));
        model.setData(model.index(0, HostKeyModel::Server), Qt::Checked, Qt::CheckStateRole);
        model.add(server("s1"), question('c'));
        QCOMPARE(model.rowCount(), 1);
        QVERIFY2(model.confirmed().empty(), "the tick was for another key");
    }

    void aChangedKeyIsTickedByItsFingerprintOnly() {
        HostKeyModel model(theme_);
        QAbstractItemModelTester tester(&model);
        deploy::Error changed = question('a');
        changed.code = deploy::ErrorCode::SshHostKeyChanged;
        model.add(server("s1"), question('b'));
        QVERIFY(!model.anyChanged());
        model.add(server("s2"), changed);
        QVERIFY(model.anyChanged());
        const QModelIndex tick = model.index(1, HostKeyModel::Server);
        QVERIFY(!model.setData(tick, Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!(tick.flags() & Qt::ItemIsUserCheckable));
        QVERIFY(model.confirmed().empty());
        model.compareWith(QString::fromStdString(print('a')));
        QCOMPARE(model.confirmed().size(), size_t(1));
        QCOMPARE(model.confirmed().front().host.name, deploy::HostId("s2"));
        // What was pasted by mistake is taken back, and the tick with it.
        model.compareWith({});
        QVERIFY(model.confirmed().empty());
    }
};

QTEST_MAIN(HostKeyModelTest)
#include "tst_host_key_model.moc"

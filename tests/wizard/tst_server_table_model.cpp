#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "models/server_table_model.h"

using namespace wizard;

class ServerTableModelTest : public QObject {
    Q_OBJECT
    Theme theme_;
    Texts texts_;
    deploy::Inventory inventory_;

    static deploy::Host server(const char* name, const char* address) {
        deploy::Host host;
        host.name = deploy::HostId(name);
        host.address = address;
        return host;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        inventory_.hosts = {server("s1", "10.0.0.1"), server("s2", "10.0.0.2")};
    }

    void keepsTheModelContract() {
        ServerTableModel model(theme_, texts_, ServerTableModel::Access::Edit);
        QAbstractItemModelTester tester(&model);
        model.setInventory(inventory_);
        model.setInventory({});
        model.setInventory(inventory_);
    }

    void marksTheCellWithItsReason() {
        ServerTableModel model(theme_, texts_, ServerTableModel::Access::Edit);
        deploy::Inventory bad = inventory_;
        bad.hosts[1].address = "10.0.0.1";
        bad.hosts[0].name = deploy::HostId("Bad Name");
        model.setInventory(bad);
        const auto name = model.index(0, ServerTableModel::Name);
        QVERIFY(!name.data(Qt::ToolTipRole).toString().isEmpty());
        QVERIFY(!name.data(Qt::DecorationRole).isNull());
        const auto twin = model.index(1, ServerTableModel::Address);
        const QString reason = twin.data(Qt::ToolTipRole).toString();
        QVERIFY2(!reason.isEmpty() && !reason.startsWith(QStringLiteral("inventory.")),
                 qPrintable(reason));
        QVERIFY(!model.index(0, ServerTableModel::Port).data(Qt::ToolTipRole).isValid());
        for (const deploy::CellError& error : model.errors())
            QVERIFY(model.indexOf(error).isValid());
    }

    void tellsAnEditAndWaitsForTheDraft() {
        ServerTableModel model(theme_, texts_, ServerTableModel::Access::Edit);
        model.setInventory(inventory_);
        deploy::Host told;
        connect(&model, &ServerTableModel::edited, this,
                [&](int, const deploy::Host& host) { told = host; });
        QVERIFY(model.setData(model.index(0, ServerTableModel::Address),
                              QStringLiteral("  10.9.9.9 "), Qt::EditRole));
        QCOMPARE(told.address, std::string("10.9.9.9"));
        QCOMPARE(model.inventory().hosts[0].address, std::string("10.0.0.1"));
        QVERIFY(model.setData(model.index(0, ServerTableModel::Auth), QStringLiteral("SSH agent"),
                              Qt::EditRole));
        QCOMPARE(told.auth, deploy::AuthMethod::Agent);
        QVERIFY(!model.setData(model.index(0, ServerTableModel::Auth), QStringLiteral("magic"),
                               Qt::EditRole));
    }

    void aPortThatIsNoneIsAnErrorOfItsCell() {
        ServerTableModel model(theme_, texts_, ServerTableModel::Access::Edit);
        model.setInventory(inventory_);
        deploy::Inventory next = inventory_;
        connect(&model, &ServerTableModel::edited, this,
                [&](int row, const deploy::Host& host) { next.hosts[size_t(row)] = host; });
        for (const char* text : {"0", "70000", "abc"}) {
            model.setData(model.index(0, ServerTableModel::Port), QLatin1String(text),
                          Qt::EditRole);
            model.setInventory(next);
            QVERIFY2(model.index(0, ServerTableModel::Port).data(Qt::ToolTipRole).isValid(), text);
        }
    }

    void aViewCannotBeEdited() {
        ServerTableModel model(theme_, texts_, ServerTableModel::Access::View);
        model.setInventory(inventory_);
        const auto cell = model.index(0, ServerTableModel::Name);
        QVERIFY(!(cell.flags() & Qt::ItemIsEditable));
        QVERIFY(!model.setData(cell, QStringLiteral("x"), Qt::EditRole));
    }

    void saysWhichPasswordsAreMissing() {
        deploy::Host host = inventory_.hosts[0];
        host.sudo = deploy::SudoMode::Password;
        deploy::Credentials credentials;
        QCOMPARE(secretStateOf(host, credentials), SecretState::Missing);
        credentials.servers[host.name].sudo = deploy::Secret("x");
        QCOMPARE(secretStateOf(host, credentials), SecretState::Missing);
        credentials.servers[host.name].password = deploy::Secret("y");
        QCOMPARE(secretStateOf(host, credentials), SecretState::Given);
        host.auth = deploy::AuthMethod::Agent;
        host.sudo = deploy::SudoMode::NoPassword;
        QCOMPARE(secretStateOf(host, {}), SecretState::NotNeeded);
    }
};

QTEST_MAIN(ServerTableModelTest)
#include "tst_server_table_model.moc"

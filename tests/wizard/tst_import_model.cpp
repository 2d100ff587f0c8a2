#include <QAbstractItemModelTester>
#include <QTest>

#include "inventory/columns.h"
#include "models/import_model.h"

using namespace wizard;
using deploy::ImportEffect;
using deploy::ImportMode;

class ImportModelTest : public QObject {
    Q_OBJECT
    Theme theme_;
    Texts texts_;
    deploy::Inventory present_;

    static deploy::InventoryImport read(const char* text) {
        return deploy::importInventory(text, "t.csv").value_or(deploy::InventoryImport{});
    }
    static int columnOf(const char* name) {
        const auto& all = deploy::inventoryColumns();
        return 1 + int(std::find(all.begin(), all.end(), name) - all.begin());
    }
    static QString effects(const ImportModel& model) {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all << model.index(row, 0).data().toString();
        return all.join(QLatin1Char('|'));
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        present_ =
            read("name,address,port\ns1,10.0.0.1,22\ns2,10.0.0.2,22\ns3,10.0.0.3,22\n").inventory;
    }

    void saysWhatEachServerDoes() {
        ImportModel model(theme_, texts_);
        QAbstractItemModelTester tester(&model);
        model.setImport(
            read("name,address,port\ns1,10.0.0.1,22\ns2,10.0.0.2,2222\nnew,10.0.0.9,\n"), present_);
        QCOMPARE(effects(model), QStringLiteral("as it is|changes|new"));
        const auto port = model.index(1, columnOf("port"));
        QCOMPARE(port.data(Qt::ToolTipRole).toString(), QStringLiteral("So far: 22"));
        QVERIFY(port.data(Qt::BackgroundRole).isValid());
        QVERIFY(!model.index(1, columnOf("user")).data(Qt::BackgroundRole).isValid());
        QCOMPARE(model.merged().inventory.hosts.size(), size_t(4));
        QCOMPARE(model.merged().inventory.hosts[1].port, uint16_t(2222));
        QCOMPARE(model.count(ImportEffect::New), size_t(1));
        QVERIFY(model.errors().empty());
    }

    void marksWhatIsWrongWithItsPlace() {
        ImportModel model(theme_, texts_);
        model.setImport(read("name,address,port\nnew,10.0.0.3,22\nbad,10.0.0.8,abc\n"), present_);
        QCOMPARE(model.errors().size(), size_t(2));
        // The address is that of a server that stays.
        const auto twin = model.index(0, columnOf("address"));
        QVERIFY(twin.data(Qt::ToolTipRole).toString().contains(QStringLiteral("s3")));
        const auto port = model.index(1, columnOf("port"));
        QVERIFY(port.data(Qt::ToolTipRole).toString().startsWith(QStringLiteral("t.csv:3:14: ")));
        QVERIFY(!port.data(Qt::DecorationRole).isNull());
        model.setMode(ImportMode::Replace);
        QCOMPARE(model.errors().size(), size_t(1));
        QCOMPARE(model.merged().removed.size(), size_t(3));
    }

    void takesOnlyWhatIsTicked() {
        ImportModel model(theme_, texts_);
        model.setImport(read("name,address,port\na,10.0.0.8,22\nb,10.0.0.8,22\n"), present_);
        QCOMPARE(model.errors().size(), size_t(1));
        QVERIFY(model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(effects(model), QStringLiteral("new|left out"));
        QVERIFY(model.errors().empty());
        QCOMPARE(model.chosen().hosts.size(), size_t(1));
        QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.chosen().hosts.size(), size_t(2));
        QVERIFY(!model.setData(model.index(1, 1), Qt::Unchecked, Qt::CheckStateRole));
    }

    void aNameGivenTwiceIsMarkedOnTheSecond() {
        ImportModel model(theme_, texts_);
        model.setImport(read("name,address\ns1,10.0.0.1\ns1,10.0.0.7\n"), present_);
        QCOMPARE(effects(model), QStringLiteral("as it is|new"));
        QVERIFY(model.index(1, columnOf("name")).data(Qt::ToolTipRole).isValid());
        QCOMPARE(model.merged().inventory.hosts.size(), size_t(4));
    }
};

QTEST_MAIN(ImportModelTest)
#include "tst_import_model.moc"

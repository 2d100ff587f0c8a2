#include <QTest>
#include <set>

#include "inventory/address.h"
#include "inventory/columns.h"
#include "inventory/validate.h"
#include "support/processor_time.h"
#include "support/sanitizer.h"
#include "text/message_table.h"

using namespace deploy;

namespace {

Host server(const std::string& name, const std::string& address) {
    Host host;
    host.name = HostId(name);
    host.address = address;
    return host;
}

/// "row.column code" of each error.
QStringList found(const Inventory& inventory) {
    QStringList list;
    for (const CellError& error : validate(inventory))
        list << QString("%1.%2 %3")
                    .arg(error.row)
                    .arg(QString::fromStdString(error.column), QString::fromStdString(error.code));
    return list;
}

}  // namespace

class TestInventoryValidate : public QObject {
    Q_OBJECT
private slots:
    void acceptsUsableServers() {
        Inventory inventory{{server("s1", "10.77.0.11"), server("a-1", "2001:DB8::1"),
                             server("0", "Host.Example.com"), server("s4", "fe80::1%eth0"),
                             server("s5", "10.77.0.11"),
                             server(std::string(63, 'a'), "localhost")}};
        inventory.hosts[4].port = 2222;
        inventory.hosts[1].user = "DOMAIN\\eng.x-1@corp$";
        inventory.hosts[1].sudo = SudoMode::Password;
        inventory.hosts[2].auth = AuthMethod::Key;
        inventory.hosts[2].keyFile = "/home/张/my key";
        inventory.hosts[3].jump = HostId("s1");
        inventory.hosts[0].jump = HostId("a-1");
        inventory.hosts[0].datacenter = "上海 2";
        inventory.hosts[0].notes = "- first\n\tsecond";
        QCOMPARE(found(inventory), QStringList());
        QCOMPARE(found({}), QStringList());
    }

    void names_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        QTest::newRow("empty") << ""
                               << "name_missing";
        QTest::newRow("upper") << "S1"
                               << "name_invalid";
        QTest::newRow("dot") << "s1.x"
                             << "name_invalid";
        QTest::newRow("underscore") << "s_1"
                                    << "name_invalid";
        QTest::newRow("end hyphen") << "s1-"
                                    << "name_invalid";
        QTest::newRow("Chinese") << "服务器"
                                 << "name_invalid";
        QTest::newRow("option") << "-oProxyCommand"
                                << "leading_dash";
        QTest::newRow("newline") << "s1\n"
                                 << "control_character";
        QTest::newRow("long") << QString(64, 'a') << "too_long";
        QTest::newRow("vault") << "vault"
                               << "name_reserved";
        QTest::newRow("shell") << "$(id)"
                               << "name_invalid";
    }
    void names() {
        QFETCH(QString, name);
        QFETCH(QString, code);
        QCOMPARE(found({{server(name.toStdString(), "10.0.0.1")}}), QStringList("0.name " + code));
    }

    void addresses_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("good");
        for (const char* good :
             {"10.0.0.1", "127.0.0.9", "223.255.255.255", "::1", "2001:db8::a", "::ffff:10.0.0.1",
              "fe80::1%eth0", "a", "a.b-c.d", "XN--FIQS8S.cn", "1.example", "10-0-0-1.lan"})
            QTest::newRow(good) << good << true;
        for (const char* bad : {"10.0.0.256",
                                "10.0.0",
                                "10.0.0.1.1",
                                "010.0.0.1",
                                "0.0.0.0",
                                "224.0.0.1",
                                "255.255.255.255",
                                "::",
                                "ff02::1",
                                "[::1]",
                                "10.0.0.1:22",
                                "a..b",
                                ".a",
                                "a.",
                                "a_b",
                                "a b",
                                "http://a",
                                "a/24",
                                "user@a",
                                "2001:db8::1%eth0",
                                "fe80::1%",
                                "fe80::1%a b",
                                "1:2:3",
                                "$(id)",
                                "数据.cn"})
            QTest::newRow(bad) << bad << false;
        QTest::newRow("long") << QString("a.").repeated(127) + "a" << false;
    }
    void addresses() {
        QFETCH(QString, address);
        QFETCH(bool, good);
        QCOMPARE(isServerAddress(address.toStdString()), good);
        QCOMPARE(found({{server("s1", address.toStdString())}}).isEmpty(), good);
    }

    void sameAddressInOtherWords() {
        QCOMPARE(found({{server("a", "2001:db8:0:0::1"), server("b", "2001:DB8::1")}}),
                 QStringList("1.address address_duplicate"));
        QCOMPARE(found({{server("a", "Host.lan"), server("b", "hOST.lan")}}),
                 QStringList("1.address address_duplicate"));
        QCOMPARE(canonicalAddress("FE80::1%Eth0"), std::string("fe80::1%Eth0"));
        const auto errors = validate({{server("a", "10.0.0.1"), server("b", "10.0.0.1")}});
        QCOMPARE(errors.at(0).args.at("other"), std::string("a"));
    }

    void cells() {
        Inventory inventory{{server("s1", "10.0.0.1"), server("s1", "")}};
        Host& first = inventory.hosts[0];
        first.port = 0;
        first.user = "a b";
        first.auth = AuthMethod::Key;
        first.jump = HostId("s9");
        first.datacenter = "-dc";
        first.notes = "a\x1b[2Jb";
        Host& second = inventory.hosts[1];
        second.user = "";
        second.auth = AuthMethod::Agent;
        second.keyFile = "~/k";
        second.sudo = SudoMode::NoPassword;
        second.datacenter = "\xFF";
        second.notes = std::string(1001, 'n');
        QCOMPARE(
            found(inventory),
            QStringList({"0.port port_invalid", "0.user user_invalid",
                         "0.key_file key_file_missing", "0.sudo sudo_needed", "0.jump jump_unknown",
                         "0.datacenter leading_dash", "0.notes control_character",
                         "1.name name_duplicate", "1.address address_missing",
                         "1.user user_missing", "1.key_file key_file_unused",
                         "1.datacenter control_character", "1.notes too_long"}));
    }

    void keyFilesAndUsersAreNoOptions() {
        Inventory inventory{{server("s1", "-oProxy")}};
        inventory.hosts[0].user = "-l";
        inventory.hosts[0].sudo = SudoMode::Password;
        inventory.hosts[0].auth = AuthMethod::Key;
        inventory.hosts[0].keyFile = "-i\n";
        QCOMPARE(found(inventory), QStringList({"0.address leading_dash", "0.user leading_dash",
                                                "0.key_file control_character"}));
    }

    void jumpCycles() {
        Inventory inventory;
        for (const char* name : {"a", "b", "c", "d", "e", "f"})
            inventory.hosts.push_back(server(name, std::string("10.0.0.") + name[0] + ".x"));
        const auto jump = [&](size_t from, const char* to) {
            inventory.hosts[from].jump = HostId(to);
        };
        jump(0, "b");  // leads into the cycle b, c, d, but is not on it
        jump(1, "c");
        jump(2, "d");
        jump(3, "b");
        jump(4, "e");
        jump(5, "a");
        QCOMPARE(found(inventory), QStringList({"1.jump jump_cycle", "2.jump jump_cycle",
                                                "3.jump jump_cycle", "4.jump jump_self"}));
        QCOMPARE(validate(inventory).at(0).args.at("path"), std::string("b → c → d → b"));
    }

    void manyServersTakeNoTime() {
        Inventory inventory;
        for (int i = 0; i < 20000; ++i) {
            inventory.hosts.push_back(
                server("s" + std::to_string(i), "h" + std::to_string(i) + ".lan"));
            inventory.hosts.back().jump = HostId("s" + std::to_string((i + 1) % 20000));
        }
        const double began = processorSeconds();
        QCOMPARE(validate(inventory).size(), size_t(20000));
        QVERIFY(processorSeconds() - began < (kSanitized ? 20 : 1));
    }

    void everyReasonHasAText() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            QVERIFY(table.has_value());
            for (const std::string& column : inventoryColumns())
                QVERIFY2(table->has("inventory_column." + column), column.c_str());
            std::set<std::string> texts;
            for (const std::string& key : table->keys())
                if (key.starts_with("inventory."))
                    texts.insert(key.substr(10));
            const std::set<std::string> codes = {
                "name_missing",    "name_invalid",     "name_reserved",     "name_duplicate",
                "address_missing", "address_invalid",  "address_duplicate", "port_invalid",
                "user_missing",    "user_invalid",     "auth_invalid",      "sudo_invalid",
                "sudo_needed",     "key_file_missing", "key_file_unused",   "jump_unknown",
                "jump_self",       "jump_cycle",       "control_character", "leading_dash",
                "too_long",        "formula",          "line_invalid",      "range_invalid",
                "name_for_range",  "jinja_not_read",   "vault_not_read",    "list_not_read",
                "token_not_read"};
            QVERIFY(texts == codes);
        }
    }
};

QTEST_GUILESS_MAIN(TestInventoryValidate)
#include "tst_inventory_validate.moc"

#include <QTest>

#include "inventory/columns.h"
#include "inventory/import_parts.h"
#include "inventory/readers.h"

using namespace deploy;

namespace {

QStringList servers(std::string_view text, const Inventory& present = {}) {
    const auto import = importInventory(text, "paste", TextEncoding::Utf8, present);
    if (!import)
        return {QString::fromStdString("error " + import.error().where)};
    QStringList all;
    for (const Host& host : import->inventory.hosts)
        all << QString::fromStdString(host.name.str() + " " + host.user + "@" + host.address + ":" +
                                      std::to_string(host.port));
    for (const CellError& error : import->unreadable)
        all << QString::fromStdString(error.where + " " + error.code);
    return all;
}

}  // namespace

class TestImportLines : public QObject {
    Q_OBJECT
private slots:
    void oneServerALine() {
        QCOMPARE(servers("# the new ones\neng@10.0.0.11:2222 db1\r\n\n10.0.0.12 # spare\n"
                         "[fd00::7]:23\nfd00::8\nh.example"),
                 QStringList({"db1 eng@10.0.0.11:2222", "s1 root@10.0.0.12:22",
                              "s2 root@fd00::7:23", "s3 root@fd00::8:22", "s4 root@h.example:22"}));
        const auto import = importInventory("eng@10.0.0.1", "paste");
        QVERIFY(import->inventory.hosts[0].sudo == SudoMode::Password);
    }

    void namesBehindThoseThatAreThere() {
        Inventory present;
        present.hosts.resize(1);
        present.hosts[0].name = HostId("s1");
        QCOMPARE(servers("10.0.0.[11-12]\n10.0.0.13 s3\n10.0.0.14\n", present),
                 QStringList({"s2 root@10.0.0.11:22", "s4 root@10.0.0.12:22",
                              "s3 root@10.0.0.13:22", "s5 root@10.0.0.14:22"}));
    }

    void whatIsNoServerSaysSoAtItsPlace_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        QTest::newRow("words") << "10.0.0.11 a b"
                               << "line_invalid";
        QTest::newRow("port") << "10.0.0.11:70000"
                              << "port_invalid";
        QTest::newRow("no port") << "10.0.0.11:"
                                 << "port_invalid";
        QTest::newRow("backwards") << "10.0.0.[14-11]"
                                   << "range_invalid";
        QTest::newRow("endless") << "10.0.[1-99999]"
                                 << "range_invalid";
        QTest::newRow("open") << "10.0.0.[1-"
                              << "range_invalid";
        QTest::newRow("one name for many") << "10.0.0.[1-2] db"
                                           << "name_for_range";
    }
    void whatIsNoServerSaysSoAtItsPlace() {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const QStringList said = servers("10.0.0.99\n " + text.toStdString() + "\n");
        QCOMPARE(said.front(), QStringLiteral("s1 root@10.0.0.99:22"));
        QVERIFY2(said.contains("paste:2:2 " + error), qPrintable(said.join('|')));
    }

    void ranges_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("dashes");
        QTest::addColumn<QString>("colons");
        const auto row = [](const char* text, const char* dashes, const char* colons) {
            QTest::newRow(text) << text << dashes << colons;
        };
        row("a", "a", "a");
        row("n[08-11].x", "n08.x n09.x n10.x n11.x", "");
        row("n[08:10].x", "", "n08.x n09.x n10.x");
        row("n[8:010]", "", "n8 n9 n10");
        row("n[08:9]", "", "");
        row("n[1:9:4]", "", "n1 n5 n9");
        row("n[1:9:0]", "", "");
        row("n[:2]", "", "n0 n1 n2");
        row("[a:c][1:2]", "", "a1 a2 b1 b2 c1 c2");
        row("[y:B]", "", "y z A B");
        row("[B:a]", "", "");
        row("10.[0-1].0.[1-2]", "10.0.0.1 10.0.0.2 10.1.0.1 10.1.0.2", "");
    }
    void ranges() {
        const auto joined = [](const std::vector<std::string>& texts) {
            QStringList all;
            for (const std::string& text : texts)
                all << QString::fromStdString(text);
            return all.join(' ');
        };
        QFETCH(QString, text);
        QFETCH(QString, dashes);
        QFETCH(QString, colons);
        QCOMPARE(joined(expandRanges(text.toStdString(), RangeStyle::Dashes)), dashes);
        QCOMPARE(joined(expandRanges(text.toStdString(), RangeStyle::Colons)), colons);
    }

    void knowsTheForm_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("form");
        const auto row = [](const char* name, const char* text, const char* form) {
            QTest::addRow("%s %.20s", name, text) << name << text << form;
        };
        row("paste", "10.0.0.1", "lines");
        row("paste", "[fd00::7]:22\n", "lines");
        row("paste", "eng@h:22 x\n", "lines");
        row("paste", "", "lines");
        row("paste", "name\taddress\ns1\t10.0.0.1\n", "csv");
        row("paste", "名称,地址\ns1,10.0.0.1\n", "csv");
        row("x.CSV", "\"name\";\"address\"\n", "csv");
        row("paste", "format: 1\nservers: []\n", "yaml");
        row("paste", "servers:\n  - {name: a, address: b}\nformat: 1\n", "yaml");
        row("hosts", "all:\n  hosts:\n    h1:\n", "ansible_yaml");
        row("hosts", "# c\n[web]\nh1\n", "ansible_ini");
        row("hosts", "h1 ansible_user=x\n", "ansible_ini");
        row("/home/x/.ssh/config", "User x\n", "ssh_config");
        row("config", "# c\nhost=a\n  Port 1\n", "ssh_config");
    }
    void knowsTheForm() {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(QString, form);
        const auto import = importInventory(text.toStdString(), name.toStdString());
        QVERIFY2(import.has_value(), import ? "" : import.error().where.c_str());
        QCOMPARE(QString::fromStdString(std::string(formatWord(import->format))), form);
    }

    void everyErrorOfACellHasItsPlace() {
        const auto import = importInventory(
            "name,address,user\ns1,10.0.0.1,root\ns1,10.0.0.1,\"a b\"\n,=1+1,root\n", "t.csv");
        QStringList said;
        for (const CellError& error : importErrors(*import))
            said << QString::fromStdString(error.where + " " + error.code);
        QCOMPARE(said, QStringList({"t.csv:3:1 name_duplicate", "t.csv:3:4 address_duplicate",
                                    "t.csv:3:13 user_invalid", "t.csv:3:1 sudo_needed",
                                    "t.csv:4:1 name_missing", "t.csv:4:2 formula"}));
    }
};

QTEST_GUILESS_MAIN(TestImportLines)
#include "tst_import_lines.moc"

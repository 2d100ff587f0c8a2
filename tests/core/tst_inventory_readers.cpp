#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <random>

#include "base/file.h"
#include "inventory/csv.h"
#include "inventory/readers.h"
#include "text/message_table.h"

using namespace deploy;

namespace {

std::string shown(const Error& error) {
    std::string text = std::string(codeName(error.code)) + " " + error.where;
    for (const char* name : {"problem", "key", "column", "reason", "value", "count"})
        if (error.args.contains(name))
            text += std::string(" ") + name + "=" + error.args.at(name);
    return text;
}

Result<Inventory> readInventoryCsv(std::string_view text, const std::string& name) {
    return importInventoryCsv(text, name).and_then(wholeInventory);
}

Result<Inventory> readInventoryFile(const std::string& path,
                                    TextEncoding encoding = TextEncoding::Utf8) {
    return importInventoryFile(path, encoding).and_then(wholeInventory);
}

Host sample() {
    Host host;
    host.name = HostId("s1");
    host.address = "10.77.0.11";
    host.port = 2222;
    host.user = "eng";
    host.auth = AuthMethod::Key;
    host.keyFile = "~/.ssh/id_ed25519";
    host.sudo = SudoMode::Password;
    host.jump = HostId("s2");
    host.datacenter = "上海";
    host.notes = "rack 3, \"upper\"\nsecond line; $(id) 'x'";
    return host;
}

std::string randomText(std::mt19937& random, const std::vector<std::string>& pieces) {
    std::string text;
    for (size_t i = random() % 8; i > 0; --i)
        text += pieces[random() % pieces.size()];
    return text;
}

}  // namespace

class TestInventoryReaders : public QObject {
    Q_OBJECT
private slots:
    void readsYaml() {
        const auto inventory = readInventoryYaml(
            "format: 1\n"
            "servers:\n"
            "  - {name: s1, address: 10.77.0.11, port: 22, user: eng, auth: password, sudo: "
            "password,"
            " datacenter: dc1}\n"
            "  - {name: s2, address: 10.77.0.12, user: root, auth: key, key_file: "
            "~/.ssh/id_ed25519}\n"
            "  - {name: 3, address: s3.example, notes: }\n",
            "i.yaml");
        QVERIFY(inventory.has_value());
        QCOMPARE(inventory->hosts.size(), size_t(3));
        const Host& first = inventory->hosts[0];
        QCOMPARE(first.user, std::string("eng"));
        QVERIFY(first.auth == AuthMethod::Password && first.sudo == SudoMode::Password);
        QCOMPARE(first.datacenter, std::string("dc1"));
        const Host& second = inventory->hosts[1];
        QVERIFY(second.auth == AuthMethod::Key && second.sudo == SudoMode::None);
        QCOMPARE(second.keyFile, std::string("~/.ssh/id_ed25519"));
        QCOMPARE(second.port, uint16_t(22));
        QCOMPARE(inventory->hosts[2].name.str(), std::string("3"));
        QCOMPARE(inventory->hosts[2].notes, std::string());
    }

    void refusesYaml_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* text, const char* error) {
            QTest::newRow(name) << text << error;
        };
        row("no format", "servers: []", "yaml.missing_key i:1:1 key=format");
        row("newer", "format: 2\nhosts: []", "format.too_new i:1:9");
        row("zero", "format: 0\nservers: []", "value.invalid i:1:9 key=format value=0");
        row("other key", "format: 1\nservers: []\nhosts: []", "yaml.unknown_key i:3:1 key=hosts");
        row("server key", "format: 1\nservers:\n  - {name: a, adress: b}",
            "yaml.unknown_key i:3:15 key=adress");
        row("password", "format: 1\nservers: [{name: a, password: x}]",
            "yaml.unknown_key i:2:21 key=password");
        row("no mapping", "format: 1\nservers: [s1]", "yaml.wrong_type i:2:11");
        row("port", "format: 1\nservers:\n- {name: a, port: 65536}\n- {name: b, port: 0}",
            "inventory.invalid i:3:19 column=port reason=port_invalid value=65536 count=2");
        row("octal", "format: 1\nservers: [{port: 022}]",
            "inventory.invalid i:2:18 column=port reason=port_invalid value=022 count=1");
        row("auth", "format: 1\nservers: [{auth: none}]",
            "inventory.invalid i:2:18 column=auth reason=auth_invalid value=none count=1");
        row("list as text", "format: 1\nservers: [{notes: [a]}]",
            "yaml.wrong_type i:2:19 key=notes");
    }
    void refusesYaml() {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const auto inventory = readInventoryYaml(text.toStdString(), "i");
        QVERIFY(!inventory.has_value());
        QCOMPARE(QString::fromStdString(shown(inventory.error())), error);
    }

    void readsCsv() {
        const auto inventory = readInventoryCsv(
            "\xEF\xBB\xBF 地址 ,名称,Port,备注,认证方式,私钥\r\n"
            "10.0.0.1, s1 ,, keep ,KEY,~/k\r\n"
            ",,,\r\n"
            "\r\n"
            "::1,s2,2222,\"a,\"\"b\"\"\r\nc\"\r\n"
            "h.example,s3",
            "t");
        QVERIFY(inventory.has_value());
        QCOMPARE(inventory->hosts.size(), size_t(3));
        QCOMPARE(inventory->hosts[0].name.str(), std::string("s1"));
        QCOMPARE(inventory->hosts[0].port, uint16_t(22));
        QCOMPARE(inventory->hosts[0].notes, std::string(" keep "));
        QVERIFY(inventory->hosts[0].auth == AuthMethod::Key);
        QCOMPARE(inventory->hosts[1].notes, std::string("a,\"b\"\r\nc"));
        QCOMPARE(inventory->hosts[1].port, uint16_t(2222));
        QCOMPARE(inventory->hosts[2].address, std::string("h.example"));
    }

    void pastedAndSemicolonTables() {
        for (const char* text : {"name\taddress\ns1\t10.0.0.1\n", "name;address\rs1;10.0.0.1\r"})
            QCOMPARE(readInventoryCsv(text, "t")->hosts.at(0).address, std::string("10.0.0.1"));
    }

    void refusesCsv_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* text, const char* error) {
            QTest::newRow(name) << text << error;
        };
        row("empty", "", "csv.invalid t:1:1 problem=empty value=");
        row("no header", "s1,10.0.0.1", "csv.invalid t:1:1 problem=unknown_column value=s1");
        row("twice", "name,address,名称", "csv.invalid t:1:14 problem=duplicate_column value=名称");
        row("no address", "name,port\n", "csv.invalid t:1:1 problem=missing_column value=address");
        row("too many", "name,address\na,b,c", "csv.invalid t:2:5 problem=too_many_cells value=c");
        row("open quote", "name,address\na,\"b\n", "csv.invalid t:2:3 problem=quote_not_closed");
        row("behind quote", "name,address\n\"a\"x,b",
            "csv.invalid t:2:4 problem=text_behind_quote");
        row("inner quote", "name,address\na\"b,c", "csv.invalid t:2:2 problem=quote_inside");
        row("port", "name,address,port\na,b,ssh\n\nc,d,-1\n",
            "inventory.invalid t:2:5 column=port reason=port_invalid value=ssh count=2");
    }
    void refusesCsv() {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const auto inventory = readInventoryCsv(text.toStdString(), "t");
        QVERIFY(!inventory.has_value());
        QCOMPARE(QString::fromStdString(shown(inventory.error())), error);
    }

    void importKeepsWhatItUnderstood() {
        const auto import =
            importInventoryCsv("name,address,port,sudo\na,10.0.0.1,x,maybe\nB!,,22,none\n", "t");
        QVERIFY(import.has_value());
        QCOMPARE(import->inventory.hosts.size(), size_t(2));
        QCOMPARE(import->inventory.hosts[1].name.str(), std::string("B!"));
        const std::vector<CellError> expected = {
            {0, "port", "port_invalid", {{"value", "x"}}, "t:2:12"},
            {0, "sudo", "sudo_invalid", {{"value", "maybe"}}, "t:2:14"}};
        QVERIFY(import->unreadable == expected);
    }

    void writersRoundTrip() {
        Inventory inventory{{sample(), Host{}}};
        inventory.hosts[1].name = HostId("s2");
        inventory.hosts[1].address = "fe80::1%eth0";
        QVERIFY(readInventoryYaml(writeInventoryYaml(inventory), "w") == inventory);
        QVERIFY(readInventoryCsv(writeInventoryCsv(inventory), "w") == inventory);
        QVERIFY(readInventoryYaml(writeInventoryYaml({}), "w") == Inventory{});
        QVERIFY(readInventoryCsv(writeInventoryCsv({}), "w") == Inventory{});
    }

    void anyTextRoundTrips() {
        std::mt19937 random(3);
        const std::vector<std::string> pieces = {"a", "Z",  "0",  ",",  ";",  "\"",
                                                 "'", "\\", "\n", "\t", ": ", "#",
                                                 "-", "中", "𝄞",  "{",  "]",  "x y"};
        const std::vector<std::string> inLine = {"a", "Z", "0", ",",  ";", "\"", "'",
                                                 ":", "#", "-", "中", "{", "x y"};
        for (int round = 0; round < 300; ++round) {
            Inventory inventory;
            for (size_t i = 1 + random() % 4; i > 0; --i) {
                Host host;
                // Cells other than notes are read without the spaces around them.
                host.name = HostId("n" + randomText(random, inLine) + "n");
                host.address = "a" + randomText(random, inLine) + "a";
                host.user = "u" + randomText(random, inLine) + "u";
                host.port = static_cast<uint16_t>(1 + random() % 65535);
                host.auth = static_cast<AuthMethod>(random() % 3);
                host.sudo = static_cast<SudoMode>(random() % 3);
                host.notes = randomText(random, pieces);
                inventory.hosts.push_back(host);
            }
            QVERIFY(readInventoryYaml(writeInventoryYaml(inventory), "w") == inventory);
            QVERIFY(readInventoryCsv(writeInventoryCsv(inventory), "w") == inventory);
        }
    }

    void csvAgreesWithPython() {
        const QString python = QStandardPaths::findExecutable("python3");
        if (python.isEmpty())
            QSKIP("needs python3");
        std::mt19937 random(4180);
        const std::vector<std::string> pieces = {"a", "1", ",", "\"", "\n", "\r\n", " ", "中", ";"};
        std::string text = "first,second\r\n";
        for (int row = 0; row < 400; ++row) {
            std::vector<std::string> cells;
            for (size_t i = 1 + random() % 4; i > 0; --i)
                cells.push_back(randomText(random, pieces));
            text += writeCsvLine(cells);
        }
        QProcess process;
        process.start(python, {"-c",
                               "import csv,io,json,sys\n"
                               "t=sys.stdin.buffer.read().decode('utf-8')\n"
                               "print(json.dumps(list(csv.reader(io.StringIO(t,newline='')))))"});
        process.write(QByteArray::fromStdString(text));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        const QJsonArray theirs = QJsonDocument::fromJson(process.readAllStandardOutput()).array();
        const auto ours = parseCsv(text, "t");
        QVERIFY(ours.has_value());
        QCOMPARE(theirs.size(), qsizetype(ours->size()));
        for (qsizetype row = 0; row < theirs.size(); ++row) {
            QJsonArray cells;
            for (const TableCell& cell : ours->at(static_cast<size_t>(row)))
                cells.append(QString::fromStdString(cell.text));
            QCOMPARE(cells, theirs[row].toArray());
        }
    }

    void filesByEndingAndEncoding() {
        const QTemporaryDir folder;
        const std::string base = folder.path().toStdString();
        const std::string gbk =
            "\xC3\xFB\xB3\xC6,\xB5\xD8\xD6\xB7,\xBB\xFA\xB7\xBF\n"
            "s1,10.0.0.1,\xC9\xCF\xBA\xA3\n";
        QVERIFY(writeFileAtomically(base + "/g.csv", gbk).has_value());
        QVERIFY(writeFileAtomically(base + "/u.csv", writeInventoryCsv({{sample()}})).has_value());
        QVERIFY(writeFileAtomically(base + "/u.yml", writeInventoryYaml({{sample()}})).has_value());
        QVERIFY(writeFileAtomically(base + "/u.txt", "10.0.0.[1-2]").has_value());
        const auto refused = readInventoryFile(base + "/g.csv");
        QCOMPARE(refused.error().code, ErrorCode::EncodingInvalid);
        QCOMPARE(refused.error().where, base + "/g.csv:1:1");
        const auto chinese = readInventoryFile(base + "/g.csv", TextEncoding::Gb18030);
        QCOMPARE(chinese->hosts.at(0).datacenter, std::string("上海"));
        QVERIFY(readInventoryFile(base + "/u.csv")->hosts.at(0) == sample());
        QVERIFY(readInventoryFile(base + "/u.yml")->hosts.at(0) == sample());
        QCOMPARE(readInventoryFile(base + "/u.txt")->hosts.size(), size_t(2));
        QCOMPARE(readInventoryFile(base + "/no.csv").error().code, ErrorCode::FileNotFound);
        QCOMPARE(readInventoryFile(base).error().code, ErrorCode::FileUnreadable);
    }

    void brokenTablesAreNeverMoreThanAnError() {
        std::mt19937 random(99);
        const std::vector<std::string> pieces = {"name", "address", ",", "\"",   "\n", "\r",
                                                 "\t",   ";",       "a", "\xFF", "中"};
        for (int round = 0; round < 5000; ++round) {
            const std::string text = "name,address\n" + randomText(random, pieces);
            const auto import = importInventoryCsv(text, "t");
            if (!import)
                QVERIFY(import.error().where.starts_with("t:"));
        }
    }

    void everyProblemHasAText() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            for (const char* problem : {"empty", "quote_inside", "text_behind_quote",
                                        "quote_not_closed", "unknown_column", "duplicate_column",
                                        "missing_column", "too_many_cells", "too_many_rows"})
                QVERIFY2(table->has(std::string("csv_problem.") + problem), problem);
        }
    }
};

QTEST_GUILESS_MAIN(TestInventoryReaders)
#include "tst_inventory_readers.moc"

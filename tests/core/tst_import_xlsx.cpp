#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "base/file.h"
#include "inventory/xlsx.h"

using namespace deploy;

namespace {

Inventory sample() {
    Inventory inventory;
    for (int i = 1; i <= 3; ++i) {
        Host host;
        host.name = HostId("s" + std::to_string(i));
        host.address = "10.0.0." + std::to_string(i);
        inventory.hosts.push_back(host);
    }
    Host& first = inventory.hosts[0];
    first.port = 2222;
    first.user = "eng";
    first.auth = AuthMethod::Key;
    first.keyFile = "~/.ssh/id";
    first.sudo = SudoMode::Password;
    first.jump = HostId("s2");
    first.datacenter = "上海 <1> & \"2\"";
    first.notes = " two\nlines, _x000D_ and\ttab ";
    return inventory;
}

/// A workbook with parts of one's own, as other programs write them.
std::string workbook(const QTemporaryDir& folder, const QByteArray& parts) {
    const QString file = folder.filePath(QStringLiteral("made.xlsx"));
    const QByteArray script =
        "import sys, zipfile\n"
        "z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)\n" +
        parts + "\nz.close()\n";
    if (QProcess::execute(QStringLiteral("python3"), {QStringLiteral("-c"), script, file}) != 0)
        return {};
    return readFile(file.toStdString(), 1 << 20).value_or("");
}

}  // namespace

class TestImportXlsx : public QObject {
    Q_OBJECT
private slots:
    void writesWhatItReads() {
        for (const Inventory& inventory : {sample(), Inventory{}}) {
            const auto bytes = writeInventoryXlsx(inventory);
            QVERIFY(bytes.has_value());
            const auto import = importInventory(*bytes, "a.xlsx");
            QVERIFY2(import.has_value(), import ? "" : import.error().where.c_str());
            QCOMPARE(import->format, InventoryFormat::Xlsx);
            QVERIFY(import->unreadable.empty());
            QVERIFY(import->inventory == inventory);
        }
    }

    void readsWhatOtherProgramsWrite() {
        if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
            QSKIP("needs python3");
        const QTemporaryDir folder;
        // Prefixed elements, rich and phonetic text, numbers, a hidden sheet before the shown one,
        // an absolute target, cells and rows without references, an empty row above the headings.
        const std::string bytes = workbook(folder, R"(
z.writestr('[Content_Types].xml', '<Types/>')
z.writestr('xl/worksheets/s2.xml', '<x:worksheet xmlns:x="u"><x:sheetData><x:row/><x:row>'
  '<x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>端口</x:t></x:is></x:c></x:row>'
  '<x:row r="4"><x:c r="A4" t="s"><x:v>2</x:v></x:c><x:c r="B4" t="str"><x:v>10.0.0.1</x:v></x:c><x:c r="C4"><x:v>2222</x:v></x:c></x:row>'
  '<x:row r="9"><x:c r="B9" t="s"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>')
z.writestr('xl/sharedStrings.xml', '<sst><si><t>名称</t></si><si><r><t>IP</t></r><r><t> 地址</t></r><rPh><t>no</t></rPh></si>'
  '<si><t>db&amp;1</t></si><si><t>h.example</t></si></sst>'.replace(' 地址', '地址'))
z.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="old" state="hidden" r:id="a"/>'
  '<sheet name="Servers" r:id="b"/></sheets></workbook>')
z.writestr('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="a" Target="worksheets/s1.xml"/>'
  '<Relationship Id="b" Target="/xl/worksheets/s2.xml"/></Relationships>')
)");
        const auto import = importInventoryXlsx(bytes, "o.xlsx");
        QVERIFY2(import.has_value(), import ? "" : import.error().where.c_str());
        QCOMPARE(import->inventory.hosts.size(), size_t(2));
        QCOMPARE(import->inventory.hosts[0].name.str(), std::string("db&1"));
        QCOMPARE(import->inventory.hosts[0].port, uint16_t(2222));
        QCOMPARE(import->inventory.hosts[1].address, std::string("h.example"));
        QCOMPARE(import->places[1].cells.at("address"), std::string("o.xlsx:Servers!B9"));
        const auto errors = importErrors(*import);
        QCOMPARE(errors.at(0).where, std::string("o.xlsx:Servers!A4"));
        QCOMPARE(errors.at(0).code, std::string("name_invalid"));
    }

    void formulasAreNotTaken() {
        const QTemporaryDir folder;
        const std::string bytes = workbook(folder, R"(
z.writestr('xl/workbook.xml', '<workbook><sheets><sheet name="S" id="a"/></sheets></workbook>')
z.writestr('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="a" Target="s.xml"/></Relationships>')
z.writestr('xl/s.xml', '<worksheet><row><c t="str"><v>name</v></c><c t="str"><v>address</v></c></row>'
  '<row><c t="str"><v>s1</v></c><c t="str"><f>A1</f><v>10.0.0.1</v></c></row></worksheet>')
)");
        const auto import = importInventoryXlsx(bytes, "f.xlsx");
        QVERIFY(import.has_value());
        QCOMPARE(import->inventory.hosts.at(0).address, std::string());
        const auto errors = importErrors(*import);
        QCOMPARE(errors.size(), size_t(1));
        QCOMPARE(errors[0].code, std::string("formula"));
        QCOMPARE(errors[0].where, std::string("f.xlsx:S!B2"));
        QCOMPARE(errors[0].args.at("value"), std::string("10.0.0.1"));
    }

    void exportsByTheEnding() {
        const QTemporaryDir folder;
        const std::string base = folder.path().toStdString() + "/x";
        for (const char* ending : {".csv", ".xlsx", ".yaml"}) {
            QVERIFY(exportInventoryFile(sample(), base + ending).has_value());
            QVERIFY(importInventoryFile(base + ending)->inventory == sample());
        }
        QCOMPARE(exportInventoryFile(sample(), base + ".doc").error().code,
                 ErrorCode::UsageInvalid);
    }

    void anyBytesAreNeverMoreThanAnError() {
        const std::string good = *writeInventoryXlsx(sample());
        for (size_t cut = 0; cut < good.size(); cut += 37)
            if (const auto import = importInventoryXlsx(good.substr(0, cut), "t"); !import)
                QVERIFY(import.error().where.starts_with("t"));
        for (size_t at = 0; at < good.size(); at += 23) {
            std::string bytes = good;
            bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
            if (const auto import = importInventoryXlsx(bytes, "t"); !import)
                QVERIFY(import.error().where.starts_with("t"));
        }
    }
};

QTEST_GUILESS_MAIN(TestImportXlsx)
#include "tst_import_xlsx.moc"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "inventory/readers.h"
#include "text/message_table.h"

using namespace deploy;

namespace {

/// What the import says: its first error with its place inside of the file, in a process of its
/// own.
struct Outcome {
    QString said;
    long kilobytes = 0;
};

QString firstError(const std::string& path) {
    const auto import = importInventoryFile(path);
    std::string code;
    std::string where;
    if (!import) {
        const Error& error = import.error();
        code = codeName(error.code);
        if (error.args.contains("problem"))
            code += "/" + error.args.at("problem");
        where = error.where;
    } else if (const auto errors = importErrors(*import); !errors.empty()) {
        code = errors.front().column + "/" + errors.front().code;
        where = errors.front().where;
    } else {
        return QStringLiteral("nothing wrong");
    }
    const size_t name = where.rfind('/', where.find(':'));
    return QString::fromStdString(code + " " + where.substr(name + 1));
}

Outcome importInChild(const std::string& path) {
    int ends[2];
    if (::pipe(ends) != 0)
        return {};
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(30);
        const QByteArray said = firstError(path).toUtf8();
        const ssize_t written = ::write(ends[1], said.constData(), size_t(said.size()));
        ::_exit(written == said.size() ? 0 : 1);
    }
    ::close(ends[1]);
    Outcome outcome;
    char block[4096];
    for (ssize_t got = 0; (got = ::read(ends[0], block, sizeof block)) > 0;)
        outcome.said += QString::fromUtf8(block, got);
    ::close(ends[0]);
    int status = 0;
    rusage used{};
    ::wait4(child, &status, 0, &used);
    if (status != 0)
        outcome.said += QStringLiteral(" (status %1)").arg(status);
    outcome.kilobytes = used.ru_maxrss;
    return outcome;
}

}  // namespace

class TestImportHostile : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

private slots:
    void initTestCase() {
        const QString python = QStandardPaths::findExecutable("python3");
        if (python.isEmpty())
            QSKIP("needs python3");
        QCOMPARE(QProcess::execute(python, {TEST_DATA "/inventory/hostile.py", folder_.path()}), 0);
    }

    void anErrorAtItsPlaceInLittleMemory_data() {
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* file, const char* expected) {
            QTest::newRow(file) << expected;
        };
        row("bomb.xlsx",
            "inventory.form_invalid/part_too_large bomb.xlsx:xl/worksheets/sheet1.xml");
        row("bomb-cell.xlsx", "inventory.form_invalid/cell_too_long bomb-cell.xlsx:S!A2");
        row("rows.xlsx", "csv.invalid/too_many_rows rows.xlsx:S!A5002");
        row("deep.xlsx",
            "inventory.form_invalid/xml_too_deep deep.xlsx:xl/worksheets/sheet1.xml:1:242");
        row("tag.xlsx",
            "inventory.form_invalid/xml_tag_too_long tag.xlsx:xl/worksheets/sheet1.xml:1:39");
        row("attributes.xlsx",
            "inventory.form_invalid/xml_tag_too_long "
            "attributes.xlsx:xl/worksheets/sheet1.xml:1:39");
        row("entities.xlsx",
            "inventory.form_invalid/xml_document_type "
            "entities.xlsx:xl/worksheets/sheet1.xml:1:13");
        row("external.xlsx",
            "inventory.form_invalid/xml_document_type "
            "external.xlsx:xl/worksheets/sheet1.xml:1:13");
        row("shared.xlsx",
            "inventory.form_invalid/part_too_large shared.xlsx:xl/sharedStrings.xml");
        row("formula.xlsx", "name/formula formula.xlsx:S!A2");
        row("index.xlsx", "inventory.form_invalid/text_missing index.xlsx:S!A2");
        row("order.xlsx", "inventory.form_invalid/row_order order.xlsx:S!A4");
        row("column.xlsx", "csv.invalid/too_many_cells column.xlsx:S!");
        row("cut.xlsx",
            "inventory.form_invalid/xml_malformed cut.xlsx:xl/worksheets/sheet1.xml:1:");
        row("nul.xlsx", "name/control_character nul.xlsx:S!A2");
        row("torn.xlsx", "inventory.form_invalid/");
        row("entries.xlsx", "inventory.form_invalid/no_workbook entries.xlsx");
        row("old.xlsx", "inventory.form_invalid/not_zip old.xlsx");
        row("sparse.csv", "file.too_large sparse.csv");
        row("rows.csv", "file.too_large rows.csv");
        row("short-rows.csv", "csv.invalid/too_many_rows short-rows.csv:5002:1");
        row("columns.csv", "csv.invalid/too_many_cells columns.csv:2:65");
        row("nul.csv", "text.encoding_invalid nul.csv:2:12");
        row("utf16.csv", "text.encoding_invalid utf16.csv:1:1");
        row("gbk.csv", "text.encoding_invalid gbk.csv:1:1");
        row("formula.csv", "notes/formula formula.csv:2:13");
        row("lines.txt", "inventory.form_invalid/too_many_servers lines.txt:5001:1");
        row("line-range.txt", "address/range_invalid line-range.txt:2:1");
        row("line-long.txt", "address/line_invalid line-long.txt:1:1");
        row("cycle.yaml", "yaml.not_allowed cycle.yaml:1:6");
        row("bomb.yaml", "yaml.not_allowed bomb.yaml:1:4");
        row("range.yaml", "inventory.form_invalid/range_invalid range.yaml:3:5");
        row("range.ini", "inventory.form_invalid/range_invalid range.ini:2:1");
        row("ranges.ini", "inventory.form_invalid/range_invalid ranges.ini:2:1");
        row("member.ini", "inventory.form_invalid/too_many_servers member.ini:6:1");
        row("vars.ini", "inventory.form_invalid/value_too_long vars.ini:2:14");
        row("groups.ini", "inventory.form_invalid/too_many_groups groups.ini:");
        row("cycle.ini", "inventory.form_invalid/group_cycle cycle.ini:");
        row("quote.ini", "inventory.form_invalid/quote_not_closed quote.ini:2:1");
        row("vault.ini", "inventory.form_invalid/vault_file vault.ini:1:1");
        row("blocks.ssh_config",
            "inventory.form_invalid/too_many_patterns blocks.ssh_config:10001:1");
        row("names.ssh_config",
            "inventory.form_invalid/too_many_patterns names.ssh_config:20001:1");
        row("stars.ssh_config", "address/too_long stars.ssh_config:3:6");
        row("jumps.ssh_config", "jump/jump_cycle jumps.ssh_config:2:12");
        row("quote.ssh_config", "inventory.form_invalid/quote_not_closed quote.ssh_config:2:7");
    }
    void anErrorAtItsPlaceInLittleMemory() {
        QFETCH(QString, expected);
        const QString path = folder_.filePath(QLatin1String(QTest::currentDataTag()));
        const Outcome outcome = importInChild(path.toStdString());
        QVERIFY2(outcome.said.startsWith(expected), qPrintable(outcome.said));
#ifndef __SANITIZE_ADDRESS__
        QVERIFY2(outcome.kilobytes < 200 * 1024, qPrintable(QString::number(outcome.kilobytes)));
#endif
    }

    void everyProblemHasATextInBothLanguages() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            for (const char* problem :
                 {"too_many_servers", "not_zip",          "zip_damaged",     "part_too_large",
                  "no_workbook",      "no_sheet",         "xml_too_deep",    "xml_document_type",
                  "xml_tag_too_long", "xml_malformed",    "row_order",       "cell_too_long",
                  "text_missing",     "quote_not_closed", "section_invalid", "unknown_group",
                  "group_cycle",      "too_many_groups",  "child_invalid",   "no_assignment",
                  "value_too_long",   "range_invalid",    "vault_file",      "value_missing",
                  "too_many_patterns"})
                QVERIFY2(table->has(std::string("inventory_problem.") + problem), problem);
            for (const char* note : {"not_read", "secret_not_taken", "not_ssh", "other_name",
                                     "jump_added", "other_way"})
                QVERIFY2(table->has(std::string("import_note.") + note), note);
            for (int format = 0; format < 7; ++format)
                QVERIFY(table->has("inventory_format." +
                                   std::string(formatWord(InventoryFormat(format)))));
        }
    }
};

QTEST_GUILESS_MAIN(TestImportHostile)
#include "tst_import_hostile.moc"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTest>
#include <random>

#include "base/utf8.h"
#include "base/yaml.h"
#include "support/processor_time.h"
#include "support/sanitizer.h"

using namespace deploy;

namespace {

std::string repeat(const std::string& text, size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What a process that only reads the text takes, in MiB of memory; -1 if it did not end well.
long memoryToRead(const std::string& text) {
    const pid_t child = fork();
    if (child == 0) {
        const bool read = parseYaml(text, "t").has_value();
        _exit(read ? 1 : 0);
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    return WIFEXITED(status) ? usage.ru_maxrss / 1024 : -1;
}

std::string firstError(const Result<void>& result) {
    if (result)
        return "none";
    std::string text = std::string(codeName(result.error().code)) + " " + result.error().where;
    for (const auto& [name, value] : result.error().args)
        text += " " + name + "=" + value;
    return text;
}

}  // namespace

class TestYaml : public QObject {
    Q_OBJECT
private slots:
    void readsValuesWithPlaces() {
        const auto root =
            parseYaml("\xEF\xBB\xBF# servers\n数据库: {x: 5}\nb:\r\n  - '12'\n  -\n", "f");
        QVERIFY(root.has_value());
        const auto entries = root->asMapping();
        QVERIFY(entries.has_value());
        QCOMPARE(entries->at(0).first, std::string("数据库"));
        QCOMPARE(entries->at(0).second.where(), std::string("f:2:6"));
        QCOMPARE(entries->at(0).second.whereKey(), std::string("f:2:1"));
        const auto items = entries->at(1).second.asSequence();
        QVERIFY(items.has_value());
        QCOMPARE(items->at(0).asString().value(), std::string("12"));
        QCOMPARE(items->at(0).where(), std::string("f:4:5"));
        QVERIFY(items->at(1).kind() == YamlValue::Kind::Null);
        QCOMPARE(items->at(1).asString().error().code, ErrorCode::YamlWrongType);
    }

    void numbers_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("integer");
        QTest::addColumn<bool>("number");
        const auto row = [](const char* text, bool integer, bool number) {
            QTest::newRow(text) << QString::fromLatin1(text) << integer << number;
        };
        row("0", true, true);
        row("-7", true, true);
        row("65535", true, true);
        row("1.50", false, true);
        for (const char* text : {"010", "0x8", "0o7", "1e3", "+1", "1_000", "1.", ".5", "nan",
                                 ".inf", "1 2", "--1", "true", "99999999999999999999x"})
            row(text, false, false);
    }
    void numbers() {
        QFETCH(QString, text);
        QFETCH(bool, integer);
        QFETCH(bool, number);
        const auto value = parseYaml("v: " + text.toStdString(), "f")->asMapping()->at(0).second;
        QCOMPARE(value.asInteger(-100000, 100000).has_value(), integer);
        QCOMPARE(value.asNumber().has_value(), number);
    }

    void integersKeepTheirRange() {
        const auto root = parseYaml("[65536, 99999999999999999999]", "f")->asSequence();
        QCOMPARE(root->at(0).asInteger(1, 65535).error().code, ErrorCode::ValueInvalid);
        QCOMPARE(root->at(0).asInteger(1, 65535).error().args.at("maximum"), std::string("65535"));
        QCOMPARE(root->at(1).asInteger(INT64_MIN, INT64_MAX).error().code, ErrorCode::ValueInvalid);
    }

    void mapErrors_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("good") << "{name: a, port: 22, auth: key, on: true}"
                              << "none";
        QTest::newRow("unknown") << "{name: a, auth: key, prot: 22}"
                                 << "yaml.unknown_key f:1:22 allowed=name, port, auth, on, "
                                    "tags key=prot";
        QTest::newRow("misspelt") << "{nmae: a, auth: key}"
                                  << "yaml.unknown_key f:1:2 allowed=name, port, auth, on, "
                                     "tags key=nmae";
        QTest::newRow("missing") << "auth: key"
                                 << "yaml.missing_key f:1:1 key=name";
        QTest::newRow("empty") << "name:\nauth: key"
                               << "yaml.missing_key f:1:1 key=name";
        QTest::newRow("word") << "{name: a, auth: kez}"
                              << "value.invalid f:1:17 allowed=agent, key key=auth value=kez";
        QTest::newRow("range") << "{name: a, port: 0, auth: key}"
                               << "value.invalid f:1:17 key=port maximum=65535 minimum=1 value=0";
        QTest::newRow("type") << "{name: [a], auth: key}"
                              << "yaml.wrong_type f:1:8 expected=text key=name";
        QTest::newRow("boolean") << "{name: a, auth: key, on: yes}"
                                 << "yaml.wrong_type f:1:26 expected=boolean key=on";
        QTest::newRow("list") << "{name: a, auth: key, tags: [x, {}]}"
                              << "yaml.wrong_type f:1:32 expected=text key=tags";
        QTest::newRow("no mapping") << "[a]"
                                    << "yaml.wrong_type f:1:1 expected=mapping";
    }
    void mapErrors() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        enum class Auth { Agent, Key };
        const auto root = parseYaml(text.toStdString(), "f");
        QVERIFY(root.has_value());
        YamlMap map(*root);
        map.requiredString("name");
        map.optionalInteger("port", 1, 65535, 22);
        map.requiredWord<Auth>("auth", {"agent", "key"});
        map.optionalBool("on", false);
        map.optionalStrings("tags");
        QCOMPARE(QString::fromStdString(firstError(map.finish())), expected);
    }

    void hostileFiles_data() {
        QTest::addColumn<QString>("path");
        const QDir folder(TEST_DATA "/yaml-hostile");
        const QStringList names = folder.entryList({"*.yaml"});
        QVERIFY(names.size() > 30);
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void hostileFiles() {
        QFETCH(QString, path);
        const auto result = parseYaml(contentOf(path).toStdString(), "f");
        QVERIFY(!result.has_value());
        QString found = QString::fromStdString(std::string(codeName(result.error().code)) + " " +
                                               result.error().where.substr(2));
        const auto construct = result.error().args.find("construct");
        if (construct != result.error().args.end())
            found += " " + QString::fromStdString(construct->second);
        const QString expected = path.chopped(5) + ".expected";
        QCOMPARE(found, QString::fromUtf8(contentOf(expected)).trimmed());
    }

    void hugeTexts_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("unit");
        const auto row = [](const char* before, const char* unit) {
            const QByteArray shown = QByteArray(before) + QByteArray(unit) + "...";
            QTest::newRow(shown.toPercentEncoding(" :,[]{}\"'?!&*|").constData())
                << QByteArray(before) << QByteArray(unit);
        };
        for (const char* unit : {"[", "{", "a: [", ",", "- ", "? ", "!", "&a ", "*a ", "\"", "#",
                                 "%\n", "\t", "---\n", "\\", "中"})
            row("", unit);
        for (const char* unit : {"[]", "a: ", "? a\n", "!!str ", "\"\","})
            row("[", unit);
        for (const char* unit : {"a\n ", "a ", "''", "- - a\n   "})
            row("a: ", unit);
        row("a: |\n a\n ", "a\n ");
        row("a: \"", "\n");
        row("a: '", "''");
    }
    void hugeTexts() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, unit);
        const std::string text =
            before.toStdString() +
            repeat(unit.toStdString(), ((2U << 20U) - 16) / static_cast<size_t>(unit.size()));
        const double began = processorSeconds();
        const auto result = parseYaml(text, "f");
        const double seconds = processorSeconds() - began;
        QVERIFY2(seconds < (kSanitized ? 20 : 1), qPrintable(QString::number(seconds) + " s"));
        if (!result)
            QVERIFY(result.error().where.starts_with("f:"));
    }

    void memoryStaysBounded_data() {
        QTest::addColumn<QByteArray>("unit");
        for (const char* unit : {"[", "[],", "a: [", "a,", "a: 1,", "? ", "- a "})
            QTest::addRow("[%s...", unit) << QByteArray(unit);
    }
    void memoryStaysBounded() {
        QFETCH(QByteArray, unit);
        const std::string one = unit.toStdString();
        const std::string text = "[" + repeat(one, ((2U << 20U) - 16) / one.size());
        const long mebibytes = memoryToRead(text);
        QVERIFY(mebibytes > 0);
        if (kSanitized)
            QSKIP("the sanitizer's own memory is counted too");
        QVERIFY2(mebibytes < 200, qPrintable(QString::number(mebibytes) + " MiB"));
    }

    void tooLargeIsSaid() {
        const auto result = parseYaml(repeat("a", (2U << 20U) + 1), "f");
        QCOMPARE(result.error().code, ErrorCode::FileTooLarge);
    }

    void mutatedTextsNeverBreakIt() {
        std::mt19937 random(34);
        std::vector<std::string> seeds = {
            "format: 1\nservers:\n  - {name: s1, port: 22, tags: [a, 'b', \"c\\n\"]}\n  - name: "
            "中\n",
            "a: |\n  text\n  more\nb: >-\n  folded\nc: &x 1\nd: *x\n",
            "%YAML 1.2\n---\n? key\n: !!str value\n...\n"};
        const std::string marks = "[]{},:-?&*!|>'\"%@`# \n\t\r\\abc01~\xE4\xB8\xAD\xFF";
        for (int round = 0; round < 20000; ++round) {
            std::string text = seeds[random() % seeds.size()];
            for (size_t edits = 1 + random() % 8; edits > 0; --edits) {
                const size_t at = random() % (text.size() + 1);
                switch (random() % 3) {
                    case 0:
                        text.insert(at, 1, marks[random() % marks.size()]);
                        break;
                    case 1:
                        text.erase(at, random() % 6);
                        break;
                    default:
                        text.insert(at, text.substr(random() % (text.size() + 1), random() % 20));
                }
            }
            const auto result = parseYaml(text, "f");
            if (result)
                continue;
            const QStringList place = QString::fromStdString(result.error().where).split(':');
            QCOMPARE(place.size(), 3);
            const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
            QVERIFY(place[1].toLong() >= 1 && place[1].toLong() <= lines);
            QVERIFY(place[2].toULong() >= 1 && place[2].toULong() <= text.size() + 1);
        }
    }

    void quotingRoundTrips() {
        std::mt19937 random(7);
        const std::vector<std::string> pieces = {"a",    "\"", "\\", "\n",   "\t", "\x01",
                                                 "\x7f", "é",  "中", "𝄞",    ": ", "#",
                                                 "'",    " ",  "\r", "$(id)"};
        for (int round = 0; round < 2000; ++round) {
            std::string text;
            for (size_t i = random() % 12; i > 0; --i)
                text += pieces[random() % pieces.size()];
            const auto read = parseYaml("k: " + yamlQuote(text) + "\n", "f");
            QVERIFY(read.has_value());
            QCOMPARE(read->asMapping()->at(0).second.asString().value(), text);
        }
    }
};

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_yaml.moc"

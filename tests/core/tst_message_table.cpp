#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <regex>
#include <set>

#include "base/file.h"
#include "text/message_table.h"

using namespace deploy;

namespace {

constexpr std::array kCodes = {
#define ERROR_CODE(name, text, exit) text,
#include "base/error_codes.def"
#undef ERROR_CODE
};

std::set<std::string> placeholders(const std::string& pattern) {
    static const std::regex kName(R"(\{([a-z0-9_|]+)\})");
    std::set<std::string> names;
    for (std::sregex_iterator match(pattern.begin(), pattern.end(), kName), end; match != end;
         ++match)
        names.insert((*match)[1]);
    return names;
}

/// Points the program at texts of its own for one test.
class Texts {
public:
    explicit Texts(const std::map<std::string, std::string>& files) {
        QDir(folder_.path()).mkpath("i18n/en");
        for (const auto& [name, content] : files)
            if (!writeFileAtomically(folder_.path().toStdString() + "/i18n/en/" + name, content))
                qFatal("cannot write the test's texts");
        qputenv("FINCLIP_RESOURCES", folder_.path().toLocal8Bit());
    }
    ~Texts() { qunsetenv("FINCLIP_RESOURCES"); }

private:
    QTemporaryDir folder_;
};

}  // namespace

class TestMessageTable : public QObject {
    Q_OBJECT
private slots:
    void languages_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }

    void everyErrorCodeHasTexts_data() { languages_data(); }
    void everyErrorCodeHasTexts() {
        QFETCH(QString, language);
        const auto table = MessageTable::load(language.toStdString());
        QVERIFY2(table.has_value(), table ? "" : table.error().where.c_str());
        for (const std::string code : kCodes)
            for (const char* part : {".what", ".remedy"}) {
                const std::string key = "error." + code + part;
                QVERIFY2(table->pattern(key).size() >= 8, key.c_str());
            }
    }

    void noErrorTextIsUnused_data() { languages_data(); }
    void noErrorTextIsUnused() {
        QFETCH(QString, language);
        std::set<std::string> known;
        for (const std::string code : kCodes) {
            known.insert("error." + code + ".what");
            known.insert("error." + code + ".remedy");
        }
        for (const std::string& key : MessageTable::load(language.toStdString())->keys())
            if (key.starts_with("error."))
                QVERIFY2(known.contains(key), key.c_str());
    }

    void languagesSayTheSame() {
        const auto en = MessageTable::load("en");
        const auto zh = MessageTable::load("zh_CN");
        QCOMPARE(zh->keys().size(), en->keys().size());
        for (const std::string& key : en->keys()) {
            QVERIFY2(zh->has(key), key.c_str());
            QVERIFY2(placeholders(zh->pattern(key)) == placeholders(en->pattern(key)), key.c_str());
            QVERIFY2(!zh->pattern(key).empty() && !en->pattern(key).empty(), key.c_str());
        }
    }

    void optionalPartsAreClosed_data() { languages_data(); }
    void optionalPartsAreClosed() {
        QFETCH(QString, language);
        const auto table = MessageTable::load(language.toStdString());
        for (const std::string& key : table->keys()) {
            const std::string full = table->text(key);
            QVERIFY2(full.find("[[") == std::string::npos && full.find("]]") == std::string::npos,
                     key.c_str());
        }
    }

    void wordTablesExist_data() { languages_data(); }
    void wordTablesExist() {
        QFETCH(QString, language);
        const auto table = MessageTable::load(language.toStdString());
        const std::vector<std::string> keys = table->keys();
        for (const std::string& key : keys)
            for (const std::string& name : placeholders(table->pattern(key))) {
                const size_t bar = name.find('|');
                const std::string prefix = name.substr(bar + 1) + ".";
                const bool known =
                    bar == std::string::npos ||
                    std::any_of(keys.begin(), keys.end(),
                                [&](const std::string& word) { return word.starts_with(prefix); });
                QVERIFY2(known, (key + " " + name).c_str());
            }
    }

    void expands() {
        const Texts texts({{"a.yaml",
                            "a: {b: 'x {one} {two}', c.d: '{n|word}', e: '{ {one} {A}'}\n"
                            "o: 'p[[ {one}]][[ and {two|word}]]!'\n"},
                           {"b.yaml", "word: {w: wide, s: 'self [[{n|word}]]{one}'}\n"}});
        const auto table = MessageTable::load("en");
        QVERIFY(table.has_value());
        QCOMPARE(table->text("a.b", {{"one", "1"}}), std::string("x 1 {two}"));
        QCOMPARE(table->text("a.b", {{"one", "{two}"}, {"two", "2"}}), std::string("x {two} 2"));
        QCOMPARE(table->text("a.c.d", {{"n", "w"}}), std::string("wide"));
        QCOMPARE(table->text("a.c.d", {{"n", "other"}}), std::string("other"));
        // A word has the arguments of its text, but for the one that it stands for.
        QCOMPARE(table->text("a.c.d", {{"n", "s"}, {"one", "1"}}), std::string("self 1"));
        QCOMPARE(table->text("a.e", {{"one", "1"}}), std::string("{ 1 {A}"));
        QCOMPARE(table->text("o", {}), std::string("p!"));
        QCOMPARE(table->text("o", {{"one", ""}, {"two", "w"}}), std::string("p and wide!"));
        QCOMPARE(table->text("no.such"), std::string("no.such"));
        QVERIFY(!table->has("a"));
    }

    void refusesBrokenTexts_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("code");
        QTest::newRow("twice") << "a: x"
                               << "a: y"
                               << "yaml.duplicate_key";
        QTest::newRow("twice, nested") << "a: {b: x}"
                                       << "a.b: y"
                                       << "yaml.duplicate_key";
        QTest::newRow("list") << "a: [x]"
                              << "b: y"
                              << "yaml.wrong_type";
        QTest::newRow("nothing") << "a:"
                                 << "b: y"
                                 << "yaml.wrong_type";
        QTest::newRow("no YAML") << "a: 'x"
                                 << "b: y"
                                 << "yaml.syntax";
    }
    void refusesBrokenTexts() {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(QString, code);
        const Texts texts({{"a.yaml", first.toStdString()}, {"b.yaml", second.toStdString()}});
        const auto table = MessageTable::load("en");
        QVERIFY(!table.has_value());
        QCOMPARE(QString::fromUtf8(codeName(table.error().code).data()), code);
        QCOMPARE(MessageTable::load("fr").error().code, ErrorCode::FileNotFound);
    }

    void describesErrors() {
        const auto table = MessageTable::load("en");
        const ErrorText text =
            describe({ErrorCode::YamlUnknownKey, "f:2:3", {}, {{"key", "a\x1b[2J"}}}, *table);
        QCOMPARE(text.what, std::string("f:2:3: The key \"a\\x1b[2J\" is not known here."));
        QVERIFY(!text.remedy.empty());
        for (size_t code = 0; code < kCodes.size(); ++code) {
            const ErrorText bare = describe({static_cast<ErrorCode>(code), "s1", {}, {}}, *table);
            const bool yaml = std::string_view(kCodes.at(code)).starts_with("yaml.");
            QVERIFY2(yaml || bare.what.find('{') == std::string::npos, bare.what.c_str());
        }
    }

    void languageFollowsTheEnvironment_data() {
        QTest::addColumn<QByteArray>("all");
        QTest::addColumn<QByteArray>("messages");
        QTest::addColumn<QByteArray>("lang");
        QTest::addColumn<QString>("language");
        QTest::newRow("none") << QByteArray() << QByteArray() << QByteArray() << "en";
        QTest::newRow("lang") << QByteArray() << QByteArray() << QByteArray("zh_CN.UTF-8")
                              << "zh_CN";
        QTest::newRow("messages") << QByteArray() << QByteArray("en_US") << QByteArray("zh_CN")
                                  << "en";
        QTest::newRow("all") << QByteArray("zh_TW") << QByteArray("en_US") << QByteArray("C")
                             << "zh_CN";
    }
    void languageFollowsTheEnvironment() {
        QFETCH(QByteArray, all);
        QFETCH(QByteArray, messages);
        QFETCH(QByteArray, lang);
        QFETCH(QString, language);
        qputenv("LC_ALL", all);
        qputenv("LC_MESSAGES", messages);
        qputenv("LANG", lang);
        QCOMPARE(QString::fromStdString(languageFromEnvironment()), language);
        for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
            qunsetenv(name);
    }
};

QTEST_GUILESS_MAIN(TestMessageTable)
#include "tst_message_table.moc"

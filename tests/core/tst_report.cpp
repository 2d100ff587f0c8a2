#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "base/resources.h"
#include "report/report.h"
#include "report/words.h"
#include "support/report_sample.h"

using namespace deploy;
using nlohmann::json;

namespace {

MessageTable tableOf(const QString& language) {
    return *MessageTable::load(language.toStdString());
}

std::string htmlOf(const Report& report, const QString& language = "en") {
    return reportToHtml(report, tableOf(language), *readResource("style/report.css"));
}

/// Text of all elements, or the parser's complaint.
QString textOf(const std::string& html) {
    QXmlStreamReader reader(QString::fromStdString(html));
    QString text;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::Characters)
            text += reader.text();
    return reader.hasError() ? "XML: " + reader.errorString() : text;
}

bool wellFormed(const std::string& html) {
    const QString text = textOf(html);
    if (text.startsWith("XML: "))
        qWarning().noquote() << text;
    return !text.startsWith("XML: ");
}

std::set<std::string> keysOf(const json& object) {
    std::set<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.insert(key);
    return keys;
}

/// Everything in a report that a server or another person could have written.
Report reportWith(const std::string& words) {
    Report report = sampleReport();
    report.project.name = words;
    report.project.settings.adminAccount = words;
    report.project.waivers.front().by = words;
    report.project.waivers.front().reason = words;
    report.project.inventory.hosts.front().notes = words;
    report.project.inventory.hosts.front().user = words;
    Facts& facts = report.facts.begin()->second;
    facts.osName = facts.kernel = facts.hostname = facts.selinux = facts.timeZone = words;
    facts.machineId = words;
    facts.existing = {{words, words, true, words}};
    facts.raw = words;
    facts.dataDirectory->type = words;
    for (CheckResult& result : report.checks) {
        result.measured = result.required = result.source = words;
        result.args = {{"detail", words}};
    }
    report.findings = {{"role.too_few",
                        Severity::Warning,
                        {},
                        {},
                        {{"role", words}, {"placed", words}, {"limit", words}}}};
    for (ReportRun& run : report.runs) {
        run.words[StepId("s1/app.verify")] = words;
        run.state.steps[StepId("s1/app.verify")].error =
            Error{ErrorCode::StepFailed, words, words, {{"status", words}}};
        for (Event& event : run.events) {
            event.args["owner"] = words;
            event.args["decision"] = words;
            if (event.kind == EventKind::StepDecided)
                event.error = Error{ErrorCode::StepFailed, words, words, {}};
        }
    }
    BundleManifest& manifest = report.bundle->manifest;
    manifest.product = manifest.components.front().licence = manifest.files.front().path = words;
    report.bundle->signedBy = words;
    report.bundleError = Error{ErrorCode::BundleInvalid, words, words, {}};
    return report;
}

}  // namespace

class TestReport : public QObject {
    Q_OBJECT
private slots:
    void languages_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }

    void bothLanguagesAreComplete() {
        const MessageTable en = tableOf("en");
        const MessageTable zh = tableOf("zh_CN");
        for (const std::string& key : en.keys())
            if (key.starts_with("report"))
                QVERIFY2(zh.has(key), key.c_str());
        for (const std::string& key : zh.keys())
            if (key.starts_with("report"))
                QVERIFY2(en.has(key), key.c_str());
    }

    void saysNoKeyInPlaceOfAText_data() { languages_data(); }
    void saysNoKeyInPlaceOfAText() {
        QFETCH(QString, language);
        Report report = sampleReport();
        QVector<Report> reports = {report, reportWith("harmless")};
        report.runs.clear();
        report.bundle.reset();
        report.facts.clear();
        report.checks.clear();
        report.project.waivers.clear();
        report.project.topology = {};
        reports.push_back(report);
        static const QRegularExpression kKey(
            "report\\.[a-z_]+[a-z_.]*|\\{[a-z_|.]+\\}|\\[\\[|\\]\\]");
        for (const Report& one : reports) {
            const QString text = textOf(reportToHtml(one, tableOf(language), ""));
            const auto match = kKey.match(text);
            QVERIFY2(!match.hasMatch(), qPrintable(match.captured()));
        }
    }

    void isOneWellFormedFile_data() { languages_data(); }
    void isOneWellFormedFile() {
        QFETCH(QString, language);
        const std::string html = htmlOf(sampleReport(), language);
        QVERIFY(wellFormed(html));
        for (const char* outside : {"<link", "<script", "src=", "@import", "url("})
            QVERIFY2(html.find(outside) == std::string::npos, outside);
        QVERIFY(html.find("<svg") != std::string::npos);
        QVERIFY(html.find("<?xml") == std::string::npos);
    }

    void tellsEverything_data() { languages_data(); }
    void tellsEverything() {
        QFETCH(QString, language);
        const Report report = sampleReport();
        const QString text = textOf(htmlOf(report, language));
        const Plan& plan = report.runs.front().plan;
        QStringList wanted = {QString::fromStdString(plan.digest()),
                              QString::fromStdString(report.bundle->digest),
                              "http://10.77.0.11:8000",
                              "/opt/finclip/secrets/db_password",
                              "/home/eng/projects/bank/vault",
                              "sudo systemctl stop finclip.service",
                              "finclip-deployctl remove",
                              "Ubuntu 22.04.3 LTS",
                              "张三",
                              "order 4711",
                              "business-1: runs, healthy",
                              "2026-02-01T18:15:07.123+08:00",
                              "BSD-3-Clause"};
        for (const BundleFile& file : report.bundle->manifest.files)
            wanted << QString::fromStdString(file.sha256);
        const MessageTable table = tableOf(language);
        for (const Step& step : plan.steps)
            wanted << QString::fromStdString(table.text("step." + step.title, step.args));
        for (const char* key : {"report.access.licence_missing", "report.hand_over.verified.word",
                                "report.incident.interrupted"})
            wanted << QString::fromStdString(table.text(key));
        for (const QString& words : wanted)
            QVERIFY2(text.contains(words), qPrintable(words));
    }

    void marksPractice_data() { languages_data(); }
    void marksPractice() {
        QFETCH(QString, language);
        const QString word = language == "en" ? "Practice" : "演练";
        Report report = sampleReport();
        const std::string real = htmlOf(report, language);
        QVERIFY(real.find("class=\"strip\"") == std::string::npos);
        report.project.kind = ProjectKind::Practice;
        const QString html = QString::fromStdString(htmlOf(report, language));
        QVERIFY(html.contains("<title>" + word));
        QVERIFY(html.contains("<div class=\"strip\">" + word));
        QVERIFY(!html.contains("/home/eng/projects/bank/vault"));
        const std::string checked = tableOf(language).text("report.bundle.size_text",
                                                           {{"files", "17"}, {"bytes", "984 MiB"}});
        QVERIFY(textOf(real).contains(QString::fromStdString(checked)));
        report.project.bundlePath.clear();
        QVERIFY(!textOf(htmlOf(report, language)).contains(QString::fromStdString(checked)));
        const json document = json::parse(reportToJson(report, tableOf(language)));
        QCOMPARE(document.at("practice").get<bool>(), true);
    }

    void hostileTextNeverActs_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("never");
        QTest::newRow("script") << QByteArray("<script>alert(1)</script>") << QByteArray("<script");
        QTest::newRow("closing") << QByteArray("</pre></td></p><img/>") << QByteArray("<img");
        QTest::newRow("comment") << QByteArray("<!-- ]]> <![CDATA[ <?php &#60;b> \" onload='x'")
                                 << QByteArray("<!--");
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("\0", 1);
        QTest::newRow("bidi") << QByteArray(
                                     "abc\xE2\x80\xAE"
                                     "exe.txt")
                              << QByteArray("\xE2\x80\xAE");
        QTest::newRow("escape") << QByteArray("\x1b[31m red \x07") << QByteArray("\x1b");
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe \xc0\xaf") << QByteArray("\xff");
        QTest::newRow("no character") << QByteArray("\xEF\xBF\xBF") << QByteArray("\xEF\xBF\xBF");
        QTest::newRow("placeholders")
            << QByteArray("{server} [[x]] {month|report_month}") << QByteArray("January");
    }
    void hostileTextNeverActs() {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, never);
        const Report report = reportWith(words.toStdString());
        const QByteArray html = QByteArray::fromStdString(htmlOf(report));
        QVERIFY(wellFormed(html.toStdString()));
        QVERIFY2(!html.contains(never), html.mid(html.indexOf(never) - 80, 160).constData());
        const std::string text = reportToJson(report, tableOf("en"));
        QVERIFY(json::accept(text));
        // JSON strings hold markup as it is; control bytes and the like they hold escaped.
        if (!never.startsWith('<'))
            QVERIFY(!QByteArray::fromStdString(text).contains(never));
    }

    void everyByteValueIsHarmless() {
        std::string bytes;
        for (int value = 0; value < 256; ++value)
            bytes += static_cast<char>(value);
        const Report report = reportWith(bytes);
        QVERIFY(wellFormed(htmlOf(report)));
        QVERIFY(json::accept(reportToJson(report, tableOf("en"))));
    }

    void leavesOutWhatMayHoldASecret() {
        const std::string canary = "canary-5f1d";
        Report report = sampleReport();
        Facts& facts = report.facts.begin()->second;
        facts.dockerDaemonJson = "{\"proxies\": \"http://user:" + canary + "@proxy\"}";
        facts.raw = "env " + canary;
        facts.existing.front().detail = canary;
        for (Step& step : report.runs.front().plan.steps)
            if (auto* run = std::get_if<RunScript>(&step.action);
                run != nullptr && run->call.script == "docker/engine")
                run->call.values["DAEMON_JSON"] = canary;
        for (const char* language : {"en", "zh_CN"}) {
            QVERIFY(htmlOf(report, language).find(canary) == std::string::npos);
            QVERIFY(reportToJson(report, tableOf(language)).find(canary) == std::string::npos);
        }
    }

    void jsonKeysAreStable_data() { languages_data(); }
    void jsonKeysAreStable() {
        QFETCH(QString, language);
        const json document = json::parse(reportToJson(sampleReport(), tableOf(language)));
        const auto golden = readFile(TEST_DATA "/report/keys.json", 1U << 20U);
        QVERIFY(golden.has_value());
        const json wanted = json::parse(*golden);
        for (const auto& [pointer, keys] : wanted.items()) {
            const json& part = document.at(json::json_pointer(pointer));
            QVERIFY2(keysOf(part) == keys.get<std::set<std::string>>(), part.dump(1).c_str());
        }
        const auto value = [&](const char* pointer) {
            return document.at(json::json_pointer(pointer)).dump();
        };
        QCOMPARE(value("/format"), std::string("1"));
        QCOMPARE(value("/state"), std::string("\"verified\""));
        QCOMPARE(value("/language"), "\"" + language.toStdString() + "\"");
        QCOMPARE(value("/runs/0/steps/0/duration_ms"), std::string("1000"));
        QCOMPARE(value("/runs/0/begun_at"), std::string("\"2026-01-31T17:00:00.000+08:00\""));
        QCOMPARE(value("/checks/6/status"), std::string("\"waived\""));
        QCOMPARE(value("/access/licence"), std::string("\"missing\""));
    }

    void writesBothFilesForTheirOwnerOnly() {
        const QTemporaryDir folder;
        const Report report = sampleReport();
        const ReportFiles files =
            reportFilesIn(folder.path().toStdString() + "/reports", report, "en");
        QCOMPARE(files.html.filename().string(), std::string("2026-02-01-181507-en.html"));
        QVERIFY(writeReport(report, tableOf("en"), files).has_value());
        QCOMPARE(*readFile(files.html, 1U << 24U), htmlOf(report));
        QCOMPARE(*readFile(files.json, 1U << 24U), reportToJson(report, tableOf("en")));
        for (const auto& file : {files.html, files.json})
            QVERIFY((std::filesystem::status(file).permissions() & std::filesystem::perms(0077)) ==
                    std::filesystem::perms::none);
        const auto refused =
            writeReport(report, tableOf("en"), {"/proc/no/r.html", "/proc/no/r.json"});
        QVERIFY(!refused && refused.error().code == ErrorCode::FileUnwritable);
    }

    void wordsOfTimesAndSizes() {
        const Report report = sampleReport();
        const MessageTable en = tableOf("en");
        const ReportWords words(report, en);
        using std::chrono::milliseconds;
        QCOMPARE(words.duration(milliseconds(0)), std::string("0.0 s"));
        QCOMPARE(words.duration(milliseconds(59949)), std::string("59.9 s"));
        QCOMPARE(words.duration(milliseconds(59950)), std::string("1 min 0 s"));
        QCOMPARE(words.duration(milliseconds(3599499)), std::string("59 min 59 s"));
        QCOMPARE(words.duration(milliseconds(3599500)), std::string("1 h 0 min"));
        QCOMPARE(words.longTime(report.madeAt), std::string("1 February 2026, 18:15 (UTC+08:00)"));
        QCOMPARE(words.grouped(999), std::string("999"));
        QCOMPARE(words.grouped(30000), std::string("30,000"));
        QCOMPARE(words.grouped(1234567), std::string("1,234,567"));
        QCOMPARE(toIso8601(WallTime(milliseconds(-1)), std::chrono::minutes(-210)),
                 std::string("1969-12-31T20:29:59.999-03:30"));
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"

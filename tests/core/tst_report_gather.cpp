#include <QTemporaryDir>
#include <QTest>

#include "base/file.h"
#include "inventory/vault.h"
#include "report/outcome.h"
#include "report/report.h"
#include "run/journal.h"
#include "support/report_sample.h"

using namespace deploy;
namespace fs = std::filesystem;

namespace {

constexpr const char* kCanary = "canary-9c41e7";
const StepId kVerify("s1/app.verify");

template <class T>
T must(Result<T> result) {
    if (!result)
        qFatal("%s %s", std::string(codeName(result.error().code)).c_str(),
               result.error().where.c_str());
    return std::move(*result);
}

void writeRun(ProjectFolder& project, const ReportRun& run) {
    const RunRecord record = must(project.newRun(run.plan, systemClock()));
    Journal journal = must(Journal::open(record.folder / "journal"));
    for (const Event& event : run.events)
        if (!journal.append(event))
            qFatal("cannot write the journal");
}

Result<Bundle> noBundle() {
    return fail(ErrorCode::BundleInvalid, "/media/usb/finclip-practice-1.0.0");
}

}  // namespace

class TestReportGather : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { product_ = std::make_unique<Product>(must(Product::load())); }

    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        sample_ = sampleReport();
        path_ = folder_->path().toStdString() + "/bank";
        project_ =
            std::make_unique<ProjectFolder>(must(ProjectFolder::create(path_, sample_.project)));
        if (!project_->saveFacts(sample_.facts.begin()->second))
            qFatal("cannot save facts");
    }
    void cleanup() { project_.reset(); }

    void collectsWhatTheFolderHolds() {
        for (const ReportRun& run : sample_.runs)
            writeRun(*project_, run);
        const Bundle bundle{"/b", sample_.bundle->manifest, sample_.bundle->digest, "KEY"};
        const Report report = must(gatherReport(*product_, *project_, bundle, systemClock()));
        QVERIFY(report.project == sample_.project);
        QVERIFY(report.facts == sample_.facts);
        QVERIFY(report.mode.tpsRecommended == 8000);
        QVERIFY(!report.checks.empty());
        QVERIFY(!report.drawing.frames.empty());
        QCOMPARE(report.runs.size(), size_t(2));
        for (size_t i = 0; i < 2; ++i) {
            QVERIFY(report.runs[i].events == sample_.runs[i].events);
            QVERIFY(report.runs[i].state == sample_.runs[i].state);
        }
        QVERIFY(report.bundle->signedBy == "KEY");
        QVERIFY(!report.bundleError);
        QCOMPARE(report.projectFolder, fs::absolute(path_).string());
        QVERIFY(handOverOf(report) == HandOver::Verified);
    }

    void aBundleThatIsGoneIsSaid() {
        const Report report = must(gatherReport(*product_, *project_, noBundle(), systemClock()));
        QVERIFY(!report.bundle);
        QCOMPARE(report.bundleError->code, ErrorCode::BundleInvalid);
        ProjectContent content = project_->content();
        content.bundlePath.clear();
        QVERIFY(project_->save(content).has_value());
        QVERIFY(!must(gatherReport(*product_, *project_, noBundle(), systemClock())).bundleError);
    }

    void quotesTheLastAnswerOnly_data() {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("none") << QByteArray() << QByteArray();
        QTest::newRow("one") << QByteArray("entry: ready\ncache: runs\n")
                             << QByteArray("entry: ready\ncache: runs");
        QTest::newRow("last") << QByteArray("entry: not ready\n\nentry: ready\ncache: runs\n")
                              << QByteArray("entry: ready\ncache: runs");
        QTest::newRow("long") << "first " + QByteArray(5000, 'x') + "\nlast\n"
                              << QByteArray("last");
        QTest::newRow("one long line") << QByteArray(5000, 'x') << QByteArray(4096, 'x');
    }
    void quotesTheLastAnswerOnly() {
        QFETCH(QByteArray, log);
        QFETCH(QByteArray, words);
        writeRun(*project_, sample_.runs.back());
        const fs::path logs = must(project_->runs()).front().folder / "logs" / "s1";
        QVERIFY(makePrivateFolder(logs).has_value());
        QVERIFY(writeFileAtomically(logs / "app.verify.log", log.toStdString()).has_value());
        const Report report = must(gatherReport(*product_, *project_, noBundle(), systemClock()));
        QCOMPARE(report.runs.front().words.at(kVerify), words.toStdString());
    }

    void aRunWithoutAnEventIsLeftOut() {
        must(project_->newRun(sample_.runs.front().plan, systemClock()));
        const Report report = must(gatherReport(*product_, *project_, noBundle(), systemClock()));
        QVERIFY(report.runs.empty());
        QVERIFY(handOverOf(report) == HandOver::NothingDone);
    }

    void aDamagedJournalIsAnError() {
        writeRun(*project_, sample_.runs.front());
        const fs::path file = must(project_->runs()).front().folder / "journal";
        std::string journal = *readFile(file, 1U << 20U);
        journal[journal.size() / 2] ^= 1;
        QVERIFY(writeFileAtomically(file, journal).has_value());
        const auto report = gatherReport(*product_, *project_, noBundle(), systemClock());
        QVERIFY(!report && report.error().code == ErrorCode::JournalCorrupt);
    }

    void noSecretOfTheProjectIsInIt() {
        Vault vault =
            must(Vault::open(project_->vaultFile(), project_->content().id, Secret("passphrase")));
        for (const std::string& name : secretNames(sample_.runs.front().plan))
            vault.set(name, Secret(kCanary));
        QVERIFY(vault.save().has_value());
        Facts facts = sample_.facts.begin()->second;
        facts.dockerDaemonJson = facts.raw = kCanary;
        QVERIFY(project_->saveFacts(facts).has_value());
        for (const ReportRun& run : sample_.runs)
            writeRun(*project_, run);
        const Report report = must(gatherReport(*product_, *project_, noBundle(), systemClock()));
        for (const char* language : {"en", "zh_CN"}) {
            const MessageTable table = must(MessageTable::load(language));
            const ReportFiles files = reportFilesIn(project_->reportFolder(), report, language);
            QVERIFY(writeReport(report, table, files).has_value());
            for (const fs::path& file : {files.html, files.json}) {
                const std::string text = must(readFile(file, 1U << 24U));
                QVERIFY(text.find("db_root_password") != std::string::npos);
                QVERIFY(text.find(kCanary) == std::string::npos);
            }
        }
    }

private:
    std::unique_ptr<Product> product_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<ProjectFolder> project_;
    std::string path_;
    Report sample_;
};

QTEST_GUILESS_MAIN(TestReportGather)
#include "tst_report_gather.moc"

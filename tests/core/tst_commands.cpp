#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "project/work.h"

using namespace deploy;

namespace {

struct Answered {
    int status = -1;
    QString out;
    QJsonObject result() const {
        return QJsonDocument::fromJson(out.toUtf8()).object().value("result").toObject();
    }
};

/// The command line on a practice project, as a person or a script uses it.
Answered ctl(const QStringList& arguments) {
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QFileInfo(BINARY_ROOT "/app/finclip-deployctl").absoluteFilePath(),
                  QStringList{"--lang", "en", "--speed", "0"} + arguments);
    program.closeWriteChannel();
    constexpr int kMostMs = 120000;
    if (!program.waitForFinished(kMostMs))
        return {};
    return {program.exitCode(), QString::fromUtf8(program.readAllStandardOutput())};
}

}  // namespace

class CommandsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString project_;

private slots:
    void init() {
        project_ = folder_.filePath(QTest::currentTestFunction());
        QVERIFY(ProjectFolder::create(project_.toStdString(), *practiceContent("small-settings"))
                    .has_value());
        QCOMPARE(ctl({"assign", project_, "--suggest"}).status, 0);
    }

    /// What the network team gets needs neither bundle nor probe.
    void firewallSheet() {
        const Answered words = ctl({"plan", project_, "--firewall"});
        QCOMPARE(words.status, 0);
        const QStringList lines = words.out.split('\n', Qt::SkipEmptyParts);
        QVERIFY2(lines.size() > 10, qPrintable(words.out));
        for (const QString& line : lines)
            QCOMPARE(line.count(" | "), 4);
        QVERIFY2(words.out.contains("3306") && words.out.contains("VRRP", Qt::CaseInsensitive),
                 qPrintable(words.out));

        const Answered json = ctl({"--json", "plan", project_, "--firewall"});
        const QJsonArray rules = json.result().value("firewall").toArray();
        // One line is the titles.
        QCOMPARE(rules.size(), lines.size() - 1);
        bool galera = false;
        for (const QJsonValue& rule : rules)
            galera = galera || (rule["protocol"] == "udp" && rule["first"] == 4567 &&
                                rule["to"].toArray() == QJsonArray({"s2", "s3", "s4"}));
        QVERIFY2(galera, qPrintable(json.out));

        const QString sheet = folder_.filePath("sheet.csv");
        QCOMPARE(ctl({"plan", project_, "--firewall", "-o", sheet}).status, 0);
        QFile file(sheet);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray csv = file.readAll();
        QVERIFY(csv.startsWith("\xEF\xBB\xBF"));
        QCOMPARE(csv.count("\r\n"), lines.size());

        // It is shown instead of the steps, not beside them.
        QVERIFY(ctl({"plan", project_, "--firewall", "--scripts"}).status != 0);
    }

    void repairs() {
        QCOMPARE(ctl({"trust", project_, "--accept-new"}).status, 0);
        QCOMPARE(ctl({"probe", project_}).status, 0);
        // Without a person's word nothing is done, and all that would be is shown.
        const Answered asked = ctl({"repair", project_});
        QVERIFY(asked.status != 0);
        QVERIFY2(asked.out.contains("swapoff -a") && asked.out.contains("s3"),
                 qPrintable(asked.out));
        QVERIFY(ctl({"repair", project_, "--undo"}).out.contains("No repair"));

        QCOMPARE(ctl({"repair", project_, "--yes"}).status, 0);
        QCOMPARE(ctl({"probe", project_}).status, 0);
        QVERIFY(ctl({"repair", project_}).out.contains("nothing to put right"));
        QCOMPARE(ctl({"repair", project_, "--undo", "--yes"}).status, 0);
        QCOMPARE(ctl({"probe", project_}).status, 0);
        QVERIFY(ctl({"repair", project_}).out.contains("swapoff -a"));
    }
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "tst_commands.moc"

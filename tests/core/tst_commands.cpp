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

    /// One server is lost for ever: another list takes it out with all that is said of it.
    void anotherListKeepsWhatIsSaidOfThoseThatStay() {
        const QString list = folder_.filePath("list.csv");
        QCOMPARE(ctl({"inventory", "export", project_, "-o", list}).status, 0);
        QFile file(list);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        file.close();
        QVERIFY(before.contains("s3,"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(before).replace("s3,", "s5,"));
        file.close();
        {
            auto project =
                ProjectFolder::open(project_.toStdString(), ProjectFolder::OpenMode::Write);
            ProjectContent content = project->content();
            content.waivers = {{CheckId("resources.cores"), HostId("s3"), "A", "b", {}},
                               {CheckId("resources.cores"), HostId("s4"), "A", "b", {}}};
            QVERIFY(project->save(content).has_value());
        }
        const auto placed = [&] {
            return ctl({"--json", "assign", project_}).result().value("roles").toObject();
        };
        QVERIFY(placed().value("database").toArray() == QJsonArray({"s2", "s3", "s4"}));

        const Answered told = ctl({"--json", "inventory", "replace", project_, list});
        QCOMPARE(told.status, 0);
        QVERIFY(told.result().value("new").toArray() == QJsonArray({"s5"}));
        QVERIFY(told.result().value("gone").toArray() == QJsonArray({"s3"}));
        QVERIFY(placed().value("database").toArray() == QJsonArray({"s2", "s4"}));
        const auto project =
            ProjectFolder::open(project_.toStdString(), ProjectFolder::OpenMode::ReadOnly);
        QCOMPARE(project->content().waivers.size(), size_t(1));
        QVERIFY(project->content().waivers[0].host == HostId("s4"));
        QVERIFY(project->content().topology.rolesOf(HostId("s3")).empty());

        // What cannot be used changes nothing.
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("name,address\ns1,10.20.1.11\ns1,10.20.1.12\n");
        file.close();
        QCOMPARE(ctl({"inventory", "replace", project_, list}).status, 2);
        QVERIFY(placed().value("database").toArray() == QJsonArray({"s2", "s4"}));
    }
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "tst_commands.moc"

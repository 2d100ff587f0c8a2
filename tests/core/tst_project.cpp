#include <QTemporaryDir>
#include <QTest>

#include "base/file.h"
#include "project/project.h"
#include "project/project_files.h"
#include "project/work.h"

using namespace deploy;

namespace {

ProjectContent richContent() {
    ProjectContent content;
    content.id = "0123456789abcdef";
    content.name = "某某银行 \"production\"\n: #";
    content.kind = ProjectKind::Practice;
    content.scenario = "single-ok";
    content.mode = ModeId("small");
    content.bundlePath = "/media/usb stick/finclip-2.4.1";
    content.bundleDigest = std::string(64, 'a');
    content.bundleKey = "RWQ+/=";
    content.settings.entryAddress = "mini.example.com";
    content.settings.entryPort = 8443;
    content.settings.existingDocker = ExistingDocker::Reuse;
    Host host;
    host.name = HostId("s1");
    host.address = "10.77.0.11";
    host.user = "eng";
    host.sudo = SudoMode::Password;
    content.inventory.hosts.push_back(host);
    content.topology = Topology()
                           .assign(RoleId("cache"), HostId("s2"))
                           .assign(RoleId("cache"), HostId("s1"))
                           .assign(RoleId("database"), HostId("s1"));
    content.waivers.push_back({CheckId("resources.disk"), HostId("s1"), "李雷", "a test: \"yes\"",
                               WallTime(std::chrono::milliseconds(1767225600123))});
    return content;
}

Step step(const char* id, StepAction action) {
    Step made;
    made.id = StepId(id);
    made.host = HostId("s1");
    made.title = "host.prepare";
    made.action = std::move(action);
    return made;
}

RunRecord record(const char* purpose, std::map<StepId, StepState> steps,
                 RunOutcome outcome = RunOutcome::Succeeded) {
    RunRecord made;
    made.state.purpose = purpose;
    made.state.outcome = outcome;
    made.state.steps = std::move(steps);
    return made;
}

StepState state(StepStatus status, const char* digest) {
    StepState made;
    made.status = status;
    made.digest = digest;
    return made;
}

}  // namespace

/// The project folder keeps what it is given, through every cut, and lets only one program write.
class TestProject : public QObject {
    Q_OBJECT
private slots:
    void writtenFormsReadBack() {
        const ProjectContent content = richContent();
        auto main = readProjectYaml(writeProjectYaml(content), "project.yaml");
        QVERIFY2(main.has_value(), main ? "" : main.error().where.c_str());
        main->inventory = content.inventory;
        const auto drawing =
            readTopologyYaml(writeTopologyYaml({content.topology, content.order}), "t");
        QVERIFY(drawing.has_value());
        main->topology = drawing->topology;
        main->order = drawing->order;
        main->waivers = *readWaiversYaml(writeWaiversYaml(content.waivers), "w");
        QVERIFY(*main == content);
        QVERIFY(*readTopologyYaml(writeTopologyYaml({}), "t") == DrawingFile());
        QVERIFY(readWaiversYaml(writeWaiversYaml({}), "w")->empty());
    }

    void mistakesHaveAPlace_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("where");
        QTest::newRow("newer") << QByteArray("format: 1") << QByteArray("format: 2")
                               << int(ErrorCode::FormatTooNew) << QByteArray("p:1:");
        QTest::newRow("unknown key") << QByteArray("scenario:") << QByteArray("senario:")
                                     << int(ErrorCode::YamlUnknownKey) << QByteArray("p:5:");
        QTest::newRow("wrong port")
            << QByteArray("entry_port: 8443") << QByteArray("entry_port: 99999")
            << int(ErrorCode::ValueInvalid) << QByteArray("p:13:");
        QTest::newRow("wrong word") << QByteArray("\"practice\"") << QByteArray("\"play\"")
                                    << int(ErrorCode::ValueInvalid) << QByteArray("p:4:");
    }

    void mistakesHaveAPlace() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(int, code);
        QFETCH(QByteArray, where);
        QByteArray text = QByteArray::fromStdString(writeProjectYaml(richContent()));
        QVERIFY(text.contains(from));
        text.replace(from, to);
        const auto read = readProjectYaml(text.toStdString(), "p");
        QVERIFY(!read.has_value());
        QCOMPARE(int(read.error().code), code);
        QVERIFY2(read.error().where.starts_with(where.toStdString()), read.error().where.c_str());
    }

    void folderKeepsAndLocks() {
        QTemporaryDir place;
        const std::filesystem::path folder = place.filePath("project").toStdString();
        {
            auto made = ProjectFolder::create(folder, richContent());
            QVERIFY(made.has_value());
            QCOMPARE(ProjectFolder::open(folder, ProjectFolder::OpenMode::Write).error().code,
                     ErrorCode::ProjectLocked);
            auto reader = ProjectFolder::open(folder, ProjectFolder::OpenMode::ReadOnly);
            QVERIFY(reader.has_value());
            QVERIFY(reader->content() == richContent());
            QCOMPARE(reader->save(ProjectContent{}).error().code, ErrorCode::ProjectLocked);
            ProjectContent changed = richContent();
            changed.topology = changed.topology.unassign(RoleId("cache"), HostId("s2"));
            QVERIFY(made->save(changed).has_value());
        }
        auto again = ProjectFolder::open(folder, ProjectFolder::OpenMode::Write);
        QVERIFY(again.has_value());
        QVERIFY(!again->content().topology.has(RoleId("cache"), HostId("s2")));
        QCOMPARE(ProjectFolder::create(folder, richContent()).error().code,
                 ErrorCode::ProjectExists);
        const auto mode = std::filesystem::status(folder).permissions();
        QVERIFY((mode & std::filesystem::perms::others_all) == std::filesystem::perms::none);
        QVERIFY((mode & std::filesystem::perms::group_all) == std::filesystem::perms::none);
    }

    void noProjectIsSaid() {
        QTemporaryDir place;
        const auto open = [&](const char* name) {
            return ProjectFolder::open(place.filePath(name).toStdString(),
                                       ProjectFolder::OpenMode::Write);
        };
        QCOMPARE(open("absent").error().code, ErrorCode::ProjectNotFound);
        QVERIFY(QDir(place.path()).mkdir("empty"));
        QCOMPARE(open("empty").error().code, ErrorCode::ProjectNotFound);
        QVERIFY(!std::filesystem::exists(place.filePath("empty/.lock").toStdString()));
    }

    void doneStepsFollowTheRuns() {
        const StepId a("s1/a");
        const StepId b("s1/b");
        std::vector<RunRecord> runs;
        runs.push_back(record("apply", {{a, state(StepStatus::Succeeded, "1")},
                                        {b, state(StepStatus::Succeeded, "1")}}));
        QCOMPARE(doneSteps(runs).size(), size_t(2));
        // A later attempt without a good end: what is on the server is not known any more.
        runs.push_back(record("apply", {{b, state(StepStatus::Unknown, "2")}}, RunOutcome::Failed));
        QVERIFY(!doneSteps(runs).contains(b));
        QCOMPARE(doneSteps(runs).at(a), std::string("1"));
        runs.push_back(record("apply", {{a, state(StepStatus::Skipped, "1")},
                                        {b, state(StepStatus::Succeeded, "2")}}));
        QCOMPARE(doneSteps(runs).at(b), std::string("2"));
        runs.push_back(record("verify", {{b, state(StepStatus::Failed, "9")}}, RunOutcome::Failed));
        QCOMPARE(doneSteps(runs).at(b), std::string("2"));
        QVERIFY(installedPlan(runs).has_value());
        runs.push_back(record(
            "remove", {{b, state(StepStatus::Succeeded, "r")}, {a, state(StepStatus::Failed, "r")}},
            RunOutcome::Failed));
        QVERIFY(doneSteps(runs).empty());
        QVERIFY(installedPlan(runs).has_value());
        runs.push_back(record("remove", {{a, state(StepStatus::Succeeded, "r")}}));
        QVERIFY(!installedPlan(runs).has_value());
    }

    void purposeComesFromThePlan() {
        Plan plan;
        QCOMPARE(purposeOf(plan), std::string("apply"));
        plan.steps = {step("s1/verify", WaitReady{})};
        QCOMPARE(purposeOf(plan), std::string("verify"));
        plan.steps.push_back(step("s1/a", RunScript{}));
        QCOMPARE(purposeOf(plan), std::string("apply"));
        const auto verification = verificationPlan(plan);
        QVERIFY(verification.has_value());
        QCOMPARE(verification->steps.size(), size_t(1));
        plan.steps.push_back(step("s1/b", RunScript{{}, RunScript::Action::Remove}));
        QCOMPARE(purposeOf(plan), std::string("apply"));
        plan.steps = {plan.steps.back()};
        QCOMPARE(purposeOf(plan), std::string("remove"));
        plan.steps = {step("s1/a", RunScript{})};
        QCOMPARE(verificationPlan(plan).error().code, ErrorCode::NothingInstalled);
    }
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"

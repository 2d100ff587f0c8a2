#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "draft.h"

using namespace wizard;
using deploy::HostId;
using deploy::RoleId;

namespace {

deploy::Host server(const char* name, const char* address) {
    deploy::Host host;
    host.name = HostId(name);
    host.address = address;
    return host;
}

}  // namespace

class DraftTest : public QObject {
    Q_OBJECT
    deploy::Product product_;
    QTemporaryDir* folder_ = nullptr;
    Draft* draft_ = nullptr;

    QString path() const { return folder_->filePath(QStringLiteral("p")); }
    void addServers() {
        draft_->change(QStringLiteral("add"), [](deploy::ProjectContent& content) {
            content.inventory.hosts = {server("s1", "10.0.0.1"), server("s2", "10.0.0.2")};
            content.inventory.hosts[1].jump = HostId("s1");
            content.topology = content.topology.assign(RoleId("database"), HostId("s1"));
            content.waivers.push_back(
                {deploy::CheckId("resources.memory"), HostId("s1"), "a", "b", {}});
        });
    }

private Q_SLOTS:
    void init() {
        folder_ = new QTemporaryDir;
        draft_ = new Draft(product_);
        deploy::ProjectContent content;
        content.name = "test";
        const auto made = draft_->create(path(), content);
        QVERIFY2(made.has_value(), made ? "" : made.error().detail.c_str());
    }
    void cleanup() {
        delete draft_;
        delete folder_;
    }

    void everyEditIsOnDisk() {
        addServers();
        draft_->close();
        const auto opened = deploy::ProjectFolder::open(path().toStdString(),
                                                        deploy::ProjectFolder::OpenMode::Write);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->content().inventory.hosts.size(), size_t(2));
        QCOMPARE(opened->content().inventory.hosts[1].jump, HostId("s1"));
        QVERIFY(opened->content().topology.has(RoleId("database"), HostId("s1")));
    }

    void undoAndRedoWithoutEnd() {
        std::vector<deploy::ProjectContent> states{draft_->content()};
        for (int i = 0; i < 40; ++i) {
            draft_->change(QStringLiteral("edit"), [i](deploy::ProjectContent& content) {
                content.inventory.hosts.push_back(
                    server(("s" + std::to_string(i)).c_str(), "10.0.0.1"));
            });
            states.push_back(draft_->content());
        }
        for (int i = 39; i >= 0; --i) {
            draft_->undoStack().undo();
            QVERIFY(draft_->content() == states[size_t(i)]);
        }
        QVERIFY(!draft_->undoStack().canUndo());
        for (int i = 1; i <= 40; ++i) {
            draft_->undoStack().redo();
            QVERIFY(draft_->content() == states[size_t(i)]);
        }
    }

    void undoReachesTheDiskToo() {
        addServers();
        draft_->undoStack().undo();
        draft_->close();
        QVERIFY(draft_->open(path()).has_value());
        QVERIFY(draft_->content().inventory.hosts.empty());
    }

    void tellsOnlyWhatChanged() {
        QSignalSpy inventory(draft_, &Draft::inventoryChanged);
        QSignalSpy topology(draft_, &Draft::topologyChanged);
        QSignalSpy settings(draft_, &Draft::settingsChanged);
        draft_->change(QStringLiteral("port"),
                       [](deploy::ProjectContent& content) { content.settings.entryPort = 9000; });
        QCOMPARE(inventory.count(), 0);
        QCOMPARE(topology.count(), 0);
        QCOMPARE(settings.count(), 1);
        draft_->change(QStringLiteral("nothing"), [](deploy::ProjectContent&) {});
        QCOMPARE(draft_->undoStack().count(), 1);
    }

    void typingInOneFieldIsOneStep() {
        for (const char* text : {"f", "fi", "fin"})
            draft_->change(
                QStringLiteral("type"),
                [text](deploy::ProjectContent& content) { content.settings.entryAddress = text; },
                QStringLiteral("entry"));
        QCOMPARE(draft_->undoStack().count(), 1);
        draft_->undoStack().undo();
        QCOMPARE(draft_->content().settings.entryAddress, std::string());
        draft_->undoStack().redo();
        QCOMPARE(draft_->content().settings.entryAddress, std::string("fin"));
    }

    void undoLeavesTheBundleAlone() {
        addServers();
        draft_->set([](deploy::ProjectContent& content) { content.bundleDigest = "abc"; });
        draft_->undoStack().undo();
        QCOMPARE(draft_->content().bundleDigest, std::string("abc"));
        QVERIFY(draft_->content().inventory.hosts.empty());
    }

    void renamingReachesAllThatNamesTheServer() {
        addServers();
        draft_->change(QStringLiteral("rename"), [](deploy::ProjectContent& content) {
            renameHost(content, HostId("s1"), HostId("db1"));
        });
        QVERIFY(draft_->content().topology.has(RoleId("database"), HostId("db1")));
        QCOMPARE(draft_->content().inventory.hosts[1].jump, HostId("db1"));
        QCOMPARE(draft_->content().waivers[0].host, HostId("db1"));
    }

    void removingTakesRolesAndWaiversAlong() {
        addServers();
        draft_->change(QStringLiteral("remove"),
                       [](deploy::ProjectContent& content) { removeHosts(content, {0}); });
        QCOMPARE(draft_->content().inventory.hosts.size(), size_t(1));
        QVERIFY(draft_->content().topology.hosts().empty());
        QVERIFY(draft_->content().waivers.empty());
    }

    void removingOneOfTwoOfTheSameNameKeepsTheRoles() {
        addServers();
        draft_->change(QStringLiteral("twin"), [](deploy::ProjectContent& content) {
            content.inventory.hosts[1].name = HostId("s1");
            removeHosts(content, {1});
        });
        QVERIFY(draft_->content().topology.has(RoleId("database"), HostId("s1")));
    }

    void aLaterStepIsStaleAfterAnEarlierEdit() {
        addServers();
        for (int i = 0; i < kStepCount; ++i)
            draft_->pass(WizardStep(i));
        for (int i = 0; i < kStepCount; ++i)
            QVERIFY(!draft_->stale(WizardStep(i)));
        draft_->change(QStringLiteral("address"), [](deploy::ProjectContent& content) {
            content.inventory.hosts[0].address = "10.0.0.99";
        });
        QVERIFY(draft_->stale(WizardStep::Probe));
        QVERIFY(!draft_->stale(WizardStep::Topology));
        QVERIFY(!draft_->stale(WizardStep::Settings));
        QVERIFY(draft_->stale(WizardStep::Review));
        QVERIFY(draft_->stale(WizardStep::HandOver));
        draft_->undoStack().undo();
        QVERIFY(!draft_->stale(WizardStep::Probe));
        draft_->change(QStringLiteral("notes"), [](deploy::ProjectContent& content) {
            content.inventory.hosts[0].notes = "left rack";
        });
        QVERIFY(!draft_->stale(WizardStep::Review));
    }

    void aServerChangedAfterItsProbeIsKnown() {
        addServers();
        draft_->markProbed(draft_->content().inventory.hosts[0]);
        QVERIFY(!draft_->changedSinceProbe(draft_->content().inventory.hosts[0]));
        draft_->change(QStringLiteral("port"), [](deploy::ProjectContent& content) {
            content.inventory.hosts[0].port = 2222;
        });
        QVERIFY(draft_->changedSinceProbe(draft_->content().inventory.hosts[0]));
        QVERIFY(!draft_->changedSinceProbe(draft_->content().inventory.hosts[1]));
    }

    void comesBackToTheSamePlace() {
        addServers();
        draft_->pass(WizardStep::Servers);
        draft_->setCurrent(WizardStep::Probe);
        const StepRecord before = draft_->steps();
        draft_->close();
        QCOMPARE(draft_->steps().current, WizardStep::Start);
        QVERIFY(draft_->open(path()).has_value());
        QVERIFY(draft_->steps() == before);
    }

    void aSecondWindowReadsOnly() {
        addServers();
        Draft second(product_);
        QVERIFY(second.open(path()).has_value());
        QVERIFY(second.readOnly());
        second.change(QStringLiteral("x"),
                      [](deploy::ProjectContent& content) { content.inventory.hosts.clear(); });
        QCOMPARE(second.content().inventory.hosts.size(), size_t(2));
    }

    void nothingIsEditedWhileARunUsesTheFolder() {
        addServers();
        QSignalSpy changed(draft_, &Draft::readOnlyChanged);
        draft_->lend();
        draft_->change(QStringLiteral("x"),
                       [](deploy::ProjectContent& content) { content.inventory.hosts.clear(); });
        QCOMPARE(draft_->content().inventory.hosts.size(), size_t(2));
        draft_->giveBack();
        QVERIFY(!draft_->readOnly());
        QCOMPARE(changed.count(), 2);
    }

    void secretsAreForgottenWithTheProject() {
        draft_->credentials().servers[HostId("s1")].password = deploy::Secret("canary");
        draft_->close();
        QVERIFY(draft_->credentials().servers.empty());
    }
};

QTEST_MAIN(DraftTest)
#include "tst_draft.moc"

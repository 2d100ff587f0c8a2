#include <QTableView>
#include <QTest>

#include "models/host_key_model.h"
#include "pages/install_page.h"
#include "wizard_fixture.h"

using namespace wizard;

/// What goes wrong in the scenarios is told on its page, and the wizard gets over it.
class PracticeFaultsTest : public WizardFixture {
    Q_OBJECT
    void open(const char* scenario) {
        createPractice(project(), scenario);
        window_->frame().go(WizardStep::Probe);
    }
    /// A project of its own in each test.
    QString project() const {
        return folder_.filePath(QString::fromLatin1(QTest::currentTestFunction()) +
                                QString::fromLatin1(QTest::currentDataTag()));
    }
    void probe() {
        const Driver person(*window_);
        QVERIFY(person.click("probeAll"));
        const auto probed = [&] {
            return person.sees("probeAll") && person.find<QAbstractButton>("probeAll")->isEnabled();
        };
        // Not before the last server has shown its key.
        QTRY_VERIFY_WITH_TIMEOUT(person.sees("hostKeys") && probed(), 60000);
        QVERIFY(person.click("tickAllKeys") && person.click("confirmKeys"));
        QTRY_VERIFY_WITH_TIMEOUT(!person.sees("hostKeys") && probed(), 60000);
    }
    /// On to the installation, begun.
    void begin() {
        const Driver person(*window_);
        for (const WizardStep step :
             {WizardStep::Probe, WizardStep::Topology, WizardStep::Settings, WizardStep::Review}) {
            QVERIFY2(person.current() == step && person.free(step),
                     qPrintable(person.reasonsOf(step)));
            QVERIFY(person.click("next"));
        }
        QCOMPARE(person.current(), WizardStep::Install);
    }
    InstallPage& install() {
        return *static_cast<InstallPage*>(window_->frame().page(WizardStep::Install));
    }

private Q_SLOTS:
    void initTestCase() { prepare("faults"); }
    void init() { makeWindow(); }
    void cleanup() { window_.reset(); }

    /// A cluster may be built role by role; what is left out is not said to be there.
    void whoeverLeavesOutARoleIsNotToldThatAllArePlaced() {
        open("small-ok");
        probe();
        const Driver person(*window_);
        QVERIFY(person.click("next"));
        const wizard::Page* page = person.page(WizardStep::Topology);
        QTRY_VERIFY(page->note().contains(QStringLiteral("Every role")));
        window_->draft().change(QStringLiteral("x"), [](deploy::ProjectContent& content) {
            for (const char* role : {"business", "gateway", "k8s_agent", "k8s_server"})
                for (const deploy::HostId& host : content.topology.hosts())
                    content.topology = content.topology.unassign(deploy::RoleId(role), host);
        });
        QTRY_VERIFY(window_->assessment().settled());
        QVERIFY2(person.free(WizardStep::Topology),
                 qPrintable(person.reasonsOf(WizardStep::Topology)));
        QCOMPARE(page->note(), QString());
    }

    void aServerThatIsTooSmallIsNamedAndMayBeAccepted() {
        open("single-too-small");
        probe();
        const Driver person(*window_);
        const QString reasons = person.reasonsOf(WizardStep::Probe);
        QVERIFY2(!reasons.isEmpty() && !reasons.contains(QStringLiteral("check.")),
                 qPrintable(reasons));
        const size_t before = person.page(WizardStep::Probe)->reasons().size();
        QTRY_VERIFY(person.sees("waive"));
        QVERIFY(person.click("waive"));
        // A name and a reason are asked for.
        QVERIFY(person.click("waiveConfirm"));
        QVERIFY(window_->draft().content().waivers.empty());
        person.type("waiverBy", QStringLiteral("Li Lei"));
        person.type("waiverReason", QStringLiteral("a test"));
        QVERIFY(person.click("waiveConfirm"));
        QCOMPARE(window_->draft().content().waivers.size(), size_t(1));
        QCOMPARE(window_->draft().content().waivers.front().by, std::string("Li Lei"));
        QCOMPARE(person.page(WizardStep::Probe)->reasons().size(), before - 1);
    }

    void aFailedRunIsToldAndGoesOn_data() {
        QTest::addColumn<QString>("scenario");
        QTest::newRow("disk full") << QStringLiteral("single-disk-full");
        QTest::newRow("connection lost") << QStringLiteral("single-connection-lost");
    }
    void aFailedRunIsToldAndGoesOn() {
        QFETCH(QString, scenario);
        open(scenario.toUtf8().constData());
        probe();
        begin();
        const Driver person(*window_);
        for (int attempt = 0; attempt < 6; ++attempt) {
            QTRY_VERIFY_WITH_TIMEOUT(!install().running(), 60000);
            if (person.free(WizardStep::Install))
                break;
            QVERIFY2(person.sees("resume"), qPrintable(person.reasonsOf(WizardStep::Install)));
            QVERIFY(person.click("resume"));
        }
        QVERIFY2(person.free(WizardStep::Install),
                 qPrintable(person.reasonsOf(WizardStep::Install)));
        QVERIFY(!window_->draft().readOnly());
    }

    void aChangedKeyIsConfirmedByItsFingerprint() {
        open("single-changed-host-key");
        probe();
        begin();
        const Driver person(*window_);
        QTRY_VERIFY_WITH_TIMEOUT(!install().running(), 60000);
        QVERIFY(!person.free(WizardStep::Install));
        window_->frame().go(WizardStep::Probe);
        QVERIFY(person.click("probeAll"));
        const auto* keys = person.find<QTableView>("hostKeys");
        QTRY_VERIFY_WITH_TIMEOUT(person.asksForHostKeys(), 60000);
        // No blanket word trusts it.
        QVERIFY(person.click("tickAllKeys"));
        QVERIFY(!person.click("confirmKeys"));
        person.type("comparePaste",
                    keys->model()->index(0, HostKeyModel::Fingerprint).data().toString());
        QVERIFY(person.click("confirmKeys"));
        QTRY_VERIFY2_WITH_TIMEOUT(person.free(WizardStep::Probe),
                                  qPrintable(person.reasonsOf(WizardStep::Probe)), 60000);
        window_->frame().go(WizardStep::Install);
        QVERIFY(person.click("resume"));
        QTRY_VERIFY2_WITH_TIMEOUT(person.free(WizardStep::Install),
                                  qPrintable(person.reasonsOf(WizardStep::Install)), 60000);
    }

    /// Whatever is picked in the grid: the server that failed is the one to try again alone.
    void theServerThatFailedIsTriedAgainAlone() {
        open("small-disk-full");
        probe();
        begin();
        const Driver person(*window_);
        QTRY_VERIFY_WITH_TIMEOUT(!install().running(), 60000);
        auto* grid = person.find<QTableView>("runGrid");
        for (int row = 0; row < grid->model()->rowCount(); ++row) {
            grid->setCurrentIndex(grid->model()->index(row, 0));
            QVERIFY(person.sees("retryServer"));
            QVERIFY2(
                person.find<QAbstractButton>("retryServer")->text().contains(QStringLiteral("s3")),
                qPrintable(person.find<QAbstractButton>("retryServer")->text()));
        }
    }

    void closingDuringARunAsksAndLosesNothing() {
        open("single-ok");
        probe();
        window_->clocks().setSpeed(20);
        begin();
        const Driver person(*window_);
        QTRY_VERIFY_WITH_TIMEOUT(install().running(), 5000);
        QVERIFY(!window_->close());
        QVERIFY(window_->isVisible());
        QVERIFY(person.sees("questionPanel"));
        QVERIFY(person.click("questionChoice0"));
        QVERIFY(install().running());
        QVERIFY(!window_->close());
        QVERIFY(person.click("questionChoice2"));
        QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), 30000);
        // Opened again it goes on from there.
        window_.reset();
        makeWindow();
        window_->clocks().setSpeed(0);
        QVERIFY(window_->open(project()).has_value());
        const Driver again(*window_);
        QCOMPARE(again.current(), WizardStep::Install);
        QVERIFY(again.click("resume"));
        QTRY_VERIFY2_WITH_TIMEOUT(again.free(WizardStep::Install),
                                  qPrintable(again.reasonsOf(WizardStep::Install)), 60000);
    }
};

QTEST_MAIN(PracticeFaultsTest)
#include "tst_practice_faults.moc"

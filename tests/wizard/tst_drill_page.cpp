#include <QComboBox>
#include <QLabel>
#include <QTableView>

#include "practice_job.h"
#include "project/drill.h"
#include "topology/suggest.h"
#include "wizard_fixture.h"

using namespace wizard;

/// A drill from the hand-over page, on simulated servers.
class DrillPageTest : public WizardFixture {
    Q_OBJECT
    size_t runs() const { return window_->assessment().runs().size(); }

private Q_SLOTS:
    void initTestCase() {
        prepare("drill");
        makeWindow();
        auto content = deploy::practiceContent("small-ok");
        QVERIFY(content.has_value());
        content->name = "Example Bank";
        content->topology =
            deploy::suggestTopology(product_->catalog, *product_->catalog.mode(content->mode),
                                    content->inventory)
                .value();
        window_->clocks().setSpeed(0);
        QVERIFY(window_->draft().create(folder_.filePath(QStringLiteral("p")), *content));
        PracticeJob job(*window_);
        QVERIFY2(job.walk([](const char*) {}), qPrintable(job.stuck));
    }
    void cleanupTestCase() { window_.reset(); }

    void nothingIsStoppedUnasked() {
        QVERIFY(sees("drill"));
        find<QComboBox>("drillServer")->setCurrentText(QStringLiteral("s3"));
        const size_t before = runs();
        click("drill");
        QTRY_VERIFY(sees("questionPanel"));
        // It says who is stopped, and what the failure simulation expects.
        QString said;
        for (const QLabel* label : find<QWidget>("questionPanel")->findChildren<QLabel*>())
            said += label->text() + u'\n';
        QVERIFY2(said.contains(QStringLiteral("All services on s3")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("database: away for 3 to 5 s")), qPrintable(said));
        click("questionChoice0");
        QCOMPARE(runs(), before);
        QVERIFY(!sees("drillResult"));
    }

    void aPersonMayPowerItOff() {
        click("drill");
        QTRY_VERIFY(sees("questionPanel"));
        const size_t before = runs();
        click("questionChoice2");
        QTRY_VERIFY_WITH_TIMEOUT(sees("drillResult"), 180000);
        QTRY_VERIFY(find<QAbstractButton>("drill")->isEnabled());
        QCOMPARE(runs(), before + 1);
        const auto run = deploy::lastDrill(window_->draft().folder());
        QVERIFY(run.has_value() && run->has_value());
        QVERIFY(deploy::drillResultOf(**run).kind == deploy::DrillKind::Power);
    }

    void theCachesMastersArePutBack() {
        const size_t before = runs();
        click("rebalanceCache");
        QTRY_VERIFY(sees("questionPanel"));
        click("questionChoice0");
        QCOMPARE(runs(), before);
        click("rebalanceCache");
        QTRY_VERIFY(sees("questionPanel"));
        click("questionChoice1");
        // It is done, and then it is asked whether all works.
        QTRY_COMPARE_WITH_TIMEOUT(runs(), before + 2, 180000);
        QTRY_VERIFY(find<QAbstractButton>("rebalanceCache")->isEnabled());
        QCOMPARE(window_->assessment().runs().at(before).state.purpose, std::string("rebalance"));
        QCOMPARE(window_->assessment().runs().at(before + 1).state.purpose, std::string("verify"));
    }

    void aDatabaseThatWritesIsNotRecovered() {
        QVERIFY(!sees("switchOver"));
        const size_t before = runs();
        click("recoverDatabase");
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>("databaseSaid")->text().contains(QStringLiteral("All members write")),
            180000);
        QVERIFY(!sees("questionPanel"));
        QCOMPARE(runs(), before);
    }

    void itsFiguresAreShown() {
        click("drill");
        QTRY_VERIFY(sees("questionPanel"));
        click("questionChoice1");
        QTRY_VERIFY_WITH_TIMEOUT(sees("drillResult"), 180000);
        const auto run = deploy::lastDrill(window_->draft().folder());
        QVERIFY(run.has_value() && run->has_value());
        const auto result = deploy::drillResultOf(**run);
        QVERIFY(result.server == deploy::HostId("s3"));
        QCOMPARE(result.lines.size(), size_t(3));
        QString said;
        for (const QLabel* label : find<QWidget>("drillResult")->findChildren<QLabel*>())
            said += label->text() + u'\n';
        QVERIFY2(said.contains(QStringLiteral("Drill of s3")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("as promised")), qPrintable(said));
        // The next verification takes their place.
        QTRY_VERIFY(find<QAbstractButton>("verifyAgain")->isEnabled());
    }

    /// What is on a server that leaves the list is never taken back.
    void anInstalledServerIsNotTakenOffUnasked() {
        window_->frame().show(WizardStep::Servers);
        auto* table = find<QTableView>("serverTable");
        const auto servers = [&] { return window_->draft().content().inventory.hosts.size(); };
        table->selectRow(2);
        click("removeServers");
        QTRY_VERIFY(sees("questionPanel"));
        QString said;
        for (const QLabel* label : find<QWidget>("questionPanel")->findChildren<QLabel*>())
            said += label->text() + u'\n';
        QVERIFY2(said.contains(QStringLiteral("Take s3 off the list?")), qPrintable(said));
        click("questionChoice0");
        QTRY_VERIFY(!sees("questionPanel"));
        QCOMPARE(servers(), size_t(4));
        click("removeServers");
        QTRY_VERIFY(sees("questionPanel"));
        click("questionChoice1");
        QTRY_COMPARE(servers(), size_t(3));
        QVERIFY(window_->draft().content().inventory.find(deploy::HostId("s3")) == nullptr);
        QVERIFY(window_->draft().content().topology.rolesOf(deploy::HostId("s3")).empty());
        // One that nothing is on goes at once, and was not taken for the lost one.
        click("addServer");
        QCOMPARE(servers(), size_t(4));
        QVERIFY(window_->draft().content().inventory.hosts[3].name == deploy::HostId("s5"));
        table->selectRow(3);
        click("removeServers");
        QCOMPARE(servers(), size_t(3));
        QVERIFY(!sees("questionPanel"));
    }
};

QTEST_MAIN(DrillPageTest)
#include "tst_drill_page.moc"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>

#include "diagram/topology_view.h"
#include "wizard_fixture.h"

using namespace wizard;

/// An exploration: modes, failures and advice on the drawing, without any server.
class ExploreTest : public WizardFixture {
    Q_OBJECT
    const deploy::ProjectContent& content() { return window_->draft().content(); }
    TopologyView* view() { return find<TopologyView>("drawing"); }
    /// Switches a server on or off by keyboard.
    void toggle(int row) {
        auto* servers = find<QListWidget>("whatIfServers");
        servers->setFocus();
        servers->setCurrentRow(row);
        QTest::keyClick(servers, Qt::Key_Space);
    }

private Q_SLOTS:
    void initTestCase() {
        prepare("explore");
        makeWindow();
    }
    void cleanupTestCase() { window_.reset(); }

    void beginsAtTheDrawing() {
        click("kindExplore");
        auto* mode = find<QComboBox>("exploreMode");
        QVERIFY(mode->isVisible() && !sees("scenario"));
        mode->setFocus();
        QTest::keyClick(mode, Qt::Key_Down);
        type("projectNameEdit", QStringLiteral("Modes"));
        type("projectFolderEdit", folder_.filePath(QStringLiteral("modes")));
        click("createProject");
        QCOMPARE(window_->frame().current(), WizardStep::Topology);
        QCOMPARE(content().mode, deploy::ModeId("small"));
        QCOMPARE(view()->drawing().layout.frames.size(), size_t(5));
    }

    void everyLossIsTried() {
        click("sideWhatIf");
        auto* table = find<QTableWidget>("whatIfTable");
        QTRY_COMPARE(table->rowCount(), 5);
        click("tryPairs");
        QCOMPARE(table->rowCount(), 10);
        click("trySingles");
        QCOMPARE(table->rowCount(), 5);
    }

    void aServerThatIsOffIsExplained() {
        toggle(2);
        QCOMPARE(find<QLabel>("whatIfTitle")->text(), QStringLiteral("Off: s3"));
        QVERIFY(find<QLabel>("whatIfPlatform")->text().contains(QStringLiteral("22,500")));
        toggle(1);
        QVERIFY(find<QLabel>("whatIfPlatform")->text().contains(QStringLiteral("is down")));
        // The power button on the drawing does the same.
        Q_EMIT view()->powerPressed(deploy::HostId("s2"));
        QCOMPARE(find<QLabel>("whatIfTitle")->text(), QStringLiteral("Off: s3"));
        click("allOn");
        QCOMPARE(find<QLabel>("whatIfTitle")->text(), QStringLiteral("All servers run"));
        // A press on a row of the table plays that case.
        auto* table = find<QTableWidget>("whatIfTable");
        table->setFocus();
        table->selectRow(0);
        QCOMPARE(find<QLabel>("whatIfTitle")->text(), QStringLiteral("Off: s1"));
        click("allOn");
        QVERIFY(content().topology.has(deploy::RoleId("database"), deploy::HostId("s3")));
    }

    void theDrawingTakesTheRoomOfTheFoldedPanel() {
        const int before = view()->width();
        auto* fold = find<QPushButton>("foldSide");
        const QString open = fold->accessibleName();
        QVERIFY(!open.isEmpty() && !sees("sideCount"));
        fold->setFocus();
        QTest::keyClick(fold, Qt::Key_Space);
        QTRY_VERIFY(view()->width() > before + 200);
        QVERIFY(fold->hasFocus() && fold->accessibleName() != open);
        QVERIFY(fold->toolTip().contains(QStringLiteral("warnings:")));
        QVERIFY(!sees("whatIf") && !sees("sideRules") && !sees("sideWhatIf"));
        // What a power button does is on the drawing; whoever folded the panel has the room still.
        Q_EMIT view()->powerPressed(deploy::HostId("s2"));
        QVERIFY(!sees("whatIf"));
        // The next start has it as it was left.
        {
            WizardWindow next(*product_, theme_, texts_, deploy::systemClock());
            QCOMPARE(next.findChild<QPushButton*>(QStringLiteral("foldSide"))->accessibleName(),
                     fold->accessibleName());
        }
        QTest::keyClick(fold, Qt::Key_Space);
        QTRY_COMPARE(view()->width(), before);
        QVERIFY(sees("whatIf"));
        QCOMPARE(find<QLabel>("whatIfTitle")->text(), QStringLiteral("Off: s2"));
        click("allOn");
    }

    void theModeIsSwitchedOnTheDrawing() {
        QVERIFY(!sees("movedText"));
        click("mode_large");
        QCOMPARE(content().mode, deploy::ModeId("large"));
        QCOMPARE(view()->drawing().layout.frames.size(), size_t(9));
        QVERIFY(sees("movedText"));
        QVERIFY(find<QLabel>("movedText")->text().contains(QStringLiteral("Database")));
        click("closeMoved");
        QVERIFY(!sees("movedText"));
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(content().mode, deploy::ModeId("small"));
        QCOMPARE(content().inventory.hosts.size(), size_t(5));
    }

    void theAdvisorRecommends() {
        click("advise");
        auto* tps = find<QSpinBox>("adviseTps");
        QTRY_VERIFY(tps->isVisible());
        tps->setValue(60000);
        QVERIFY2(find<QLabel>("adviceHeadline")->text().contains(QStringLiteral("8 servers (+1")),
                 qPrintable(find<QLabel>("adviceHeadline")->text()));
        auto* table = find<QTableWidget>("adviceTable");
        QCOMPARE(table->item(2, 2)->text(), QStringLiteral("60,000"));
        QCOMPARE(table->item(0, 3)->text(), QStringLiteral("8 + 1"));
        click("useAdvice");
        QCOMPARE(content().mode, deploy::ModeId("large"));
        QVERIFY(!sees("adviceHeadline"));
        QVERIFY(view()->isVisible());
    }

    void nothingCanBeInstalled() {
        QVERIFY2(free(WizardStep::Topology), qPrintable(reasonsOf(WizardStep::Topology)));
        click("next");
        QCOMPARE(window_->frame().current(), WizardStep::Settings);
        click("next");
        QCOMPARE(window_->frame().current(), WizardStep::Review);
        QVERIFY(sees("backToDrawing"));
        click("next");
        QCOMPARE(window_->frame().current(), WizardStep::Review);
        QVERIFY(find<QLabel>("footerText")->text().contains(QStringLiteral("no servers")));
        click("backToDrawing");
        QCOMPARE(window_->frame().current(), WizardStep::Topology);
        window_->frame().go(WizardStep::Probe);
        QVERIFY(sees("backToDrawing"));
    }
};

QTEST_MAIN(ExploreTest)
#include "tst_explore.moc"

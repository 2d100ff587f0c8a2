#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include "diagram/topology_view.h"
#include "pages/install_page.h"
#include "wizard_fixture.h"

using namespace wizard;

/// A person's way through the whole wizard, in practice mode, by mouse and keyboard only.
class PracticeWalkTest : public WizardFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        prepare("walk");
        makeWindow();
    }
    void cleanupTestCase() { window_.reset(); }

    void nextExplainsBeforeThereIsAProject() {
        click("next");
        QCOMPARE(current(), WizardStep::Start);
        QVERIFY(find<QLabel>("footerText")->text().contains(QStringLiteral("create a project")));
    }

    void createsAPracticeProject() {
        click("kindPractice");
        QVERIFY(find<QComboBox>("scenario")->isVisible());
        QCOMPARE(find<QComboBox>("scenario")->currentData().toString(),
                 QStringLiteral("single-ok"));
        type("projectNameEdit", QStringLiteral("Example Bank"));
        QVERIFY(
            find<QLineEdit>("projectFolderEdit")->text().endsWith(QStringLiteral("Example Bank")));
        type("projectFolderEdit", folder_.filePath(QStringLiteral("bank")));
        click("createProject");
        QVERIFY(window_->draft().isOpen());
        QVERIFY(window_->windowTitle().contains(QStringLiteral("Example Bank")));
        auto* speed = find<QComboBox>("speed");
        speed->setFocus();
        QTest::keyClick(speed, Qt::Key_End);
        Q_EMIT speed->activated(speed->currentIndex());
        QCOMPARE(window_->clocks().speed(), 0.0);
        QVERIFY2(free(WizardStep::Start), qPrintable(reasonsOf(WizardStep::Start)));
        click("next");
        QCOMPARE(current(), WizardStep::Servers);
    }

    void aBadAddressBlocksAndIsUndone() {
        auto* table = find<QTableView>("serverTable");
        const QModelIndex cell = table->model()->index(0, 1);
        const QString before = cell.data().toString();
        const QPoint at = table->visualRect(cell).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, at);
        auto* editor = table->viewport()->findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("not an address"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(cell.data().toString(), QStringLiteral("not an address"));
        click("next");
        QCOMPARE(current(), WizardStep::Servers);
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(cell.data().toString(), before);
        click("next");
        QCOMPARE(current(), WizardStep::Probe);
    }

    void probesAfterTheFingerprintsAreConfirmed() {
        click("probeAll");
        auto* keys = find<QTableView>("hostKeys");
        QTRY_VERIFY_WITH_TIMEOUT(keys->isVisible() && keys->model()->rowCount() > 0, 20000);
        QVERIFY(!free(WizardStep::Probe));
        click("tickAllKeys");
        click("confirmKeys");
        QTRY_VERIFY2_WITH_TIMEOUT(free(WizardStep::Probe), qPrintable(reasonsOf(WizardStep::Probe)),
                                  30000);
        QVERIFY(!keys->isVisible());
        click("next");
        QCOMPARE(current(), WizardStep::Topology);
    }

    void theDrawingIsComplete() {
        auto* view = find<TopologyView>("drawing");
        QCOMPARE(view->drawing().layout.frames.size(), size_t(1));
        QCOMPARE(view->drawing().layout.services.size(), size_t(20));
        QVERIFY2(free(WizardStep::Topology), qPrintable(reasonsOf(WizardStep::Topology)));
        // Taking a needed role away blocks, placing all again frees.
        click("role_database");
        QTRY_VERIFY(!free(WizardStep::Topology));
        click("suggest");
        QTRY_VERIFY(free(WizardStep::Topology));
        // A mode that the bundle cannot install may be looked at, and Next says why it ends there.
        auto& assessment = const_cast<wizard::Assessment&>(window_->assessment());
        const auto whole = assessment.bundle();
        auto part = whole;
        std::erase(part->manifest.modes, deploy::ModeId("large"));
        assessment.setBundle(part);
        click("mode_large");
        click("next");
        QCOMPARE(current(), WizardStep::Topology);
        QVERIFY(reasonsOf(WizardStep::Topology).contains(QStringLiteral("bundle cannot install")));
        assessment.setBundle(whole);
        QVERIFY(!reasonsOf(WizardStep::Topology).contains(QStringLiteral("bundle cannot install")));
        QVERIFY(!free(WizardStep::Topology));  // one server is no large cluster
        click("mode_single");
        QTRY_VERIFY2(free(WizardStep::Topology), qPrintable(reasonsOf(WizardStep::Topology)));
        click("next");
        QCOMPARE(current(), WizardStep::Settings);
    }

    void settingsNameTheirMistake() {
        type("data_directory", QStringLiteral("not/absolute"));
        QTRY_VERIFY(!free(WizardStep::Settings));
        click("next");
        QCOMPARE(current(), WizardStep::Settings);
        type("data_directory", QStringLiteral("/data/finclip"));
        QTRY_VERIFY2(free(WizardStep::Settings), qPrintable(reasonsOf(WizardStep::Settings)));
        click("next");
        QCOMPARE(current(), WizardStep::Review);
    }

    void theReviewShowsTheWholePlan() {
        QVERIFY2(free(WizardStep::Review), qPrintable(reasonsOf(WizardStep::Review)));
        auto* tree = find<QTreeWidget>("planTree");
        QVERIFY(tree->topLevelItemCount() > 3);
        QVERIFY(find<QPushButton>("next")->text().startsWith(QStringLiteral("Begin installation")));
    }

    void installs() {
        click("next");
        QCOMPARE(current(), WizardStep::Install);
        QTRY_VERIFY2_WITH_TIMEOUT(free(WizardStep::Install),
                                  qPrintable(reasonsOf(WizardStep::Install)), 60000);
        click("next");
        QCOMPARE(current(), WizardStep::HandOver);
        const QString entry = find<QLabel>("entryAddress")->text();
        QVERIFY2(entry.contains(QStringLiteral(":8000")), qPrintable(entry));
        for (int i = 0; i < int(WizardStep::HandOver); ++i)
            QCOMPARE(window_->frame().stateOf(WizardStep(i)), StepState::Done);
    }

    void aSecondInstallationChangesNothing() {
        window_->frame().go(WizardStep::Review);
        QCOMPARE(current(), WizardStep::Review);
        bool same = true;
        auto* tree = find<QTreeWidget>("planTree");
        for (QTreeWidgetItemIterator it(tree); *it != nullptr; ++it)
            if ((*it)->parent() != nullptr && !(*it)->text(1).isEmpty())
                same = same && (*it)->text(1).startsWith(QLatin1Char('='));
        QVERIFY(same);
    }

    void comesBackToTheSamePlace() {
        window_->frame().go(WizardStep::HandOver);
        window_.reset();
        makeWindow();
        QVERIFY(window_->open(folder_.filePath(QStringLiteral("bank"))).has_value());
        QCOMPARE(current(), WizardStep::HandOver);
        QVERIFY(find<QLabel>("entryAddress")->text().contains(QStringLiteral(":8000")));
    }

    void anEditMakesLaterStepsStale() {
        window_->draft().change(QStringLiteral("edit"), [](deploy::ProjectContent& content) {
            content.settings.entryPort = 8001;
        });
        QCOMPARE(window_->frame().stateOf(WizardStep::Review), StepState::Stale);
        QCOMPARE(window_->frame().stateOf(WizardStep::Probe), StepState::Done);
        window_->draft().undoStack().undo();
        QCOMPARE(window_->frame().stateOf(WizardStep::Review), StepState::Done);
    }
};

QTEST_MAIN(PracticeWalkTest)
#include "tst_practice_walk.moc"

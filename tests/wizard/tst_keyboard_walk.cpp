#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTreeWidget>

#include "wizard_fixture.h"

using namespace wizard;

/// A small cluster in practice, from the start page to the hand-over, by keys alone: they go to the
/// window, as a keyboard's do, and whatever has the focus takes them.
class KeyboardWalkTest : public WizardFixture {
    Q_OBJECT

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(window_->windowHandle(), key, modifiers);
    }
    void enter(const QString& text) {
        for (const QChar letter : text)
            QTest::keyClick(window_->windowHandle(), letter.toLatin1());
    }
    static QString focused() {
        const QWidget* widget = QApplication::focusWidget();
        return widget != nullptr ? widget->objectName() : QString();
    }
    /// Presses Tab until the focus is there.
    void tabTo(const char* name) {
        constexpr int kMost = 120;
        for (int i = 0; i < kMost && focused() != QLatin1String(name); ++i)
            press(Qt::Key_Tab);
        QVERIFY2(focused() == QLatin1String(name), name);
    }
    void nextTo(WizardStep step) {
        press(Qt::Key_Right, Qt::AltModifier);
        QVERIFY2(current() == step, qPrintable(find<QLabel>("footerText")->text()));
    }

private Q_SLOTS:
    void initTestCase() {
        prepare("keyboard");
        makeWindow();
    }
    void cleanupTestCase() { window_.reset(); }

    void makesTheProject() {
        // Whoever starts the wizard can type at once.
        QCOMPARE(focused(), QStringLiteral("projectNameEdit"));
        enter(QStringLiteral("Bank"));
        tabTo("projectFolderEdit");
        press(Qt::Key_A, Qt::ControlModifier);
        enter(folder_.filePath(QStringLiteral("bank")));
        tabTo("kindDeploy");
        press(Qt::Key_Down);
        tabTo("exploreMode");
        press(Qt::Key_Down);
        QCOMPARE(find<QComboBox>("exploreMode")->currentData().toString(), QStringLiteral("small"));
        tabTo("createProject");
        press(Qt::Key_Space);
        QVERIFY(window_->draft().isOpen());
        QCOMPARE(window_->draft().content().scenario, std::string("small-ok"));
        tabTo("speed");
        press(Qt::Key_End);
        QCOMPARE(window_->clocks().speed(), 0.0);
        QTRY_VERIFY2(free(WizardStep::Start), qPrintable(reasonsOf(WizardStep::Start)));
        nextTo(WizardStep::Servers);
    }

    void writesOneServersNote() {
        tabTo("serverTable");
        const auto* table = find<QTableView>("serverTable");
        const int notes = table->model()->columnCount() - 1;
        press(Qt::Key_Home);
        while (table->currentIndex().column() < notes)
            press(Qt::Key_Right);
        press(Qt::Key_F2);
        enter(QStringLiteral("rack 4"));
        press(Qt::Key_Return);
        QTRY_COMPARE(window_->draft().content().inventory.hosts.front().notes,
                     std::string("rack 4"));
        nextTo(WizardStep::Probe);
    }

    void probes() {
        tabTo("probeAll");
        press(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(asksForHostKeys(), 60000);
        tabTo("tickAllKeys");
        press(Qt::Key_Space);
        tabTo("confirmKeys");
        press(Qt::Key_Space);
        QTRY_VERIFY2_WITH_TIMEOUT(free(WizardStep::Probe), qPrintable(reasonsOf(WizardStep::Probe)),
                                  60000);
        nextTo(WizardStep::Topology);
    }

    void takesARoleAwayAndBack() {
        QTRY_VERIFY2(free(WizardStep::Topology), qPrintable(reasonsOf(WizardStep::Topology)));
        const deploy::Topology before = window_->draft().content().topology;
        tabTo("drawing");
        press(Qt::Key_Home);
        press(Qt::Key_Right);
        press(Qt::Key_Down);
        press(Qt::Key_Delete);
        QVERIFY(window_->draft().content().topology != before);
        press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(window_->draft().content().topology == before);
        nextTo(WizardStep::Settings);
    }

    void namesTheAdministrator() {
        tabTo("admin_account");
        press(Qt::Key_A, Qt::ControlModifier);
        enter(QStringLiteral("chief"));
        QCOMPARE(window_->draft().content().settings.adminAccount, std::string("chief"));
        QTRY_VERIFY2(free(WizardStep::Settings), qPrintable(reasonsOf(WizardStep::Settings)));
        nextTo(WizardStep::Review);
    }

    void readsThePlan() {
        QTRY_VERIFY2(free(WizardStep::Review), qPrintable(reasonsOf(WizardStep::Review)));
        tabTo("planTree");
        const auto* tree = find<QTreeWidget>("planTree");
        const QTreeWidgetItem* first = tree->currentItem();
        press(Qt::Key_Down);
        QVERIFY(tree->currentItem() != first);
        tabTo("next");
        press(Qt::Key_Space);
        QCOMPARE(current(), WizardStep::Install);
    }

    void installsAndHandsOver() {
        QTRY_VERIFY2_WITH_TIMEOUT(free(WizardStep::Install),
                                  qPrintable(reasonsOf(WizardStep::Install)), 120000);
        nextTo(WizardStep::HandOver);
        QVERIFY(find<QLabel>("entryAddress")->text().contains(QStringLiteral("10.20.1.100")));
        for (int i = 0; i < int(WizardStep::HandOver); ++i)
            QCOMPARE(window_->frame().stateOf(WizardStep(i)), StepState::Done);
    }
};

QTEST_MAIN(KeyboardWalkTest)
#include "tst_keyboard_walk.moc"

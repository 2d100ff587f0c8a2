#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

#include "project/repairs.h"
#include "wizard_fixture.h"

using namespace wizard;

/// What the probe offers to put right: looked at, ordered and taken back by a person.
class RepairsTest : public WizardFixture {
    Q_OBJECT

    QStringList rows() const {
        const auto* list = find<QListWidget>("repairs");
        QStringList all;
        for (int row = 0; row < list->count(); ++row)
            all << list->item(row)->text();
        return all;
    }
    std::vector<std::string> offered() const {
        std::vector<std::string> all;
        for (const deploy::Repair& repair : deploy::offeredRepairs(window_->assessment().checks()))
            all.push_back(repair.host.str() + " " + repair.name);
        return all;
    }
    size_t standing() const { return deploy::standingRepairs(window_->assessment().runs()).size(); }

private Q_SLOTS:
    void initTestCase() {
        prepare("repairs");
        makeWindow();
        createPractice(folder_.filePath(QStringLiteral("p")), "small-settings");
        window_->frame().go(WizardStep::Probe);
        click("probeAll");
        QTRY_VERIFY_WITH_TIMEOUT(asksForHostKeys(), 60000);
        click("tickAllKeys");
        click("confirmKeys");
        QTRY_VERIFY2_WITH_TIMEOUT(free(WizardStep::Probe), qPrintable(reasonsOf(WizardStep::Probe)),
                                  60000);
    }
    void cleanupTestCase() { window_.reset(); }

    void commandsAreShownBeforeAnythingIsDone() {
        QVERIFY(!sees("repairs"));
        QVERIFY(!sees("showUndo"));
        click("showRepairs");
        QVERIFY(sees("repairs"));
        QCOMPARE(rows().size(), 3);
        QVERIFY2(rows().front().startsWith(QStringLiteral("s2")), qPrintable(rows().front()));
        QVERIFY(
            find<QPlainTextEdit>("stepText")->toPlainText().contains(QStringLiteral("swapoff -a")));
        QVERIFY(window_->assessment().runs().empty());
        click("closeRepairs");
        QVERIFY(!sees("repairs"));
    }

    void onlyWhatIsTickedIsDone() {
        click("showRepairs");
        auto* list = find<QListWidget>("repairs");
        list->setCurrentRow(2);
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(list->item(2)->checkState(), Qt::Unchecked);
        click("runRepairs");
        QTRY_COMPARE_WITH_TIMEOUT(offered(), std::vector<std::string>{"s3 swap"}, 60000);
        QCOMPARE(standing(), size_t(2));
        QTRY_VERIFY2_WITH_TIMEOUT(free(WizardStep::Probe), qPrintable(reasonsOf(WizardStep::Probe)),
                                  60000);
        QVERIFY(!sees("repairs"));
    }

    void isTakenBack() {
        QVERIFY(sees("showUndo"));
        click("showUndo");
        QCOMPARE(rows().size(), 2);
        QVERIFY(find<QPlainTextEdit>("stepText")
                    ->toPlainText()
                    .contains(QStringLiteral("action remove")));
        click("runRepairs");
        QTRY_COMPARE_WITH_TIMEOUT(
            offered(), (std::vector<std::string>{"s2 swap", "s2 thp", "s3 swap"}), 60000);
        QCOMPARE(standing(), size_t(0));
        QTRY_VERIFY2_WITH_TIMEOUT(free(WizardStep::Probe), qPrintable(reasonsOf(WizardStep::Probe)),
                                  60000);
        QVERIFY(!sees("showUndo"));
    }
};

QTEST_MAIN(RepairsTest)
#include "tst_repairs.moc"

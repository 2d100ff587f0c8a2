#include <QAbstractItemModelTester>
#include <QTest>

#include "models/run_model.h"

using namespace wizard;
using deploy::EventKind;
using deploy::StepId;

namespace {

deploy::Step step(const char* id, const char* host, deploy::Stage stage) {
    deploy::Step one;
    one.id = StepId(id);
    one.host = deploy::HostId(host);
    one.stage = stage;
    one.title = "docker.engine";
    one.action = deploy::RunScript{};
    one.estimate = std::chrono::seconds(30);
    return one;
}

deploy::Event eventOf(EventKind kind, const char* id) {
    deploy::Event one;
    one.kind = kind;
    one.step = StepId(id);
    one.host = deploy::HostId(std::string(id).substr(0, 2));
    if (kind == EventKind::StepFailed)
        one.error = deploy::Error{deploy::ErrorCode::StepFailed, id, "boom", {}};
    return one;
}

}  // namespace

class RunModelTest : public QObject {
    Q_OBJECT
    Theme theme_;
    Texts texts_;
    deploy::Plan plan_;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        deploy::Step file = step("s1/file", "s1", deploy::Stage::Bundle);
        deploy::PutFile put;
        put.size = 1000;
        file.action = put;
        plan_.steps = {step("s1/a", "s1", deploy::Stage::Docker), file,
                       step("s1/b", "s1", deploy::Stage::Docker),
                       step("s2/a", "s2", deploy::Stage::Docker)};
    }

    void columnsAreTheStagesInTheirOrder() {
        RunModel model(theme_, texts_);
        QAbstractItemModelTester tester(&model);
        model.setRun(plan_, {});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("Files"));
        QCOMPARE(model.cellAt(model.index(1, 1)).steps, 0);
        QCOMPARE(model.cellAt(model.index(0, 2)).steps, 2);
    }

    void aCellShowsWhatNeedsAttentionMost() {
        RunModel model(theme_, texts_);
        model.setRun(plan_, {});
        const auto cell = [&] { return model.cellAt(model.index(0, 2)); };
        QCOMPARE(cell().status, deploy::StepStatus::Waiting);
        model.apply(eventOf(EventKind::StepStarted, "s1/a"));
        QCOMPARE(cell().status, deploy::StepStatus::Running);
        model.apply(eventOf(EventKind::StepSucceeded, "s1/a"));
        QCOMPARE(cell().done, 1);
        QCOMPARE(cell().fraction, 0.5);
        QCOMPARE(cell().status, deploy::StepStatus::Running);
        model.apply(eventOf(EventKind::StepStarted, "s1/b"));
        model.apply(eventOf(EventKind::StepFailed, "s1/b"));
        QCOMPARE(cell().status, deploy::StepStatus::Failed);
    }

    void bytesMoveTheBar() {
        RunModel model(theme_, texts_);
        model.setRun(plan_, {});
        model.apply(eventOf(EventKind::StepStarted, "s1/file"));
        model.apply(deploy::StepProgress{StepId("s1/file"), 250, 1000, false, true});
        const auto cell = model.cellAt(model.index(0, 1));
        QCOMPARE(cell.fraction, 0.25);
        QVERIFY(cell.stalled);
        QCOMPARE(model.doneBytes(), uint64_t(250));
        model.apply(eventOf(EventKind::StepSucceeded, "s1/file"));
        QCOMPARE(model.doneBytes(), uint64_t(1000));
        QCOMPARE(model.doneSteps(), 1);
    }

    void theTimeLeftIsThatOfTheLongestServer() {
        RunModel model(theme_, texts_);
        model.setRun(plan_, {});
        QCOMPARE(model.remainingSeconds(), qint64(90));
        model.apply(eventOf(EventKind::StepStarted, "s1/a"));
        model.apply(eventOf(EventKind::StepSucceeded, "s1/a"));
        model.apply(eventOf(EventKind::StepSkipped, "s1/b"));
        QCOMPARE(model.remainingSeconds(), qint64(30));
    }

    void theStateInWordsIsThereForScreenReaders() {
        RunModel model(theme_, texts_);
        model.setRun(plan_, {});
        model.apply(eventOf(EventKind::StepStarted, "s2/a"));
        QCOMPARE(model.index(1, 2).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("running, 0 of 1 steps"));
    }
};

QTEST_MAIN(RunModelTest)
#include "tst_run_model.moc"

#include <QSignalSpy>
#include <QTest>

#include "pages/step_graph_view.h"
#include "text/convert.h"

using namespace wizard;

namespace {

deploy::Step step(const char* host, const char* name, std::vector<const char*> needs) {
    deploy::Step one;
    one.host = deploy::HostId(host);
    one.id = deploy::StepId(std::string(host) + "/" + name);
    one.title = "host.prepare";
    for (const char* need : needs)
        one.needs.emplace_back(need);
    one.action = deploy::RunScript{};
    return one;
}

/// s1: a, then b and c, then d; s2: e needs s1's a, f needs e and what e needs.
deploy::Plan plan() {
    deploy::Plan plan;
    plan.steps = {step("s1", "a", {}),
                  step("s1", "b", {"s1/a"}),
                  step("s1", "c", {"s1/a"}),
                  step("s2", "e", {"s1/a"}),
                  step("s1", "d", {"s1/b", "s1/c", "s1/a"}),
                  step("s2", "f", {"s2/e", "s1/a"})};
    return plan;
}

deploy::Event eventOf(deploy::EventKind kind, const char* id) {
    deploy::Event event;
    event.kind = kind;
    event.step = deploy::StepId(id);
    return event;
}

}  // namespace

class StepGraphTest : public QObject {
    Q_OBJECT
    Theme theme_;
    Texts texts_;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        theme_.setAppearance(Appearance::Light);
    }

    void stepsStandBehindWhatTheyNeed() {
        const StepGraph graph = stepGraphOf(plan());
        using Place = StepGraph::Place;
        const std::vector<Place> places = {{0, 0}, {1, 0}, {1, 1}, {1, 2}, {2, 0}, {2, 2}};
        QVERIFY(graph.places == places);
        QCOMPARE(graph.lanes.size(), size_t(2));
        QVERIFY((graph.lanes[0] == StepGraph::Lane{deploy::HostId("s1"), 0, 2}));
        QVERIFY((graph.lanes[1] == StepGraph::Lane{deploy::HostId("s2"), 2, 1}));
        QCOMPARE(graph.columns, 3);
        QCOMPARE(graph.rows, 3);
        // d needs a through b and c already, f through e.
        const std::vector<std::pair<size_t, size_t>> edges = {{0, 1}, {0, 2}, {0, 3},
                                                              {1, 4}, {2, 4}, {3, 5}};
        QVERIFY(graph.edges == edges);
    }

    void anEmptyPlanHasAnEmptyGraph() {
        const StepGraph graph = stepGraphOf({});
        QCOMPARE(graph.columns + graph.rows, 0);
        RunModel model(theme_, texts_);
        StepGraphView view(model, theme_, texts_);
        QVERIFY(view.current().empty());
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.current().empty());
        view.grab();
    }

    void aClickPicks() {
        RunModel model(theme_, texts_);
        StepGraphView view(model, theme_, texts_);
        view.resize(900, 300);
        model.setRun(plan(), {});
        view.setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy picked(&view, &StepGraphView::picked);
        const QRect box = view.rectOf(deploy::StepId("s2/f"));
        QVERIFY(view.viewport()->rect().contains(box));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, box.center());
        QCOMPARE(picked.count(), 1);
        QCOMPARE(view.current(), deploy::StepId("s2/f"));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {},
                          {box.right() + 12, box.bottom() + 5});
        QCOMPARE(picked.count(), 1);
    }

    void arrowsFollowTheLines() {
        RunModel model(theme_, texts_);
        StepGraphView view(model, theme_, texts_);
        model.setRun(plan(), {});
        QSignalSpy picked(&view, &StepGraphView::picked);
        const auto press = [&view](Qt::Key key) {
            QTest::keyClick(&view, key);
            return toQt(view.current());
        };
        QCOMPARE(press(Qt::Key_Right), QStringLiteral("s1/b"));
        QCOMPARE(press(Qt::Key_Down), QStringLiteral("s1/c"));
        QCOMPARE(press(Qt::Key_Down), QStringLiteral("s2/e"));
        QCOMPARE(press(Qt::Key_Right), QStringLiteral("s2/f"));
        QCOMPARE(press(Qt::Key_Right), QStringLiteral("s2/f"));
        QCOMPARE(press(Qt::Key_Left), QStringLiteral("s2/e"));
        QCOMPARE(press(Qt::Key_Left), QStringLiteral("s1/a"));
        QCOMPARE(press(Qt::Key_End), QStringLiteral("s2/f"));
        QCOMPARE(picked.count(), 0);
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(picked.count(), 1);
        // Said to who does not see it: server, step, state, what it needs.
        QVERIFY(view.accessibleDescription().startsWith(QStringLiteral("s2 · ")));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("Needs: ")));
    }

    void aStepChangesItsLookWithItsState() {
        RunModel model(theme_, texts_);
        StepGraphView view(model, theme_, texts_);
        view.resize(900, 300);
        model.setRun(plan(), {});
        view.show(deploy::StepId("s1/d"));
        const auto look = [&view] {
            return view.viewport()->grab(view.rectOf(deploy::StepId("s1/a"))).toImage();
        };
        std::vector<QImage> looks = {look()};
        for (const auto kind : {deploy::EventKind::StepStarted, deploy::EventKind::StepSucceeded}) {
            model.apply(eventOf(kind, "s1/a"));
            looks.push_back(look());
        }
        // Without colour: shapes alone must tell.
        for (QImage& image : looks)
            image = image.convertToFormat(QImage::Format_Grayscale8);
        QVERIFY(looks[0] != looks[1]);
        QVERIFY(looks[1] != looks[2]);
        QVERIFY(looks[0] != looks[2]);
    }
};

QTEST_MAIN(StepGraphTest)
#include "tst_step_graph.moc"

#include "drawing_fixture.h"

using namespace wizard;

/// Roles and servers dragged by drag-and-drop events, each undone and redone.
class DrawingDragTest : public QObject {
    Q_OBJECT

    deploy::Product product_ = *deploy::Product::load();
    Texts texts_;

    /// The last edit goes back and forth through exactly the two drawings.
    static void verifyUndo(DrawingFixture& fix, const deploy::ProjectContent& before) {
        const deploy::ProjectContent after = fix.draft.content();
        QVERIFY(!(after == before));
        QVERIFY(!fix.draft.undoStack().undoText().isEmpty());
        fix.draft.undoStack().undo();
        QVERIFY(fix.draft.content() == before);
        fix.draft.undoStack().redo();
        QVERIFY(fix.draft.content() == after);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value()); }

    void paletteToServer() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        QVERIFY(fix.drag(fix.chip("database", "s2"), fix.outside()));
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(DrawingFixture::role("database"), fix.server("s1")));
        QVERIFY(fix.has("database", "s1"));
        QCOMPARE(fix.draft.undoStack().undoText(), QStringLiteral("Give Database to s1"));
        verifyUndo(fix, before);
    }

    void serverToServer() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(fix.chip("cache", "s1"), fix.server("s4")));
        QVERIFY(!fix.has("cache", "s1"));
        // It stays the first master.
        QCOMPARE(fix.topology().hostsOf(deploy::RoleId("cache")).front(), deploy::HostId("s4"));
        verifyUndo(fix, before);
    }

    void copyWithControl() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        QVERIFY(fix.drag(fix.chip("database", "s2"), fix.outside()));
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(fix.chip("database", "s3"), fix.server("s1"), Qt::ControlModifier));
        QVERIFY(fix.has("database", "s1") && fix.has("database", "s3"));
        verifyUndo(fix, before);
    }

    void dragOutRemoves() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(fix.chip("load_balancer", "s4"), fix.outside()));
        QVERIFY(!fix.has("load_balancer", "s4"));
        verifyUndo(fix, before);
    }

    void anIllegalDropSaysWhyAndDoesNothing() {
        DrawingFixture fix(product_, texts_, "small", 5, 5);
        const auto before = fix.draft.content();
        const Load load = fix.view.loadAt(fix.chip("database", "s2"));
        QVERIFY(!fix.hover(load, fix.server("s5")));
        QVERIFY2(fix.hint().contains(QStringLiteral("may not share s5 with")),
                 qPrintable(fix.hint()));
        QVERIFY(fix.view.dump().contains(QStringLiteral("server s5 ops")));
        QCOMPARE(fix.view.carry().over, deploy::HostId("s5"));
        QVERIFY(!fix.view.carry().legal);
        QVERIFY(!fix.drag(load, fix.server("s5")));
        QVERIFY(fix.draft.content() == before);
        QVERIFY(!fix.draft.undoStack().canUndo());
        QVERIFY(fix.hint().isEmpty());
    }

    void legalTargetsGlowWhileDragging() {
        DrawingFixture fix(product_, texts_, "small", 5, 5);
        const Load load = fix.view.loadAt(fix.chip("database", "s2"));
        QVERIFY(fix.hover(load, fix.server("s1")));
        QCOMPARE(fix.view.carry().targets, std::set<deploy::HostId>{deploy::HostId("s1")});
        QCOMPARE(fix.hint(), QStringLiteral("\u2713 Move Database to s1"));
        // With Ctrl it would be a fourth member.
        QVERIFY(!fix.hover(load, fix.server("s1"), Qt::ControlModifier));
        QVERIFY(fix.view.carry().targets.empty());
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(fix.view.viewport(), &leave);
        QVERIFY(!fix.view.carry().active);
    }

    void severalRolesAtOnce() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        fix.view.selectChips({{deploy::RoleId("k8s_server"), deploy::HostId("s2")},
                              {deploy::RoleId("database"), deploy::HostId("s2")}});
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(fix.chip("database", "s2"), fix.server("s1")));
        QVERIFY(fix.has("database", "s1") && fix.has("k8s_server", "s1"));
        QVERIFY(!fix.has("database", "s2") && !fix.has("k8s_server", "s2"));
        verifyUndo(fix, before);
    }

    void theRubberBandSelectsSeveral() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        QSignalSpy selection(&fix.view, &TopologyView::selectionChanged);
        const auto bottom = fix.view.drawing().layout.size;
        QTest::mousePress(fix.view.viewport(), Qt::LeftButton, {}, fix.at({-8, -8}));
        QMouseEvent move(QEvent::MouseMove, fix.at({bottom.width + 6, bottom.height + 6}),
                         fix.view.viewport()->mapToGlobal(QPoint(0, 0)), Qt::NoButton,
                         Qt::LeftButton, {});
        QCoreApplication::sendEvent(fix.view.viewport(), &move);
        QTest::mouseRelease(fix.view.viewport(), Qt::LeftButton, {},
                            fix.at({bottom.width + 6, bottom.height + 6}));
        QCOMPARE(fix.view.selected().size(), size_t(4));
        QCOMPARE(fix.view.selectedChips().size(), fix.view.drawing().layout.cells.size());
        QVERIFY(selection.count() > 0);
    }

    void aServerOfTheTrayTakesAnothersPlace() {
        DrawingFixture fix(product_, texts_, "small", 5, 4);
        const auto before = fix.draft.content();
        const auto roles = fix.topology().rolesOf(deploy::HostId("s2"));
        QVERIFY(fix.drag(fix.server("s5"), fix.server("s2")));
        QCOMPARE(fix.topology().rolesOf(deploy::HostId("s5")), roles);
        QVERIFY(fix.topology().rolesOf(deploy::HostId("s2")).empty());
        verifyUndo(fix, before);
    }

    void aServerOfTheTrayIsPutOnABand() {
        DrawingFixture fix(product_, texts_, "small", 5, 4);
        const Load server = fix.view.loadAt(fix.server("s5"));
        QVERIFY(!fix.hover(server, fix.band("k8s_server")));
        QVERIFY2(fix.hint().contains(QStringLiteral("on as many servers")) ||
                     fix.hint().contains(QStringLiteral("needs")),
                 qPrintable(fix.hint()));
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(server, fix.band("k8s_agent")));
        QVERIFY(fix.has("k8s_agent", "s5") && fix.has("business", "s5"));
        verifyUndo(fix, before);
    }

    void aServerBecomesTheOperationsServer() {
        DrawingFixture fix(product_, texts_, "small", 5, 4);
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(fix.server("s5"), fix.place(deploy::SlotBox::Kind::Ops)));
        QVERIFY(fix.has("ops", "s5") && fix.has("registry", "s5"));
        verifyUndo(fix, before);
    }

    void aServerDraggedToTheTrayLosesItsRoles() {
        DrawingFixture fix(product_, texts_, "small", 5, 4);
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(fix.server("s4"), fix.place(deploy::SlotBox::Kind::Tray)));
        QVERIFY(fix.topology().rolesOf(deploy::HostId("s4")).empty());
        verifyUndo(fix, before);
    }

    void theHandPlacedOrderIsSaved() {
        DrawingFixture fix(product_, texts_, "small", 5, 5);
        const auto before = fix.draft.content();
        QVERIFY(fix.drag(fix.server("s4"), fix.server("s1")));
        QCOMPARE(fix.view.drawing().layout.frames.front().host, deploy::HostId("s4"));
        verifyUndo(fix, before);
        QVERIFY(fix.topology() == before.topology);
        const auto load = fix.view.loadAt(fix.server("s5"));
        QVERIFY(!fix.hover(load, fix.server("s1")));
        QVERIFY2(fix.hint().contains(QStringLiteral("own row")), qPrintable(fix.hint()));
        const QString folder = fix.folder.filePath(QStringLiteral("p"));
        fix.draft.close();
        QVERIFY(fix.draft.open(folder).has_value());
        QCOMPARE(fix.draft.content().order.front(), deploy::HostId("s4"));
    }

    void whatAnotherProgramDragsIsLeftAlone() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        for (const char* text :
             {"", "{", "[]", "{\"chips\":[1,2]}", "{\"chips\":[],\"servers\":[]}"}) {
            const std::unique_ptr<QMimeData> real(toMime(DrawingFixture::role("ops")));
            QMimeData data;
            data.setData(real->formats().front(), text);
            QDragEnterEvent enter(fix.server("s1"), Qt::MoveAction, &data, Qt::LeftButton, {});
            QCoreApplication::sendEvent(fix.view.viewport(), &enter);
            QVERIFY(!enter.isAccepted());
            QVERIFY(!fix.view.carry().active);
        }
        QVERIFY(!fix.draft.undoStack().canUndo());
    }

    void nothingIsDraggedWhileARunUsesTheProject() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        fix.draft.lend();
        QVERIFY(fix.view.loadAt(fix.chip("database", "s2")).empty());
        QVERIFY(!fix.drag(DrawingFixture::role("ops"), fix.server("s1")));
        fix.draft.giveBack();
    }
};

QTEST_MAIN(DrawingDragTest)
#include "tst_drawing_drag.moc"

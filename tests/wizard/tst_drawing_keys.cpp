#include <QMenu>
#include <QRegularExpression>

#include "diagram/export.h"
#include "diagram/topology_menu.h"
#include "drawing_fixture.h"
#include "models/topology_table_model.h"

using namespace wizard;

/// The drawing without a mouse: keyboard, context menu, twin table; and what it looks like as text.
class DrawingKeysTest : public QObject {
    Q_OBJECT

    deploy::Product product_ = *deploy::Product::load();
    Texts texts_;

    static void press(DrawingFixture& fix, std::initializer_list<Qt::Key> keys) {
        for (const Qt::Key key : keys)
            QTest::keyClick(&fix.view, key);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value()); }

    void arrowsWalkOverServersAndRoles() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        QSignalSpy said(&fix.view, &TopologyView::said);
        press(fix, {Qt::Key_Right});
        QCOMPARE(fix.view.cursor(), (Cursor{deploy::HostId("s1"), {}}));
        press(fix, {Qt::Key_Right, Qt::Key_Down});
        QCOMPARE(fix.view.cursor(), (Cursor{deploy::HostId("s2"), deploy::RoleId("k8s_agent")}));
        press(fix, {Qt::Key_Down, Qt::Key_Right});
        QCOMPARE(fix.view.cursor(), (Cursor{deploy::HostId("s3"), deploy::RoleId("k8s_server")}));
        QCOMPARE(said.last().first().toString(), QStringLiteral("Kubernetes control plane on s3"));
    }

    void spaceCarriesAndPutsDown() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        fix.view.selectChips({{deploy::RoleId("database"), deploy::HostId("s2")}});
        press(fix, {Qt::Key_Space});
        QVERIFY(fix.view.carrying());
        // The first server that may have it is aimed at.
        QCOMPARE(fix.view.carry().over, deploy::HostId("s1"));
        press(fix, {Qt::Key_Space});
        QVERIFY(!fix.view.carrying());
        QVERIFY(fix.has("database", "s1") && !fix.has("database", "s2"));
        fix.draft.undoStack().undo();
        QVERIFY(fix.has("database", "s2") && !fix.has("database", "s1"));
    }

    void spaceOnAnIllegalPlaceSaysWhy() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        QSignalSpy said(&fix.view, &TopologyView::said);
        fix.view.selectChips({{deploy::RoleId("database"), deploy::HostId("s2")}});
        press(fix, {Qt::Key_Space, Qt::Key_Right, Qt::Key_Right, Qt::Key_Space});
        QVERIFY(fix.view.carrying());
        QVERIFY2(said.last().first().toString().contains(QStringLiteral("already")),
                 qPrintable(said.last().first().toString()));
        press(fix, {Qt::Key_Escape});
        QVERIFY(!fix.view.carrying() && !fix.draft.undoStack().canUndo());
    }

    void controlSpaceCopiesAndDeleteRemoves() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        fix.view.selectChips({{deploy::RoleId("database"), deploy::HostId("s2")}});
        press(fix, {Qt::Key_Delete});
        QVERIFY(!fix.has("database", "s2"));
        fix.view.selectChips({{deploy::RoleId("database"), deploy::HostId("s3")}});
        press(fix, {Qt::Key_Space});
        QTest::keyClick(&fix.view, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(fix.topology().hostsOf(deploy::RoleId("database")).size(), size_t(3));
        QVERIFY(fix.has("database", "s3"));
    }

    void aPickedUpRoleIsPutDownByAClick() {
        DrawingFixture fix(product_, texts_, "small", 5, 4);
        fix.view.pickUp(DrawingFixture::role("k8s_agent"));
        QVERIFY(fix.view.carrying());
        QTest::mouseClick(fix.view.viewport(), Qt::LeftButton, {}, fix.server("s5"));
        QVERIFY(fix.has("k8s_agent", "s5"));
    }

    void theMenuOffersWhatIsAllowedAndSaysWhyNot() {
        DrawingFixture fix(product_, texts_, "small", 5, 5);
        fix.view.selectChips({{deploy::RoleId("database"), deploy::HostId("s2")}});
        const std::unique_ptr<QMenu> menu(makeTopologyMenu(fix.view, fix.edits, texts_));
        const auto subs = menu->findChildren<QMenu*>();
        QCOMPARE(subs.size(), 2);
        QHash<QString, bool> moves;
        for (const QAction* action : subs.front()->actions())
            moves.insert(action->text(), action->isEnabled());
        QVERIFY(moves.value(QStringLiteral("s1")));
        bool reason = false;
        for (auto it = moves.cbegin(); it != moves.cend(); ++it)
            reason = reason || (!it.value() && it.key().contains(QStringLiteral("may not share")));
        QVERIFY(reason);
        for (QAction* action : subs.front()->actions())
            if (action->text() == QStringLiteral("s1"))
                action->trigger();
        QVERIFY(fix.has("database", "s1"));
    }

    void theTableIsTheSameModel() {
        DrawingFixture fix(product_, texts_, "small", 5, 5);
        TopologyTableModel model(fix.edits, texts_);
        model.refresh();
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.columnCount(), TopologyTableModel::FirstRole + 7);
        int database = 0;
        for (int column = 0; column < model.columnCount(); ++column)
            if (model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() ==
                QStringLiteral("Database"))
                database = column;
        const QModelIndex onS2 = model.index(1, database);
        QCOMPARE(onS2.data(Qt::AccessibleTextRole).toString(), QStringLiteral("s2 has Database"));
        QVERIFY(model.setData(onS2, Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!fix.has("database", "s2"));
        QVERIFY(model.setData(model.index(0, database), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(fix.has("database", "s1"));
        // The operations server cannot have it, and its cell says why.
        const QModelIndex onS5 = model.index(4, database);
        QVERIFY(!onS5.flags().testFlag(Qt::ItemIsUserCheckable));
        QVERIFY(!onS5.data(Qt::AccessibleDescriptionRole).toString().isEmpty());
        QVERIFY(!model.setData(onS5, Qt::Checked, Qt::CheckStateRole));
        fix.draft.undoStack().undo();
        fix.draft.undoStack().undo();
        QVERIFY(fix.has("database", "s2") && !fix.has("database", "s1"));
    }

    void suggestFillsWhatIsMissingOrAll() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        const auto full = fix.topology();
        QVERIFY(fix.drag(fix.chip("cache", "s1"), fix.server("s4")));
        const auto moved = fix.topology();
        QVERIFY(fix.drag(fix.chip("database", "s2"), fix.outside()));
        QVERIFY(fix.edits.suggest(SuggestScope::Missing).has_value());
        QVERIFY(fix.has("cache", "s4"));
        QCOMPARE(fix.topology().hostsOf(deploy::RoleId("database")).size(), size_t(3));
        QVERIFY(fix.edits.suggest(SuggestScope::All).has_value());
        QVERIFY(fix.topology() == full);
        for (int i = 0; i < 3; ++i)
            fix.draft.undoStack().undo();
        QVERIFY(fix.topology() == moved);
    }

    void searchBringsAServerIntoSight() {
        DrawingFixture fix(product_, texts_, "large", 60, 60);
        fix.view.zoom(1 / fix.view.transform().m11());
        fix.view.find({deploy::HostId("s57")});
        QCOMPARE(fix.view.selected(), std::vector{deploy::HostId("s57")});
        QVERIFY(fix.view.viewport()->rect().contains(fix.server("s57")));
        QVERIFY(fix.view.findChild<QWidget*>(QStringLiteral("minimap"))->isVisible());
        fix.view.fit();
        QVERIFY(!fix.view.findChild<QWidget*>(QStringLiteral("minimap"))->isVisible());
    }

    void theWheelZoomsToTheCursor() {
        DrawingFixture fix(product_, texts_, "large", 60, 60);
        fix.view.zoom(4);
        const QPoint at(300, 200);
        const QPointF before = fix.view.mapToScene(at);
        QWheelEvent wheel(at, fix.view.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        const qreal scale = fix.view.transform().m11();
        QCoreApplication::sendEvent(fix.view.viewport(), &wheel);
        QVERIFY(fix.view.transform().m11() > scale);
        const QPointF after = fix.view.mapToScene(at);
        QVERIFY((after - before).manhattanLength() < 4 / scale);
    }

    void failureIsShown() {
        DrawingFixture fix(product_, texts_, "small", 4, 4);
        fix.view.showFailure({{deploy::HostId("s3")}, {}});
        QVERIFY(fix.view.dump().contains(QRegularExpression(QStringLiteral("server s3 .* down"))));
        QSignalSpy pressed(&fix.view, &TopologyView::powerPressed);
        fix.view.setPowerButtons(PowerButtons::Shown);
        const auto* frame = deploy::frameOf(fix.view.drawing().layout, deploy::HostId("s2"));
        const QPoint button = fix.at(QPointF(frame->box.right() - 22, frame->box.y + 24));
        QTest::mouseClick(fix.view.viewport(), Qt::LeftButton, {}, button);
        QCOMPARE(pressed.count(), 1);
    }

    void exportsBothForms() {
        DrawingFixture fix(product_, texts_, "small", 5, 5);
        const QString svg = fix.folder.filePath(QStringLiteral("a.svg"));
        const QString png = fix.folder.filePath(QStringLiteral("a.png"));
        const auto& layout = fix.view.drawing().layout;
        QVERIFY(exportDrawing(layout, texts_.table(), svg).isEmpty());
        QVERIFY(exportDrawing(layout, texts_.table(), png).isEmpty());
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().contains("HAProxy"));
        const QImage image(png);
        QCOMPARE(image.width(), int(layout.size.width * 2));
        QVERIFY(!exportDrawing(layout, texts_.table(), QStringLiteral("/nowhere/a.svg")).isEmpty());
    }

    void sceneIsAsItWas_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("servers");
        QTest::addColumn<int>("placed");
        QTest::newRow("single") << "single" << 2 << 1;
        QTest::newRow("small") << "small" << 6 << 5;
        QTest::newRow("small_without_ops") << "small" << 4 << 4;
        QTest::newRow("large") << "large" << 9 << 9;
    }
    void sceneIsAsItWas() {
        QFETCH(QString, mode);
        QFETCH(int, servers);
        QFETCH(int, placed);
        DrawingFixture fix(product_, texts_, mode.toUtf8().constData(), servers, placed);
        const QString name = QStringLiteral("%1.txt").arg(QLatin1String(QTest::currentDataTag()));
        QFile golden(QStringLiteral(TEST_DATA "/scenes/") + name);
        const QByteArray now = fix.view.dump().toUtf8();
        const QByteArray was = golden.open(QIODevice::ReadOnly) ? golden.readAll() : QByteArray();
        if (now != was) {
            QFile actual(QDir::temp().filePath(QStringLiteral("scene_") + name));
            QVERIFY(actual.open(QIODevice::WriteOnly) && actual.write(now) == now.size());
            QFAIL(qPrintable(QStringLiteral("the scene differs; now: ") + actual.fileName()));
        }
    }
};

QTEST_MAIN(DrawingKeysTest)
#include "tst_drawing_keys.moc"

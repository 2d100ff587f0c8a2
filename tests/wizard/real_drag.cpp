// Drags on a real (virtual) screen with a window manager: xdotool moves the pointer, so that the
// drag-and-drop of the window system itself is used. Usage: wizard_real_drag; needs xdotool.

#include <QApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <functional>

#include "diagram/topology_view.h"
#include "frame/theme.h"
#include "pages/palette_chip.h"
#include "text/convert.h"
#include "text/texts.h"
#include "topology/hit.h"
#include "topology/suggest.h"
#include "wizard_window.h"

using namespace wizard;

namespace {

/// A hand at the pointer, and what it sees.
class Hand {
public:
    explicit Hand(WizardWindow& window)
        : window_(window), view_(*window.findChild<TopologyView*>(QStringLiteral("drawing"))) {}

    QPoint chip(const char* role, const char* host) const {
        for (const deploy::CellBox& cell : view_.drawing().layout.cells)
            if (cell.role == deploy::RoleId(role) && cell.host == deploy::HostId(host))
                return onScreen(rectOf(cell.box).center());
        return {};
    }
    QPoint server(const char* host) const {
        const auto* frame = deploy::frameOf(view_.drawing().layout, deploy::HostId(host));
        return onScreen(QPointF(frame->box.centreX(), frame->box.y + 30));
    }
    QPoint palette(const char* role) const {
        auto* one = window_.findChild<PaletteChip*>(QStringLiteral("role_") + QLatin1String(role));
        return one->mapToGlobal(one->rect().center());
    }
    bool has(const char* role, const char* host) const {
        return window_.draft().content().topology.has(deploy::RoleId(role), deploy::HostId(host));
    }

    /// Nothing moves any more: the window manager placed the window, and the drawing fits it.
    bool settle() const {
        QPoint last;
        int same = 0;
        return QTest::qWaitFor(
            [&] {
                QTest::qWait(100);
                const QPoint now = chip("database", "s3");
                same = now == last ? same + 1 : 0;
                last = now;
                return same >= 8;
            },
            20000);
    }

    /// Presses, moves in several steps, lets go; the pointer is another process.
    void drag(const QPoint& from, const QPoint& to, const QString& key = {}) const {
        QStringList moves{QStringLiteral("mousemove"), at(from.x()), at(from.y()),
                          QStringLiteral("mousedown"), QStringLiteral("1")};
        if (!key.isEmpty())
            moves << QStringLiteral("keydown") << key;
        constexpr int kSteps = 12;
        for (int i = 1; i <= kSteps; ++i) {
            const QPoint point = from + (to - from) * i / kSteps;
            moves << QStringLiteral("mousemove") << at(point.x()) << at(point.y())
                  << QStringLiteral("sleep") << QStringLiteral("0.06");
        }
        moves << QStringLiteral("sleep") << QStringLiteral("0.4") << QStringLiteral("mouseup")
              << QStringLiteral("1");
        if (!key.isEmpty())
            moves << QStringLiteral("keyup") << key;
        QProcess hand;
        hand.start(QStringLiteral("xdotool"), moves);
        if (!QTest::qWaitFor([&] { return hand.state() == QProcess::NotRunning; }, 20000))
            hand.kill();
        QTest::qWait(300);
    }

private:
    static QString at(int coordinate) { return QString::number(coordinate); }
    QPoint onScreen(const QPointF& point) const {
        return view_.viewport()->mapToGlobal(view_.mapFromScene(point));
    }

    WizardWindow& window_;
    TopologyView& view_;
};

int failures = 0;

void expect(const std::function<bool()>& holds, const char* what) {
    const bool kept = QTest::qWaitFor(holds, 20000);
    QTextStream(stdout) << (kept ? "ok: " : "FAILED: ") << what << Qt::endl;
    failures += kept ? 0 : 1;
}

void walk(WizardWindow& window) {
    const Hand hand(window);
    expect([&] { return hand.settle(); }, "the drawing stands still");
    QUndoStack& stack = window.draft().undoStack();
    hand.drag(hand.chip("database", "s2"), hand.server("s1"));
    expect([&] { return hand.has("database", "s1") && !hand.has("database", "s2"); },
           "server to server");
    stack.undo();
    expect([&] { return hand.has("database", "s2") && !hand.has("database", "s1"); }, "undo");
    hand.drag(hand.chip("database", "s2"), hand.palette("ops"));
    expect([&] { return !hand.has("database", "s2"); }, "dropped on the palette: removed");
    hand.drag(hand.palette("database"), hand.server("s1"));
    expect([&] { return hand.has("database", "s1"); }, "palette to server");
    stack.undo();
    hand.drag(hand.chip("database", "s3"), hand.server("s1"), QStringLiteral("ctrl"));
    expect([&] { return hand.has("database", "s1") && hand.has("database", "s3"); },
           "copy with Ctrl");
    const int edits = stack.index();
    hand.drag(hand.chip("database", "s3"), hand.server("s5"));
    expect([&] { return stack.index() == edits && !hand.has("database", "s5"); },
           "an illegal drop does nothing");
}

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy-real-drag"));
    Texts texts;
    Theme theme;
    const auto product = deploy::Product::load();
    if (!product || !texts.setLanguage(QStringLiteral("en")))
        return 1;
    theme.setAppearance(Appearance::Light);
    QTemporaryDir folder;
    WizardWindow window(*product, theme, texts, deploy::systemClock());
    deploy::ProjectContent content;
    content.name = "drag";
    content.kind = deploy::ProjectKind::Practice;
    content.scenario = "single-ok";
    content.mode = deploy::ModeId("small");
    for (int i = 1; i <= 5; ++i) {
        deploy::Host host;
        host.name = deploy::HostId("s" + std::to_string(i));
        host.address = "10.0.0." + std::to_string(10 + i);
        content.inventory.hosts.push_back(host);
    }
    const auto placed = deploy::suggestTopology(
        product->catalog, *product->catalog.mode(content.mode), content.inventory);
    if (!placed)
        return 1;
    content.topology = *placed;
    if (!window.draft().create(folder.filePath(QStringLiteral("p")), content))
        return 1;
    window.frame().show(WizardStep::Topology);
    window.show();
    if (!QTest::qWaitForWindowActive(&window, 10000)) {
        QTextStream(stdout) << "FAILED: the window did not come up" << Qt::endl;
        return 1;
    }
    QTest::qWait(500);
    walk(window);
    return failures == 0 ? 0 : 1;
}

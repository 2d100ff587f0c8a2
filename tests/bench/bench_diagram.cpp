// How long the drawing takes for a frame with many servers: dragging, zooming, scrolling, and an
// edit until it is drawn. Prints the median and the worst. Usage: bench_diagram [SERVERS]

#include <QApplication>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include "bench_frames.h"
#include "diagram/drawing_source.h"
#include "diagram/topology_view.h"
#include "text/convert.h"

using namespace wizard;

namespace {

constexpr double kGoalMs = 16;

/// Four roles a server: 500 servers have 2,000 chips.
deploy::ProjectContent crowded(int servers) {
    deploy::ProjectContent content;
    content.name = "bench";
    content.mode = deploy::ModeId("small");
    for (int i = 1; i <= servers; ++i) {
        deploy::Host host;
        host.name = deploy::HostId("server-" + std::to_string(i));
        host.address = "10.1." + std::to_string(i / 250) + "." + std::to_string(i % 250 + 1);
        content.inventory.hosts.push_back(host);
        for (const char* role : {"k8s_agent", "business", "k8s_server", "database", "cache"})
            if (i < servers || std::string(role) != "cache")
                content.topology = content.topology.assign(deploy::RoleId(role), host.name);
    }
    return content;
}

void dragOver(TopologyView& view, const char* what) {
    const auto* frame = &view.drawing().layout.frames.front();
    const Load load{{{deploy::RoleId("cache"), frame->host}}, {}};
    const std::unique_ptr<QMimeData> mime(toMime(load));
    const auto actions = Qt::MoveAction | Qt::CopyAction;
    Frames enter;
    enter.time([&] {
        QDragEnterEvent event({5, 5}, actions, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.viewport(), &event);
    });
    Frames frames;
    const QSize size = view.viewport()->size();
    for (int i = 0; i < 300; ++i)
        frames.time([&] {
            const QPoint at(40 + (size.width() - 80) * i / 300,
                            60 + (size.height() - 120) * ((i * 7) % 300) / 300);
            QDragMoveEvent event(at, actions, mime.get(), Qt::LeftButton, {});
            QCoreApplication::sendEvent(view.viewport(), &event);
        });
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(view.viewport(), &leave);
    QCoreApplication::processEvents();
    enter.print((std::string("drag enters, ") + what).c_str(), kGoalMs);
    frames.print((std::string("drag moves, ") + what).c_str(), kGoalMs);
}

void zoomThrough(TopologyView& view) {
    view.fit();
    QCoreApplication::processEvents();
    Frames in;
    for (int i = 0; i < 100; ++i)
        in.time([&] { view.zoom(1.03); });
    Frames out;
    for (int i = 0; i < 100; ++i)
        out.time([&] { view.zoom(1 / 1.03); });
    in.print("zoom in", kGoalMs);
    out.print("zoom out", kGoalMs);
}

void scrollThrough(TopologyView& view) {
    Frames frames;
    QScrollBar* bar = view.horizontalScrollBar();
    for (int i = 0; i < 200; ++i)
        frames.time(
            [&] { bar->setValue(bar->minimum() + (bar->maximum() - bar->minimum()) * i / 200); });
    frames.print("scroll at 1:1", kGoalMs);
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    const int servers = argc > 1 ? QString::fromLocal8Bit(argv[1]).toInt() : 500;
    Texts texts;
    Theme theme;
    const auto product = deploy::Product::load();
    if (!product || !texts.setLanguage(QStringLiteral("zh_CN")))
        return 1;
    theme.setAppearance(Appearance::Light);
    QTemporaryDir folder;
    Draft draft(*product);
    Assessment assessment(draft);
    TopologyEdits edits(draft, texts);
    if (!draft.create(folder.filePath(QStringLiteral("p")), crowded(servers)))
        return 1;
    TopologyView view(edits, theme, texts);
    view.resize(1500, 900);
    view.show(drawingOf(draft, assessment, texts));
    view.QWidget::show();
    QTest::qWait(200);
    QTextStream(stdout) << servers << " servers, " << view.drawing().layout.cells.size()
                        << " chips, 1500x900, goal " << kGoalMs << " ms\n";
    dragOver(view, "all in sight");
    zoomThrough(view);
    view.zoom(1 / view.transform().m11());
    QTest::qWait(50);
    dragOver(view, "1:1");
    scrollThrough(view);
    Frames edit;
    for (int i = 0; i < 20; ++i)
        edit.time([&] {
            const auto& frames = view.drawing().layout.frames;
            edits.drop({{{deploy::RoleId("cache"), frames[size_t(i)].host}}, {}}, {},
                       deploy::Carry::Move);
            view.show(drawingOf(draft, assessment, texts));
        });
    edit.print("an edit until it is saved and drawn", kGoalMs);
    return 0;
}

// What the wizard costs beside the drawing's frames (bench_diagram): an edit with 500 servers on
// each page, a million log lines, and a cold start beside an empty window's.
// Usage: bench_wizard [EMPTY-WINDOW-PROGRAM]; from the source folder.

#include <QApplication>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "bench_frames.h"
#include "bench_start.h"
#include "models/log_model.h"
#include "pages/log_view.h"
#include "text/convert.h"
#include "wizard/many_servers.h"
#include "wizard_window.h"

using namespace wizard;

namespace {

constexpr double kGoalMs = 50;

double residentMb() {
    std::ifstream file("/proc/self/statm");
    long total = 0;
    long resident = 0;
    file >> total >> resident;
    return double(resident) * 4096 / (1 << 20);
}

void editOnEachPage(WizardWindow& window) {
    struct Place {
        WizardStep step;
        const char* name;
    };
    for (const Place& place : {Place{WizardStep::Servers, "an edit on the servers page"},
                               Place{WizardStep::Probe, "an edit on the probe page"},
                               Place{WizardStep::Topology, "an edit on the topology page"},
                               Place{WizardStep::Settings, "an edit on the settings page"}}) {
        window.frame().show(place.step);
        QTest::qWait(1500);
        Frames edit;
        Frames after;
        for (int i = 1; i <= 12; ++i) {
            edit.time([&] {
                window.draft().change(QStringLiteral("x"), [&](deploy::ProjectContent& content) {
                    content.topology = content.topology.unassign(deploy::RoleId("database"),
                                                                 many_servers::nameOf(i));
                });
            });
            // What the thread found, and the rail, in frames of their own.
            QElapsedTimer timer;
            timer.start();
            while (timer.elapsed() < 1500)
                after.time([] { QTest::qSleep(0); });
        }
        edit.print(place.name, kGoalMs);
        after.print("  and when it has been judged", kGoalMs);
        while (window.draft().undoStack().canUndo())
            window.draft().undoStack().undo();
    }
}

void fillLog() {
    LogModel log;
    LogView view;
    view.resize(1200, 500);
    view.setLog(&log);
    view.show();
    QTest::qWait(100);
    const double before = residentMb();
    QByteArray lines;
    for (int i = 0; i < 1000; ++i)
        lines += QByteArrayLiteral("2026-01-31T10:15:00 loading layer ") + QByteArray::number(i) +
                 QByteArrayLiteral(" of the image finclip/business: 41943040 bytes, sha256:0123\n");
    Frames append;
    for (int i = 0; i < 1000; ++i)
        append.time([&] { log.append(lines); });
    Frames scroll;
    view.setFollowing(false);
    for (int i = 0; i < 300; ++i)
        scroll.time([&] { view.verticalScrollBar()->setValue((i * 7919) % 1000 * 1000); });
    Frames search;
    for (int row = 0; row < log.rowCount(); row += LogModel::kSearchRows)
        search.time([&] { log.find(QStringLiteral("is not there"), row); });
    append.print("a thousand log lines more, to a million", kGoalMs);
    scroll.print("scroll through a million log lines", kGoalMs);
    search.print("search a million log lines", kGoalMs);
    QTextStream(stdout) << QStringLiteral("memory of a million log lines: %1 MB, process %2 MB\n")
                               .arg(residentMb() - before, 0, 'f', 0)
                               .arg(residentMb(), 0, 'f', 0);
}

/// Milliseconds until a program has painted its window.
double startOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const qint64 began = monotonicNs();
    process.start(program, arguments);
    process.waitForFinished();
    return double(process.readAllStandardOutput().trimmed().toLongLong() - began) / 1e6;
}

void coldStart(const QString& emptyWindow) {
    std::vector<double> wizard;
    std::vector<double> empty;
    for (int i = 0; i < 15; ++i) {
        wizard.push_back(
            startOf(QCoreApplication::applicationFilePath(), {QStringLiteral("--start")}));
        empty.push_back(startOf(emptyWindow, {}));
    }
    std::sort(wizard.begin(), wizard.end());
    std::sort(empty.begin(), empty.end());
    const double a = wizard[wizard.size() / 2];
    const double b = empty[empty.size() / 2];
    QTextStream(stdout) << QStringLiteral(
                               "start to first paint: %1 ms, an empty window %2 ms: %3x\n")
                               .arg(a, 0, 'f', 0)
                               .arg(b, 0, 'f', 0)
                               .arg(a / b, 0, 'f', 2);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Texts texts;
    if (!texts.setLanguage(QStringLiteral("zh_CN")))
        return 1;
    Theme theme;
    theme.setAppearance(Appearance::Light);
    const auto product = deploy::Product::load();
    if (!product)
        return 1;
    WizardWindow window(*product, theme, texts, deploy::systemClock());
    if (arguments.contains(QStringLiteral("--start"))) {
        tellFirstPaint(window);
        window.show();
        return QApplication::exec();
    }
    if (arguments.size() > 1)
        coldStart(arguments[1]);
    const QTemporaryDir folder;
    const auto path = fromQt(folder.filePath(QStringLiteral("p")));
    {
        auto made = deploy::ProjectFolder::create(path, many_servers::content(500));
        if (!made || !many_servers::saveFacts(*made, "tests/data/probe/debian-12.json"))
            return 1;
    }
    window.show();
    if (!window.open(toQt(path)))
        return 1;
    editOnEachPage(window);
    fillLog();
    return 0;
}

// The peer of a cold start: what Qt itself needs until an empty window is painted.

#include <QApplication>
#include <QMainWindow>

#include "bench_start.h"

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    QMainWindow window;
    window.resize(1440, 900);
    tellFirstPaint(window);
    window.show();
    return QApplication::exec();
}

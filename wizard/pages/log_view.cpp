#include "pages/log_view.h"

#include <QHeaderView>
#include <QPainter>
#include <algorithm>

namespace wizard {

LogView::LogView(QWidget* parent) : QTableView(parent) {
    setProperty("role", QStringLiteral("log"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    horizontalHeader()->hide();
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(18);
    verticalHeader()->setDefaultSectionSize(18);
}

void LogView::setLog(LogModel* log) {
    if (log_ != nullptr)
        log_->disconnect(this);
    log_ = log;
    setModel(log);
    if (log == nullptr)
        return;
    connect(log, &QAbstractItemModel::rowsInserted, this, [this] {
        widen();
        if (following_)
            scrollToBottom();
    });
    widen();
    if (following_)
        scrollToBottom();
}

void LogView::setFollowing(bool following) {
    following_ = following;
    if (following && log_ != nullptr)
        scrollToBottom();
}

void LogView::setPlaceholder(const QString& text) {
    placeholder_ = text;
    viewport()->update();
}

void LogView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (log_ == nullptr || log_->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(4, 4, -4, -4), Qt::AlignLeft | Qt::AlignTop,
                     placeholder_);
}

void LogView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    widen();
}

void LogView::widen() {
    if (log_ == nullptr)
        return;
    const int longest = fontMetrics().averageCharWidth() * (log_->longest() + 4);
    const int width = std::max(longest, viewport()->width());
    if (columnWidth(0) != width)
        setColumnWidth(0, width);
}

}  // namespace wizard

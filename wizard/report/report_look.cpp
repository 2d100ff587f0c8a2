#include "report/report_look.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace wizard {

namespace {

const QColor kInk(0x1f, 0x24, 0x30);
const QColor kMute(0x5d, 0x65, 0x77);
const QColor kLine(0xe3, 0xe7, 0xef);
const QColor kPane(0xf5, 0xf7, 0xfa);
const QColor kAccent(0x3b, 0x5f, 0xc0);
const QColor kGood(0x1a, 0x7a, 0x43);
const QColor kWarn(0x9a, 0x5b, 0x00);
const QColor kBad(0xb3, 0x2d, 0x24);
const QColor kStrip(0xf6, 0xd7, 0x77);

/// 1.4 times the letters' size, at 96 pixels for 72 points.
constexpr qreal kLinePixelsPerPoint = 1.87;

QColor toneOf(const QString& style) {
    for (const QString& word : style.split(QLatin1Char(' '))) {
        if (word == QLatin1String("good"))
            return kGood;
        if (word == QLatin1String("warn"))
            return kWarn;
        if (word == QLatin1String("bad"))
            return kBad;
    }
    return kMute;
}

void underline(QTextTableCellFormat& cell, const QColor& color) {
    cell.setBottomBorder(1);
    cell.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    cell.setBottomBorderBrush(color);
}

}  // namespace

QFont ReportLook::font() const {
    QFont font;
    // Letters and digits of the Chinese font cannot be copied out of a PDF: it is asked last.
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Liberation Sans"),
                      QStringLiteral("DejaVu Sans"), QStringLiteral("Noto Sans CJK SC")});
    font.setPointSizeF(points_);
    return font;
}

QTextCharFormat ReportLook::body() const {
    QTextCharFormat format;
    format.setForeground(kInk);
    format.setFontPointSize(points_);
    return format;
}

QTextCharFormat ReportLook::dense() const {
    QTextCharFormat format = body();
    format.setFontPointSize(points_ * 0.88);
    return format;
}

QTextBlockFormat ReportLook::blockOf(const Markup& element) const {
    QTextBlockFormat format;
    // Fixed, so that lines of Latin and of Chinese letters beside each other stand on one line.
    const qreal size = charsOf(element, body()).fontPointSize();
    format.setLineHeight(size * kLinePixelsPerPoint, QTextBlockFormat::FixedHeight);
    const auto margins = [&](qreal top, qreal bottom) {
        format.setTopMargin(top * points_);
        format.setBottomMargin(bottom * points_);
    };
    const bool heading = element.is("h2") || element.is("h3") || element.is("h4");
    if (heading)
        format.setProperty(kHeading, true);
    if (element.is("h1"))
        margins(0, 0.8);
    else if (element.is("h2"))
        margins(3, 0.9);
    else if (element.is("h3"))
        margins(1.4, 0.5);
    else if (element.is("h4"))
        margins(0.9, 0.4);
    else if (element.is("footer"))
        margins(3, 0);
    else if (element.is("p") && !element.has("name") && !element.has("figure"))
        margins(0, 0.5);
    if (element.has("strip"))
        format.setAlignment(Qt::AlignHCenter);
    if (element.is("pre"))
        format.setNonBreakableLines(false);
    return format;
}

QTextCharFormat ReportLook::charsOf(const Markup& element, QTextCharFormat format) const {
    const auto size = [&](qreal times) { format.setFontPointSize(points_ * times); };
    const auto bold = [&] { format.setFontWeight(QFont::Bold); };
    if (element.is("h1") || element.is("h2") || element.is("h3") || element.is("h4")) {
        bold();
        size(element.is("h1") ? 2.1 : element.is("h2") ? 1.4 : element.is("h3") ? 1.1 : 1.0);
        if (element.is("h2"))
            format.setForeground(kAccent);
    }
    if (element.is("strong") || element.has("head") || element.has("strip"))
        bold();
    if (element.has("eyebrow")) {
        bold();
        format.setForeground(kAccent);
    }
    if (element.has("verdict")) {
        bold();
        size(1.5);
        format.setForeground(toneOf(element.style));
    }
    if (element.has("figure") && element.is("p")) {
        bold();
        size(1.25);
    }
    if (element.has("name") || element.has("more") || element.has("iso") || element.is("footer"))
        size(0.88);
    const bool quiet = element.has("name") || element.has("more") || element.has("iso") ||
                       element.has("quiet") || element.has("remedy") || element.has("source") ||
                       element.has("when") || element.has("address") || element.is("dt") ||
                       element.is("th") || element.is("footer") || element.is("time");
    if (quiet && !element.has("verdict"))
        format.setForeground(kMute);
    if (element.has("address")) {
        format.setFontWeight(QFont::Normal);
        format.setFontPointSize(points_);
    }
    if (element.has("badge"))
        format.setForeground(toneOf(element.style));
    if (element.is("code") || element.is("pre")) {
        format.setFontFamilies({QStringLiteral("DejaVu Sans Mono"),
                                QStringLiteral("Noto Sans Mono CJK SC"),
                                QStringLiteral("monospace")});
        format.setFontPointSize(std::min(format.fontPointSize(), points_ * 0.88) * 0.92);
    }
    if (element.is("a"))
        format.setForeground(kAccent);
    return format;
}

QTextTableCellFormat ReportLook::boxOf(const QString& style) const {
    const Markup element{{}, style, {}, {}};
    QTextTableCellFormat cell;
    cell.setPadding(points_ * 0.8);
    const auto edge = [](QTextTableCellFormat& to, const QColor& color) {
        to.setBorder(1);
        to.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        to.setBorderBrush(color);
    };
    if (element.has("strip")) {
        cell.setBackground(kStrip);
    } else if (element.has("note")) {
        cell.setBackground(kPane);
        cell.setLeftBorder(4);
        cell.setLeftBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        cell.setLeftBorderBrush(toneOf(style));
    } else if (element.has("tile")) {
        edge(cell, kLine);
        cell.setBackground(kPane);
        cell.setTopBorder(3);
        cell.setTopBorderBrush(toneOf(style));
    } else {
        edge(cell, kLine);
    }
    return cell;
}

QTextTableCellFormat ReportLook::factCell() const {
    QTextTableCellFormat cell;
    cell.setTopPadding(points_ * 0.25);
    cell.setBottomPadding(points_ * 0.25);
    cell.setRightPadding(points_ * 0.8);
    underline(cell, kLine);
    return cell;
}

QTextBlockFormat ReportLook::lineOf(const QTextCharFormat& format) {
    QTextBlockFormat block;
    block.setLineHeight(format.fontPointSize() * kLinePixelsPerPoint,
                        QTextBlockFormat::FixedHeight);
    return block;
}

QTextTableCellFormat ReportLook::tableCell(bool head) const {
    QTextTableCellFormat cell = factCell();
    if (head)
        underline(cell, QColor(0xb8, 0xc0, 0xd0));
    return cell;
}

QTextTableFormat ReportLook::tableOf(const QList<int>& percents) const {
    QTextTableFormat format;
    format.setBorder(0);
    format.setBorderCollapse(true);
    format.setCellSpacing(0);
    format.setCellPadding(0);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    format.setBottomMargin(gap());
    int left = 100;
    for (const int percent : percents)
        left -= percent;
    QList<QTextLength> widths;
    for (const int percent : percents)
        widths << QTextLength(QTextLength::PercentageLength, percent + std::exchange(left, 0));
    format.setColumnWidthConstraints(widths);
    return format;
}

QTextTableFormat ReportLook::tilesOf(int count) const {
    return tableOf(QList<int>(count, 100 / count));
}

QList<int> ReportLook::widthsOf(const std::vector<const Markup*>& rows) {
    const size_t columns = rows.front()->children.size();
    QList<qreal> longest(qsizetype(columns), 4);
    for (const Markup* row : rows)
        for (size_t i = 0; i < columns && i < row->children.size(); ++i) {
            qreal length = 0;
            for (const QChar c : row->children[i].words())
                length += c.unicode() > 0x2e7f ? 1.9 : 1;  // Chinese is twice as wide
            longest[qsizetype(i)] = std::max(longest[qsizetype(i)], std::min(length, 44.0) + 3);
        }
    qreal sum = 0;
    for (const qreal one : longest)
        sum += one;
    QList<int> percents;
    for (const qreal one : longest)
        percents << int(std::floor(100 * one / sum));
    return percents;
}

}  // namespace wizard

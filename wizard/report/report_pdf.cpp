#include "report/report_pdf.h"

#include <QAbstractTextDocumentLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>

#include "report/report_document.h"
#include "report/report_look.h"

namespace wizard {

namespace {

constexpr int kResolution = 600;
constexpr qreal kBodyPoints = 9;
constexpr qreal kMillimetre = kResolution / 25.4;
constexpr qreal kHeadRoom = 8 * kMillimetre;
/// Moving one heading may move those behind it; a report has far fewer than this.
constexpr int kMostMoves = 60;

int pageOf(const QTextDocument& document, const QTextBlock& block) {
    return int(document.documentLayout()->blockBoundingRect(block).top() /
               document.pageSize().height());
}

/// A heading whose text would begin on the next page goes there, too.
void keepHeadings(QTextDocument& document) {
    int moves = 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (!block.blockFormat().hasProperty(ReportLook::kHeading) || moves > kMostMoves)
            continue;
        QTextBlock after = block.next();
        while (after.isValid() &&
               (after.text().isEmpty() || after.blockFormat().hasProperty(ReportLook::kHeading)))
            after = after.next();
        if (!after.isValid() || pageOf(document, after) == pageOf(document, block))
            continue;
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
        cursor.setBlockFormat(format);
        ++moves;
        // Laid out anew as a whole: a part alone leaves the tables behind it where they were.
        const QSizeF page = document.pageSize();
        document.setPageSize({});
        document.setPageSize(page);
    }
}

void drawEdges(QPainter& painter, const QSizeF& page, const QString& running, int number,
               int count) {
    QFont font = ReportLook({kBodyPoints}).font();
    font.setPointSizeF(7.5);
    painter.setFont(font);
    painter.setPen(QColor(0x5d, 0x65, 0x77));
    painter.drawText(QRectF(0, 0, page.width(), kHeadRoom), Qt::AlignLeft | Qt::AlignTop, running);
    painter.drawText(QRectF(0, page.height() + kHeadRoom, page.width(), kHeadRoom),
                     Qt::AlignRight | Qt::AlignBottom,
                     QStringLiteral("%1 / %2").arg(number).arg(count));
}

}  // namespace

bool writeReportPdf(const QString& xhtml, const QString& running, QIODevice& device) {
    QPdfWriter writer(&device);
    writer.setResolution(kResolution);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(15, 10, 15, 10), QPageLayout::Millimeter);
    writer.setTitle(running);
    writer.setCreator(QStringLiteral("FinClip Deploy"));
    const auto document = reportDocument(xhtml, {kBodyPoints});
    const QSizeF page(writer.width(), writer.height() - 2 * kHeadRoom);
    document->documentLayout()->setPaintDevice(&writer);
    document->setDocumentMargin(0);
    document->setPageSize(page);
    keepHeadings(*document);

    QPainter painter;
    if (!painter.begin(&writer))
        return false;
    const int count = document->pageCount();
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            writer.newPage();
        drawEdges(painter, page, running, i + 1, count);
        painter.save();
        painter.translate(0, kHeadRoom - i * page.height());
        const QRectF shown(QPointF(0, i * page.height()), page);
        painter.setClipRect(shown);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = shown;
        context.palette.setColor(QPalette::Text, Qt::black);
        document->documentLayout()->draw(&painter, context);
        painter.restore();
    }
    return painter.end();
}

}  // namespace wizard

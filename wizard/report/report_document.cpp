#include "report/report_document.h"

#include <QAbstractTextDocumentLayout>
#include <QTextCursor>

#include "report/drawing_object.h"
#include "report/markup.h"
#include "report/report_look.h"

namespace wizard {

namespace {

/// Writes the markup's elements, one after the other, at the end of a document.
class Writer {
public:
    Writer(QTextDocument& document, const ReportType& type) : cursor_(&document), look_(type) {}

    void write(const Markup& element) {
        for (const Markup& child : element.children)
            block(child);
    }

private:
    void block(const Markup& element) {
        if (element.tag.isEmpty() || element.is("nav"))
            return;
        if (element.is("h1") || element.is("h2") || element.is("h3") || element.is("h4") ||
            element.is("p") || element.is("footer") || element.is("li"))
            paragraph(element);
        else if (element.is("pre"))
            box(element, look_.boxOf(QStringLiteral("said")));
        else if (element.is("table"))
            table(element);
        else if (element.is("dl"))
            facts(element);
        else if (element.has("tiles"))
            tiles(element);
        else if (element.has("note") || element.has("strip") || element.has("card"))
            box(element, look_.boxOf(element.style));
        else if (const Markup* svg = element.is("figure") ? element.find("svg") : nullptr)
            drawing(svg->text);
        else
            write(element);
    }

    /// A new block, but where the present one has nothing yet. Behind a table the room above a
    /// block is not kept, so what wants some gets a block of its own.
    void begin(const QTextBlockFormat& format) {
        if (fresh_ && !(afterTable_ && format.topMargin() > 0))
            cursor_.setBlockFormat(format);
        else
            cursor_.insertBlock(format);
        fresh_ = false;
        afterTable_ = false;
    }

    void paragraph(const Markup& element) {
        begin(look_.blockOf(element));
        const QTextCharFormat format = look_.charsOf(element, look_.body());
        // A remark among words (an error in a list of incidents) stands below them.
        for (const Markup& child : element.children) {
            if (child.is("div"))
                block(child);
            else
                inlineText(child, format);
        }
    }

    void inlineText(const Markup& part, const QTextCharFormat& outer) {
        if (part.tag.isEmpty()) {
            cursor_.insertText(part.text, outer);
            return;
        }
        const QTextCharFormat format = look_.charsOf(part, outer);
        if (part.has("address"))
            cursor_.insertText(QStringLiteral("   "), format);
        for (const Markup& child : part.children)
            inlineText(child, format);
        if (part.is("time") || (part.is("span") && part.has("shape")))
            cursor_.insertText(QStringLiteral(" "), outer);
    }

    /// Writes into a cell, which has one empty block at first, and comes back behind its table.
    template <class Fill>
    void inCell(QTextTable* table, int row, int column, Fill fill) {
        const QTextCursor behind = cursor_;
        const bool wasFresh = fresh_;
        const bool wasAfterTable = afterTable_;
        cursor_ = table->cellAt(row, column).firstCursorPosition();
        cursor_.setBlockFormat({});
        fresh_ = true;
        afterTable_ = false;
        fill();
        cursor_ = behind;
        fresh_ = wasFresh;
        afterTable_ = wasAfterTable;
    }

    /// Qt puts a block behind each table: what comes next is written into it.
    QTextTable* insertTable(int rows, int columns, const QTextTableFormat& format) {
        if (!fresh_)
            cursor_.insertBlock(QTextBlockFormat());
        shrink();
        QTextTable* table = cursor_.insertTable(rows, columns, format);
        cursor_ = table->lastCursorPosition();
        cursor_.movePosition(QTextCursor::NextBlock);
        shrink();
        fresh_ = true;
        afterTable_ = true;
        return table;
    }

    /// A block that may stay empty between two tables takes no room.
    void shrink() {
        QTextBlockFormat flat;
        flat.setLineHeight(1, QTextBlockFormat::FixedHeight);
        cursor_.setBlockFormat(flat);
    }

    void box(const Markup& element, const QTextTableCellFormat& look) {
        QTextTable* table = insertTable(1, 1, look_.tableOf({}));
        QTextTableCell cell = table->cellAt(0, 0);
        cell.setFormat(look);
        inCell(table, 0, 0, [&] {
            if (element.is("pre") || element.has("strip"))
                paragraph(element);
            else
                write(element);
        });
    }

    void tiles(const Markup& element) {
        const int count = int(element.children.size());
        if (count == 0)
            return;
        QTextTable* table = insertTable(1, count, look_.tilesOf(count));
        for (int i = 0; i < count; ++i) {
            const Markup& tile = element.children[size_t(i)];
            table->cellAt(0, i).setFormat(look_.boxOf(tile.style));
            inCell(table, 0, i, [&] { write(tile); });
        }
    }

    void facts(const Markup& element) {
        std::vector<const Markup*> pairs;
        for (const Markup& child : element.children)
            if (child.is("div"))
                pairs.push_back(&child);
        const int wide = element.has("two") ? 2 : 1;
        const int rows = int(pairs.size() + size_t(wide) - 1) / wide;
        if (rows == 0)
            return;
        QTextTable* table =
            insertTable(rows, 2 * wide,
                        look_.tableOf(wide == 2 ? QList<int>{15, 35, 15, 35} : QList<int>{22, 78}));
        for (int i = 0; i < rows * wide; ++i)
            for (int side = 0; side < 2; ++side) {
                const int row = i % rows;
                const int column = 2 * (i / rows) + side;
                table->cellAt(row, column).setFormat(look_.factCell());
                if (size_t(i) >= pairs.size())
                    continue;
                const Markup* half = pairs[size_t(i)]->find(side == 0 ? "dt" : "dd");
                if (half != nullptr)
                    inCell(table, row, column, [&] { paragraph(*half); });
            }
    }

    void table(const Markup& element) {
        std::vector<const Markup*> rows;
        collectRows(element, rows);
        if (rows.empty())
            return;
        const int columns = int(rows.front()->children.size());
        QTextTableFormat format = look_.tableOf(ReportLook::widthsOf(rows));
        format.setHeaderRowCount(1);
        QTextTable* table = insertTable(int(rows.size()), columns, format);
        for (int row = 0; row < int(rows.size()); ++row)
            for (int column = 0; column < columns; ++column) {
                if (size_t(column) >= rows[size_t(row)]->children.size())
                    break;
                const Markup& cell = rows[size_t(row)]->children[size_t(column)];
                table->cellAt(row, column).setFormat(look_.tableCell(cell.is("th")));
                inCell(table, row, column, [&] { cellText(cell, element.has("dense")); });
            }
    }

    static void collectRows(const Markup& element, std::vector<const Markup*>& rows) {
        for (const Markup& child : element.children)
            if (child.is("tr"))
                rows.push_back(&child);
            else
                collectRows(child, rows);
    }

    void cellText(const Markup& cell, bool dense) {
        QTextCharFormat format = look_.charsOf(cell, dense ? look_.dense() : look_.body());
        begin(ReportLook::lineOf(format));
        for (const Markup& child : cell.children)
            if (child.is("p") || child.is("div")) {
                if (cursor_.positionInBlock() > 0)
                    cursor_.insertBlock();
                inlineText(child, format);
            } else {
                inlineText(child, format);
            }
    }

    void drawing(const QString& svg) {
        QTextBlockFormat centred;
        centred.setAlignment(Qt::AlignHCenter);
        centred.setBottomMargin(look_.gap());
        begin(centred);
        cursor_.insertText(QString(QChar::ObjectReplacementCharacter),
                           DrawingObject::formatOf(svg));
    }

    QTextCursor cursor_;
    ReportLook look_;
    bool fresh_ = true;        ///< the present block has nothing yet
    bool afterTable_ = false;  ///< and stands behind a table
};

}  // namespace

std::unique_ptr<QTextDocument> reportDocument(const QString& xhtml, const ReportType& type) {
    auto document = std::make_unique<QTextDocument>();
    document->setUndoRedoEnabled(false);
    document->setDefaultFont(ReportLook(type).font());
    auto* drawings = new DrawingObject(document.get());
    document->documentLayout()->registerHandler(DrawingObject::kType, drawings);
    const Markup root = readMarkup(xhtml);
    if (const Markup* body = root.find("body")) {
        QTextCursor cursor(document.get());
        cursor.beginEditBlock();
        Writer(*document, type).write(*body);
        cursor.endEditBlock();
    }
    return document;
}

}  // namespace wizard

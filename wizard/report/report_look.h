#pragma once

#include <QFont>
#include <QTextTable>

#include "report/markup.h"
#include "report/report_document.h"

namespace wizard {

/// How each kind of element of the report looks in a text document. Pure.
class ReportLook {
public:
    /// Set on headings, which are kept with what follows them.
    static constexpr int kHeading = QTextFormat::UserProperty + 2;

    explicit ReportLook(const ReportType& type) : points_(type.bodyPoints) {}

    QFont font() const;
    QTextCharFormat body() const;
    QTextCharFormat dense() const;
    /// Pixels of a 96 dpi screen; documents scale them to their device.
    qreal gap() const { return points_; }

    QTextBlockFormat blockOf(const Markup& element) const;
    static QTextBlockFormat lineOf(const QTextCharFormat& format);
    QTextCharFormat charsOf(const Markup& element, QTextCharFormat outer) const;
    QTextTableCellFormat boxOf(const QString& style) const;
    QTextTableCellFormat factCell() const;
    QTextTableCellFormat tableCell(bool head) const;
    /// Columns in per cent; none: equal.
    QTextTableFormat tableOf(const QList<int>& percents) const;
    QTextTableFormat tilesOf(int count) const;
    /// By the longest words in each column.
    static QList<int> widthsOf(const std::vector<const Markup*>& rows);

private:
    qreal points_;
};

}  // namespace wizard

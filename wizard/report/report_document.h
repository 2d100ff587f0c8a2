#pragma once

#include <QString>
#include <QTextDocument>
#include <memory>

namespace wizard {

/// Sizes of a document's type: on the screen it follows the window, on paper it is smaller.
struct ReportType {
    qreal bodyPoints = 10.5;
};

/// The hand-over report (what deploy::reportToHtml wrote) as a document that QTextBrowser shows and
/// that prints well: tables in place of the grids that Qt's rich text does not know, the drawing as
/// an object that stays sharp at every size. Dark on white: it is paper. The report's list of
/// contents is left out. Empty for what is no report.
std::unique_ptr<QTextDocument> reportDocument(const QString& xhtml, const ReportType& type);

}  // namespace wizard

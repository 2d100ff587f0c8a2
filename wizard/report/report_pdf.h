#pragma once

#include <QIODevice>
#include <QString>

namespace wizard {

/// Writes the report (what deploy::reportToHtml wrote) as A4 pages with their numbers; the drawing
/// is vectors. `running` stands at the head of each page. False where the device cannot be written.
bool writeReportPdf(const QString& xhtml, const QString& running, QIODevice& device);

}  // namespace wizard

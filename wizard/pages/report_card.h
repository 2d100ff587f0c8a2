#pragma once

#include <QFrame>
#include <QMap>
#include <optional>

#include "pages/page_context.h"
#include "report/report.h"
#include "runners/pdf_runner.h"

class QLabel;
class QPushButton;
class QTextBrowser;
class QTextDocument;

namespace wizard {

/// The hand-over report: shown, kept in the project, saved where a person wants it.
class ReportCard : public QFrame {
    Q_OBJECT
public:
    explicit ReportCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// Gathers it anew; once for each run and language it is written into the project's report
    /// folder.
    void refresh();
    void focusFirst();

private:
    void show(const QString& html);
    void keep(const deploy::Report& report, const QString& html);
    void save();
    void tellSaved(const QString& file, const QString& problem);
    /// Of the PDF's pages.
    QString runningHead() const;
    QString keptSince(const deploy::RunRecord& run, const QString& language) const;
    /// Why the file could not be written; empty: it is.
    QString writeHtml(const QString& file, const QString& html) const;

    PageContext context_;
    PdfRunner pdf_;
    QString saving_;  ///< a PDF that a person asked for; empty: none
    std::optional<deploy::Report> report_;
    QString html_;
    deploy::RunId kept_;                 ///< the last run that the kept files tell of
    QMap<QString, QString> keptFiles_;   ///< language -> HTML; the PDF lies beside it
    QTextDocument* document_ = nullptr;  ///< shown; the view owns it
    QLabel* title_;
    QLabel* place_;
    QPushButton* open_;
    QPushButton* save_;
    QTextBrowser* view_;
};

}  // namespace wizard

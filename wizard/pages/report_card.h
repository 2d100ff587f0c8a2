#pragma once

#include <QFrame>
#include <optional>

#include "pages/page_context.h"
#include "report/report.h"

class QLabel;
class QPushButton;
class QTextBrowser;

namespace wizard {

/// The hand-over report: shown, kept in the project, saved where a person wants it.
class ReportCard : public QFrame {
    Q_OBJECT
public:
    explicit ReportCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// Gathers it anew; once for each run it is written into the project's report folder.
    void refresh();

private:
    void show(const deploy::Report& report);
    void keep(const deploy::Report& report);
    void save();

    PageContext context_;
    std::optional<deploy::Report> report_;
    QString keptFile_;
    deploy::RunId kept_;  ///< the last run that a report in the project's folder tells of
    QLabel* title_;
    QLabel* place_;
    QPushButton* open_;
    QPushButton* save_;
    QTextBrowser* view_;
};

}  // namespace wizard

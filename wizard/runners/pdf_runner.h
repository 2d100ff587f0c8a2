#pragma once

#include <deque>

#include "runners/runner.h"

namespace wizard {

/// Writes reports as PDF, one after the other: laying out its pages takes seconds.
class PdfRunner : public Runner {
    Q_OBJECT
public:
    explicit PdfRunner(QObject* parent = nullptr);
    /// `xhtml` and `running` as of writeReportPdf(). The file is there as a whole or not at all,
    /// and only its owner may read it.
    void write(const QString& file, const QString& xhtml, const QString& running);

Q_SIGNALS:
    /// `problem` says why it could not be written; empty: it is.
    void written(const QString& file, const QString& problem);

private:
    struct Job {
        QString file;
        QString xhtml;
        QString running;
    };
    void begin();

    std::deque<Job> waiting_;
};

}  // namespace wizard

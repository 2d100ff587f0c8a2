#include "runners/pdf_runner.h"

#include <QEventLoop>
#include <QSaveFile>

#include "report/report_pdf.h"

namespace wizard {

PdfRunner::PdfRunner(QObject* parent) : Runner(parent) {
    connect(this, &Runner::finished, this, &PdfRunner::begin);
}

void PdfRunner::write(const QString& file, const QString& xhtml, const QString& running) {
    waiting_.push_back({file, xhtml, running});
    begin();
}

void PdfRunner::begin() {
    if (running() || waiting_.empty())
        return;
    const Job job = std::move(waiting_.front());
    waiting_.pop_front();
    start([this, job](const std::stop_token&) {
        // Laying out a document asks for timers, which a thread has only with one.
        const QEventLoop loop;
        QSaveFile out(job.file);
        const auto write = [&] {
            if (!out.open(QIODevice::WriteOnly))
                return false;
            out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
            return writeReportPdf(job.xhtml, job.running, out) && out.commit();
        };
        const QString problem = write() ? QString() : out.errorString();
        post([this, file = job.file, problem] { Q_EMIT written(file, problem); });
    });
}

}  // namespace wizard

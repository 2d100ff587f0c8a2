#include "pages/report_card.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QSaveFile>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <utility>

#include "base/resources.h"
#include "pages/parts.h"
#include "pages/save_text.h"
#include "report/report_document.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {

std::string reportStyle() {
    const auto style = deploy::readResource("style/report.css");
    return style ? *style : std::string();
}

}  // namespace

ReportCard::ReportCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("heading")),
      place_(makeLabel("small")),
      open_(makeButton(QStringLiteral("openReport"))),
      save_(makeButton(QStringLiteral("saveReport"))),
      view_(new QTextBrowser) {
    setProperty("role", QStringLiteral("card"));
    view_->setObjectName(QStringLiteral("report"));
    view_->setOpenLinks(false);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // It is paper: dark on white in both appearances, as it will be printed.
    view_->setStyleSheet(QStringLiteral("QTextBrowser { background: #ffffff; color: #1f2430; }"));
    place_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(14, 10, 14, 12);
    grid->addWidget(title_, 0, 0);
    grid->addWidget(open_, 0, 1);
    grid->addWidget(save_, 0, 2);
    grid->addWidget(place_, 1, 0, 1, 3);
    grid->addWidget(view_, 2, 0, 1, 3);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(2, 1);
    connect(save_, &QPushButton::clicked, this, &ReportCard::save);
    connect(open_, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(keptFiles_[context_.texts.language()]));
    });
    connect(&pdf_, &PdfRunner::written, this, [this](const QString& file, const QString& problem) {
        if (file == saving_ || !problem.isEmpty())
            tellSaved(file, problem);
        if (file == saving_)
            saving_.clear();
    });
    connect(&context_.draft, &Draft::projectChanged, this, [this] {
        report_.reset();
        kept_ = {};
        keptFiles_.clear();
        view_->clear();
        place_->clear();
    });
    retranslate();
}

void ReportCard::retranslate() {
    title_->setText(tr("The hand-over report"));
    open_->setText(tr("Open in the browser"));
    save_->setText(tr("Save the report…"));
    view_->setAccessibleName(tr("The hand-over report"));
}

void ReportCard::focusFirst() {
    open_->setFocus();
}

void ReportCard::refresh() {
    save_->setEnabled(false);
    open_->setEnabled(!keptFiles_.isEmpty());
    if (!context_.draft.isOpen() || context_.draft.lent())
        return;
    const auto& bundle = context_.assessment.bundle();
    const deploy::Result<deploy::Bundle> given =
        bundle ? deploy::Result<deploy::Bundle>(*bundle)
               : deploy::fail(deploy::ErrorCode::BundleInvalid, "bundle");
    auto report = deploy::gatherReport(context_.draft.product(), context_.draft.folder(), given,
                                       context_.clocks.of(deploy::ProjectKind::Deploy));
    if (!report) {
        report_.reset();
        view_->setPlainText(tr("The report could not be made") + QLatin1Char('\n') +
                            context_.texts.describe(report.error()));
        return;
    }
    report_ = std::move(*report);
    save_->setEnabled(true);
    html_ = toQt(deploy::reportToHtml(*report_, context_.texts.table(), reportStyle()));
    show(html_);
    keep(*report_, html_);
}

void ReportCard::show(const QString& html) {
    const int place = view_->verticalScrollBar()->value();
    QTextDocument* document = reportDocument(html, {}).release();
    document->setDocumentMargin(16);
    document->setParent(view_);
    view_->setDocument(document);
    delete std::exchange(document_, document);
    view_->verticalScrollBar()->setValue(place);
}

void ReportCard::keep(const deploy::Report& report, const QString& html) {
    const deploy::RunRecord* last =
        context_.assessment.runs().empty() ? nullptr : &context_.assessment.runs().back();
    const QString language = context_.texts.language();
    if (last == nullptr || context_.draft.readOnly())
        return;
    if (last->id != kept_)
        keptFiles_.clear();
    kept_ = last->id;
    if (const QString before = keptSince(*last, language); !before.isEmpty())
        keptFiles_.insert(language, before);
    if (!keptFiles_.contains(language)) {
        const deploy::ReportFiles files =
            deploy::reportFilesIn(context_.draft.folder().reportFolder(), report, fromQt(language));
        if (const auto written = deploy::writeReport(report, context_.texts.table(), files);
            !written) {
            place_->setText(context_.texts.describe(written.error()));
            return;
        }
        const QString file = toQt(files.html.string());
        QFileInfo pdf(file);
        pdf_.write(pdf.dir().filePath(pdf.completeBaseName() + QStringLiteral(".pdf")), html,
                   runningHead());
        keptFiles_[language] = file;
    }
    open_->setEnabled(true);
    place_->setText(tr("Kept in the project as HTML, PDF and JSON: %1")
                        .arg(QDir::toNativeSeparators(keptFiles_[language])));
}

/// The newest that tells of this run, also of an earlier window.
QString ReportCard::keptSince(const deploy::RunRecord& run, const QString& language) const {
    const QDir folder(toQt(context_.draft.folder().reportFolder().string()));
    const auto files =
        folder.entryInfoList({QStringLiteral("*-%1.html").arg(language)}, QDir::Files, QDir::Time);
    const QFileInfo journal(toQt((run.folder / "journal").string()));
    return !files.isEmpty() && files.front().lastModified() > journal.lastModified()
               ? files.front().absoluteFilePath()
               : QString();
}

QString ReportCard::runningHead() const {
    return joined(
        {toQt(report_->project.name), tr("Hand-over report"),
         report_->project.kind == deploy::ProjectKind::Practice ? tr("Practice") : QString()});
}

QString ReportCard::writeHtml(const QString& file, const QString& html) const {
    QSaveFile out(file);
    const QByteArray bytes = html.toUtf8();
    const bool written =
        out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit();
    return written ? QString() : out.errorString();
}

void ReportCard::save() {
    if (!report_)
        return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the report"), QStringLiteral("report.pdf"),
        tr("PDF (*.pdf)") + QStringLiteral(";;") + tr("Web pages (*.html)"));
    if (file.isEmpty())
        return;
    if (file.endsWith(QLatin1String(".html"), Qt::CaseInsensitive)) {
        tellSaved(file, writeHtml(file, html_));
        return;
    }
    saving_ = file;
    place_->setText(tr("Writing %1…").arg(QDir::toNativeSeparators(file)));
    pdf_.write(file, html_, runningHead());
}

void ReportCard::tellSaved(const QString& file, const QString& problem) {
    if (problem.isEmpty())
        place_->setText(tr("Saved: %1").arg(QDir::toNativeSeparators(file)));
    else
        askNotSaved(context_.questions, file, problem);
}

}  // namespace wizard

#include "pages/report_card.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPainter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>

#include "base/resources.h"
#include "pages/parts.h"
#include "text/convert.h"

namespace wizard {

namespace {

constexpr qreal kDrawingWidth = 640;

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
    place_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(14, 10, 14, 12);
    grid->addWidget(title_, 0, 0);
    grid->addWidget(open_, 0, 1, 2, 1);
    grid->addWidget(save_, 0, 2, 2, 1);
    grid->addWidget(place_, 1, 0);
    grid->addWidget(view_, 2, 0, 1, 3);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(2, 1);
    connect(save_, &QPushButton::clicked, this, &ReportCard::save);
    connect(open_, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(keptFile_)); });
    connect(&context_.draft, &Draft::projectChanged, this, [this] {
        report_.reset();
        kept_ = {};
        keptFile_.clear();
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

void ReportCard::refresh() {
    save_->setEnabled(false);
    open_->setEnabled(!keptFile_.isEmpty());
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
    show(*report_);
    keep(*report_);
}

void ReportCard::show(const deploy::Report& report) {
    QString html = toQt(deploy::reportToHtml(report, context_.texts.table(), reportStyle()));
    // The text widget knows no inline SVG: the drawing is shown as a picture of it.
    const qsizetype begin = html.indexOf(QLatin1String("<svg"));
    const qsizetype end = html.indexOf(QLatin1String("</svg>"), begin);
    view_->document()->clear();
    if (begin >= 0 && end > begin) {
        const QString svg = html.mid(begin, end + 6 - begin);
        QSvgRenderer renderer(svg.toUtf8());
        const QSizeF size = renderer.viewBoxF().size();
        const qreal scale = devicePixelRatioF();
        const QSizeF shown = size.scaled(kDrawingWidth, kDrawingWidth, Qt::KeepAspectRatio);
        QImage image((shown * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        renderer.render(&painter);
        painter.end();
        image.setDevicePixelRatio(scale);
        view_->document()->addResource(QTextDocument::ImageResource,
                                       QUrl(QStringLiteral("drawing:")), image);
        html.replace(begin, end + 6 - begin,
                     QStringLiteral("<img src='drawing:' width='%1' height='%2'/>")
                         .arg(shown.width())
                         .arg(shown.height()));
    }
    // It is paper: dark on white in both appearances, as it will be printed.
    view_->setStyleSheet(QStringLiteral("QTextBrowser { background: #ffffff; color: #1f2430; }"));
    view_->setHtml(html);
}

void ReportCard::keep(const deploy::Report& report) {
    const deploy::RunRecord* last =
        context_.assessment.runs().empty() ? nullptr : &context_.assessment.runs().back();
    if (last == nullptr || last->id == kept_ || context_.draft.readOnly())
        return;
    const deploy::ReportFiles files = deploy::reportFilesIn(
        context_.draft.folder().reportFolder(), report, fromQt(context_.texts.language()));
    if (const auto written = deploy::writeReport(report, context_.texts.table(), files); !written) {
        place_->setText(context_.texts.describe(written.error()));
        return;
    }
    kept_ = last->id;
    keptFile_ = toQt(files.html.string());
    open_->setEnabled(true);
    place_->setText(
        tr("Kept in the project: %1").arg(QDir::toNativeSeparators(toQt(files.html.string()))));
}

void ReportCard::save() {
    if (!report_)
        return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the report"), QStringLiteral("report.html"), tr("Web pages (*.html)"));
    if (file.isEmpty())
        return;
    const std::string html = deploy::reportToHtml(*report_, context_.texts.table(), reportStyle());
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(html.data(), qint64(html.size())) >= 0 &&
        out.commit()) {
        place_->setText(tr("Saved: %1").arg(QDir::toNativeSeparators(file)));
        return;
    }
    Question question;
    question.key = QStringLiteral("export.report");
    question.title = tr("The report could not be saved");
    question.body = out.errorString();
    question.choices = {tr("Understood")};
    context_.questions.ask(question, {});
}

}  // namespace wizard

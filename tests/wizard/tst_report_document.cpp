#include <QBuffer>
#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

#include "base/resources.h"
#include "report/drawing_object.h"
#include "report/markup.h"
#include "report/report_document.h"
#include "report/report_pdf.h"
#include "support/report_sample.h"
#include "text/convert.h"

using namespace wizard;

/// The report in the window and on paper holds what the HTML report holds.
class ReportDocumentTest : public QObject {
    Q_OBJECT

    static QString html(const char* language) {
        const auto table = deploy::MessageTable::load(language);
        const auto style = deploy::readResource("style/report.css");
        return table && style ? toQt(deploy::reportToHtml(deploy::sampleReport(), *table, *style))
                              : QString();
    }
    /// Every piece of words outside of the list of contents and the drawing.
    static void collect(const Markup& element, QStringList& words) {
        if (element.is("nav") || element.is("svg") || element.is("head"))
            return;
        if (element.tag.isEmpty() && !element.text.trimmed().isEmpty())
            words << element.text.simplified();
        for (const Markup& child : element.children)
            collect(child, words);
    }
    static int drawingsIn(const QTextDocument& document) {
        int count = 0;
        for (const QTextFormat& format : document.allFormats())
            count += format.objectType() == DrawingObject::kType ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void everyWordIsThere_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << QStringLiteral("en");
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN");
    }
    void everyWordIsThere() {
        QFETCH(QString, language);
        const QString source = html(language.toUtf8().constData());
        QVERIFY(!source.isEmpty());
        const auto document = reportDocument(source, {});
        const QString shown = document->toPlainText().simplified();
        QStringList words;
        collect(readMarkup(source), words);
        QVERIFY2(words.size() > 200, qPrintable(QString::number(words.size())));
        qsizetype lacking = 0;
        for (const QString& word : words)
            if (!shown.contains(word)) {
                qWarning() << "lacks" << word;
                ++lacking;
            }
        QCOMPARE(lacking, 0);
        QCOMPARE(drawingsIn(*document), 1);
    }

    void paperHasPagesVectorsAndText_data() { everyWordIsThere_data(); }
    void paperHasPagesVectorsAndText() {
        QFETCH(QString, language);
        QBuffer pdf;
        QVERIFY(pdf.open(QIODevice::WriteOnly));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(writeReportPdf(html(language.toUtf8().constData()), QStringLiteral("Sample"), pdf));
        qInfo() << "written in" << timer.elapsed() << "ms," << pdf.size() << "bytes";
        QVERIFY(pdf.data().startsWith("%PDF"));
        QVERIFY2(!pdf.data().contains("/Subtype /Image"), "the drawing became a picture");
        const QString tool = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
        if (tool.isEmpty())
            QSKIP("needs pdftotext (poppler-utils)");
        QProcess process;
        process.start(tool, {QStringLiteral("-layout"), QStringLiteral("-"), QStringLiteral("-")});
        process.write(pdf.data());
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(20000));
        const QString text = QString::fromUtf8(process.readAllStandardOutput());
        const auto pages = text.count(QLatin1Char('\f'));
        QVERIFY(pages > 2);
        const QRegularExpression last(QStringLiteral("%1 ?/ ?%1").arg(pages));
        QVERIFY2(text.contains(last), qPrintable(text.right(300)));
        const deploy::Report sample = deploy::sampleReport();
        for (const deploy::Host& host : sample.project.inventory.hosts)
            QVERIFY(text.contains(toQt(host.address)));
    }

    void whatIsNoReportGivesAnEmptyDocument() {
        QVERIFY(reportDocument(QStringLiteral("<html><body><p>cut"), {})->isEmpty());
        QVERIFY(reportDocument({}, {})->isEmpty());
    }

    void deepMarkupEnds() {
        const QString deep = QStringLiteral("<html><body>") +
                             QStringLiteral("<div>").repeated(5000) + QStringLiteral("x") +
                             QStringLiteral("</div>").repeated(5000) +
                             QStringLiteral("</body></html>");
        QVERIFY(reportDocument(deep, {})->toPlainText().trimmed().isEmpty());
    }
};

QTEST_MAIN(ReportDocumentTest)
#include "tst_report_document.moc"

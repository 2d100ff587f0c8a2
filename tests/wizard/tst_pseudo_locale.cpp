#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>

#include "base/resources.h"
#include "practice_job.h"
#include "text/convert.h"
#include "wizard_fixture.h"

using namespace wizard;

namespace {

/// Two fifths more, with spaces as words have.
QString stretched(const QString& text) {
    static const QString kFill = QStringLiteral(" eno mos iret ald une");
    QString fill;
    while (fill.size() < text.size() * 2 / 5)
        fill += kFill;
    return text + fill.left(text.size() * 2 / 5).trimmed();
}

class Pseudo : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override {
        return stretched(QString::fromUtf8(source));
    }
};

/// The product's resources with stretched English texts.
bool makeResources(const QString& folder) {
    const QDir from(toQt(deploy::resourceFolder().string()));
    QDir to(folder);
    for (const QString& entry : from.entryList(QDir::AllEntries | QDir::NoDotAndDotDot))
        if (entry != QLatin1String("i18n") &&
            !QFile::link(from.absoluteFilePath(entry), to.filePath(entry)))
            return false;
    if (!to.mkpath(QStringLiteral("i18n/en")))
        return false;
    static const QRegularExpression leaf(QStringLiteral("^(\\s*[\\w.-]+: )\"(.*)\"$"));
    QDir texts(from.filePath(QStringLiteral("i18n/en")));
    for (const QString& name : texts.entryList({QStringLiteral("*.yaml")})) {
        QFile in(texts.filePath(name));
        QFile out(to.filePath(QStringLiteral("i18n/en/") + name));
        if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
            return false;
        for (const QString& line : QString::fromUtf8(in.readAll()).split(QLatin1Char('\n'))) {
            const auto match = leaf.match(line);
            const QString longer = match.hasMatch()
                                       ? match.captured(1) + QLatin1Char('"') +
                                             stretched(match.captured(2)) + QLatin1Char('"')
                                       : line;
            out.write(longer.toUtf8() + '\n');
        }
    }
    return true;
}

}  // namespace

/// A language whose words are 40 % longer than the English ones fits into every page of the
/// smallest window.
class PseudoLocaleTest : public WizardFixture {
    Q_OBJECT
    QTemporaryDir resources_;
    Pseudo pseudo_;
    QStringList clipped_;

    void report(const char* page, const QWidget* widget, const QString& text) {
        clipped_ << QStringLiteral("%1: %2 \"%3\": %4")
                        .arg(QLatin1String(page), QLatin1String(widget->metaObject()->className()),
                             widget->objectName(), text);
    }

    void look(const char* page) {
        settle();
        const QString pictures = qEnvironmentVariable("FINCLIP_PICTURES");
        if (!pictures.isEmpty())
            window_->grab().save(
                QDir(pictures).filePath(QLatin1String(page) + QStringLiteral("-pseudo.png")));
        for (QWidget* widget : window_->findChildren<QWidget*>()) {
            if (!widget->isVisible())
                continue;
            lookForOverlaps(page, widget);
            if (const auto* label = qobject_cast<QLabel*>(widget))
                lookAtLabel(page, label);
            else if (const auto* button = qobject_cast<QAbstractButton*>(widget);
                     button != nullptr && !button->text().isEmpty() &&
                     button->width() < button->minimumSizeHint().width())
                report(page, button, button->text());
            else if (const auto* table = qobject_cast<QTableView*>(widget))
                lookAtHeader(page, table);
        }
    }
    /// What a layout has too little room for lies upon its neighbour.
    void lookForOverlaps(const char* page, const QWidget* widget) {
        for (const QBoxLayout* box : widget->findChildren<QBoxLayout*>(Qt::FindDirectChildrenOnly))
            for (int i = 1; i < box->count(); ++i) {
                const QWidget* before = box->itemAt(i - 1)->widget();
                const QLayoutItem* one = box->itemAt(i);
                if (before != nullptr && before->isVisible() && !one->isEmpty() &&
                    before->geometry().intersects(one->geometry()))
                    report(page, before, QStringLiteral("lies upon what follows"));
            }
    }
    void lookAtLabel(const char* page, const QLabel* label) {
        if (label->text().isEmpty())
            return;
        const bool fits = label->wordWrap()
                              ? label->height() + 1 >= label->heightForWidth(label->width())
                              : label->width() + 1 >= label->sizeHint().width();
        if (!fits)
            report(page, label, label->text());
    }
    void lookAtHeader(const char* page, const QTableView* table) {
        const QHeaderView* header = table->horizontalHeader();
        for (int i = 0; table->model() != nullptr && header->isVisible() && i < header->count();
             ++i) {
            if (header->isSectionHidden(i))
                continue;
            const QString text = table->model()->headerData(i, Qt::Horizontal).toString();
            if (header->fontMetrics().horizontalAdvance(text) > header->sectionSize(i))
                report(page, table, text);
        }
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(makeResources(resources_.path()));
        qputenv("FINCLIP_RESOURCES", resources_.path().toLocal8Bit());
        QCoreApplication::installTranslator(&pseudo_);
        prepare("pseudo-locale");
        makeWindow();
        window_->resize(window_->minimumSize());
    }
    void cleanupTestCase() { window_.reset(); }

    void nothingIsClipped() {
        QVERIFY(texts_.text("mode.single.name").size() > 12);
        const auto visit = [this](const char* page) {
            look(page);
            if (QLatin1String(page) != QLatin1String("topology"))
                return;
            click("advise");
            look("advisor");
            click("advise");
        };
        visit("start without a project");
        PracticeJob job(*window_);
        createPractice(folder_.filePath(QStringLiteral("p")), "small-ok");
        QVERIFY2(job.walk(visit), qPrintable(job.stuck));
        QVERIFY2(clipped_.isEmpty(), qPrintable(clipped_.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(PseudoLocaleTest)
#include "tst_pseudo_locale.moc"

#include <unistd.h>
#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QProcess>
#include <csignal>

#include "practice_job.h"
#include "wizard_fixture.h"

using namespace wizard;

namespace {

/// What a person sees of the place: page, words of its labels, tables.
QString contentOf(WizardWindow& window) {
    const Page* page = window.frame().page(window.frame().current());
    QStringList words{QString::number(int(page->step())), page->title()};
    for (const QWidget* widget : page->findChildren<QWidget*>()) {
        if (!widget->isVisible())
            continue;
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            words << label->text();
        const auto* view = qobject_cast<const QAbstractItemView*>(widget);
        if (view == nullptr || view->model() == nullptr)
            continue;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            for (int column = 0; column < view->model()->columnCount(); ++column)
                words << view->model()->index(row, column).data().toString();
    }
    return words.join(QLatin1Char('\n'));
}

}  // namespace

/// The wizard is killed (-9) on each page; the next start comes back to the page with its content.
/// The killed wizard is this program, started anew with the page's name.
class ComingBackTest : public WizardFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare("coming-back"); }
    void cleanup() { window_.reset(); }

    /// Only in the started program: walks to the page, writes what is seen there, and dies.
    void walkAndDie() {
        const QByteArray at = qgetenv("FINCLIP_DIE_AT");
        if (at.isEmpty())
            return;
        makeWindow();
        PracticeJob job(*window_);
        const QString folder = qEnvironmentVariable("FINCLIP_DIE_IN");
        createPractice(folder + QStringLiteral("/project"), "single-ok");
        job.walk([&](const char* page) {
            if (at != page)
                return;
            settle();
            QFile seen(folder + QStringLiteral("/seen"));
            if (seen.open(QIODevice::WriteOnly))
                seen.write(contentOf(*window_).toUtf8());
            seen.close();
            ::kill(::getpid(), SIGKILL);
        });
        QFAIL("never came to the page");
    }

    void comesBackToThePageAndItsContent_data() {
        QTest::addColumn<QString>("page");
        for (const char* page : {"start", "servers", "probe before", "probe", "topology",
                                 "settings", "review", "install", "hand-over"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }
    void comesBackToThePageAndItsContent() {
        if (qEnvironmentVariableIsSet("FINCLIP_DIE_AT"))
            return;
        QFETCH(QString, page);
        const QTemporaryDir folder(inMemory());
        QProcess wizard;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("FINCLIP_DIE_AT"), page);
        environment.insert(QStringLiteral("FINCLIP_DIE_IN"), folder.path());
        wizard.setProcessEnvironment(environment);
        wizard.start(QCoreApplication::applicationFilePath(), {QStringLiteral("walkAndDie")});
        QVERIFY(wizard.waitForFinished(200000));
        QCOMPARE(wizard.exitStatus(), QProcess::CrashExit);
        QFile file(folder.filePath(QStringLiteral("seen")));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(QString::fromUtf8(wizard.readAll())));
        const QString seen = QString::fromUtf8(file.readAll());

        makeWindow();
        QVERIFY(window_->open(folder.filePath(QStringLiteral("project"))).has_value());
        // The bundle is verified anew; what follows from it appears then.
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(*window_), seen, 20000);
    }
};

QTEST_MAIN(ComingBackTest)
#include "tst_coming_back.moc"

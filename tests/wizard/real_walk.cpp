// A person's way through the whole wizard on a real server, by mouse and keyboard only:
//   wizard_real_walk PROJECT BUNDLE ADDRESS USER PASSWORD_FILE PICTURES
// from the first page to the report. Exit status 0: installed, verified, and a report written.

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTextStream>

#include "driver.h"
#include "text/convert.h"

using namespace wizard;

namespace {

struct Walk {
    Driver person;
    WizardWindow& window;
    QDir pictures;
    int picture = 0;

    void take(const char* name) {
        QTest::qWait(150);  // until all is laid out
        window.grab().save(pictures.filePath(QStringLiteral("%1-%2.png")
                                                 .arg(++picture, 2, 10, QLatin1Char('0'))
                                                 .arg(QLatin1String(name))));
    }
    bool fail(const QString& what) {
        take("failed");
        QTextStream(stderr) << what << Qt::endl;
        return false;
    }
    bool press(const char* name) {
        return person.click(name) || fail(QStringLiteral("cannot press ") + QLatin1String(name));
    }
    template <class Done>
    bool wait(Done done, int seconds, const char* what) {
        return QTest::qWaitFor(done, seconds * 1000) ||
               fail(QStringLiteral("gave up waiting for ") + QLatin1String(what));
    }
    bool next(WizardStep from) {
        take("page");
        if (!press("next"))
            return false;
        return person.current() != from ||
               fail(QStringLiteral("cannot leave a page: ") + person.reasonsOf(from));
    }

    bool begin(const QString& project, const QString& bundle) {
        person.type("projectNameEdit", QStringLiteral("Lab"));
        person.type("projectFolderEdit", project);
        if (!press("createProject"))
            return false;
        person.type("bundlePath", bundle);
        return press("verifyBundle") &&
               wait([&] { return person.free(WizardStep::Start); }, 120, "the bundle") &&
               next(WizardStep::Start);
    }

    bool servers(const QString& address, const QString& user) {
        if (!press("pasteServers"))
            return false;
        QTest::keyClicks(person.find<QPlainTextEdit>("pasteText"),
                         QStringLiteral("%1@%2 s1").arg(user, address));
        return press("importTake") && next(WizardStep::Servers);
    }

    bool probe(const QString& password) {
        if (!press("probeAll") ||
            !wait([&] { return person.sees("questionSecret"); }, 10, "the question"))
            return false;
        person.type("questionSecret", password);
        take("question");
        if (!press("questionChoice0") ||
            !wait([&] { return person.sees("hostKeys"); }, 60, "the host key"))
            return false;
        take("host-keys");
        if (!press("tickAllKeys") || !press("confirmKeys"))
            return false;
        const auto known = [&] {
            return person.find<QAbstractButton>("probeAll")->isEnabled() &&
                   !person.sees("hostKeys");
        };
        if (!wait(known, 90, "the probe"))
            return false;
        // A lab server is a container: what it cannot have is accepted by name.
        const auto settledOrWaivable = [&] {
            return person.free(WizardStep::Probe) || person.sees("waive");
        };
        for (int i = 0; i < 40 && !person.free(WizardStep::Probe); ++i) {
            if (!wait(settledOrWaivable, 10, "a check that may be accepted"))
                return false;
            if (!press("waive"))
                return false;
            person.type("waiverBy", QStringLiteral("Test Engineer"));
            person.type("waiverReason", QStringLiteral("a lab server is a container"));
            if (!press("waiveConfirm"))
                return false;
            QTest::qWait(50);
        }
        return next(WizardStep::Probe);
    }

    bool install() {
        QElapsedTimer longest;
        if (!next(WizardStep::Topology) || !next(WizardStep::Settings) ||
            !next(WizardStep::Review) ||
            !wait([&] { return person.sees("questionSecretAgain"); }, 10, "the vault's question"))
            return false;
        person.type("questionSecret", QStringLiteral("canary-Vault 7"));
        person.type("questionSecretAgain", QStringLiteral("canary-Vault 7"));
        if (!press("questionChoice0"))
            return false;
        // The window is asked all the while: a frozen one answers late.
        qint64 worst = 0;
        longest.start();
        const auto done = [&] {
            worst = std::max(worst, longest.restart());
            return person.free(WizardStep::Install);
        };
        if (!wait(done, 900, "the installation"))
            return fail(person.reasonsOf(WizardStep::Install));
        QTextStream(stdout) << "figure: longest pause of the window " << worst << " ms" << Qt::endl;
        return next(WizardStep::Install);
    }

    bool handOver(const QString& project) {
        take("hand-over");
        const QString entry = person.find<QLabel>("entryAddress")->text();
        if (!entry.contains(QStringLiteral("8000")))
            return fail(QStringLiteral("no entry address"));
        const auto reports =
            QDir(project + QStringLiteral("/reports")).entryList({QStringLiteral("*.html")});
        return !reports.isEmpty() || fail(QStringLiteral("no report"));
    }
};

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy-test"));
    const QStringList args = QCoreApplication::arguments();
    if (args.size() != 7) {
        QTextStream(stderr) << "usage: wizard_real_walk PROJECT BUNDLE ADDRESS USER PASSWORD_FILE "
                               "PICTURES"
                            << Qt::endl;
        return 2;
    }
    QFile passwordFile(args[5]);
    if (!passwordFile.open(QIODevice::ReadOnly))
        return 2;
    QString password = QString::fromUtf8(passwordFile.readAll());
    while (password.endsWith(QLatin1Char('\n')))
        password.chop(1);
    Texts texts;
    Theme theme;
    const auto product = deploy::Product::load();
    if (!texts.setLanguage(QStringLiteral("zh_CN")) || !product)
        return 1;
    theme.setAppearance(Appearance::Light);
    WizardWindow window(*product, theme, texts, deploy::systemClock());
    window.show();
    QDir().mkpath(args[6]);
    Walk walk{Driver(window), window, QDir(args[6])};
    const bool good = walk.begin(args[1], args[2]) && walk.servers(args[3], args[4]) &&
                      walk.probe(password) && walk.install() && walk.handOver(args[1]);
    return good ? 0 : 1;
}

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "base/core_dumps.h"
#include "support/sanitizer.h"

using namespace deploy;

namespace {

void allowCores() {
    const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    (void)setrlimit(RLIMIT_CORE, &all);
}

/// A program that would leave a core if it could, in a folder of its own.
pid_t startProgram(const QByteArray& program, const QByteArray& folder) {
    const pid_t child = fork();
    if (child != 0)
        return child;
    allowCores();
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, 1);
    dup2(nothing, 2);
    (void)!chdir(folder.constData());
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    if (program.endsWith("ctl"))
        execl(program.constData(), "finclip-deployctl", "--speed", "0.1", "practice", "p", nullptr);
    else
        execl(program.constData(), "finclip-deploy", nullptr);
    _exit(127);
}

bool mayDumpCore(pid_t process) {
    QFile limits(QString::fromLatin1("/proc/%1/limits").arg(process));
    if (!limits.open(QIODevice::ReadOnly))
        return true;
    for (const QByteArray& line : limits.readAll().split('\n'))
        if (line.startsWith("Max core file size"))
            return line.simplified() != "Max core file size 0 0 bytes";
    return true;
}

}  // namespace

class TestCoreDumps : public QObject {
    Q_OBJECT
private slots:
    void aCrashLeavesNoCore() {
        const QTemporaryDir folder;
        const pid_t child = fork();
        if (child == 0) {
            (void)!chdir(folder.path().toLocal8Bit().constData());
            allowCores();
            forbidCoreDumps();
            std::signal(SIGABRT, SIG_DFL);
            if (prctl(PR_GET_DUMPABLE) != 0)
                _exit(1);
            abort();
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QVERIFY(!WCOREDUMP(status));
    }

    void bothProgramsForbidIt_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("command line") << QByteArray("finclip-deployctl");
#ifdef FINCLIP_WIZARD
        QTest::newRow("wizard") << QByteArray("finclip-deploy");
#endif
    }

    void bothProgramsForbidIt() {
        QFETCH(QByteArray, name);
        if (kSanitized)
            QSKIP("the sanitizer turns the fault into its own report");
        const QString program = QString::fromLatin1(BINARY_ROOT "/app/" + name);
        QVERIFY2(QFile::exists(program), qPrintable(program));
        const QTemporaryDir folder;
        const pid_t child = startProgram(QFileInfo(program).absoluteFilePath().toLocal8Bit(),
                                         folder.path().toLocal8Bit());
        QVERIFY(QTest::qWaitFor([&] { return !mayDumpCore(child); }, 20000));
        kill(child, SIGSEGV);
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(WTERMSIG(status), SIGSEGV);
        QVERIFY(!WCOREDUMP(status));
    }
};

QTEST_GUILESS_MAIN(TestCoreDumps)
#include "tst_core_dumps.moc"

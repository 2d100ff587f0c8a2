#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "probe/facts.h"
#include "probe/probe_text.h"

using namespace deploy;

namespace {

struct Run {
    int status = -1;
    std::string out;
    QByteArray err;
};

/// The script as sshd would start it: on the standard input of a shell.
Run runIn(const QString& shell, const QStringList& arguments) {
    QProcess process;
    QStringList words = shell.split(' ');
    const QString program = words.takeFirst();
    process.start(program, words + QStringList{"-s"} + arguments);
    process.write(QByteArray::fromStdString(probeScript().value_or("")));
    process.closeWriteChannel();
    if (!process.waitForFinished(60000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(),
            process.readAllStandardError()};
}

Facts factsIn(const QString& shell, const QStringList& arguments) {
    const Run run = runIn(shell, arguments);
    const auto facts = parseProbe(HostId("here"), run.out);
    return run.status == 0 && facts ? *facts : Facts{};
}

}  // namespace

class ProbeScriptTest : public QObject {
    Q_OBJECT

private slots:
    void everyShellFindsTheSame_data();
    void everyShellFindsTheSame();
    void leavesNothingBehind();
    void takesAnyDataDirectory_data();
    void takesAnyDataDirectory();
    void seesASymbolicLink();
    void measuresOnlyWhenAsked();
};

void ProbeScriptTest::everyShellFindsTheSame_data() {
    QTest::addColumn<QString>("shell");
    for (const char* shell : {"dash", "bash", "bash --posix", "busybox sh"})
        QTest::newRow(shell) << shell;
}

void ProbeScriptTest::everyShellFindsTheSame() {
    QFETCH(QString, shell);
    if (QStandardPaths::findExecutable(shell.split(' ').first()).isEmpty())
        QSKIP("this shell is not installed here");
    const QTemporaryDir folder;
    const Facts facts = factsIn(shell, {folder.path() + "/data/finclip"});
    QVERIFY(facts.architecture && facts.kernel && facts.hostname && facts.cores);
    QVERIFY(facts.memoryBytes && facts.swapBytes && facts.osId && facts.osName && facts.root);
    QVERIFY(facts.cpuFlags && facts.tools && facts.modules && facts.listening);
    QVERIFY(facts.defaultRoute && facts.nameservers && facts.cgroupVersion && facts.timeZone);
    QVERIFY(facts.dataDirectory && facts.dataDirectory->freeBytes);
    QVERIFY(!facts.dataDirectory->type.empty() && !facts.dataDirectory->options.empty());
    QVERIFY(facts.sysctl.contains("vm.max_map_count"));
    QVERIFY(facts.sysctl.at("vm.max_map_count") > 9);
    QVERIFY(facts.interfaces.size() >= 1);
    const Facts other = factsIn("sh", {folder.path() + "/data/finclip"});
    QCOMPARE(facts.dataDirectory->type, other.dataDirectory->type);
    QCOMPARE(facts.dataDirectory->options, other.dataDirectory->options);
    QVERIFY(facts.sysctl == other.sysctl);
    QVERIFY(facts.cores == other.cores && facts.memoryBytes == other.memoryBytes);
    QVERIFY(facts.modules == other.modules && facts.tools == other.tools);
    QVERIFY(facts.routes.empty() == other.routes.empty());
    const auto hasLoopback = [](const Facts& each) {
        return std::any_of(each.interfaces.begin(), each.interfaces.end(), [](const auto& one) {
            return one.name == "lo" && one.mtu && one.addresses.front() == "127.0.0.1/8";
        });
    };
    QVERIFY(hasLoopback(facts) && hasLoopback(other));
    QVERIFY(facts.cgroupControllers == other.cgroupControllers);
}

void ProbeScriptTest::leavesNothingBehind() {
    const QTemporaryDir folder;
    QVERIFY(!factsIn("sh", {folder.path()}).fdatasyncP99Ms);
    const Facts measured = factsIn("sh", {folder.path(), "fsync=2", "dns"});
    QVERIFY(measured.fdatasyncP99Ms);
    QVERIFY(*measured.fdatasyncP99Ms > 0);
    const auto all = QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot;
    QCOMPARE(QDir(folder.path()).entryList(all), QStringList());
}

void ProbeScriptTest::takesAnyDataDirectory_data() {
    QTest::addColumn<QString>("path");
    for (const char* path :
         {"/", "/tmp/", "relative", "", "/tmp/a b/c", "/tmp/$(touch x)/`id`", "/tmp/'\"/x",
          "/tmp/*/?", "/tmp/-n", "//tmp//x", "/tmp/a\nb", "/proc/1"})
        QTest::newRow(path) << path;
}

void ProbeScriptTest::takesAnyDataDirectory() {
    QFETCH(QString, path);
    const Facts facts = factsIn("sh", {path});
    QVERIFY(facts.dataDirectory &&
            facts.dataDirectory->totalBytes.has_value() != (path == "/proc/1"));
}

void ProbeScriptTest::seesASymbolicLink() {
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir("real"));
    QVERIFY(QFile::link(folder.path() + "/real", folder.path() + "/link"));
    const auto isLink = [&](const QString& path) {
        return factsIn("sh", {folder.path() + path}).dataDirectory->symlink;
    };
    QCOMPARE(isLink("/real/finclip"), std::optional(false));
    QCOMPARE(isLink("/link"), std::optional(true));
    QCOMPARE(isLink("/link/finclip"), std::optional(true));
}

void ProbeScriptTest::measuresOnlyWhenAsked() {
    const std::string quiet = runIn("sh", {"/tmp"}).out;
    QVERIFY(quiet.find("=fsync") == std::string::npos);
    QVERIFY(quiet.find("=dns.wildcard") == std::string::npos);
}

QTEST_GUILESS_MAIN(ProbeScriptTest)
#include "tst_probe_script.moc"

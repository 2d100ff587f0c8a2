#include "support/sshd.h"

#include <arpa/inet.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <csignal>

using namespace deploy;

namespace {

constexpr const char* kSshd = "/usr/sbin/sshd";

void makeKey(const QString& path, const QString& type, const QString& passphrase = {}) {
    QFile::remove(path);
    QProcess::execute("ssh-keygen", {"-q", "-t", type, "-N", passphrase, "-f", path});
}

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<pid_t> childrenOf(qint64 pid) {
    std::vector<pid_t> found;
    for (const QString& task :
         QDir(QString("/proc/%1/task").arg(pid)).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        for (const QByteArray& child :
             content(QString("/proc/%1/task/%2/children").arg(pid).arg(task)).split(' '))
            if (child.toInt() > 0)
                found.push_back(child.toInt());
    return found;
}

}  // namespace

uint16_t freePort() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    (void)::bind(fd, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(fd);
    return ntohs(address.sin_port);
}

std::string currentUser() {
    return ::getpwuid(::getuid())->pw_name;
}

QString TestSshd::missing() {
    if (!QFile::exists(kSshd))
        return "needs the package openssh-server";
    if (::getuid() == 0)
        QDir().mkpath("/run/sshd");
    return {};
}

TestSshd::TestSshd(const QString& config, const QString& hostKeyType)
    : config_(config), hostKeyType_(hostKeyType), port_(freePort()) {
    makeKey(folder_.filePath("host"), hostKeyType_);
    makeKey(clientKey(), "ed25519");
    QFile::copy(clientKey() + ".pub", folder_.filePath("authorized_keys"));
    start();
}

TestSshd::~TestSshd() {
    stop();
}

QString TestSshd::addClientKey(const QString& passphrase) {
    QString path = folder_.filePath("protected");
    makeKey(path, "ed25519", passphrase);
    QFile file(folder_.filePath("authorized_keys"));
    if (file.open(QIODevice::Append))
        file.write(content(path + ".pub"));
    return path;
}

void TestSshd::start() {
    const QString path = folder_.filePath("sshd_config");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(path));
    // Of this setting, other than of most, sshd takes the last value.
    const QString places = config_.contains("MaxStartups") ? "" : "MaxStartups 200\n";
    file.write(
        (places + QString("%1\n"
                          "ListenAddress 127.0.0.1\nPort %2\nHostKey %3/host\nPidFile none\n"
                          "AuthorizedKeysFile %3/authorized_keys\nStrictModes no\nUsePAM no\n"
                          "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                          "PermitRootLogin yes\nLogLevel VERBOSE\nUseDNS no\n"
                          // The start-up files of the user who runs the tests are not part of them.
                          "SetEnv HOME=%3\n")
                      .arg(config_)
                      .arg(port_)
                      .arg(folder_.path()))
            .toUtf8());
    file.close();
    process_.setProcessChannelMode(QProcess::MergedChannels);
    process_.setStandardOutputFile(folder_.filePath("log"), QIODevice::Append);
    const qsizetype said = log().size();
    // A test that crashes takes its server with it.
    process_.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    process_.start(kSshd, {"-D", "-e", "-f", path});
    // Its own word, not a connection: where it was started anew, the one before may still answer.
    constexpr int kPatience = 3000;  // of 10 ms; a machine that is overloaded takes seconds
    for (int waited = 0; !log().mid(said).contains("Server listening"); ++waited) {
        if (waited >= kPatience || process_.waitForFinished(10))
            qFatal("sshd does not start: %s", qPrintable(log()));
    }
}

void TestSshd::stop() {
    // The children of a session are not ended by the listener's end.
    for (const pid_t session : sessions()) {
        for (const pid_t child : childrenOf(session))
            ::kill(child, SIGKILL);
        ::kill(session, SIGKILL);
    }
    process_.terminate();
    if (!process_.waitForFinished(3000))
        process_.kill();
    process_.waitForFinished(3000);
}

void TestSshd::replaceHostKey(const QString& type) {
    stop();
    hostKeyType_ = type;
    makeKey(folder_.filePath("host"), type);
    start();
}

void TestSshd::addConfig(const QString& line) {
    stop();
    config_ += "\n" + line;
    start();
}

HostKey TestSshd::hostKey() const {
    const QList<QByteArray> parts = content(folder_.filePath("host.pub")).split(' ');
    return {parts.value(0).toStdString(), parts.value(1).toStdString()};
}

QString TestSshd::log() const {
    return QString::fromUtf8(content(folder_.filePath("log")));
}

Host TestSshd::host(const std::string& name) const {
    Host host;
    host.name = HostId(name);
    host.address = "127.0.0.1";
    host.port = port_;
    host.user = currentUser();
    host.auth = AuthMethod::Key;
    host.keyFile = clientKey().toStdString();
    return host;
}

KnownHosts TestSshd::known() const {
    KnownHosts hosts;
    hosts.add("127.0.0.1", port_, hostKey());
    return hosts;
}

std::vector<pid_t> TestSshd::sessions() const {
    return childrenOf(process_.processId());
}

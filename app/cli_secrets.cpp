#include "cli_secrets.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/file.h"

namespace deploy::cli {

namespace {

constexpr size_t kSecretsLimitBytes = 1U << 20U;

/// The controlling terminal, for questions that must not be answered by a pipe.
class Terminal {
public:
    Terminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {}
    ~Terminal() {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool open() const { return fd_ >= 0; }

    std::string ask(const std::string& question, bool echo) const {
        termios before{};
        const bool hide = !echo && ::tcgetattr(fd_, &before) == 0;
        if (hide) {
            termios quiet = before;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            ::tcsetattr(fd_, TCSAFLUSH, &quiet);
        }
        write(question);
        std::string line;
        char c = '\0';
        while (::read(fd_, &c, 1) == 1 && c != '\n')
            line += c;
        if (hide) {
            ::tcsetattr(fd_, TCSAFLUSH, &before);
            write("\n");
        }
        return line;
    }

private:
    void write(const std::string& text) const {
        if (::write(fd_, text.data(), text.size()) < 0)
            return;
    }

    int fd_;
};

Result<std::string> readDescriptor(int fd) {
    std::string text;
    std::array<char, 4096> block{};
    for (;;) {
        const ssize_t n = ::read(fd, block.data(), block.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(ErrorCode::UsageInvalid, "--secret-fd " + std::to_string(fd),
                        std::strerror(errno));
        if (n == 0)
            return text;
        text.append(block.data(), static_cast<size_t>(n));
        if (text.size() > kSecretsLimitBytes)
            return fail(ErrorCode::FileTooLarge, "--secret-fd " + std::to_string(fd), {},
                        {{"limit_bytes", std::to_string(kSecretsLimitBytes)}});
    }
}

/// True for a private key that needs a passphrase. An unreadable file is left to the connection,
/// which has the better words for it.
bool keyIsEncrypted(const std::string& path) {
    std::string file = path;
    if (const char* home = std::getenv("HOME"); file.starts_with("~/") && home != nullptr)
        file = home + file.substr(1);
    const auto text = readFile(file, 1U << 20U);
    // In OpenSSH's form, "openssh-key-v1" and the cipher name "none", in base64.
    static constexpr std::string_view kOpenSshPlain = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU";
    if (!text)
        return false;
    if (text->find("BEGIN OPENSSH PRIVATE KEY") != std::string::npos)
        return text->find(kOpenSshPlain) == std::string::npos;
    return text->find("ENCRYPTED") != std::string::npos;
}

Result<Secret> askSecret(const Terminal& terminal, const std::string& question,
                         const std::string& where) {
    if (!terminal.open())
        return fail(ErrorCode::CredentialMissing, where);
    return Secret(terminal.ask(question, false));
}

}  // namespace

bool haveTerminal() {
    return Terminal().open() && ::isatty(STDIN_FILENO) == 1;
}

std::string askOnTerminal(const std::string& question) {
    const Terminal terminal;
    return terminal.open() ? terminal.ask(question, true) : std::string();
}

Result<Secret> readPassphrase(const Cli& cli, const std::string& question) {
    if (cli.secretFd >= 0) {
        const auto text = readDescriptor(cli.secretFd);
        if (!text)
            return tl::unexpected(text.error());
        auto secrets = readCredentials(*text);
        if (!secrets)
            return tl::unexpected(secrets.error());
        return secrets->vaultPassphrase;
    }
    return askSecret(Terminal(), question, question);
}

Result<Credentials> readSecrets(const Cli& cli, const ProjectFolder& project, VaultUse vault) {
    const ProjectContent& content = project.content();
    if (content.kind != ProjectKind::Deploy)
        return Credentials{};
    if (cli.secretFd >= 0) {
        const auto text = readDescriptor(cli.secretFd);
        if (!text)
            return tl::unexpected(text.error());
        return readCredentials(*text);
    }
    const Terminal terminal;
    Credentials credentials;
    const auto ask = [&](Secret& into, const std::string& key, const Host& host) -> Result<void> {
        auto value = askSecret(
            terminal,
            cli.text(key,
                     {{"server", host.name.str()}, {"user", host.user}, {"address", host.address}}),
            host.name.str());
        if (!value)
            return tl::unexpected(value.error());
        into = *value;
        return {};
    };
    for (const Host& host : content.inventory.hosts) {
        Credential& own = credentials.servers[host.name];
        Result<void> asked;
        if (host.auth == AuthMethod::Password)
            asked = ask(own.password, "cli.ask.password", host);
        else if (host.auth == AuthMethod::Key && keyIsEncrypted(host.keyFile))
            asked = ask(own.passphrase, "cli.ask.passphrase", host);
        if (asked && host.sudo == SudoMode::Password && host.auth != AuthMethod::Password)
            asked = ask(own.sudo, "cli.ask.sudo", host);
        if (!asked)
            return tl::unexpected(asked.error());
    }
    if (vault == VaultUse::Needed) {
        std::error_code error;
        const bool exists = std::filesystem::exists(project.vaultFile(), error);
        auto first =
            askSecret(terminal, cli.text(exists ? "cli.ask.vault" : "cli.ask.vault_new"), "vault");
        if (!first)
            return tl::unexpected(first.error());
        if (!exists && terminal.ask(cli.text("cli.ask.vault_again"), false) != first->reveal())
            return fail(ErrorCode::UsageInvalid, "vault", cli.text("cli.vault_differs"));
        credentials.vaultPassphrase = *first;
    }
    return credentials;
}

Result<Vault> openVault(const ProjectFolder& project, const Credentials& credentials) {
    if (credentials.vaultPassphrase.empty())
        return fail(ErrorCode::CredentialMissing, "vault");
    return Vault::open(project.vaultFile(), project.content().id, credentials.vaultPassphrase);
}

}  // namespace deploy::cli

#include "remote/ssh_auth.h"

#include <sodium.h>

#include <cstdlib>

namespace deploy {

namespace {

/// A secret as C text for one call of libssh; wiped afterwards.
class ClearText {
public:
    explicit ClearText(const Secret& secret) : text_(secret.reveal()) {}
    ~ClearText() { sodium_memzero(text_.data(), text_.size()); }
    ClearText(const ClearText&) = delete;
    ClearText& operator=(const ClearText&) = delete;
    const char* get() const { return text_.c_str(); }

private:
    std::string text_;
};

/// One login: what was tried already decides what may follow.
class Login {
public:
    Login(SshSession& session, const Host& host, const Credential& credential, SteadyTime deadline,
          const std::stop_token& stop)
        : session_(session),
          host_(host),
          credential_(credential),
          deadline_(deadline),
          stop_(stop) {}

    Result<void> run() {
        Result<int> answer = host_.auth == AuthMethod::Agent ? byAgent()
                             : host_.auth == AuthMethod::Key ? byKey()
                             : credential_.password.empty()  ? missingPassword()
                                                             : byPassword();
        // A server may want a key and a password, one after the other.
        if (answer && *answer == SSH_AUTH_PARTIAL && host_.auth != AuthMethod::Password &&
            !credential_.password.empty())
            answer = byOfferedPassword();
        if (!answer)
            return tl::unexpected(answer.error());
        if (*answer == SSH_AUTH_SUCCESS)
            return {};
        // sshd hangs up on a client that offers more keys than it cares to look at.
        const std::string problem = session_.problem();
        if (!session_.alive() && problem.find("Too many auth") == std::string::npos)
            return fail(ErrorCode::SshConnectionLost, {}, problem);
        return fail(ErrorCode::SshAuthFailed, {}, detail_,
                    {{"user", host_.user}, {"methods", methods()}});
    }

private:
    Result<int> complete(const std::function<int()>& attempt) {
        return session_.complete(attempt, SSH_AUTH_AGAIN, deadline_, stop_);
    }

    Result<int> byAgent() {
        return complete([&] { return ssh_userauth_agent(session_.raw(), nullptr); });
    }

    Result<int> byKey() {
        std::string path = host_.keyFile;
        const char* home = std::getenv("HOME");
        if (path.starts_with("~/") && home != nullptr)
            path = std::string(home) + path.substr(1);
        ssh_key loaded = nullptr;
        const ClearText passphrase(credential_.passphrase);
        const int rc = ssh_pki_import_privkey_file(
            path.c_str(), credential_.passphrase.empty() ? nullptr : passphrase.get(), nullptr,
            nullptr, &loaded);
        if (rc != SSH_OK)
            return fail(ErrorCode::SshKeyUnusable, {}, {},
                        {{"file", path}, {"reason", rc == SSH_EOF ? "unreadable" : "passphrase"}});
        const std::unique_ptr<ssh_key_struct, void (*)(ssh_key)> key(loaded, ssh_key_free);
        return complete([&] { return ssh_userauth_publickey(session_.raw(), nullptr, key.get()); });
    }

    Result<int> missingPassword() { return fail(ErrorCode::CredentialMissing); }

    Result<int> byPassword() {
        // The answer to "none" says which ways the server takes.
        const auto none = complete([&] { return ssh_userauth_none(session_.raw(), nullptr); });
        return none && *none == SSH_AUTH_DENIED ? byOfferedPassword() : none;
    }

    Result<int> byOfferedPassword() {
        const int offered = ssh_userauth_list(session_.raw(), nullptr);
        const ClearText password(credential_.password);
        if ((offered & SSH_AUTH_METHOD_PASSWORD) != 0)
            return complete(
                [&] { return ssh_userauth_password(session_.raw(), nullptr, password.get()); });
        if ((offered & SSH_AUTH_METHOD_INTERACTIVE) != 0)
            return byQuestions(password.get());
        return SSH_AUTH_DENIED;
    }

    /// Answers the one hidden question with the password; any other question ends the login.
    Result<int> byQuestions(const char* password) {
        bool answered = false;
        for (;;) {
            auto state =
                complete([&] { return ssh_userauth_kbdint(session_.raw(), nullptr, nullptr); });
            if (!state || *state != SSH_AUTH_INFO)
                return state;
            const int count = ssh_userauth_kbdint_getnprompts(session_.raw());
            if (count == 0)
                continue;
            char echo = 0;
            const char* prompt = ssh_userauth_kbdint_getprompt(session_.raw(), 0, &echo);
            detail_ = prompt == nullptr ? "" : prompt;
            if (count > 1 || echo != 0 || answered)
                return SSH_AUTH_DENIED;
            answered = true;
            ssh_userauth_kbdint_setanswer(session_.raw(), 0, password);
        }
    }

    std::string methods() const {
        const int offered = ssh_userauth_list(session_.raw(), nullptr);
        std::string list;
        const auto add = [&](int method, const char* name) {
            if ((offered & method) != 0)
                list += (list.empty() ? "" : ", ") + std::string(name);
        };
        add(SSH_AUTH_METHOD_PUBLICKEY, "publickey");
        add(SSH_AUTH_METHOD_PASSWORD, "password");
        add(SSH_AUTH_METHOD_INTERACTIVE, "keyboard-interactive");
        add(SSH_AUTH_METHOD_GSSAPI_MIC, "gssapi-with-mic");
        add(SSH_AUTH_METHOD_HOSTBASED, "hostbased");
        return list;
    }

    SshSession& session_;
    const Host& host_;
    const Credential& credential_;
    SteadyTime deadline_;
    const std::stop_token& stop_;
    std::string detail_;
};

}  // namespace

Result<void> authenticate(SshSession& session, const Host& host, const Credential& credential,
                          SteadyTime deadline, const std::stop_token& stop) {
    return Login(session, host, credential, deadline, stop).run();
}

}  // namespace deploy

#include "secret_state.h"

#include <QCoreApplication>

namespace wizard {

SecretState secretStateOf(const deploy::Host& host, const deploy::Credentials& credentials) {
    const bool login = host.auth == deploy::AuthMethod::Password;
    const bool sudo = host.sudo == deploy::SudoMode::Password;
    if (!login && !sudo)
        return SecretState::NotNeeded;
    const auto it = credentials.servers.find(host.name);
    if (it == credentials.servers.end())
        return SecretState::Missing;
    const deploy::Credential& has = it->second;
    if (login && has.password.empty())
        return SecretState::Missing;
    // sudo tries the login's password where it has none of its own.
    if (sudo && has.sudo.empty() && has.password.empty())
        return SecretState::Missing;
    return SecretState::Given;
}

std::map<deploy::HostId, SecretState> secretStatesOf(const deploy::Inventory& inventory,
                                                     const deploy::Credentials& credentials) {
    std::map<deploy::HostId, SecretState> states;
    for (const deploy::Host& host : inventory.hosts)
        states[host.name] = secretStateOf(host, credentials);
    return states;
}

QString wordOf(SecretState state) {
    switch (state) {
        case SecretState::NotNeeded:
            return QCoreApplication::translate("SecretState", "not needed");
        case SecretState::Given:
            return QCoreApplication::translate("SecretState", "entered");
        case SecretState::Missing:
            return QCoreApplication::translate("SecretState", "not entered yet");
    }
    return {};
}

}  // namespace wizard

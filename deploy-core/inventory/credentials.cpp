#include "inventory/credentials.h"

#include "base/yaml.h"

namespace deploy {

namespace {

/// Keeps the place and drops every word of the text: a secret may stand where it should not.
tl::unexpected<Error> withoutWords(Error error) {
    error.detail.clear();
    for (const char* name : {"key", "value"})
        if (error.args.contains(name))
            error.args[name] = "***";
    return tl::unexpected(std::move(error));
}

Result<Credential> readCredential(const YamlValue& value) {
    YamlMap map(value);
    Credential credential;
    credential.password = Secret(map.optionalString("password"));
    credential.passphrase = Secret(map.optionalString("passphrase"));
    credential.sudo = Secret(map.optionalString("sudo"));
    return map.finish().map([&] { return credential; });
}

Result<Secret> readVault(const YamlValue& value) {
    YamlMap map(value);
    Secret passphrase(map.optionalString("passphrase"));
    return map.finish().map([&] { return passphrase; });
}

}  // namespace

Result<Credentials> readCredentials(std::string_view yaml) {
    const auto root = parseYaml(yaml, "credentials");
    if (!root)
        return withoutWords(root.error());
    const auto entries = root->asMapping();
    if (!entries)
        return withoutWords(entries.error());
    Credentials credentials;
    for (const auto& [name, value] : *entries) {
        if (name == "vault") {
            const auto passphrase = readVault(value);
            if (!passphrase)
                return withoutWords(passphrase.error());
            credentials.vaultPassphrase = *passphrase;
            continue;
        }
        const auto credential = readCredential(value);
        if (!credential)
            return withoutWords(credential.error());
        credentials.servers.emplace(HostId(name), *credential);
    }
    return credentials;
}

}  // namespace deploy

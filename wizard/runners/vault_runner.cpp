#include "runners/vault_runner.h"

namespace wizard {

void VaultRunner::open(const std::filesystem::path& file, const std::string& projectId,
                       const deploy::Secret& passphrase) {
    start([this, file, projectId, passphrase](const std::stop_token&) {
        auto vault =
            deploy::Vault::open(file, projectId, passphrase).map([](deploy::Vault&& opened) {
                return std::make_shared<deploy::Vault>(std::move(opened));
            });
        post([this, vault = std::move(vault)] { Q_EMIT opened(vault); });
    });
}

}  // namespace wizard

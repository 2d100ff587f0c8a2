#pragma once

#include <memory>

#include "inventory/vault.h"
#include "runners/runner.h"

namespace wizard {

/// Opens a vault; making its key takes about a second.
class VaultRunner : public Runner {
    Q_OBJECT
public:
    using Runner::Runner;
    void open(const std::filesystem::path& file, const std::string& projectId,
              const deploy::Secret& passphrase);

Q_SIGNALS:
    void opened(const deploy::Result<std::shared_ptr<deploy::Vault>>& vault);
};

}  // namespace wizard

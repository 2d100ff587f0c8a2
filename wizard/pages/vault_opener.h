#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "pages/page_context.h"

namespace wizard {

/// Opens the project's vault: asks for its passphrase, or for a new one where there is no vault
/// yet, until it opens or the person gives up.
class VaultOpener : public QObject {
    Q_OBJECT
public:
    explicit VaultOpener(const PageContext& context, QObject* parent = nullptr);

    /// `opened` gets the vault; null in practice, where none is needed. Not called when given up.
    void open(const std::function<void(std::shared_ptr<deploy::Vault>)>& opened);

private:
    void ask(const QString& problem,
             const std::function<void(std::shared_ptr<deploy::Vault>)>& opened);

    PageContext context_;
};

}  // namespace wizard

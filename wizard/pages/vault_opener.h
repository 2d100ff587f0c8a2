#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "pages/page_context.h"
#include "runners/vault_runner.h"
#include "vault_keyring.h"

namespace wizard {

/// Opens the project's vault: with the passphrase of this session, with the one that the desktop's
/// keyring has, or with what a person enters; for a vault that is not made yet, with a new one.
class VaultOpener : public QObject {
    Q_OBJECT
public:
    using Opened = std::function<void(std::shared_ptr<deploy::Vault>)>;

    explicit VaultOpener(const PageContext& context, QObject* parent = nullptr);

    /// `opened` gets the vault; null in practice, where none is needed. Not called when given up.
    /// A further call takes the place of one that waits.
    void open(const Opened& opened);

private:
    /// Whose answer a passphrase is: a wrong one of a person is told, others are passed over.
    enum class Source { Session, Keyring, Person };
    void askKeyring();
    void askPerson(const std::optional<deploy::Error>& problem);
    void attempt(Source source, const deploy::Secret& passphrase, bool keepIt = false);
    void keep(const deploy::Secret& passphrase);
    bool fresh() const;

    PageContext context_;
    VaultKeyring keyring_;
    VaultRunner runner_;
    Opened opened_;        ///< empty: nobody waits
    std::string project_;  ///< whose vault is waited for
    bool personAsked_ = false;
    std::function<void()> next_;  ///< an attempt that came while another was being made
};

}  // namespace wizard

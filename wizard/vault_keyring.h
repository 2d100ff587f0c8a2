#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <string>

#include "base/secret.h"

namespace wizard {

/// The desktop's keyring (Secret Service, KWallet) as a place for the passphrases of vaults. Never
/// writes a plain file. Each answer comes later, in the GUI thread; none comes after this is gone.
class VaultKeyring : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Whether this program was built with one; a desktop may still have none.
    static bool built();

    /// `answered` gets an empty secret where there is no entry, no keyring, or it stays locked. A
    /// keyring that asks a person to unlock it answers only after that, or never.
    void read(const std::string& projectId,
              const std::function<void(const deploy::Secret&)>& answered);
    /// `problem` is empty when it is kept, else the keyring's own words.
    void keep(const std::string& projectId, const deploy::Secret& passphrase,
              const std::function<void(const QString& problem)>& answered);
    void forget(const std::string& projectId);
};

}  // namespace wizard

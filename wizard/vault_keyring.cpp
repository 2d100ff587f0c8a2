#include "vault_keyring.h"

#ifdef FINCLIP_KEYRING
#include <qt6keychain/keychain.h>
#endif

#include "text/convert.h"

namespace wizard {

#ifdef FINCLIP_KEYRING

namespace {

/// Without a parent: the library's own callbacks reach a job until it has ended, also when this
/// window is gone; it deletes itself then.
template <class Job>
Job* makeJob(const std::string& projectId) {
    auto* job = new Job(QStringLiteral("finclip-deploy"));
    job->setInsecureFallback(false);
    job->setKey(QStringLiteral("vault/") + toQt(projectId));
    return job;
}

}  // namespace

bool VaultKeyring::built() {
    return true;
}

void VaultKeyring::read(const std::string& projectId,
                        const std::function<void(const deploy::Secret&)>& answered) {
    auto* job = makeJob<QKeychain::ReadPasswordJob>(projectId);
    connect(job, &QKeychain::Job::finished, this, [job, answered] {
        const bool found = job->error() == QKeychain::NoError;
        answered(found ? deploy::Secret(job->binaryData().toStdString()) : deploy::Secret());
    });
    job->start();
}

void VaultKeyring::keep(const std::string& projectId, const deploy::Secret& passphrase,
                        const std::function<void(const QString&)>& answered) {
    auto* job = makeJob<QKeychain::WritePasswordJob>(projectId);
    const auto& text = passphrase.reveal();
    job->setBinaryData(QByteArray(text.data(), qsizetype(text.size())));
    connect(job, &QKeychain::Job::finished, this, [job, answered] {
        const bool kept = job->error() == QKeychain::NoError;
        answered(kept                           ? QString()
                 : job->errorString().isEmpty() ? tr("the keyring gave no reason")
                                                : job->errorString());
    });
    job->start();
}

void VaultKeyring::forget(const std::string& projectId) {
    makeJob<QKeychain::DeletePasswordJob>(projectId)->start();
}

#else

bool VaultKeyring::built() {
    return false;
}

void VaultKeyring::read(const std::string&,
                        const std::function<void(const deploy::Secret&)>& answered) {
    answered({});
}

void VaultKeyring::keep(const std::string&, const deploy::Secret&,
                        const std::function<void(const QString&)>& answered) {
    answered(tr("this program was built without a keyring"));
}

void VaultKeyring::forget(const std::string&) {}

#endif

}  // namespace wizard

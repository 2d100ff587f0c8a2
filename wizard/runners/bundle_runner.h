#pragma once

#include "bundle/bundle.h"
#include "runners/runner.h"

namespace wizard {

/// Verifies a bundle.
class BundleRunner : public Runner {
    Q_OBJECT
public:
    using Runner::Runner;
    void verify(const std::filesystem::path& path, const deploy::VerifyOptions& options);

Q_SIGNALS:
    void progress(quint64 doneBytes, quint64 totalBytes);
    void verified(const deploy::Result<deploy::Bundle>& bundle);
};

}  // namespace wizard

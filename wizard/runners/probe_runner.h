#pragma once

#include <memory>

#include "probe/prober.h"
#include "runners/runner.h"

namespace wizard {

/// Probes servers, all at once.
class ProbeRunner : public Runner {
    Q_OBJECT
public:
    using Runner::Runner;
    void probe(std::unique_ptr<deploy::Connector> connector, const deploy::Inventory& servers,
               const deploy::ProbeOptions& options);

Q_SIGNALS:
    /// `server` is as it was when its probe began.
    void probed(const deploy::Host& server, const deploy::ProbeOutcome& outcome);
};

}  // namespace wizard

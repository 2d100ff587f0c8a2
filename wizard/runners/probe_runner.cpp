#include "runners/probe_runner.h"

namespace wizard {

void ProbeRunner::probe(std::unique_ptr<deploy::Connector> connector,
                        const deploy::Inventory& servers, const deploy::ProbeOptions& options) {
    const std::shared_ptr<deploy::Connector> shared = std::move(connector);
    start([this, shared, servers, options](const std::stop_token& stop) {
        const auto observer = [this, &servers](const deploy::HostId& name,
                                               const deploy::ProbeOutcome& outcome) {
            if (const deploy::Host* server = servers.find(name))
                post([this, server = *server, outcome] { Q_EMIT probed(server, outcome); });
        };
        deploy::probeAll(*shared, servers, options, observer, stop);
    });
}

}  // namespace wizard

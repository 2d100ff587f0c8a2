#include "remote/ssh_connector.h"

#include <sodium.h>

#include "remote/session_maker.h"
#include "remote/ssh_host.h"

namespace deploy {

namespace {

class SshConnector final : public Connector {
public:
    explicit SshConnector(std::shared_ptr<SessionMaker> maker) : maker_(std::move(maker)) {}

    Result<std::unique_ptr<RemoteHost>> connect(const Host& host,
                                                const std::stop_token& stop) override {
        auto connection = maker_->make(host, stop);
        if (!connection)
            return tl::unexpected(connection.error());
        return std::make_unique<SshHost>(host, maker_, std::move(*connection));
    }

private:
    std::shared_ptr<SessionMaker> maker_;
};

}  // namespace

std::unique_ptr<Connector> makeSshConnector(Inventory inventory, Credentials credentials,
                                            KnownHosts knownHosts, SshLimits limits) {
    ssh_init();
    [[maybe_unused]] const int ready = sodium_init();
    return std::make_unique<SshConnector>(std::make_shared<SessionMaker>(
        std::move(inventory), std::move(credentials), std::move(knownHosts), limits));
}

}  // namespace deploy

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "inventory/host.h"
#include "remote/relay.h"
#include "run/distribution.h"
#include "run/server_link.h"

namespace deploy {

/// Brings the files of a run to one server: from another server where one has it or is getting it
/// and the two may talk, else from the laptop. A source that dies, or holds others up, is left for
/// another; what has arrived stays. Not thread-safe; references are not owned and outlive this.
class FileDelivery {
public:
    /// `distribution` null: all comes from the laptop.
    FileDelivery(ServerLink& link, Connector& connector, const Inventory& inventory,
                 Distribution* distribution, std::stop_token stop);

    /// Takes back what a run that was cut has left on the server. Best effort.
    void clean();
    /// As ServerLink::put(); `upload.destination` ends in its SHA-256.
    Result<UploadResult> deliver(const Upload& upload, const ByteProgress& progress);
    /// Takes the keys back, here and at the sources. Best effort: what a server that cannot be
    /// reached keeps goes with the next run's clean().
    void close();

private:
    struct Source {
        std::unique_ptr<RemoteHost> remote;  ///< null when it was lost
        std::optional<Relay> relay;
    };
    Result<UploadResult> fromServer(const HostId& source, const Upload& upload,
                                    const ByteProgress& progress);
    Result<Source*> sourceTo(const HostId& source, const std::string& folder);

    ServerLink& link_;
    Connector& connector_;
    const Inventory& inventory_;
    Distribution* distribution_;
    std::stop_token stop_;
    std::map<HostId, Source> sources_;
};

}  // namespace deploy

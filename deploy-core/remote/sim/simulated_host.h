#pragma once

#include "remote/sim/agents.h"

namespace deploy::sim {

/// One connection to a simulated server.
class SimulatedHost final : public RemoteHost {
public:
    /// `lines`: ServerState::lines when it was connected.
    SimulatedHost(std::shared_ptr<Practice> practice, HostId host, int lines);

    Result<CommandResult> run(const Command& command, const OutputSink& sink,
                              const std::stop_token& stop) override;
    Result<UploadResult> put(const Upload& upload, const ByteProgress& progress,
                             const std::stop_token& stop) override;
    /// Of the files on a simulated server only their sizes and digests are known: FileNotFound.
    Result<std::string> get(const std::string& path, uint64_t limitBytes, Privilege privilege,
                            const std::stop_token& stop) override;

private:
    Result<int> dispatch(const Command& command, Reply& reply, const std::stop_token& stop);
    Result<int> answerProbe(const Command& command, Reply& reply, const std::stop_token& stop);
    Result<int> answerPeers(const Command& command, Reply& reply, const std::stop_token& stop);
    Result<int> answerRole(const RoleCall& call, Reply& reply, const std::stop_token& stop);
    /// Before each exchange: is the line there, and are the rights?
    Result<void> reach(Privilege privilege, const std::stop_token& stop);
    /// Names the server; a broken line stays broken.
    Error placed(Error error);

    std::shared_ptr<Practice> practice_;
    HostId host_;
    const Scenario::Server& server_;
    int lines_;
    bool broken_ = false;
};

}  // namespace deploy::sim

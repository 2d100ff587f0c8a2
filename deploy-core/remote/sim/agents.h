#pragma once

#include "remote/remote_host.h"
#include "remote/sim/practice.h"

namespace deploy::sim {

/// Collects what a simulated command prints, as RemoteHost::run() promises.
class Reply {
public:
    Reply(const Command& command, const OutputSink& sink) : command_(command), sink_(sink) {}

    void out(std::string_view text) { add(Stream::Out, result_.out, text); }
    void err(std::string_view text) { add(Stream::Err, result_.err, text); }
    CommandResult end(int status);

private:
    void add(Stream stream, std::string& kept, std::string_view text);

    const Command& command_;
    const OutputSink& sink_;
    CommandResult result_;
};

/// Does what resources/roles/agent/<name>.sh does, and says what it says. Errors: Internal for an
/// agent or a role script that is not known; SshConnectionLost where a fault breaks the line;
/// Cancelled.
Result<int> runAgent(Practice& practice, const HostId& host, const std::string& name,
                     const Command& command, Reply& reply, const std::stop_token& stop);

}  // namespace deploy::sim

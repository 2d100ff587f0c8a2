#pragma once

#include <memory>

#include "remote/remote_exec.h"
#include "remote/session_maker.h"
#include "remote/upload_scripts.h"
#include "remote/upload_source.h"

namespace deploy {

/// A server over one libssh session; uploads over a slow line use more of them for their time.
class SshHost final : public RemoteHost {
public:
    SshHost(Host host, std::shared_ptr<SessionMaker> maker, SshConnection connection);

    Result<CommandResult> run(const Command& command, const OutputSink& sink,
                              const std::stop_token& stop) override;
    Result<UploadResult> put(const Upload& upload, const ByteProgress& progress,
                             const std::stop_token& stop) override;
    Result<std::string> get(const std::string& path, uint64_t limitBytes, Privilege privilege,
                            const std::stop_token& stop) override;

private:
    /// What RemoteExec needs for the command, without its input.
    Result<RemoteExec::Order> order(const Command& command, const OutputSink& sink) const;
    /// Names the server, and remembers a sudo password that was refused.
    Error placed(Error error);
    /// What is there of the file, with a partial file counted only as far as it is ours.
    Result<UploadState> prepareUpload(const Upload& upload, const UploadSource& source,
                                      const std::stop_token& stop);
    void discard(const Upload& upload, const std::stop_token& stop);
    Result<std::chrono::microseconds> measuredRoundTrip(const std::stop_token& stop);
    /// As many as can be had, up to `count`.
    std::vector<SshConnection> moreConnections(unsigned count, const std::stop_token& stop);

    Host host_;
    std::shared_ptr<SessionMaker> maker_;
    SshConnection connection_;
    /// The shortest that was measured: a busy server answers later than its line is long.
    std::chrono::microseconds roundTrip_ = std::chrono::microseconds::max();
};

}  // namespace deploy

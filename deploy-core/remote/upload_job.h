#pragma once

#include "remote/session_maker.h"
#include "remote/upload_scripts.h"
#include "remote/upload_source.h"

namespace deploy {

enum class Receiver {
    Joins,  ///< several streams, and a digest made beside the writing
    Plain   ///< one stream, and a digest made afterwards
};

/// The sending part of one upload: one stream over the server's own session and, where the line is
/// slow, more over further connections, because sshd lets no more than 2 MiB a round trip through
/// one channel.
class UploadJob {
public:
    static constexpr unsigned kMostStreams = 4;

    /// Makes the order for a script with its arguments, without input.
    using MakeOrder = std::function<Result<RemoteExec::Order>(
        const std::string& script, std::vector<std::string> args, OutputSink sink)>;

    UploadJob(const UploadSource& source, const Upload& upload, std::string part, uint64_t offset,
              MakeOrder makeOrder, ByteProgress progress);

    /// The receiving script's result. Errors of RemoteHost::run().
    Result<CommandResult> run(SshSession& session, std::vector<SshConnection> more,
                              Receiver receiver, const std::stop_token& stop);
    uint64_t sentBytes() const { return sent_; }

private:
    InputSource afterAllAreOpen(InputSource rest);

    const UploadSource& source_;
    const Upload& upload_;
    std::string part_;
    uint64_t offset_;
    MakeOrder makeOrder_;
    ByteProgress progress_;
    uint64_t sent_ = 0;
    bool ready_ = false;    ///< the receiver has made its named pipes
    unsigned waiting_ = 0;  ///< streams that are not open yet
};

/// Where the file is gathered on the server.
std::string partFor(const Upload& upload);
/// As chmod takes it.
std::string octal(mode_t mode);

}  // namespace deploy

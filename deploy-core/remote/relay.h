#pragma once

#include <functional>
#include <string>

#include "inventory/host.h"
#include "remote/remote_host.h"

namespace deploy {

/// Runs a command on one server: RemoteHost::run with its stop token bound, or a link's.
using RunOn = std::function<Result<CommandResult>(const Command&, const OutputSink&)>;

/// The way of files from one server to another: `from` sends over SSH with a key that was made for
/// it there and that `to` takes for receiving files into one folder, from the sender's addresses,
/// as root. Both servers are told what to do by the laptop; no file passes through it.
class Relay {
public:
    /// Makes the key and lets it in. `folder`: the only one that it may write to, on the
    /// receiver; files have their SHA-256 as their name there. RemoteCommandFailed where a server
    /// lacks what it takes (args "exit_status"); errors of `from` and `to`.
    static Result<Relay> open(const RunOn& from, const Host& sender, const RunOn& to,
                              const Host& receiver, const std::string& folder);

    /// How much of a file its sender has.
    enum class Held { Growing, Whole };

    /// Sends the file, also while it still grows at the sender, and goes on where an earlier call
    /// was cut; the receiver checks its digest before it gets its name. `upload.source` is its
    /// path at the sender; one that was there and is gone is not waited for. UploadDigestMismatch
    /// (what came was thrown away), RemoteCommandFailed (args "exit_status"), errors of `from` and
    /// `to`.
    Result<UploadResult> send(const RunOn& from, const RunOn& to, const Upload& upload, Held held,
                              const ByteProgress& progress) const;

    /// Takes back what open() made at one end.
    static Result<void> forgetAtSender(const RunOn& from, const Host& receiver);
    static Result<void> forgetAtReceiver(const RunOn& to);
    /// Takes back all that relays may have left on a server.
    static Result<void> forgetAll(const RunOn& server);

private:
    Relay(Host receiver, std::string knownHosts)
        : receiver_(std::move(receiver)), knownHosts_(std::move(knownHosts)) {}

    Host receiver_;
    std::string knownHosts_;
};

}  // namespace deploy

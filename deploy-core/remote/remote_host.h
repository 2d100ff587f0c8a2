#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/host.h"

namespace deploy {

enum class Privilege { User, Root };  ///< Root: as the host's SudoMode says
enum class Stream { Out, Err };

/// A script to run on a server.
struct Command {
    /// POSIX sh text, sent on standard input: it stands in no process list and may be of any size.
    std::string script;
    /// "$1", "$2" ...; they stand in the process list, so never a secret.
    std::vector<std::string> args;
    /// What the script finds on its standard input; secrets go only here.
    std::string input;
    Privilege privilege = Privilege::User;
    /// No byte in either direction for this long means SshStalled.
    std::chrono::milliseconds stall = std::chrono::seconds(45);
    /// The whole command; zero means none. DeadlinePassed.
    std::chrono::milliseconds deadline = std::chrono::milliseconds(0);
    /// Bytes of out and err that are kept in the result, each; what is over goes to the sink only.
    size_t keepBytes = 4U << 20U;
};

struct CommandResult {
    int exitStatus = 0;
    std::string out;
    std::string err;
    bool truncated = false;  ///< out or err lost its end
};

/// Gets output as it arrives, on the calling thread; raw bytes, cut anywhere.
using OutputSink = std::function<void(Stream, std::string_view)>;

struct Upload {
    std::filesystem::path source;  ///< regular file on the laptop
    std::string destination;       ///< absolute path on the server; its folder must exist
    std::string sha256;            ///< expected; checked on both ends
    uint64_t size = 0;             ///< bytes
    mode_t mode = 0600;
    Privilege privilege = Privilege::Root;
};

struct UploadResult {
    uint64_t sentBytes = 0;     ///< in this call
    bool alreadyThere = false;  ///< same size and digest: nothing was sent
};

using ByteProgress = std::function<void(uint64_t doneBytes, uint64_t totalBytes)>;

/// One connected server. One thread at a time. Every call returns soon after `stop` is requested
/// (Cancelled) and never blocks for ever; after SshConnectionLost or SshStalled connect anew.
class RemoteHost {
public:
    virtual ~RemoteHost() = default;

    /// Runs the script to its end. An exit status other than zero is a result, not an error; an end
    /// without a status is SshConnectionLost. Errors: Ssh*, Sudo*, DeadlinePassed, Cancelled.
    virtual Result<CommandResult> run(const Command& command, const OutputSink& sink,
                                      const std::stop_token& stop) = 0;

    /// Sends a file to a temporary name, checks it there, renames. Goes on where an earlier call
    /// was cut. Errors as run(), and UploadDigestMismatch, RemoteDiskFull, File*.
    virtual Result<UploadResult> put(const Upload& upload, const ByteProgress& progress,
                                     const std::stop_token& stop) = 0;

    /// Content of a file on the server, of at most `limitBytes` (else FileTooLarge).
    virtual Result<std::string> get(const std::string& path, uint64_t limitBytes,
                                    Privilege privilege, const std::stop_token& stop) = 0;
};

/// Makes connections. Thread-safe: many servers are connected at once.
class Connector {
public:
    virtual ~Connector() = default;

    /// Reaches, checks the host key, authenticates. SshHostKeyUnknown carries args "fingerprint"
    /// ("SHA256:..."), "key_type" and "public_key" (known_hosts form), for a person to answer.
    virtual Result<std::unique_ptr<RemoteHost>> connect(const Host& host,
                                                        const std::stop_token& stop) = 0;
};

}  // namespace deploy

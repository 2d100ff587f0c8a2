#include "remote/relay.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "remote/relay_scripts.h"
#include "remote/upload_job.h"
#include "remote/upload_scripts.h"

namespace deploy {

namespace {

/// The scripts give a sign of life every few seconds.
constexpr std::chrono::seconds kStall{30};
/// Slowest disk that reading a file for its digest is waited for, in bytes a millisecond.
constexpr uint64_t kSlowDiskBytesPerMs = 20'000;

bool isIpAddress(const std::string& text) {
    in6_addr parsed{};
    return ::inet_pton(AF_INET, text.c_str(), &parsed) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), &parsed) == 1;
}

Command rootCommand(const char* script, std::vector<std::string> args, std::string input = {}) {
    Command command;
    command.script = script;
    command.args = std::move(args);
    command.input = std::move(input);
    command.privilege = Privilege::Root;
    command.stall = kStall;
    command.keepBytes = 64U << 10U;
    return command;
}

Result<CommandResult> succeed(Result<CommandResult> result) {
    if (result && result->exitStatus != 0)
        return fail(ErrorCode::RemoteCommandFailed, {}, result->err,
                    {{"exit_status", std::to_string(result->exitStatus)}});
    return result;
}

/// What follows the word, of each line that begins with it.
std::vector<std::string> linesOf(const std::string& text, const std::string& word) {
    std::vector<std::string> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(word + " "))
            found.push_back(line.substr(word.size() + 1));
    return found;
}

/// Follows the lines of the sender.
class Position {
public:
    explicit Position(const std::function<void(uint64_t)>& at) : at_(at) {}
    void add(std::string_view bytes) {
        for (const char c : bytes) {
            if (c != '\n') {
                line_ += c;
                continue;
            }
            uint64_t at = 0;
            if (line_.starts_with("at ") &&
                std::from_chars(line_.data() + 3, line_.data() + line_.size(), at).ec ==
                    std::errc())
                at_(at);
            line_.clear();
        }
    }

private:
    const std::function<void(uint64_t)>& at_;
    std::string line_;
};

}  // namespace

Result<Relay> Relay::open(const RunOn& from, const Host& sender, const RunOn& to,
                          const Host& receiver, const std::string& folder) {
    const auto made = succeed(from(rootCommand(kRelayKeyScript, {receiver.name.str()}), {}));
    if (!made)
        return tl::unexpected(made.error());
    const auto keys = linesOf(made->out, "key");
    if (keys.size() != 1)
        return fail(ErrorCode::RemoteCommandFailed, sender.name.str(), made->out);
    std::string addresses = isIpAddress(sender.address) ? sender.address : "";
    for (const std::string& address : linesOf(made->out, "address"))
        if (isIpAddress(address) && address != sender.address)
            addresses += (addresses.empty() ? "" : ",") + address;
    const auto admitted = succeed(
        to(rootCommand(kRelayAdmitScript, {keys.front(), addresses}, relayReceiver(folder)), {}));
    if (!admitted)
        return tl::unexpected(admitted.error());
    std::string known;
    for (const std::string& key : linesOf(admitted->out, "hostkey"))
        known += "finclip-relay " + key + "\n";
    return Relay(receiver, known);
}

Result<UploadResult> Relay::send(const RunOn& from, const RunOn& to, const Upload& upload,
                                 Held held, const ByteProgress& progress) const {
    const std::string part = partFor(upload);
    Upload atSender = upload;
    atSender.destination = upload.source.string();
    Command prepare = rootCommand(
        kUploadPrepareScript,
        {upload.destination, part, std::to_string(upload.size), upload.sha256, octal(upload.mode)});
    prepare.stall += std::chrono::milliseconds(upload.size / kSlowDiskBytesPerMs);
    const auto prepared = succeed(to(prepare, {}));
    if (!prepared)
        return tl::unexpected(prepared.error());
    const auto state = parseUploadState(prepared->out);
    if (!state)
        return tl::unexpected(state.error());
    if (state->same)
        return UploadResult{0, true};
    const uint64_t had = std::min(state->partBytes, upload.size / kResumeBytes * kResumeBytes);
    uint64_t sent = 0;
    const std::function<void(uint64_t)> at = [&](uint64_t bytes) {
        sent = std::min(bytes, upload.size) - had;
        if (progress)
            progress(had + sent, upload.size);
    };
    Position position(at);
    const auto passed = from(
        rootCommand(kRelaySendScript,
                    {receiver_.name.str(), partFor(atSender), atSender.destination,
                     std::to_string(upload.size), upload.sha256, std::to_string(had / kResumeBytes),
                     state->wholeBlocks ? "1" : "0", "root", receiver_.address,
                     std::to_string(receiver_.port), held == Held::Whole ? "1" : "0"},
                    knownHosts_),
        [&](Stream stream, std::string_view bytes) {
            if (stream == Stream::Out)
                position.add(bytes);
        });
    if (!passed)
        return tl::unexpected(passed.error());
    if (static_cast<UploadStatus>(passed->exitStatus) == UploadStatus::DigestWrong) {
        if (auto removed = succeed(to(rootCommand("rm -f \"$1\"", {part}), {})); !removed)
            return tl::unexpected(removed.error());
        return fail(ErrorCode::UploadDigestMismatch, {}, {}, {{"file", upload.destination}});
    }
    return succeed(passed).map([&](const CommandResult&) { return UploadResult{sent, false}; });
}

Result<void> Relay::forgetAtSender(const RunOn& from, const Host& receiver) {
    return succeed(from(rootCommand(kRelayForgetScript, {"sender", receiver.name.str()}), {}))
        .map([](const CommandResult&) {});
}

Result<void> Relay::forgetAtReceiver(const RunOn& to) {
    return succeed(to(rootCommand(kRelayForgetScript, {"receiver"}), {}))
        .map([](const CommandResult&) {});
}

Result<void> Relay::forgetAll(const RunOn& server) {
    return succeed(server(rootCommand(kRelayForgetScript, {"all"}), {}))
        .map([](const CommandResult&) {});
}

}  // namespace deploy

#include <future>

#include "base/digest.h"
#include "remote/ssh_host.h"
#include "remote/upload_job.h"

namespace deploy {

namespace {

/// Slowest disk that reading a file for its digest is waited for, in bytes a millisecond.
constexpr uint64_t kSlowDiskBytesPerMs = 20'000;
/// A line this slow, and a file this large, is worth more than one stream.
constexpr std::chrono::milliseconds kSlowRoundTrip{15};
constexpr uint64_t kWorthwhileBytes = 16U << 20U;
/// Left free in the file system beside the file itself, in bytes.
constexpr uint64_t kDiskMargin = 1U << 20U;

std::chrono::milliseconds stallWhileReading(uint64_t bytes) {
    return Command().stall + std::chrono::milliseconds(bytes / kSlowDiskBytesPerMs);
}

bool saysDiskFull(const std::string& words) {
    return words.find("No space left on device") != std::string::npos ||
           words.find("quota exceeded") != std::string::npos;
}

/// What an unsuccessful end of a script means; both scripts use the same statuses.
Error uploadError(const Upload& upload, const UploadSource& source, const CommandResult& result,
                  const std::stop_token& stop) {
    const Args args = {{"file", upload.destination},
                       {"exit_status", std::to_string(result.exitStatus)}};
    switch (static_cast<UploadStatus>(result.exitStatus)) {
        case UploadStatus::FolderMissing:
            return {ErrorCode::RemoteCommandFailed, {}, "no such folder", args};
        case UploadStatus::DestinationIsFolder:
            return {ErrorCode::RemoteCommandFailed, {}, "is a folder", args};
        case UploadStatus::DigestWrong: {
            // The server's digest covers what was read here as well; which side is wrong is worth
            // reading the file again, only now.
            const auto here = source.sha256OfPrefix(upload.size, stop);
            const bool local = !here || *here != upload.sha256;
            return {ErrorCode::UploadDigestMismatch,
                    {},
                    {},
                    {{"file", local ? upload.source.string() : upload.destination}}};
        }
        case UploadStatus::NotWritten:
            if (saysDiskFull(result.err))
                return {ErrorCode::RemoteDiskFull, {}, result.err, args};
            break;
        case UploadStatus::Incomplete:
        case UploadStatus::Done:
            break;
    }
    return {ErrorCode::RemoteCommandFailed, {}, result.err, args};
}

}  // namespace

Result<UploadState> SshHost::prepareUpload(const Upload& upload, const UploadSource& source,
                                           const std::stop_token& stop) {
    Command command;
    command.script = kUploadPrepareScript;
    command.args = {upload.destination, partFor(upload), std::to_string(upload.size), upload.sha256,
                    octal(upload.mode)};
    command.privilege = upload.privilege;
    command.stall = stallWhileReading(upload.size);
    const auto result = run(command, {}, stop);
    if (!result)
        return tl::unexpected(result.error());
    if (result->exitStatus != 0)
        return tl::unexpected(uploadError(upload, source, *result, stop));
    auto state = parseUploadState(result->out);
    if (!state || state->partBytes == 0)
        return state;
    // Only bytes that are ours are built upon.
    const auto ours = state->partBytes <= upload.size
                          ? source.sha256OfPrefix(state->partBytes, stop)
                          : Result<std::string>("");
    if (!ours)
        return tl::unexpected(ours.error());
    if (*ours != state->partSha256)
        state->partBytes = 0;
    return state;
}

Result<std::chrono::microseconds> SshHost::measuredRoundTrip(const std::stop_token& stop) {
    constexpr int kMeasurements = 2;
    for (int i = 0; i < kMeasurements && roundTrip_ > kSlowRoundTrip; ++i) {
        auto measured = connection_.session->roundTrip(deadlineAfter(Command().stall), stop);
        if (!measured)
            return measured;
        roundTrip_ = std::min(roundTrip_, *measured);
    }
    return roundTrip_;
}

void SshHost::discard(const Upload& upload, const std::stop_token& stop) {
    Command command;
    command.script = "rm -f \"$1\"";
    command.args = {partFor(upload)};
    command.privilege = upload.privilege;
    // The upload has failed already; what cannot be removed is found by the next one.
    [[maybe_unused]] const auto removed = run(command, {}, stop);
}

std::vector<SshConnection> SshHost::moreConnections(unsigned count, const std::stop_token& stop) {
    std::vector<std::future<Result<SshConnection>>> making;
    for (unsigned i = 0; i < count; ++i)
        making.push_back(std::async(std::launch::async, [&] { return maker_->make(host_, stop); }));
    std::vector<SshConnection> made;
    for (auto& future : making)
        if (auto connection = future.get())
            made.push_back(std::move(*connection));
    return made;
}

Result<UploadResult> SshHost::put(const Upload& upload, const ByteProgress& progress,
                                  const std::stop_token& stop) {
    const auto source = UploadSource::open(upload);
    if (!source)
        return tl::unexpected(source.error());
    const auto state = prepareUpload(upload, *source, stop);
    if (!state)
        return tl::unexpected(placed(state.error()));
    if (state->same)
        return UploadResult{0, true};
    const uint64_t left = upload.size - state->partBytes;
    if (state->freeBytes < left + kDiskMargin)
        return tl::unexpected(placed({ErrorCode::RemoteDiskFull,
                                      {},
                                      {},
                                      {{"file", upload.destination},
                                       {"needed_bytes", std::to_string(left + kDiskMargin)},
                                       {"free_bytes", std::to_string(state->freeBytes)}}}));

    std::vector<SshConnection> more;
    if (state->wholeBlocks && left > kWorthwhileBytes) {
        const auto roundTrip = measuredRoundTrip(stop);
        if (!roundTrip)
            return tl::unexpected(placed(roundTrip.error()));
        if (*roundTrip > kSlowRoundTrip)
            more = moreConnections(UploadJob::kMostStreams - 1, stop);
    }
    const auto makeOrder = [&](const std::string& script, std::vector<std::string> args,
                               const OutputSink& sink) {
        Command command;
        command.script = script;
        command.args = std::move(args);
        command.privilege = upload.privilege;
        command.stall = stallWhileReading(state->partBytes);
        command.keepBytes = 64U << 10U;
        return order(command, sink);
    };
    UploadJob job(*source, upload, partFor(upload), state->partBytes, makeOrder, progress);
    const auto result = job.run(*connection_.session, std::move(more),
                                state->wholeBlocks ? Receiver::Joins : Receiver::Plain, stop);
    if (!result)
        return tl::unexpected(placed(result.error()));
    if (result->exitStatus == 0)
        return UploadResult{job.sentBytes(), false};
    Error error = uploadError(upload, *source, *result, stop);
    if (static_cast<UploadStatus>(result->exitStatus) != UploadStatus::Incomplete)
        discard(upload, stop);
    return tl::unexpected(placed(std::move(error)));
}

}  // namespace deploy

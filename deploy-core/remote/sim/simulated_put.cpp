#include <algorithm>

#include "remote/sim/role_work.h"
#include "remote/sim/simulated_host.h"

namespace deploy::sim {

namespace {

constexpr Millis kPiece = 200;  // of time

/// Where this sending will end before its end, and why.
struct Mishap {
    std::optional<Practice::Fault> fault;
    uint64_t at = 0;
};

uint64_t freeBytes(const Facts& facts) {
    return facts.dataDirectory && facts.dataDirectory->freeBytes ? *facts.dataDirectory->freeBytes
                                                                 : UINT64_MAX;
}

}  // namespace

Result<UploadResult> SimulatedHost::put(const Upload& upload, const ByteProgress& progress,
                                        const std::stop_token& stop) {
    constexpr uint64_t kBytesPerMsOfMegabyte = 1000;
    if (auto reached = reach(upload.privilege, stop); !reached)
        return tl::unexpected(placed(reached.error()));
    UploadResult result;
    uint64_t done = 0;
    Mishap mishap;
    bool full = false;
    bool slow = false;
    auto changed = practice_->change(host_, [&](const Practice::Change& change) {
        const auto file = change.server.files.find(upload.destination);
        result.alreadyThere = file != change.server.files.end() &&
                              file->second == SentFile{upload.size, upload.sha256};
        if (const auto sent = change.server.partial.find(upload.destination);
            sent != change.server.partial.end())
            done = std::min(sent->second, upload.size);
        slow = change.server.slow;
        full = change.server.diskFull ||
               freeBytes(factsNow(server_.facts, change.server)) < upload.size;
        if (!result.alreadyThere)
            mishap = {change.takeFault("put"), done + (upload.size - done) / 2};
    });
    if (!changed)
        return tl::unexpected(placed(changed.error()));
    if (result.alreadyThere)
        return result;
    if (full)
        return fail(ErrorCode::RemoteDiskFull, host_.str(), upload.destination);

    const uint64_t slower = slow || mishap.fault == Practice::Fault::Slow ? 10 : 1;
    const auto rate = static_cast<uint64_t>(server_.megabytesPerSecond) * kBytesPerMsOfMegabyte;
    const uint64_t piece = std::max<uint64_t>(rate * kPiece / slower, 1);
    const bool breaks = mishap.fault && *mishap.fault != Practice::Fault::Slow;
    std::optional<Error> trouble;
    // A trainer may take the line, or the server, at any time.
    const auto stillThere = [&]() -> Result<void> {
        const auto state = practice_->look(host_);
        if (!state)
            return tl::unexpected(state.error());
        if (state->lines != lines_ || practice_->now() < state->silentUntil)
            return fail(ErrorCode::SshConnectionLost);
        return state->diskFull ? fail(ErrorCode::RemoteDiskFull, {}, upload.destination)
                               : Result<void>();
    };
    while (done < upload.size && !trouble) {
        const uint64_t next = std::min(piece, upload.size - done);
        const auto time = static_cast<Millis>(next * slower / rate);
        if (auto passed = practice_->pass(std::max<Millis>(time, 1), stop); !passed) {
            trouble = passed.error();
            break;
        }
        if (auto reached = stillThere(); !reached) {
            trouble = reached.error();
            break;
        }
        done += next;
        result.sentBytes += next;
        if (progress)
            progress(done, upload.size);
        if (breaks && done >= mishap.at)
            trouble = Error{breaksLine(*mishap.fault) ? ErrorCode::SshConnectionLost
                                                      : ErrorCode::RemoteDiskFull,
                            host_.str(),
                            upload.destination,
                            {}};
    }
    changed = practice_->change(host_, [&](const Practice::Change& change) {
        change.server.partial.erase(upload.destination);
        if (!trouble)
            change.server.files[upload.destination] = {upload.size, upload.sha256};
        else if (done < upload.size)
            change.server.partial[upload.destination] = done;
        if (trouble && breaks && breaksLine(*mishap.fault))
            breakLine(*mishap.fault, change.server, change.now);
    });
    if (!changed)
        return tl::unexpected(placed(changed.error()));
    if (trouble)
        return tl::unexpected(placed(*trouble));
    return result;
}

}  // namespace deploy::sim

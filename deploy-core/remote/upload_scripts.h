#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace deploy {

/// Bytes that one connection carries before the next one's turn, where several share an upload.
constexpr uint64_t kStripeBytes = 512U << 10U;
/// An upload goes on at a multiple of this.
constexpr uint64_t kResumeBytes = 65536;

/// Exit statuses of the scripts below.
enum class UploadStatus {
    Done = 0,
    FolderMissing = 66,
    DestinationIsFolder = 67,
    Incomplete = 68,  ///< the input ended early; what came is kept
    DigestWrong = 69,
    NotWritten = 70  ///< the error stream has the system's words
};

/// $1 destination, $2 partial file, $3 size, $4 SHA-256, $5 mode. Changes nothing but the mode of a
/// destination that is already right. Prints an UploadState.
extern const char* const kUploadPrepareScript;

/// $1 destination, $2 partial file, $3 size, $4 SHA-256, $5 mode, $6 blocks of kResumeBytes to
/// keep, $7 streams, 0 where dd cannot read whole blocks. Takes the rest of the file on standard
/// input. With several streams it makes the named pipes "$2.in1", "$2.in2" ..., prints "ready", and
/// begins after a line of input.
extern const char* const kUploadReceiveScript;

/// $1 named pipe. Prints "open", then takes one stream on standard input.
extern const char* const kUploadStreamScript;

/// What the server has before an upload.
struct UploadState {
    bool same = false;         ///< the destination is right
    uint64_t partBytes = 0;    ///< whole blocks of the partial file
    std::string partSha256;    ///< of them
    uint64_t freeBytes = 0;    ///< in the destination's file system
    bool wholeBlocks = false;  ///< the server's dd can read whole blocks from a pipe

    bool operator==(const UploadState&) const = default;
};
/// RemoteCommandFailed if the text is not what the script prints.
Result<UploadState> parseUploadState(const std::string& text);

}  // namespace deploy

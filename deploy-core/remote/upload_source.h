#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "remote/remote_exec.h"
#include "remote/remote_host.h"

namespace deploy {

/// The file that an upload sends, dealt out to one or more streams in stripes. One thread.
class UploadSource {
public:
    /// FileNotFound, FileUnreadable; UploadDigestMismatch if its size is not the expected one.
    static Result<UploadSource> open(const Upload& upload);

    /// SHA-256 of the first bytes. FileUnreadable; Cancelled.
    Result<std::string> sha256OfPrefix(uint64_t bytes, const std::stop_token& stop) const;

    /// What each of `count` streams carries, from `offset` to the end of the file. The source and
    /// `sent` must outlive them; `sent` grows by what is given out. A stream that is far ahead of
    /// another one waits (Later): what the server cannot put in its place yet is lost by a cut.
    std::vector<InputSource> streams(uint64_t offset, unsigned count, uint64_t& sent) const;

private:
    std::string name_;
    uint64_t size_ = 0;
    Descriptor file_;

    Result<size_t> readAt(uint64_t offset, std::vector<char>& block, size_t atMost) const;
};

}  // namespace deploy

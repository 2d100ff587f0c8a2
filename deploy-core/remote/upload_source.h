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

    /// The stream `index` of `count`, from `offset` to the end of the file. The source and `sent`
    /// must outlive it; `sent` grows by what is given out.
    InputSource stream(uint64_t offset, unsigned index, unsigned count, uint64_t& sent) const;

private:
    std::string name_;
    uint64_t size_ = 0;
    Descriptor file_;

    Result<size_t> readAt(uint64_t offset, std::vector<char>& block, size_t atMost) const;
};

}  // namespace deploy

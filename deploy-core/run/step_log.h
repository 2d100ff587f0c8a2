#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/descriptor.h"

namespace deploy {

/// The output of one attempt of a step, in <run folder>/logs/<step>.log. The file holds exactly
/// what has arrived, so its size is where following goes on; earlier attempts are moved to
/// <step>.<n>.log. At most 17 MiB are written (a server keeps 16 MiB of a log and its end),
/// whatever a server sends. A log that cannot be written stops nothing: it is no record. One
/// thread.
class StepLog {
public:
    enum class Begin { Anew, Continue };
    StepLog(const std::filesystem::path& runFolder, const std::string& step, Begin begin);

    void add(std::string_view bytes);
    /// Bytes that have arrived.
    uint64_t size() const { return size_; }
    /// The last lines that are not empty, of the last 4 KiB.
    std::string lastLines(int count) const;

private:
    Descriptor file_;
    uint64_t size_ = 0;
    std::string tail_;
};

}  // namespace deploy

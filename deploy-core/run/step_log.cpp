#include "run/step_log.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "base/file.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kFileBytes = 34U << 20U;
constexpr size_t kTailBytes = 4096;

/// Moves an earlier attempt's log aside.
void moveAside(const fs::path& file) {
    std::error_code error;
    for (int number = 1; fs::exists(file, error); ++number) {
        fs::path aside = file;
        aside.replace_extension("." + std::to_string(number) + ".log");
        if (!fs::exists(aside, error))
            return fs::rename(file, aside, error);
        if (error)
            return;
    }
}

std::string tailOf(int fd, uint64_t size) {
    std::array<char, kTailBytes> block{};
    const uint64_t from = size > block.size() ? size - block.size() : 0;
    const ssize_t n = ::pread(fd, block.data(), block.size(), static_cast<off_t>(from));
    return n > 0 ? std::string(block.data(), static_cast<size_t>(n)) : std::string();
}

}  // namespace

StepLog::StepLog(const fs::path& runFolder, const std::string& step, Begin begin) {
    const fs::path file = runFolder / "logs" / (step + ".log");
    if (!makePrivateFolder(file.parent_path()))
        return;
    if (begin == Begin::Anew)
        moveAside(file);
    file_ = Descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    const off_t end = file_.valid() ? ::lseek(file_.get(), 0, SEEK_END) : 0;
    size_ = end > 0 ? static_cast<uint64_t>(end) : 0;
    if (size_ > 0)
        tail_ = tailOf(file_.get(), size_);
}

void StepLog::add(std::string_view bytes) {
    if (file_.valid() && size_ < kFileBytes &&
        !writeAll(file_.get(), bytes.substr(0, kFileBytes - size_)))
        file_.reset();
    size_ += bytes.size();
    tail_ += bytes.substr(bytes.size() - std::min(bytes.size(), kTailBytes));
    if (tail_.size() > kTailBytes)
        tail_.erase(0, tail_.size() - kTailBytes);
}

std::string StepLog::lastLines(int count) const {
    size_t end = tail_.find_last_not_of("\n\r \t");
    if (end == std::string::npos)
        return {};
    ++end;
    size_t begin = end;
    for (int i = 0; i < count && begin != 0; ++i) {
        const size_t newline = tail_.rfind('\n', begin - 1);
        begin = newline == std::string::npos ? 0 : newline;
    }
    if (tail_[begin] == '\n')
        ++begin;
    return tail_.substr(begin, end - begin);
}

}  // namespace deploy

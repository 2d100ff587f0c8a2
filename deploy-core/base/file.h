#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// Whole content. FileNotFound, FileUnreadable, FileTooLarge (over the limit, in bytes).
Result<std::string> readFile(const std::filesystem::path& path, uint64_t limitBytes);

/// What a written file outlives: the end of this program, or a loss of power, too.
enum class Outlives { Program, PowerLoss };

/// Replaces the file as one act: temporary file beside it and rename, and for a loss of power fsync
/// of both the file and the folder. Either the old or the new content is there afterwards.
/// FileUnwritable.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content,
                                 mode_t mode = 0644, Outlives outlives = Outlives::PowerLoss);

/// Creates the folder and its parents, readable by the owner only. FileUnwritable.
Result<void> makePrivateFolder(const std::filesystem::path& path);

}  // namespace deploy

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

/// Replaces the file as one act: temporary file beside it, fsync, rename, fsync of the folder.
/// Either the old or the new content is there after a power loss. FileUnwritable.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content,
                                 mode_t mode = 0644);

/// Creates the folder and its parents, readable by the owner only. FileUnwritable.
Result<void> makePrivateFolder(const std::filesystem::path& path);

}  // namespace deploy

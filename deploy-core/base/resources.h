#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace deploy {

/// The folder with catalog/, roles/, probe/, i18n/ ...: $FINCLIP_RESOURCES if set, the source
/// tree's for a program started from its build tree, else <prefix>/share/finclip-deploy beside it.
std::filesystem::path resourceFolder();

/// A text resource, by its path below resourceFolder(). FileNotFound, FileUnreadable.
Result<std::string> readResource(const std::filesystem::path& relative);

/// "0.1.0": the version of this program.
std::string programVersion();

}  // namespace deploy

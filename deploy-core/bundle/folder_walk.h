#pragma once

#include <sys/types.h>

#include <map>
#include <string>

#include "base/result.h"

namespace deploy {

/// Last part of the text key "file_kind.<kind>": "link", "device"...
std::string kindOf(mode_t mode);
/// BundleUnsafeKind with args "kind".
tl::unexpected<Error> unsafeKind(const std::string& where, const std::string& kind);

/// The error for errno after an open that must not follow links.
tl::unexpected<Error> unopened(const std::string& where);

/// Every file below an open folder with its size in bytes, links not followed. BundleUnsafeKind for
/// anything but files and folders, BundleTooLarge over `maximumEntries`, what BundleNames refuses.
Result<std::map<std::string, uint64_t>> walkFolder(int root, const std::string& place,
                                                   size_t maximumEntries);

}  // namespace deploy

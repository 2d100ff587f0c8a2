#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// The files of a bundle that describe it; they are not listed in bundle.yaml.
constexpr std::string_view kManifestName = "bundle.yaml";
constexpr std::string_view kSumsName = "SHA256SUMS";
constexpr std::string_view kSignatureName = "SHA256SUMS.sig";

/// BundleUnsafePath unless the path is relative, at most 400 bytes and 16 parts, each part of
/// ASCII letters, digits and . _ + @ = , ~ - , not "." or "..", not led by '-'. So a path means the
/// same on every file system, in every shell and every tool.
Result<void> checkBundlePath(std::string_view path, const std::string& where);

/// The names of one bundle. Refuses a second one that is the same or differs in case only, and a
/// file where a folder is (BundleNameClash), besides what checkBundlePath refuses.
class BundleNames {
public:
    Result<void> addFile(std::string_view path, const std::string& where);
    Result<void> addFolder(std::string_view path, const std::string& where);

private:
    enum class Kind { File, Folder };
    struct Entry {
        std::string exact;
        Kind kind;
    };
    Result<void> add(std::string_view path, Kind kind, const std::string& where);
    std::map<std::string, Entry> byLowerCase_;
};

}  // namespace deploy

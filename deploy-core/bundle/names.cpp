#include "bundle/names.h"

#include <algorithm>

namespace deploy {

namespace {

constexpr size_t kMaximumPathBytes = 400;
constexpr size_t kMaximumParts = 16;
constexpr std::string_view kPunctuation = "._+@=,~-";

bool allowedByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kPunctuation.find(c) != std::string_view::npos;
}

bool allowedPart(std::string_view part) {
    return !part.empty() && part != "." && part != ".." && part.front() != '-' &&
           std::all_of(part.begin(), part.end(), allowedByte);
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

}  // namespace

Result<void> checkBundlePath(std::string_view path, const std::string& where) {
    bool allowed = !path.empty() && path.size() <= kMaximumPathBytes;
    size_t parts = 0;
    for (size_t begin = 0; allowed && begin <= path.size(); ++parts) {
        const size_t end = std::min(path.find('/', begin), path.size());
        allowed = allowedPart(path.substr(begin, end - begin));
        begin = end + 1;
    }
    if (!allowed || parts > kMaximumParts)
        return fail(ErrorCode::BundleUnsafePath, where, std::string(path.substr(0, 1000)));
    return {};
}

Result<void> BundleNames::addFile(std::string_view path, const std::string& where) {
    if (auto allowed = checkBundlePath(path, where); !allowed)
        return allowed;
    const size_t slash = path.rfind('/');
    if (slash != std::string_view::npos)
        if (auto parent = addFolder(path.substr(0, slash), where); !parent)
            return parent;
    return add(path, Kind::File, where);
}

Result<void> BundleNames::addFolder(std::string_view path, const std::string& where) {
    if (auto allowed = checkBundlePath(path, where); !allowed)
        return allowed;
    for (size_t end = path.find('/');; end = path.find('/', end + 1)) {
        if (auto added = add(path.substr(0, end), Kind::Folder, where); !added)
            return added;
        if (end == std::string_view::npos)
            return {};
    }
}

Result<void> BundleNames::add(std::string_view path, Kind kind, const std::string& where) {
    const auto [entry, isNew] =
        byLowerCase_.try_emplace(lowerCase(path), Entry{std::string(path), kind});
    const bool sameFolder =
        kind == Kind::Folder && entry->second.kind == Kind::Folder && entry->second.exact == path;
    if (!isNew && !sameFolder)
        return fail(ErrorCode::BundleNameClash, where, {},
                    {{"path", std::string(path)}, {"other", entry->second.exact}});
    return {};
}

}  // namespace deploy

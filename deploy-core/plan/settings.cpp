#include "plan/settings.h"

#include <algorithm>
#include <filesystem>

#include "base/utf8.h"

namespace deploy {

namespace {

constexpr size_t kPathLimitBytes = 512;
constexpr size_t kNameLimitBytes = 253;

bool plain(const std::string& text) {
    return isUtf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

/// Letters, digits and - . : [ ] only: what a host name, an address and a compose value share.
bool isAddress(const std::string& text) {
    return text.size() <= kNameLimitBytes && !text.starts_with('-') &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
           });
}

/// Absolute, below a folder of its own, without "..", a space or a sign that units, compose files
/// or mount options read as their own.
bool isFolder(const std::string& text) {
    const std::filesystem::path path(text);
    const bool signs = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '-' || c == '_' || c == '.';
    });
    return signs && text.size() <= kPathLimitBytes && path.is_absolute() &&
           path.lexically_normal().string() == text && !path.filename().empty() &&
           path != path.root_path();
}

bool isAccount(const std::string& text) {
    return !text.empty() && text.size() <= 64 && plain(text) && !text.starts_with('-') &&
           text.find_first_of(" \t'\"\\$:/") == std::string::npos;
}

}  // namespace

Result<void> validateSettings(const Settings& settings) {
    const auto invalid = [](const char* field, const std::string& value) {
        return fail(ErrorCode::ValueInvalid, field, value);
    };
    if (!isAddress(settings.entryAddress))
        return invalid("entry_address", settings.entryAddress);
    if (settings.entryPort == 0)
        return invalid("entry_port", "0");
    if (!isFolder(settings.dataDirectory))
        return invalid("data_directory", settings.dataDirectory);
    if (!isFolder(settings.installDirectory))
        return invalid("install_directory", settings.installDirectory);
    const auto inside = [](const std::string& inner, const std::string& outer) {
        return inner == outer || inner.starts_with(outer + "/");
    };
    if (inside(settings.dataDirectory, settings.installDirectory) ||
        inside(settings.installDirectory, settings.dataDirectory))
        return invalid("install_directory", settings.installDirectory);
    if (!isAccount(settings.adminAccount))
        return invalid("admin_account", settings.adminAccount);
    return {};
}

}  // namespace deploy

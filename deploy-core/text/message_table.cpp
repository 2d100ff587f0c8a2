#include "text/message_table.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <future>
#include <vector>

#include "base/resources.h"
#include "base/utf8.h"
#include "base/yaml.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

using Texts = std::map<std::string, std::string>;

Result<void> collect(const YamlValue& value, const std::string& key, Texts& texts) {
    if (value.kind() != YamlValue::Kind::Mapping) {
        const auto text = value.asString();
        if (!text)
            return tl::unexpected(text.error());
        if (!texts.emplace(key, *text).second)
            return fail(ErrorCode::YamlDuplicateKey, value.whereKey(), {}, {{"key", key}});
        return {};
    }
    const auto entries = value.asMapping();
    const std::string prefix = key.empty() ? key : key + ".";
    for (const auto& [name, below] : *entries)
        if (auto done = collect(below, prefix + name, texts); !done)
            return done;
    return {};
}

Result<std::vector<fs::path>> filesOf(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".yaml")
            files.push_back(entry->path());
    if (error || files.empty())
        return fail(ErrorCode::FileNotFound, folder.string(), error ? error.message() : "");
    std::sort(files.begin(), files.end());
    return files;
}

bool isPlaceholder(std::string_view name) {
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_|") ==
                                std::string_view::npos;
}

}  // namespace

Result<MessageTable> MessageTable::load(const std::string& language) {
    const auto files = filesOf(resourceFolder() / "i18n" / language);
    if (!files)
        return tl::unexpected(files.error());
    // Every command and every start waits for this, and most of it is parsing: one file each.
    std::vector<std::future<Result<YamlValue>>> parsed;
    for (const fs::path& file : *files)
        parsed.push_back(
            std::async(std::launch::async, [file] { return parseYamlFile(file.string()); }));
    MessageTable table;
    table.language_ = language;
    for (auto& one : parsed) {
        const auto done = one.get().and_then(
            [&](const YamlValue& root) { return collect(root, {}, table.texts_); });
        if (!done)
            return tl::unexpected(done.error());
    }
    return table;
}

std::string MessageTable::wordFor(const std::string& words, const Args::value_type& arg,
                                  const Args& args) const {
    const std::string key = words + "." + arg.second;
    if (!has(key))
        return arg.second;
    // Without the argument that led here, so that no text leads to itself.
    Args others = args;
    others.erase(arg.first);
    return text(key, others);
}

std::string MessageTable::expand(std::string_view pattern, const Args& args, bool& complete) const {
    std::string text;
    while (!pattern.empty()) {
        const size_t open = pattern.find('{');
        const size_t close = pattern.find('}', open);
        if (close == std::string_view::npos)
            break;
        const std::string_view inner = pattern.substr(open + 1, close - open - 1);
        text += pattern.substr(0, open);
        if (!isPlaceholder(inner)) {
            text += '{';
            pattern.remove_prefix(open + 1);
            continue;
        }
        const size_t bar = std::min(inner.find('|'), inner.size());
        const auto arg = args.find(std::string(inner.substr(0, bar)));
        if (arg == args.end() || arg->second.empty())
            complete = false;
        if (arg == args.end()) {
            text += pattern.substr(open, close + 1 - open);
        } else {
            text += bar == inner.size() ? arg->second
                                        : wordFor(std::string(inner.substr(bar + 1)), *arg, args);
        }
        pattern.remove_prefix(close + 1);
    }
    return text.append(pattern);
}

std::string MessageTable::text(const std::string& key, const Args& args) const {
    const auto found = texts_.find(key);
    if (found == texts_.end())
        return key;
    std::string_view pattern = found->second;
    std::string text;
    while (!pattern.empty()) {
        const size_t open = std::min(pattern.find("[["), pattern.size());
        bool ignored = true;
        text += expand(pattern.substr(0, open), args, ignored);
        pattern.remove_prefix(open);
        const size_t close = pattern.find("]]");
        if (close == std::string_view::npos)
            return text.append(pattern);
        bool complete = true;
        const std::string part = expand(pattern.substr(2, close - 2), args, complete);
        if (complete)
            text += part;
        pattern.remove_prefix(close + 2);
    }
    return text;
}

std::string MessageTable::pattern(const std::string& key) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? std::string() : found->second;
}

bool MessageTable::has(const std::string& key) const {
    return texts_.contains(key);
}

std::vector<std::string> MessageTable::keys() const {
    std::vector<std::string> keys;
    keys.reserve(texts_.size());
    for (const auto& [key, text] : texts_)
        keys.push_back(key);
    return keys;
}

const std::string& MessageTable::language() const {
    return language_;
}

ErrorText describe(const Error& error, const MessageTable& table) {
    Args args;
    for (const auto& [name, value] : error.args)
        args.emplace(name, escapeForDisplay(value));
    args.emplace("where", escapeForDisplay(error.where));
    args.emplace("detail", escapeForDisplay(error.detail));
    const std::string key = "error." + std::string(codeName(error.code));
    return {table.text(key + ".what", args), table.text(key + ".remedy", args)};
}

std::string languageFromEnvironment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            return std::string_view(value).starts_with("zh") ? "zh_CN" : "en";
    return "en";
}

}  // namespace deploy

#include "inventory/ssh_config_file.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/yaml_positions.h"

namespace deploy {

namespace {

constexpr std::array<std::string_view, 6> kTaken{"hostname",     "port",      "user",
                                                 "identityfile", "proxyjump", "proxycommand"};
constexpr std::string_view kSpace = " \t\r\f";
constexpr size_t kLongestWord = 1000;
/// Each name of a server is compared with each pattern.
constexpr size_t kMostPatterns = 10'000;

std::string lower(std::string_view text) {
    std::string result;
    for (const char c : text)
        result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

class ConfigReader {
public:
    ConfigReader(std::string_view text, const std::string& name)
        : text_(text), name_(name), positions_(text) {}

    Result<SshConfigFile> read() {
        file_.blocks.push_back({{{"*", place(0)}}, {}});
        for (size_t begin = 0; begin < text_.size();) {
            const size_t end = std::min(text_.find('\n', begin), text_.size());
            if (auto done = readLine(begin, end); !done)
                return tl::unexpected(done.error());
            begin = end + 1;
        }
        return std::move(file_);
    }

private:
    Result<void> readLine(size_t begin, size_t end) {
        begin = skipSpace(begin, end);
        if (begin == end || text_[begin] == '#')
            return {};
        const std::string_view line = text_.substr(begin, end - begin);
        const std::string keyword = lower(line.substr(0, line.find_first_of(" \t\r\f=\"")));
        size_t at = skipSpace(begin + keyword.size(), end);
        if (at < end && text_[at] == '=')
            at = skipSpace(at + 1, end);
        if (keyword == "include")
            file_.notes.add("not_read", place(begin), "Include", std::string(rest(at, end)));
        else if (keyword == "match") {
            file_.notes.add("not_read", place(begin), "Match", std::string(rest(at, end)));
            skipping_ = true;
        } else if (keyword == "host") {
            return readHost(begin, at, end);
        } else if (std::find(kTaken.begin(), kTaken.end(), keyword) != kTaken.end() && !skipping_) {
            return readValue(keyword, begin, at, end);
        }
        return {};
    }

    Result<void> readHost(size_t begin, size_t at, size_t end) {
        skipping_ = false;
        const auto words = wordsOf(at, end);
        if (!words)
            return badForm(place(at), "quote_not_closed");
        if (words->empty())
            return badForm(place(begin), "value_missing", "Host");
        patterns_ += words->size();
        if (patterns_ > kMostPatterns)
            return badForm(place(begin), "too_many_patterns", std::to_string(kMostPatterns));
        for (const SshConfigWord& word : *words)
            if (word.text.size() > kLongestWord)
                return badForm(word.where, "value_too_long", "Host");
        file_.blocks.push_back({*words, {}});
        return {};
    }

    Result<void> readValue(const std::string& keyword, size_t begin, size_t at, size_t end) {
        const auto words = wordsOf(at, end);
        if (!words)
            return badForm(place(at), "quote_not_closed");
        const std::string shown(text_.substr(begin, keyword.size()));
        if (words->empty())
            return badForm(place(begin), "value_missing", shown);
        SshConfigWord value = words->front();
        if (value.text.size() > kLongestWord)
            return badForm(value.where, "value_too_long", shown);
        // Whichever of the two ways through another host comes first is the one that counts.
        if (keyword == "proxycommand" && lower(value.text) != "none")
            file_.notes.add("not_read", place(begin), "ProxyCommand", std::string(rest(at, end)));
        if (keyword == "proxycommand" && !file_.blocks.back().values.contains("proxyjump"))
            value = {"none", value.where};
        file_.blocks.back().values.emplace(keyword == "proxycommand" ? "proxyjump" : keyword,
                                           std::move(value));
        return {};
    }

    size_t skipSpace(size_t at, size_t end) const {
        while (at < end && kSpace.find(text_[at]) != std::string_view::npos)
            ++at;
        return at;
    }

    std::string_view rest(size_t at, size_t end) const {
        constexpr size_t kShown = 200;
        const size_t last = text_.find_last_not_of(kSpace, end - 1);
        return at >= end ? std::string_view() : text_.substr(at, std::min(last + 1 - at, kShown));
    }

    /// Words with double or single quotes around what has spaces; '#' in front of a word begins a
    /// comment.
    std::optional<std::vector<SshConfigWord>> wordsOf(size_t at, size_t end) const {
        std::vector<SshConfigWord> words;
        while ((at = skipSpace(at, end)) < end) {
            if (text_[at] == '#')
                break;
            SshConfigWord word{{}, place(at)};
            char quote = 0;
            for (; at < end && (quote != 0 || kSpace.find(text_[at]) == std::string_view::npos);
                 ++at) {
                const char c = text_[at];
                const char next = at + 1 < end ? text_[at + 1] : '\0';
                if (c == '\\' &&
                    (next == '"' || next == '\'' || next == '\\' || (quote == 0 && next == ' ')))
                    word.text += text_[++at];
                else if (quote == 0 && (c == '"' || c == '\''))
                    quote = c;
                else if (quote != 0 && c == quote)
                    quote = 0;
                else
                    word.text += c;
            }
            if (quote != 0)
                return std::nullopt;
            words.push_back(std::move(word));
        }
        return words;
    }

    std::string place(size_t offset) const { return yamlPlace(name_, positions_.at(offset)); }

    std::string_view text_;
    const std::string& name_;
    YamlPositions positions_;
    SshConfigFile file_;
    bool skipping_ = false;  ///< inside of a Match block
    size_t patterns_ = 0;
};

bool matchesBlock(const std::string& name, const SshConfigBlock& block) {
    bool matches = false;
    for (const SshConfigWord& pattern : block.patterns) {
        const bool negated = pattern.text.starts_with('!');
        if (!matchesSshPattern(name, std::string_view(pattern.text).substr(negated ? 1 : 0)))
            continue;
        if (negated)
            return false;
        matches = true;
    }
    return matches;
}

}  // namespace

bool matchesSshPattern(std::string_view name, std::string_view pattern) {
    size_t n = 0;
    size_t p = 0;
    size_t star = std::string_view::npos;  // of the last '*', and where its match ends so far
    size_t starEnd = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            starEnd = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++starEnd;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::map<std::string, SshConfigWord> SshConfigFile::valuesOf(const std::string& name) const {
    std::map<std::string, SshConfigWord> values;
    for (const SshConfigBlock& block : blocks)
        if (!block.values.empty() && matchesBlock(name, block))
            values.insert(block.values.begin(), block.values.end());
    return values;
}

Result<SshConfigFile> readSshConfigFile(std::string_view text, const std::string& name) {
    return ConfigReader(text, name).read();
}

}  // namespace deploy

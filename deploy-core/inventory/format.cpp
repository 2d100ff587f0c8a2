#include "inventory/format.h"

#include <algorithm>
#include <vector>

#include "inventory/columns.h"

namespace deploy {

namespace {

constexpr std::string_view kSpace = " \t\r";

std::string_view trimmed(std::string_view text) {
    const size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

/// Lines with content, but for comments; the first few tell enough.
std::vector<std::string_view> telling(std::string_view text) {
    constexpr size_t kEnough = 200;
    std::vector<std::string_view> lines;
    for (size_t begin = 0; begin < text.size() && lines.size() < kEnough;) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = trimmed(text.substr(begin, end - begin));
        if (!line.empty() && line.front() != '#' && line.front() != ';')
            lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

bool isSshKeyword(std::string_view line) {
    std::string word;
    for (const char c : trimmed(line).substr(0, trimmed(line).find_first_of(" \t=\"")))
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool hasValue = trimmed(line).size() > word.size();
    return hasValue && (word == "host" || word == "match" || word == "include");
}

/// "[web]", "[web:vars]"; not "[fd00::7]:22".
bool isSection(std::string_view line) {
    const std::string_view text = trimmed(line);
    const size_t close = text.find(']');
    return text.front() == '[' && close != std::string_view::npos && close > 1 &&
           text.substr(0, close).find("::") == std::string_view::npos &&
           (close + 1 == text.size() || trimmed(text.substr(close + 1)).starts_with('#'));
}

/// A mapping of YAML begins at the left edge with "word:" and goes on indented or in braces.
bool isYamlKey(std::string_view line, std::string_view key) {
    return line.starts_with(key) && line.substr(key.size()).starts_with(':');
}

bool isYaml(const std::vector<std::string_view>& lines) {
    const std::string_view first = trimmed(lines.front());
    const size_t colon = first.find(':');
    const bool key = colon != std::string_view::npos && colon > 0 &&
                     first.find_first_of(" \t,@[") > colon &&
                     (colon + 1 == first.size() || first[colon + 1] == ' ');
    return first == "---" || first.front() == '{' || key;
}

bool isTable(std::string_view line) {
    const size_t separator = line.find_first_of(",;\t");
    std::string_view cell = trimmed(line.substr(0, separator));
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"')
        cell = trimmed(cell.substr(1, cell.size() - 2));
    return separator != std::string_view::npos || !columnOfHeading(cell).empty();
}

}  // namespace

InventoryFormat formatOfText(std::string_view text, const std::string& name) {
    const auto lines = telling(text);
    const auto any = [&](const auto& test) {
        return std::any_of(lines.begin(), lines.end(), test);
    };
    const auto ends = [&](const char* ending) { return name.ends_with(ending); };
    if (ends(".csv") || ends(".tsv"))
        return InventoryFormat::Csv;
    const bool ours = any([](std::string_view line) { return isYamlKey(line, "servers"); }) ||
                      any([](std::string_view line) { return isYamlKey(line, "format"); });
    if (ends(".yaml") || ends(".yml") || (!lines.empty() && isYaml(lines)))
        return ours || lines.empty() ? InventoryFormat::Yaml : InventoryFormat::AnsibleYaml;
    if (lines.empty())
        return InventoryFormat::Lines;
    if (any(isSshKeyword) || ends("ssh_config") || ends("/.ssh/config"))
        return InventoryFormat::SshConfig;
    const bool ansible = any(isSection) || any([](std::string_view line) {
                             return line.find("ansible_") != std::string_view::npos;
                         });
    if (ends(".ini") || ansible || text.starts_with("$ANSIBLE_VAULT"))
        return InventoryFormat::AnsibleIni;
    return isTable(lines.front()) ? InventoryFormat::Csv : InventoryFormat::Lines;
}

}  // namespace deploy

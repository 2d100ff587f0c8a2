#include "remote/sim/script_header.h"

#include <cctype>

namespace deploy::sim {

namespace {

/// Takes a quoted word and its newline off the front; nothing where there is none.
std::optional<std::string> takeQuoted(std::string_view& rest) {
    constexpr std::string_view kQuoteInside = "'\\''";
    if (!rest.starts_with('\''))
        return std::nullopt;
    std::string value;
    for (size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] != '\'') {
            value += rest[i];
        } else if (rest.substr(i).starts_with(kQuoteInside)) {
            value += '\'';
            i += kQuoteInside.size() - 1;
        } else {
            if (i + 1 < rest.size() && rest[i + 1] != '\n')
                return std::nullopt;
            rest.remove_prefix(std::min(i + 2, rest.size()));
            return value;
        }
    }
    return std::nullopt;
}

size_t nameLength(std::string_view text) {
    size_t length = 0;
    while (length < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[length])) != 0 || text[length] == '_'))
        ++length;
    return length;
}

}  // namespace

std::map<std::string, std::string> readAssignments(std::string_view text) {
    std::map<std::string, std::string> values;
    while (true) {
        const size_t length = nameLength(text);
        if (length == 0 || length >= text.size() || text[length] != '=')
            return values;
        const std::string name(text.substr(0, length));
        text.remove_prefix(length + 1);
        auto value = takeQuoted(text);
        if (!value)
            return values;
        values.insert_or_assign(name, *std::move(value));
    }
}

std::optional<std::string> headerOf(std::string_view script, std::string_view key) {
    const std::string start = "#: " + std::string(key);
    for (int line = 0; line < 2 && !script.empty(); ++line) {
        const size_t end = std::min(script.find('\n'), script.size());
        const std::string_view words = script.substr(0, end);
        if (words == start)
            return "";
        if (words.starts_with(start + " "))
            return std::string(words.substr(start.size() + 1));
        script.remove_prefix(std::min(end + 1, script.size()));
    }
    return std::nullopt;
}

std::optional<RoleCall> readRoleCall(std::string_view script) {
    // The first of the values, and the only one of them that no role script sets itself.
    constexpr std::string_view kFirstValue = "\nFINCLIP_ACTION='";
    const auto name = headerOf(script, "script");
    const auto action = headerOf(script, "action");
    const size_t values = script.rfind(kFirstValue);
    if (!name || !action || values == std::string_view::npos)
        return std::nullopt;
    RoleCall call{*name, *action, readAssignments(script.substr(values + 1))};
    const bool agrees = call.values["FINCLIP_ACTION"] == call.action;
    call.values.erase("FINCLIP_ACTION");
    return agrees ? std::optional(call) : std::nullopt;
}

}  // namespace deploy::sim

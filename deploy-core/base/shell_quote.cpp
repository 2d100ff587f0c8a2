#include "base/shell_quote.h"

#include <algorithm>

namespace deploy {

namespace {

bool isName(std::string_view text) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
    return !text.empty() && letter(text.front()) && std::all_of(text.begin(), text.end(), inner);
}

}  // namespace

Result<std::string> shellQuote(std::string_view value) {
    std::string quoted = "'";
    for (const char c : value) {
        if (c == '\0')
            return fail(ErrorCode::ValueInvalid, {}, "NUL byte");
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

Result<std::string> shellAssignment(std::string_view name, std::string_view value) {
    if (!isName(name))
        return fail(ErrorCode::ValueInvalid, std::string(name), "not a shell variable's name");
    return shellQuote(value).map(
        [&](const std::string& quoted) { return std::string(name) + "=" + quoted + "\n"; });
}

}  // namespace deploy

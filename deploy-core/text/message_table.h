#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace deploy {

/// Texts of one language, keyed by code, shared by the command line, the wizard and the report.
/// Read from resources/i18n/<language>/*.yaml: nested mappings whose leaves are texts; the key of a
/// leaf is its path joined with dots ("error.ssh.unreachable.what" may be nested in any way).
/// Immutable after loading; any thread may read.
class MessageTable {
public:
    /// "en" or "zh_CN".
    static Result<MessageTable> load(const std::string& language);

    /// The text with each {name} replaced from args; an unknown key gives the key itself, an
    /// argument that is missing stays as {name}, so that nothing is lost.
    std::string text(const std::string& key, const Args& args = {}) const;
    bool has(const std::string& key) const;
    std::vector<std::string> keys() const;
    const std::string& language() const;

private:
    std::string language_;
    std::map<std::string, std::string> texts_;
};

/// What happened, where, what it means and what to do, from "error.<code>.what" and
/// "error.<code>.remedy"; arguments: the error's own, and {where} and {detail}, escaped for
/// display.
struct ErrorText {
    std::string what;
    std::string remedy;
};
ErrorText describe(const Error& error, const MessageTable& table);

/// "zh_CN" if the locale variables LC_ALL, LC_MESSAGES, LANG (in this order) name Chinese, else
/// "en".
std::string languageFromEnvironment();

}  // namespace deploy

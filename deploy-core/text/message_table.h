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
///
/// In a text, `{name}` stands for the argument `name`; `{name|table}` for the text of the key
/// "table.<value of name>" with the other arguments, or the value itself where there is no such
/// key; a part in `[[` `]]`
/// appears only when every argument in it is given and not empty (parts do not nest).
class MessageTable {
public:
    /// "en" or "zh_CN". FileNotFound for a language that the product does not have; a key that
    /// stands in two files is YamlDuplicateKey.
    static Result<MessageTable> load(const std::string& language);

    /// The text with its arguments; an unknown key gives the key itself, an argument that is
    /// missing outside of `[[` `]]` stays as {name}, so that nothing is lost.
    std::string text(const std::string& key, const Args& args = {}) const;
    /// The text as it is written, for tests; empty if there is none.
    std::string pattern(const std::string& key) const;
    bool has(const std::string& key) const;
    std::vector<std::string> keys() const;
    const std::string& language() const;

private:
    std::string wordFor(const std::string& words, const Args::value_type& arg,
                        const Args& args) const;
    std::string expand(std::string_view pattern, const Args& args, bool& complete) const;

    std::string language_;
    std::map<std::string, std::string> texts_;
};

/// What happened, where, what it means and what to do, from "error.<code>.what" and
/// "error.<code>.remedy"; arguments: the error's own, and {where} and {detail}, escaped for
/// display. Where `detail` is a server's or a tool's longer output it is not part of the texts:
/// show it beside them, escaped.
struct ErrorText {
    std::string what;
    std::string remedy;
};
ErrorText describe(const Error& error, const MessageTable& table);

/// "zh_CN" if the locale variables LC_ALL, LC_MESSAGES, LANG (in this order) name Chinese, else
/// "en".
std::string languageFromEnvironment();

}  // namespace deploy

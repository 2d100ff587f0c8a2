#include "remote/wire_command.h"

#include <sodium.h>

#include <array>

#include "base/shell_quote.h"

namespace deploy {

namespace {

constexpr size_t kHalf = 16;

/// Shell text that prints `a` and `b` together, with neither of them beside the other in the text.
std::string printPair(const std::string& a, const std::string& b) {
    return "printf %s%s " + a + " " + b;
}

}  // namespace

Elevation elevationFor(Privilege privilege, SudoMode sudo) {
    if (privilege == Privilege::User)
        return Elevation::None;
    switch (sudo) {
        case SudoMode::None:
            return Elevation::CheckOnly;
        case SudoMode::NoPassword:
            return Elevation::SudoSilent;
        case SudoMode::Password:
            break;
    }
    return Elevation::SudoPassword;
}

Result<WireCommand> wireCommand(const std::string& script, const std::vector<std::string>& args,
                                Elevation elevation, const std::string& token) {
    if (script.find('\0') != std::string::npos)
        return fail(ErrorCode::ValueInvalid, {}, "NUL byte in script");
    const std::string a = token.substr(0, kHalf);
    const std::string b = token.substr(kHalf);
    WireCommand wire;
    wire.ready = a + b + "r";
    wire.begin = a + b + "b";
    wire.notRoot = a + b + "n";
    // A script cut short by a broken line must not run: it is framed, and the frame is checked.
    wire.script = token + "unset s; " + script + "\n" + token;

    // No quote, backslash, newline or exclamation mark, so that any login shell passes it on.
    std::string text = "LC_ALL=C; export LC_ALL; ";
    if (elevation == Elevation::CheckOnly)
        text += "[ $(id -u) -eq 0 ] || { " + printPair(a, b + "n") + "; exit 1; }; ";
    text += printPair(a, b + "r") + "; s=$(head -c " + std::to_string(wire.script.size()) +
            "); case $s in " + a + b + "*" + a + b + ") ;; *) exit 1;; esac; s=${s#" + a + b +
            "}; s=${s%" + a + b + "}; " + printPair(a, b + "b") + "; " + printPair(a, b + "b") +
            " >&2; eval \"$s\"";

    std::string shell = "/bin/sh -c " + *shellQuote(text) + " sh";
    for (const std::string& arg : args) {
        const auto quoted = shellQuote(arg);
        if (!quoted)
            return tl::unexpected(quoted.error());
        shell += " " + *quoted;
    }
    switch (elevation) {
        case Elevation::None:
        case Elevation::CheckOnly:
            wire.request = "exec " + shell;
            break;
        case Elevation::SudoSilent:
            wire.request = "exec env LC_ALL=C sudo -n " + shell;
            break;
        case Elevation::SudoPassword:
            // sudo prints one percent sign for two.
            wire.prompt = a + "%" + b + "p";
            wire.request = "exec env LC_ALL=C sudo -S -p " + a + "%%" + b + "p " + shell;
            break;
    }
    return wire;
}

std::string randomToken() {
    std::array<unsigned char, kHalf> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, kHalf * 2 + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return text.data();
}

}  // namespace deploy

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace deploy {

/// How a face of the product ends when this error ends its work: the command line's exit status.
enum class ExitClass { Failure = 1, Usage = 2, Refused = 3, Stopped = 130 };

enum class ErrorCode {
#define ERROR_CODE(name, text, exit) name,
#include "base/error_codes.def"
#undef ERROR_CODE
};

/// The stable, language-neutral name, such as "ssh.host_key_unknown".
std::string_view codeName(ErrorCode code);
ExitClass exitClass(ErrorCode code);

/// Named values that a message text refers to as {name}. Never a secret.
using Args = std::map<std::string, std::string>;

/// What went wrong, without any text for people: that is made from it by text/message_table.h.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    /// Place: a server's name, "file.yaml:3:14" (line and column from 1), or a step's id.
    std::string where;
    /// Raw words of the system or the server, unescaped; shown in a marked box, escaped.
    std::string detail;
    Args args;

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string where = {}, std::string detail = {},
                                  Args args = {}) {
    return tl::unexpected<Error>(Error{code, std::move(where), std::move(detail), std::move(args)});
}

}  // namespace deploy

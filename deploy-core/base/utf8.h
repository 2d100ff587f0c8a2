#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// Well-formed UTF-8 (no overlong form, no surrogate).
bool isUtf8(std::string_view text);

/// What a server said, made harmless for a screen, a terminal or a report: control bytes, invalid
/// UTF-8 and bidirectional controls become visible escapes such as \x1b or \u202e. Newline and tab
/// stay.
std::string escapeForDisplay(std::string_view text);

/// EncodingInvalid with args "offset" (bytes, from 0) and "encoding". Drops a byte order mark.
Result<std::string> utf8FromUtf8WithBom(std::string_view bytes);
Result<std::string> utf8FromGb18030(std::string_view bytes);

}  // namespace deploy

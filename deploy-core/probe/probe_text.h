#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deploy {

/// The probe's script: begin, system, disk, network, settings, software and measures of
/// resources/probe, as one. Errors as readResource().
Result<std::string> probeScript();

/// What the probe's script printed, as keys and values; the form is told at its top. What
/// stands before the header (a login shell's greetings) and behind the end line is left out, and so
/// is a value that is too long, has control bytes, or is not UTF-8.
class ProbeText {
public:
    /// ProbeUnparsable: no header, no end line, another version, or too many lines.
    static Result<ProbeText> read(std::string_view output);

    /// The first value of the key: what was said once cannot be said otherwise later.
    std::optional<std::string_view> value(std::string_view key) const;
    std::vector<std::string_view> values(std::string_view key) const;
    bool has(std::string_view key) const { return value(key).has_value(); }
    /// From the header to the end line, escaped for display, cut at 256 KiB.
    const std::string& displayed() const { return displayed_; }

private:
    struct Line {
        std::string key;
        std::string value;
        bool usable = true;
    };
    std::vector<Line> lines_;
    std::string displayed_;
};

/// The server's clock while the probe ran, in seconds since 1970.
struct ProbeTimes {
    double started = 0;       ///< when the script began
    double tookSeconds = 0;   ///< from there to its end
    double loginSeconds = 0;  ///< from the session's start to the script's begin; 0 if not known
};

std::optional<ProbeTimes> probeTimes(const ProbeText& text);

}  // namespace deploy

#include "probe/probe_text.h"

#include <algorithm>

#include "base/resources.h"
#include "base/utf8.h"
#include "probe/numbers.h"

namespace deploy {

namespace {

constexpr std::string_view kHeader = "#: finclip-probe ";
constexpr std::string_view kVersion = "1";
constexpr std::string_view kEnd = "#: end";
constexpr size_t kMostLines = 20000;
constexpr size_t kMostValueBytes = 70000;
constexpr size_t kMostDisplayedBytes = 256U << 10U;

std::string_view takeLine(std::string_view& rest) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

bool isUsable(std::string_view value) {
    const auto isControl = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r') || c == 0x7f;
    };
    return std::none_of(value.begin(), value.end(), isControl) && isUtf8(value);
}

/// Shows the end of what was said instead: that is where a cut or an error message stands.
tl::unexpected<Error> unparsable(std::string_view output, std::string reason) {
    constexpr size_t kShown = 500;
    const std::string_view end = output.substr(output.size() - std::min(output.size(), kShown));
    return fail(ErrorCode::ProbeUnparsable, {}, std::string(end), {{"reason", std::move(reason)}});
}

}  // namespace

Result<std::string> probeScript() {
    std::string script;
    for (const char* part :
         {"begin", "system", "disk", "network", "settings", "software", "measures"}) {
        const auto text = readResource("probe/" + std::string(part) + ".sh");
        if (!text)
            return tl::unexpected(text.error());
        script += *text;
    }
    return script;
}

Result<ProbeText> ProbeText::read(std::string_view output) {
    std::string_view rest = output;
    std::string_view line;
    while (!rest.empty() && !line.starts_with(kHeader))
        line = takeLine(rest);
    if (!line.starts_with(kHeader))
        return unparsable(output, "no_header");
    if (line.substr(kHeader.size()) != kVersion)
        return unparsable(output, "other_version");

    ProbeText text;
    const std::string_view body = rest;
    for (line = {}; line != kEnd;) {
        if (rest.empty())
            return unparsable(output, "no_end");
        if (text.lines_.size() > kMostLines)
            return unparsable(output, "too_long");
        line = takeLine(rest);
        if (line.starts_with('=')) {
            const size_t blank = std::min(line.find(' '), line.size());
            const std::string_view value = line.substr(std::min(blank + 1, line.size()));
            text.lines_.push_back({std::string(line.substr(1, blank - 1)), std::string(value),
                                   value.size() <= kMostValueBytes && isUsable(value)});
        } else if (line.starts_with('+') && !text.lines_.empty()) {
            Line& last = text.lines_.back();
            last.usable =
                last.usable && last.value.size() + line.size() <= kMostValueBytes && isUsable(line);
            if (last.usable)
                last.value.append("\n").append(line.substr(1));
        }
    }
    std::erase_if(text.lines_, [](const Line& each) { return !each.usable; });
    const size_t shown = std::min(body.size() - rest.size(), kMostDisplayedBytes);
    text.displayed_ = escapeForDisplay(body.substr(0, shown));
    return text;
}

std::optional<std::string_view> ProbeText::value(std::string_view key) const {
    for (const Line& line : lines_)
        if (line.key == key)
            return line.value;
    return std::nullopt;
}

std::vector<std::string_view> ProbeText::values(std::string_view key) const {
    std::vector<std::string_view> found;
    for (const Line& line : lines_)
        if (line.key == key)
            found.emplace_back(line.value);
    return found;
}

std::optional<ProbeTimes> probeTimes(const ProbeText& text) {
    constexpr double kYear9999 = 253402300800.0;
    constexpr double kLongestProbe = 600;
    constexpr double kLongestUptime = 1e10;
    constexpr double kTicksPerSecond = 100;
    const auto clock = wordsOf(text.value("clock").value_or(""));
    if (clock.empty())
        return std::nullopt;
    // A `date` without %N leaves it in the text.
    const std::string_view stamp = clock[0].substr(0, clock[0].find(".%"));
    const auto started = decimalIn(stamp, 0, kYear9999);
    if (!started)
        return std::nullopt;
    ProbeTimes times{*started, 0, 0};
    const auto took = wordsOf(text.value("took").value_or(""));
    const auto login = wordsOf(text.value("login").value_or(""));
    if (took.size() == 2) {
        const auto from = decimalIn(took[0], 0, kLongestUptime);
        const auto to = decimalIn(took[1], 0, kLongestUptime);
        if (from && to)
            times.tookSeconds = std::clamp(*to - *from, 0.0, kLongestProbe);
    }
    if (login.size() == 2) {
        const auto uptime = decimalIn(login[0], 0, kLongestUptime);
        const auto ticks = decimalIn(login[1], 0, kLongestUptime);
        if (uptime && ticks)
            times.loginSeconds = std::clamp(*uptime - *ticks / kTicksPerSecond, 0.0, kLongestProbe);
    }
    return times;
}

}  // namespace deploy

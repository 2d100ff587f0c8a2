#include <array>

#include "report/sections.h"

namespace deploy {

namespace {

constexpr Mark kGood{Tone::Good, "✓"};
constexpr Mark kWarn{Tone::Warn, "▲"};
constexpr Mark kBad{Tone::Bad, "✕"};
constexpr Mark kOpen{Tone::Warn, "?"};
constexpr Mark kNone{Tone::Quiet, "–"};

}  // namespace

Mark markOf(HandOver handOver) {
    static constexpr std::array kMarks = {
        kNone, kBad, kWarn, kBad, kGood, Mark{Tone::Quiet, "■"}, kBad,
    };
    return kMarks.at(static_cast<size_t>(handOver));
}

Mark markOf(CheckStatus status) {
    static constexpr std::array kMarks = {kGood, kWarn, kBad, kOpen, kNone, Mark{Tone::Warn, "◆"}};
    return kMarks.at(static_cast<size_t>(status));
}

Mark markOf(StepStatus status) {
    static constexpr std::array kMarks = {kNone, Mark{Tone::Warn, "…"}, kOpen,
                                          kGood, Mark{Tone::Good, "="}, kBad};
    return kMarks.at(static_cast<size_t>(status));
}

Mark markOf(RunOutcome outcome) {
    static constexpr std::array kMarks = {kOpen, kGood, kBad, Mark{Tone::Warn, "■"}};
    return kMarks.at(static_cast<size_t>(outcome));
}

Mark markOf(Severity severity) {
    static constexpr std::array kMarks = {Mark{Tone::Quiet, "›"}, kWarn, kBad};
    return kMarks.at(static_cast<size_t>(severity));
}

Mark markOf(Health health) {
    static constexpr std::array kMarks = {kGood, kWarn, kBad};
    return kMarks.at(static_cast<size_t>(health));
}

const char* toneName(Tone tone) {
    static constexpr std::array kNames = {"good", "quiet", "warn", "bad"};
    return kNames.at(static_cast<size_t>(tone));
}

Html badge(Mark mark, const std::string& word) {
    return element("span", std::string("badge ") + toneName(mark.tone),
                   element("span", "shape", mark.shape) + Html::text(" " + word));
}

Html timeElement(const ReportWords& words, WallTime time, const std::string& shown) {
    return element("time", {{"datetime", words.iso(time)}}, Html::text(shown));
}

Html code(std::string_view words) {
    return words.empty() ? Html() : element("code", "", words);
}

Html serverWords(const std::string& words) {
    return words.empty() ? Html() : element("pre", "said", words);
}

Html errorNote(const ReportPage& page, const std::optional<Error>& error) {
    if (!error)
        return {};
    const ErrorText text = describe(*error, page.words.table());
    Html below = element("p", "remedy", text.remedy) + serverWords(error->detail);
    return note(Mark{Tone::Bad, "✕"}, text.what, below);
}

Html note(Mark mark, const std::string& heading, const Html& below) {
    return element("div", std::string("note ") + toneName(mark.tone),
                   element("p", "head",
                           element("span", "shape", mark.shape) + Html::text(" " + heading)) +
                       below) +
           Html::trusted("\n");
}

}  // namespace deploy

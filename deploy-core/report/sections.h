#pragma once

#include <string>

#include "report/html.h"
#include "report/report.h"
#include "report/words.h"

namespace deploy {

/// What every part of the HTML report is made from. References are not owned.
struct ReportPage {
    const Report& report;
    const ReportWords& words;
};

/// Cover and sections; each is pure and gives its content without its heading.
Html coverPart(const ReportPage& page);
Html resultSection(const ReportPage& page);
Html accessSection(const ReportPage& page);
Html drawingSection(const ReportPage& page);
Html failuresSection(const ReportPage& page);
/// What was measured when servers were stopped on purpose; empty: none was.
Html drillsPart(const ReportPage& page);
Html serversSection(const ReportPage& page);
Html checksSection(const ReportPage& page);
Html workSection(const ReportPage& page);
Html bundleSection(const ReportPage& page);
Html allChecksSection(const ReportPage& page);
Html filesSection(const ReportPage& page);

/// A status as a shape and a word; colour comes third.
enum class Tone { Good, Quiet, Warn, Bad };
struct Mark {
    Tone tone = Tone::Quiet;
    const char* shape = "";
};
Mark markOf(HandOver handOver);
Mark markOf(CheckStatus status);
Mark markOf(StepStatus status);
Mark markOf(RunOutcome outcome);
Mark markOf(Severity severity);
Mark markOf(Health health);
const char* toneName(Tone tone);  ///< a CSS class
Html badge(Mark mark, const std::string& word);

/// The time as people read it, with the exact one in its attribute.
Html timeElement(const ReportWords& words, WallTime time, const std::string& shown);
/// In the letters of a typewriter: digests, paths, commands.
Html code(std::string_view words);
/// Words of a server, marked as such; empty for none.
Html serverWords(const std::string& words);
/// What happened and what to do; the server's own words beside it. Empty for none.
Html errorNote(const ReportPage& page, const std::optional<Error>& error);
/// A box with a coloured edge: a heading and paragraphs below it.
Html note(Mark mark, const std::string& heading, const Html& below);

}  // namespace deploy

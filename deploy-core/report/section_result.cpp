#include "report/sections.h"

namespace deploy {

namespace {

Html answerNote(const ReportPage& page, const Verification& answer) {
    const ReportWords& words = page.words;
    const std::string heading = words.text(
        "verify.heading", {{"title", words.stepTitle(answer.title, answer.args)},
                           {"server", answer.host.str()},
                           {"answer", words.text("verify.answer." + nameOf(answer.status))}});
    Html below;
    if (answer.at != WallTime{})
        below += element("p", "when",
                         timeElement(words, answer.at, words.dateTime(answer.at)) +
                             Html::text(words.text("verify.in_run", {{"run", answer.run.str()}})));
    below += serverWords(answer.words) + errorNote(page, answer.error);
    return note(markOf(answer.status), heading, below);
}

}  // namespace

Html resultSection(const ReportPage& page) {
    const auto answers = verificationsOf(page.report);
    if (answers.empty())
        return element("p", "", page.words.text("verify.nothing"));
    Html section = element("p", "", page.words.text("verify.about"));
    for (const Verification& answer : answers)
        section += answerNote(page, answer);
    return section;
}

}  // namespace deploy

#include <cmath>

#include "probe/check_sheet.h"

namespace deploy {

namespace {

void checkOffset(CheckSheet& sheet) {
    const auto fails = sheet.limit("clock.offset");
    const auto warns = sheet.limit("clock.offset_warning");
    // One server has no other to differ from.
    if (sheet.inventory.hosts.size() < 2)
        return sheet.notApplicable("clock.offset");
    const auto& own = sheet.facts.clockOffsetSeconds;
    const auto& median = sheet.fleet.medianOffset;
    if (!fails || !warns || !own || !median)
        return sheet.judge("clock.offset", std::nullopt, {}, {});
    const double difference = *own - *median;
    const std::string measured = (difference > 0 ? "+" : "") + numberText(difference) + " s";
    const std::string words = "≤ " + numberText(*warns) + " s";
    if (std::abs(difference) > *fails)
        return sheet.add("clock.offset", CheckStatus::Failed, measured,
                         "≤ " + numberText(*fails) + " s");
    const bool off = std::abs(difference) > *warns;
    sheet.add("clock.offset", off ? CheckStatus::Warning : CheckStatus::Pass, measured, words);
}

void checkZone(CheckSheet& sheet) {
    if (sheet.inventory.hosts.size() < 2)
        return sheet.notApplicable("clock.zone", sheet.facts.timeZone.value_or(""));
    const auto& zone = sheet.facts.timeZone;
    const std::string offset = zone ? zone->substr(0, zone->find(' ')) : std::string();
    const std::optional<bool> same =
        zone ? std::optional(offset == sheet.fleet.usualTimeZone) : std::nullopt;
    sheet.judge("clock.zone", same, zone.value_or(""), sheet.fleet.usualTimeZone);
}

}  // namespace

void checkClock(CheckSheet& sheet) {
    checkOffset(sheet);
    const auto& runs = sheet.facts.timeServiceRuns;
    sheet.judge("clock.service", runs, runs.value_or(false) ? "yes" : "no", "yes");
    checkZone(sheet);
}

}  // namespace deploy

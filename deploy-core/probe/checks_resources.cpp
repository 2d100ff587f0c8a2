#include <algorithm>

#include "probe/check_sheet.h"

namespace deploy {

namespace {

/// One figure of the mode's row: below the minimum (less what is tolerated) fails, below the
/// recommendation warns.
struct Figure {
    std::optional<uint64_t> have;
    uint64_t minimum;
    uint64_t recommended;
    uint64_t tolerated;
    std::string (*text)(uint64_t);
};

void checkFigure(CheckSheet& sheet, const char* id, const Figure& figure) {
    const std::string minimum = figure.text(figure.minimum);
    if (!figure.have)
        return sheet.judge(id, std::nullopt, {}, minimum);
    const std::string measured = figure.text(*figure.have);
    const Args args = {{"minimum", minimum}, {"recommended", figure.text(figure.recommended)}};
    if (*figure.have + figure.tolerated < figure.minimum)
        return sheet.add(id, CheckStatus::Failed, measured, minimum, args);
    if (*figure.have + figure.tolerated < figure.recommended)
        return sheet.add(id, CheckStatus::Warning, measured, figure.text(figure.recommended), args);
    sheet.add(id, CheckStatus::Pass, measured, minimum, args);
}

std::string countText(uint64_t count) {
    return std::to_string(count);
}

}  // namespace

void checkResources(CheckSheet& sheet) {
    constexpr double kMiB = 1U << 20U;
    const Facts& facts = sheet.facts;
    const ServerSize& minimum = sheet.context.mode->minimum;
    const ServerSize& recommended = sheet.context.mode->recommended;
    const auto cores =
        facts.cores ? std::optional(static_cast<uint64_t>(*facts.cores)) : std::nullopt;
    checkFigure(sheet, "resources.cpu",
                {cores, static_cast<uint64_t>(minimum.cores),
                 static_cast<uint64_t>(recommended.cores), 0, countText});

    const double toleratedMiB = sheet.limit("resources.memory").value_or(0);
    checkFigure(sheet, "resources.memory",
                {facts.memoryBytes, minimum.memoryBytes, recommended.memoryBytes,
                 static_cast<uint64_t>(toleratedMiB * kMiB), bytesText});

    // A disk sold as 500 GB holds less once a file system and its partitions are made.
    const double percent = sheet.limit("resources.disk").value_or(0);
    const auto total =
        facts.dataDirectory ? facts.dataDirectory->totalBytes : std::optional<uint64_t>();
    const auto tolerated =
        static_cast<uint64_t>(static_cast<double>(minimum.diskBytes) * percent / 100);
    checkFigure(sheet, "resources.disk",
                {total, minimum.diskBytes, recommended.diskBytes, tolerated, bytesText});
}

}  // namespace deploy

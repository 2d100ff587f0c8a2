#include "report/drill_words.h"

namespace deploy {

namespace {

std::string expectedOf(const DrillLine& line, const MessageTable& table) {
    const bool shortly = line.expected == Health::Degraded && line.expectedTo == 0;
    const std::string word = shortly ? "short" : healthWord(line.expected);
    return table.text("drill.expected." + word, {{"from", std::to_string(line.expectedFrom)},
                                                 {"to", std::to_string(line.expectedTo)}});
}

std::string measuredOf(const DrillLine& line, const MessageTable& table) {
    if (!line.figures)
        return table.text("drill.outage.unknown");
    if (line.figures->outage.count() == 0)
        return table.text("drill.outage.none");
    return table.text("drill.outage.time", {{"seconds", drillSeconds(line.figures->outage)}});
}

std::string writesOf(const DrillLine& line, const MessageTable& table) {
    if (!line.figures)
        return {};
    const DrillFigures& figures = *line.figures;
    std::string words = table.text("drill.calls", {{"calls", std::to_string(figures.calls)},
                                                   {"failed", std::to_string(figures.failed)}});
    if (line.function == "database")
        words += "; " +
                 table.text("drill.writes", {{"acknowledged", std::to_string(figures.acknowledged)},
                                             {"lost", std::to_string(figures.lost)},
                                             {"repeated", std::to_string(figures.repeated)}});
    return words;
}

}  // namespace

std::string drillSeconds(std::chrono::milliseconds time) {
    const auto tenths = (time.count() + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::vector<DrillRow> drillRows(const DrillResult& drill, const MessageTable& table) {
    std::vector<DrillRow> rows;
    for (const DrillLine& line : drill.lines)
        rows.push_back({table.text("drill_function." + line.function), expectedOf(line, table),
                        measuredOf(line, table), writesOf(line, table),
                        table.text(line.kept() ? "drill.verdict.kept" : "drill.verdict.broken"),
                        line.kept()});
    return rows;
}

}  // namespace deploy

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include "plan/drill.h"

namespace deploy {

namespace {

/// What must work for the function to work.
bool matters(const std::string& function, const std::string& service) {
    // Writes reach the database through the virtual address.
    if (function == "database" && service == "entry")
        return true;
    if (function != "entry")
        return function == service;
    static const std::array kBehindTheEntry = {"entry", "business", "database", "cache"};
    return std::find(kBehindTheEntry.begin(), kBehindTheEntry.end(), service) !=
           kBehindTheEntry.end();
}

int secondsIn(const Args& args, const std::string& name) {
    const auto found = args.find(name);
    int number = 0;
    if (found != args.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), number);
    return number;
}

/// What expectationOf() wrote.
void readExpectation(DrillLine& line, const std::string& words) {
    std::istringstream text(words);
    std::string health;
    text >> health >> line.expectedFrom >> line.expectedTo;
    for (const Health each : {Health::Up, Health::Degraded, Health::Lost})
        if (health == healthWord(each))
            line.expected = each;
}

}  // namespace

std::optional<DrillFigures> readDrillFigures(const std::string& words) {
    std::istringstream lines(words);
    std::optional<DrillFigures> figures;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream text(line);
        std::string word;
        DrillFigures found;
        if (!(text >> word >> found.function) || word != "drill")
            continue;
        int64_t outage = -1;
        const std::array<std::pair<const char*, int64_t*>, 6> kNumbers = {
            {{"calls", &found.calls},
             {"failed", &found.failed},
             {"outage_ms", &outage},
             {"acknowledged", &found.acknowledged},
             {"lost", &found.lost},
             {"repeated", &found.repeated}}};
        const bool whole = std::all_of(kNumbers.begin(), kNumbers.end(), [&](const auto& number) {
            return text >> word >> *number.second && word == number.first && *number.second >= 0;
        });
        if (!whole)
            continue;
        found.outage = std::chrono::milliseconds(outage);
        figures = found;
    }
    return figures;
}

bool DrillLine::kept() const {
    return figures && figures->lost == 0 && figures->repeated == 0 &&
           (expected == Health::Lost || figures->outage <= kDrillPromise);
}

std::string expectationOf(const std::string& function, const FailureOutcome& outcome) {
    Health health = Health::Up;
    int from = 0;
    int to = 0;
    for (const ServiceImpact& impact : outcome.services) {
        if (!matters(function, impact.service))
            continue;
        health = std::max(health, impact.health);
        from = std::max(from, secondsIn(impact.args, "from"));
        to = std::max(to, secondsIn(impact.args, "to"));
    }
    return std::string(healthWord(health)) + " " + std::to_string(from) + " " + std::to_string(to);
}

DrillResult drillResult(const Plan& drill, const std::map<StepId, std::string>& words) {
    DrillResult result{drilledServer(drill), DrillKind::Services, {}};
    for (const Step& step : drill.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (run && run->call.script == kDrillAwayScript)
            result.kind = DrillKind::Power;
        if (!endsDrillClient(step))
            continue;
        DrillLine line;
        line.function = step.args.at("function");
        if (const auto found = words.find(step.id); found != words.end())
            line.figures = readDrillFigures(found->second);
        readExpectation(line, run->call.values.at("EXPECTED"));
        result.lines.push_back(std::move(line));
    }
    return result;
}

}  // namespace deploy

#include "report/words.h"

#include "text/digits.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace deploy {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

std::tm partsOf(WallTime time, minutes utcOffset) {
    const std::time_t unixTime = std::chrono::system_clock::to_time_t(
        std::chrono::floor<std::chrono::seconds>(time + utcOffset));
    std::tm parts{};
    gmtime_r(&unixTime, &parts);
    return parts;
}

std::string formatted(WallTime time, minutes utcOffset, const char* format) {
    const std::tm parts = partsOf(time, utcOffset);
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), format, &parts);
    return text.data();
}

std::string offsetText(minutes utcOffset) {
    const long total = std::abs(utcOffset.count());
    const auto twoDigits = [](long number) { return std::to_string(100 + number).substr(1); };
    return (utcOffset.count() < 0 ? "-" : "+") + twoDigits(total / 60) + ":" +
           twoDigits(total % 60);
}

}  // namespace

std::string toIso8601(WallTime time, minutes utcOffset) {
    const long fraction = (time - std::chrono::floor<std::chrono::seconds>(time)).count();
    return formatted(time, utcOffset, "%Y-%m-%dT%H:%M:%S") + "." +
           std::to_string(1000 + fraction).substr(1) + offsetText(utcOffset);
}

std::string ReportWords::text(const std::string& key, const Args& args) const {
    return table_.text("report." + key, args);
}

std::string ReportWords::textOr(const std::string& key, const std::string& name) const {
    return table_.has("report." + key) ? text(key) : name;
}

std::string ReportWords::iso(WallTime time) const {
    return toIso8601(time, utcOffset_);
}

std::string ReportWords::longTime(WallTime time) const {
    const std::tm parts = partsOf(time, utcOffset_);
    return text("time.long", {{"year", std::to_string(parts.tm_year + 1900)},
                              {"month", std::to_string(parts.tm_mon + 1)},
                              {"day", std::to_string(parts.tm_mday)},
                              {"clock", formatted(time, utcOffset_, "%H:%M")},
                              {"zone", zone()}});
}

std::string ReportWords::dateTime(WallTime time) const {
    return formatted(time, utcOffset_, "%Y-%m-%d %H:%M:%S");
}

std::string ReportWords::timeOfDay(WallTime time) const {
    return formatted(time, utcOffset_, "%H:%M:%S");
}

std::string ReportWords::zone() const {
    return "UTC" + offsetText(utcOffset_);
}

std::string ReportWords::duration(milliseconds duration) const {
    const long total = std::max<long>(duration.count(), 0);
    std::array<char, 32> seconds{};
    if (total < 59950) {
        std::snprintf(seconds.data(), seconds.size(), "%.1f", static_cast<double>(total) / 1000);
        return text("time.seconds", {{"seconds", seconds.data()}});
    }
    const long whole = (total + 500) / 1000;
    const auto number = [](long value) { return std::to_string(value); };
    if (whole < 3600)
        return text("time.minutes",
                    {{"minutes", number(whole / 60)}, {"seconds", number(whole % 60)}});
    return text("time.hours",
                {{"hours", number(whole / 3600)}, {"minutes", number(whole / 60 % 60)}});
}

std::string ReportWords::grouped(int number) const {
    return groupedDigits(number);
}

std::string ReportWords::stepTitle(const std::string& title, const Args& args) const {
    return table_.text("step." + title, args);
}

std::string ReportWords::checkText(const CheckResult& result, const std::string& part) const {
    Args args = result.args;
    args.emplace("server", result.host.str());
    args.emplace("measured", measured(result));
    args.emplace("required", required(result));
    const std::string key = "check." + result.id.str() + "." + part;
    return table_.has(key) ? table_.text(key, args) : std::string();
}

std::string ReportWords::checkTitle(const CheckResult& result) const {
    const std::string title = checkText(result, "title");
    return title.empty() ? result.id.str() : title;
}

std::string ReportWords::measured(const CheckResult& result) const {
    return textOr("word." + result.measured, result.measured);
}

std::string ReportWords::required(const CheckResult& result) const {
    return textOr("word." + result.required, result.required);
}

}  // namespace deploy

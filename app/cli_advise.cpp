#include <array>

#include "base/byte_count.h"
#include "cli_commands.h"
#include "text/digits.h"
#include "topology/advisor.h"

namespace deploy::cli {

namespace {

constexpr std::array kSurvive = {"nothing", "server", "datacenter"};

const char* wordOf(Survive survive) {
    return kSurvive.at(static_cast<size_t>(survive));
}

/// Numbers of an argument as people read them.
Args readable(Args args) {
    for (const char* key : {"tps", "limit"})
        if (const auto number = args.find(key); number != args.end())
            number->second = groupedDigits(std::stoi(number->second));
    return args;
}

std::string unmetOf(const Cli& cli, const ModeOption& option) {
    std::string words;
    for (const std::string& what : option.unmet)
        words += (words.empty() ? "" : ", ") + cli.text("advice.unmet." + what);
    return words.empty() ? cli.text("advice.table.meets") : words;
}

Args argsOf(const Cli& cli, const ModeOption& option) {
    return {{"mode", option.mode.str()},
            {"servers", std::to_string(option.servers)},
            {"ops", option.opsServers > 0 ? std::to_string(option.opsServers) : ""},
            {"datacenters", option.datacenters > 1 ? std::to_string(option.datacenters) : ""},
            {"cores", std::to_string(option.each.cores)},
            {"memory", bytesText(option.each.memoryBytes)},
            {"disk", bytesText(option.each.diskBytes)},
            {"tps", groupedDigits(option.tps)},
            {"left", groupedDigits(option.tpsAfterLoss)},
            {"survives", cli.text(std::string("advice.survives.") + wordOf(option.survives))},
            {"unmet", unmetOf(cli, option)}};
}

nlohmann::json optionJson(const ModeOption& option) {
    return {{"mode", option.mode.str()},
            {"servers", option.servers},
            {"ops_servers", option.opsServers},
            {"datacenters", option.datacenters},
            {"each",
             {{"cores", option.each.cores},
              {"memory_bytes", option.each.memoryBytes},
              {"disk_bytes", option.each.diskBytes}}},
            {"reference_tps", option.tps},
            {"tps_after_loss", option.tpsAfterLoss},
            {"survives", wordOf(option.survives)},
            {"unmet", option.unmet}};
}

}  // namespace

Result<Answer> adviseCommand(const Cli& cli, const AdviseArgs& args) {
    const auto catalog = Catalog::load();
    if (!catalog)
        return tl::unexpected(catalog.error());
    Wish wish{args.tps, Survive::Nothing, args.servers};
    for (size_t i = 0; i < kSurvive.size(); ++i)
        if (args.survive == kSurvive.at(i))
            wish.survive = static_cast<Survive>(i);
    const Advice advice = advise(*catalog, wish);
    const ModeOption& chosen = *advice.option(advice.recommended);
    Answer answer;
    answer.result = {{"recommended", advice.recommended.str()},
                     {"reasons", nlohmann::json::array()},
                     {"options", nlohmann::json::array()}};
    cli.say(cli.text(chosen.total() == 1 ? "advice.recommended_one" : "advice.recommended",
                     argsOf(cli, chosen)));
    for (const Reasoning& reason : advice.reasons) {
        const std::string text = cli.text("advice.reason." + reason.code, readable(reason.args));
        cli.say("  " + text);
        answer.result["reasons"].push_back(
            {{"code", reason.code}, {"args", reason.args}, {"text", text}});
    }
    for (const ModeOption& option : advice.options) {
        cli.say(cli.text("cli.advise.option", argsOf(cli, option)));
        answer.result["options"].push_back(optionJson(option));
    }
    cli.say(cli.text("advice.reference"));
    return answer;
}

}  // namespace deploy::cli

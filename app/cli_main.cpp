#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <iostream>

#include "base/core_dumps.h"
#include "base/resources.h"
#include "cli_commands.h"
#include "topology/advisor.h"

namespace deploy::cli {

namespace {

using Work = std::function<Result<Answer>(const Cli&, const StopOnSignal&)>;

/// Adds the commands; `chosen` gets the work of the one that the person gave.
class Commands {
public:
    Commands(CLI::App& app, const MessageTable& table) : app_(app), table_(table) { add(); }

    const std::string& name() const { return name_; }
    const Work& work() const { return work_; }

private:
    void addEncoding(CLI::App& command, std::string& encoding) {
        command.add_option("--encoding", encoding, help("encoding"))
            ->check(CLI::IsMember({"utf-8", "gb18030"}));
    }
    CLI::App* command(CLI::App& parent, const std::string& name, const std::string& key,
                      Work work) {
        CLI::App* sub = parent.add_subcommand(name, table_.text("cli.help." + key));
        sub->callback([this, key, work = std::move(work)] {
            name_ = key;
            work_ = work;
        });
        return sub;
    }
    CLI::App* onProject(const std::string& name, std::string& project, Work work) {
        std::string key = name;
        std::replace(key.begin(), key.end(), '-', '_');
        CLI::App* sub = command(app_, name, key, std::move(work));
        sub->add_option("project", project, table_.text("cli.help.arg.project"))->required();
        return sub;
    }
    std::string help(const std::string& key) const { return table_.text("cli.help.arg." + key); }

    void add() {
        addProjectCommands();
        addInventoryCommands();
        addRunCommands();
        addBundleCommands();
        addThoughtCommands();
    }
    void addProjectCommands();
    void addInventoryCommands();
    void addRunCommands();
    void addBundleCommands();
    void addThoughtCommands();

    CLI::App& app_;
    const MessageTable& table_;
    std::string name_;
    Work work_;

    NewArgs new_;
    InventoryArgs inventory_;
    TrustArgs trust_;
    AssignArgs assign_;
    WaiveArgs waive_;
    SettingsArgs settings_;
    ProbeArgs probe_;
    PlanArgs plan_;
    ApplyArgs apply_;
    RunArgs resume_;
    RunArgs verify_;
    RecoverArgs recover_;
    SwitchOverArgs switchOver_;
    DrillArgs drill_;
    RunArgs rebalance_;
    RepairArgs repair_;
    RemoveArgs remove_;
    ReportArgs report_;
    BundleArgs bundle_;
    PracticeArgs practice_;
    WhatIfArgs whatIf_;
    AdviseArgs advise_;
    std::string project_;
};

void Commands::addProjectCommands() {
    auto* made = onProject("new", new_.project, [this](const Cli& cli, const StopOnSignal&) {
        return newCommand(cli, new_);
    });
    made->add_option("--inventory", new_.inventory, help("inventory"))->required();
    addEncoding(*made, new_.encoding);
    made->add_option("--bundle", new_.bundle, help("bundle"));
    made->add_option("--bundle-key", new_.bundleKey, help("bundle_key"));
    made->add_option("--mode", new_.mode, help("mode"))
        ->check(CLI::IsMember({"single", "small", "large"}));

    auto* trust =
        onProject("trust", trust_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return trustCommand(cli, trust_, stop.first());
        });
    trust->add_flag("--accept-new", trust_.acceptNew, help("accept_new"));
    trust->add_option("--fingerprint", trust_.fingerprints, help("fingerprint"));

    auto* probe =
        onProject("probe", probe_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return probeCommand(cli, probe_, stop.first());
        });
    probe->add_option("servers", probe_.servers, help("servers"));
    onProject("check", project_, [this](const Cli& cli, const StopOnSignal& stop) {
        return checkCommand(cli, project_, stop.first());
    });

    auto* assign = onProject(
        "assign", assign_.project,
        [this](const Cli& cli, const StopOnSignal&) { return assignCommand(cli, assign_); });
    assign->add_flag("--suggest", assign_.suggest, help("suggest"));
    assign->add_option("assignments", assign_.assignments, help("assignments"));

    auto* waive = onProject("waive", waive_.project, [this](const Cli& cli, const StopOnSignal&) {
        return waiveCommand(cli, waive_);
    });
    waive->add_option("check", waive_.check, help("check"))->required();
    waive->add_option("server", waive_.server, help("server"))->required();
    waive->add_option("--by", waive_.by, help("by"))->required();
    waive->add_option("--reason", waive_.reason, help("reason"))->required();

    auto* settings = onProject(
        "settings", settings_.project,
        [this](const Cli& cli, const StopOnSignal&) { return settingsCommand(cli, settings_); });
    settings->add_option("values", settings_.values, help("settings"));
}

void Commands::addInventoryCommands() {
    CLI::App* lists = app_.add_subcommand("inventory", table_.text("cli.help.inventory"));
    lists->require_subcommand(1);
    auto* show =
        command(*lists, "show", "inventory_show", [this](const Cli& cli, const StopOnSignal&) {
            return inventoryShowCommand(cli, inventory_);
        });
    show->add_option("list", inventory_.path, help("inventory"))->required();
    addEncoding(*show, inventory_.encoding);
    auto* replace = command(*lists, "replace", "inventory_replace",
                            [this](const Cli& cli, const StopOnSignal&) {
                                return inventoryReplaceCommand(cli, inventory_);
                            });
    replace->add_option("project", inventory_.path, help("project"))->required();
    replace->add_option("list", inventory_.list, help("inventory"))->required();
    addEncoding(*replace, inventory_.encoding);
    auto* write =
        command(*lists, "export", "inventory_export", [this](const Cli& cli, const StopOnSignal&) {
            return inventoryExportCommand(cli, inventory_);
        });
    write->add_option("project", inventory_.path, help("project"))->required();
    write->add_option("-o,--output", inventory_.output, help("export_output"))->required();
}

void Commands::addRunCommands() {
    auto* plan = onProject("plan", plan_.project, [this](const Cli& cli, const StopOnSignal& stop) {
        return planCommand(cli, plan_, stop.first());
    });
    auto* byServer = plan->add_flag("--by-server", plan_.byServer, help("by_server"));
    auto* scripts = plan->add_flag("--scripts", plan_.scripts, help("scripts"));
    plan->add_option("-o,--output", plan_.output, help("output"));
    plan->add_flag("--firewall", plan_.firewall, help("firewall"))
        ->excludes(byServer)
        ->excludes(scripts);

    auto* apply =
        onProject("apply", apply_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return applyCommand(cli, apply_, stop);
        });
    apply->add_flag("--yes", apply_.yes, help("yes"));
    apply->add_option("--digest", apply_.digest, help("digest"));

    auto* resume =
        onProject("resume", resume_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return resumeCommand(cli, resume_, stop);
        });
    auto* verify =
        onProject("verify", verify_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return verifyCommand(cli, verify_, stop);
        });
    onProject("status", project_, [this](const Cli& cli, const StopOnSignal& stop) {
        return statusCommand(cli, project_, stop);
    });
    auto* recover =
        onProject("recover", recover_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return recoverCommand(cli, recover_, stop);
        });
    auto* rebalance = onProject("rebalance", rebalance_.project,
                                [this](const Cli& cli, const StopOnSignal& stop) {
                                    return rebalanceCommand(cli, rebalance_, stop);
                                });
    auto* drill =
        onProject("drill", drill_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return drillCommand(cli, drill_, stop);
        });
    drill->add_option("--server", drill_.server, help("drill_server"))->required();
    drill->add_flag("--power", drill_.power, help("power"));
    drill->add_flag("--yes", drill_.yes, help("yes"));
    drill->add_flag("--last-copy", drill_.lastCopy, help("last_copy"));
    recover->add_flag("--yes", recover_.yes, help("yes"));
    auto* repair =
        onProject("repair", repair_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return repairCommand(cli, repair_, stop);
        });
    repair->add_flag("--yes", repair_.yes, help("yes"));
    repair->add_flag("--undo", repair_.undo, help("undo"));
    auto* switchOver = onProject("switch-over", switchOver_.project,
                                 [this](const Cli& cli, const StopOnSignal& stop) {
                                     return switchOverCommand(cli, switchOver_, stop);
                                 });
    switchOver->add_option("--to", switchOver_.to, help("switch_over_to"));
    switchOver->add_flag("--force", switchOver_.primaryLost, help("switch_over_force"));
    switchOver->add_flag("--yes", switchOver_.yes, help("yes"));
    auto* remove =
        onProject("remove", remove_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return removeCommand(cli, remove_, stop);
        });
    remove->add_flag("--yes", remove_.yes, help("yes"));
    remove->add_flag("--data", remove_.data, help("data"));
    remove->add_option("--server", remove_.server, help("remove_server"));
    remove->add_flag("--last-copy", remove_.lastCopy, help("last_copy"));
    const std::string breakLock = "--break-lock";
    apply->add_option(breakLock, apply_.breakLock, help("break_lock"));
    resume->add_option(breakLock, resume_.breakLock, help("break_lock"));
    resume->add_option("--server", resume_.servers, help("only_server"))->delimiter(',');
    verify->add_option(breakLock, verify_.breakLock, help("break_lock"));
    rebalance->add_option(breakLock, rebalance_.breakLock, help("break_lock"));
    switchOver->add_option(breakLock, switchOver_.breakLock, help("break_lock"));
    drill->add_option(breakLock, drill_.breakLock, help("break_lock"));
    recover->add_option(breakLock, recover_.breakLock, help("break_lock"));
    repair->add_option(breakLock, repair_.breakLock, help("break_lock"));
    remove->add_option(breakLock, remove_.breakLock, help("break_lock"));

    auto* report = onProject(
        "report", report_.project,
        [this](const Cli& cli, const StopOnSignal&) { return reportCommand(cli, report_); });
    report->add_option("-o,--output", report_.output, help("report_output"));

    auto* practice =
        onProject("practice", practice_.project, [this](const Cli& cli, const StopOnSignal& stop) {
            return practiceCommand(cli, practice_, stop);
        });
    practice->add_option("--scenario", practice_.scenario, help("scenario"));
}

void Commands::addBundleCommands() {
    CLI::App* bundle = app_.add_subcommand("bundle", table_.text("cli.help.bundle"));
    bundle->require_subcommand(1);
    const auto with = [&](const std::string& name, Work work) {
        CLI::App* sub = command(*bundle, name, "bundle_" + name, std::move(work));
        sub->add_option("path", bundle_.path, help(name == "keygen" ? "key_path" : "bundle"))
            ->required();
        return sub;
    };
    auto* verify = with("verify", [this](const Cli& cli, const StopOnSignal& stop) {
        return bundleVerifyCommand(cli, bundle_, stop.first());
    });
    verify->add_option("--key", bundle_.key, help("bundle_key"));
    verify->add_option("--cache", bundle_.cache, help("cache"));
    auto* pack = with("pack", [this](const Cli& cli, const StopOnSignal& stop) {
        return bundlePackCommand(cli, bundle_, stop.first());
    });
    pack->add_option("--archive", bundle_.archive, help("archive"));
    with("sign",
         [this](const Cli& cli, const StopOnSignal&) { return bundleSignCommand(cli, bundle_); })
        ->add_option("--secret-key", bundle_.key, help("secret_key"))
        ->required();
    with("keygen",
         [this](const Cli& cli, const StopOnSignal&) { return bundleKeygenCommand(cli, bundle_); });
}

/// What needs no server.
void Commands::addThoughtCommands() {
    auto* whatIf = command(app_, "what-if", "what_if", [this](const Cli& cli, const StopOnSignal&) {
        return whatIfCommand(cli, whatIf_);
    });
    whatIf->add_option("project", whatIf_.project, help("project"))->required();
    auto* down = whatIf->add_option("--down", whatIf_.down, help("down"))->delimiter(',');
    whatIf->add_flag("--matrix", whatIf_.matrix, help("matrix"))->excludes(down);

    auto* advise = command(app_, "advise", "advise", [this](const Cli& cli, const StopOnSignal&) {
        return adviseCommand(cli, advise_);
    });
    advise->add_option("--tps", advise_.tps, help("tps"))->check(CLI::Range(0, kMostTps));
    advise->add_option("--survive", advise_.survive, help("survive"))
        ->check(CLI::IsMember({"nothing", "server", "datacenter"}));
    advise->add_option("--servers", advise_.servers, help("at_hand"))->check(CLI::Range(0, 100000));
}

/// The language has to be known before the options are declared: their help is text, too.
std::string languageOf(int argc, char** argv) {
    const std::string_view option = "--lang";
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == option && i + 1 < argc)
            return argv[i + 1];
        if (word.starts_with(option) && word.substr(option.size()).starts_with("="))
            return std::string(word.substr(option.size() + 1));
    }
    return languageFromEnvironment();
}

void printDocument(const std::string& command, int exit, const nlohmann::json& result,
                   const nlohmann::json& error) {
    nlohmann::json document = {{"command", command}, {"exit", exit}, {"result", result}};
    if (!error.is_null())
        document["error"] = error;
    const auto lenient = nlohmann::json::error_handler_t::replace;
    std::printf("%s\n", document.dump(2, ' ', false, lenient).c_str());
}

int runProgram(int argc, char** argv) {
    const StopOnSignal stop;
    const auto table = MessageTable::load(languageOf(argc, argv));
    if (!table) {
        std::fprintf(stderr, "finclip-deployctl: %s: %s: %s\n",
                     std::string(codeName(table.error().code)).c_str(), table.error().where.c_str(),
                     table.error().detail.c_str());
        return static_cast<int>(ExitClass::Usage);
    }
    CLI::App app(table->text("cli.help.program"), "finclip-deployctl");
    Cli cli{*table};
    std::string language;
    app.set_version_flag("--version", programVersion());
    app.add_flag("--json", cli.json, table->text("cli.help.arg.json"));
    app.add_option("--secret-fd", cli.secretFd, table->text("cli.help.arg.secret_fd"))
        ->check(CLI::NonNegativeNumber);
    app.add_option("--lang", language, table->text("cli.help.arg.lang"))
        ->check(CLI::IsMember({"en", "zh_CN"}));
    app.add_option("--speed", cli.speed, table->text("cli.help.arg.speed"))
        ->check(CLI::Range(0.0, 1000.0));
    app.require_subcommand(1);
    app.fallthrough();
    const Commands commands(app, *table);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error, std::cout, std::cerr);
        return status == 0 ? 0 : static_cast<int>(ExitClass::Usage);
    }
    const auto answer = commands.work()(cli, stop);
    if (!answer) {
        cli.show(answer.error());
        const int exit = static_cast<int>(exitClass(answer.error().code));
        if (cli.json)
            printDocument(commands.name(), exit, nlohmann::json::object(),
                          toJson(answer.error(), *table));
        return exit;
    }
    if (cli.json)
        printDocument(commands.name(), answer->exit, answer->result, nullptr);
    return answer->exit;
}

}  // namespace

}  // namespace deploy::cli

int main(int argc, char** argv) {
    deploy::forbidCoreDumps();
    return deploy::cli::runProgram(argc, argv);
}

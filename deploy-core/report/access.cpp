#include "report/access.h"

#include <array>
#include <sstream>

#include "base/shell_quote.h"
#include "plan/planner_cluster.h"
#include "report/outcome.h"

namespace deploy {

namespace {

/// The unit that resources/roles/app/start.sh makes.
constexpr const char* kUnit = "finclip.service";

/// What shows the servers, and where its page is.
struct MonitorPage {
    const char* script;
    const char* id;
    const char* path;
};
constexpr std::array kMonitorPages = {
    MonitorPage{"ops/monitor", "monitor", "/consoles/finclip.html"},
    MonitorPage{"ops/grafana", "grafana", "/"}};

/// Without a port: a web browser's own.
std::string urlOf(const std::string& address, const std::string& port = {}) {
    const bool ipv6 = address.find(':') != std::string::npos && !address.starts_with('[');
    return "http://" + (ipv6 ? "[" + address + "]" : address) + (port.empty() ? "" : ":" + port);
}

const ScriptCall* appliedCall(const Step& step) {
    const auto* run = std::get_if<RunScript>(&step.action);
    return run != nullptr && run->action == RunScript::Action::Apply ? &run->call : nullptr;
}

std::string valueOf(const ScriptCall& call, const std::string& name) {
    const auto found = call.values.find(name);
    return found == call.values.end() ? std::string() : found->second;
}

/// One line of the .env that a step of the plan wrote; empty where there is none.
std::string environmentValue(const ScriptCall& call, const std::string& name) {
    std::istringstream lines(valueOf(call, "ENVIRONMENT"));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(name + "="))
            return line.substr(name.size() + 1);
    return {};
}

/// Each server of a cluster by itself: "name address port" lines that the verification asks.
std::vector<Entry> askedEntries(const Plan& plan) {
    std::vector<Entry> entries;
    for (const Step& step : plan.steps)
        if (const auto* wait = std::get_if<WaitReady>(&step.action)) {
            std::istringstream lines(valueOf(wait->call, "ENTRIES"));
            for (std::string name, address, port; lines >> name >> address >> port;)
                entries.push_back({urlOf(address, port), HostId(name)});
        }
    return entries;
}

/// Where the application was told that its entry is.
std::vector<Entry> installedEntries(const Plan& plan) {
    std::vector<Entry> entries;
    for (const Step& step : plan.steps) {
        const ScriptCall* call = appliedCall(step);
        const std::string address =
            call == nullptr ? std::string() : environmentValue(*call, "ENTRY_ADDRESS");
        if (address.empty())
            continue;
        const std::string port = environmentValue(*call, "ENTRY_PORT");
        entries.push_back({urlOf(address, port), port.empty() ? HostId() : step.host});
    }
    return entries.empty() ? askedEntries(plan) : entries;
}

std::vector<HostId> entryServers(const Topology& topology) {
    const auto& gateways = topology.hostsOf(RoleId("gateway"));
    return gateways.empty() ? topology.hosts() : gateways;
}

std::vector<Entry> chosenEntries(const ProjectContent& project, const Mode& mode) {
    const Settings& settings = project.settings;
    const std::string port =
        mode.kubernetes ? std::string(kNodePort) : std::to_string(settings.entryPort);
    if (mode.kubernetes)
        for (const std::string& address :
             {settings.entryAddress, settings.virtualAddress, settings.externalLoadBalancer})
            if (!address.empty())
                return {{urlOf(address), {}}};
    if (!settings.entryAddress.empty())
        return {{urlOf(settings.entryAddress, port), {}}};
    std::vector<Entry> entries;
    for (const HostId& server : entryServers(project.topology))
        if (const Host* host = project.inventory.find(server))
            entries.push_back({urlOf(host->address, port), server});
    return entries;
}

std::string asWord(const std::string& value) {
    return shellQuote(value).value_or(value);
}

}  // namespace

std::vector<Entry> entriesOf(const Plan* applied, const ProjectContent& project, const Mode& mode) {
    const auto installed = applied == nullptr ? std::vector<Entry>() : installedEntries(*applied);
    return installed.empty() ? chosenEntries(project, mode) : installed;
}

std::vector<Entry> entriesOf(const Report& report) {
    return entriesOf(appliedPlan(report), report.project, report.mode);
}

std::string adminAccountOf(const Report& report) {
    if (const Plan* plan = appliedPlan(report))
        for (const Step& step : plan->steps)
            if (const ScriptCall* call = appliedCall(step))
                if (auto account = environmentValue(*call, "ADMIN_ACCOUNT"); !account.empty())
                    return account;
    return report.project.settings.adminAccount;
}

std::vector<CredentialPlace> credentialsOf(const Plan& plan) {
    std::vector<CredentialPlace> places;
    for (const Step& step : plan.steps) {
        const ScriptCall* call = appliedCall(step);
        if (call == nullptr || call->secrets.empty())
            continue;
        const std::string folder = valueOf(*call, "SECRETS_DIR") + "/";
        std::istringstream lines(valueOf(*call, "SECRETS"));
        for (std::string file, variable; lines >> file >> variable;)
            if (const auto secret = call->secrets.find(variable); secret != call->secrets.end())
                places.push_back({step.host, secret->second, folder + file});
    }
    return places;
}

std::vector<Operation> operationsOf(const Report& report) {
    const Plan* plan = appliedPlan(report);
    const HandOver state = handOverOf(report);
    if (plan == nullptr || state == HandOver::Removed)
        return {};
    std::vector<Operation> operations;
    for (const char* verb : {"status", "stop", "start"})
        for (const Step& step : plan->steps)
            if (const ScriptCall* call = appliedCall(step);
                call != nullptr && call->script == "app/start")
                operations.push_back(
                    {verb, step.host, "sudo systemctl " + std::string(verb) + " " + kUnit});
    for (const Step& step : plan->steps)
        for (const MonitorPage& page : kMonitorPages)
            if (const ScriptCall* call = appliedCall(step);
                call != nullptr && call->script == page.script)
                operations.push_back({page.id,
                                      {},
                                      "http://" + valueOf(*call, "ADDRESS") + ":" +
                                          valueOf(*call, "PORT") + page.path});
    const std::string folder = asWord(report.projectFolder);
    operations.push_back({"verify", {}, "finclip-deployctl verify " + folder});
    operations.push_back({"remove", {}, "finclip-deployctl remove " + folder});
    operations.push_back({"remove_data", {}, "finclip-deployctl remove --data " + folder});
    return operations;
}

LicenceSlot licenceOf(const Report& report) {
    if (!report.bundle)
        return LicenceSlot::NotKnown;
    return report.bundle->manifest.ofKind(BundleFileKind::Licence).empty() ? LicenceSlot::Missing
                                                                           : LicenceSlot::Present;
}

}  // namespace deploy

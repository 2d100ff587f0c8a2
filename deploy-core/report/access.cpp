#include "report/access.h"

#include <sstream>

#include "base/shell_quote.h"
#include "report/outcome.h"

namespace deploy {

namespace {

/// The unit that resources/roles/app/start.sh makes.
constexpr const char* kUnit = "finclip.service";

std::string urlOf(const std::string& address, uint16_t port) {
    const bool ipv6 = address.find(':') != std::string::npos && !address.starts_with('[');
    return "http://" + (ipv6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

std::vector<HostId> entryServers(const Topology& topology) {
    const auto gateways = topology.hostsOf(RoleId("gateway"));
    return gateways.empty() ? topology.hosts() : gateways;
}

const ScriptCall* appliedCall(const Step& step) {
    const auto* run = std::get_if<RunScript>(&step.action);
    return run != nullptr && run->action == RunScript::Action::Apply ? &run->call : nullptr;
}

std::string valueOf(const ScriptCall& call, const std::string& name) {
    const auto found = call.values.find(name);
    return found == call.values.end() ? std::string() : found->second;
}

std::string asWord(const std::string& value) {
    return shellQuote(value).value_or(value);
}

}  // namespace

std::vector<Entry> entriesOf(const Report& report) {
    const Settings& settings = report.project.settings;
    if (!settings.entryAddress.empty())
        return {{urlOf(settings.entryAddress, settings.entryPort), {}}};
    std::vector<Entry> entries;
    for (const HostId& server : entryServers(report.project.topology))
        if (const Host* host = report.project.inventory.find(server))
            entries.push_back({urlOf(host->address, settings.entryPort), server});
    return entries;
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

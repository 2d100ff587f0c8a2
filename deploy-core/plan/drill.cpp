#include "plan/drill.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace deploy {

namespace {

using std::chrono::seconds;
using Values = std::map<std::string, std::string>;

constexpr seconds kUntilOff{600};
constexpr seconds kUntilOn{480};  // less than a run waits for a server that it does not hear
constexpr seconds kUntilWhole{600};

/// A step of the installed plan that makes something with this script.
const ScriptCall* callOf(const Step& step, const std::string& script) {
    const auto* run = std::get_if<RunScript>(&step.action);
    const auto* wait = std::get_if<WaitReady>(&step.action);
    const ScriptCall* call = run ? &run->call : wait ? &wait->call : nullptr;
    return call && call->script == script ? call : nullptr;
}

const Step* stepOn(const Plan& plan, const std::string& script,
                   const std::function<bool(const HostId&)>& host) {
    for (const Step& step : plan.steps)
        if (callOf(step, script) && std::holds_alternative<RunScript>(step.action) &&
            host(step.host))
            return &step;
    return nullptr;
}

std::string valueOf(const ScriptCall& call, const std::string& name) {
    const auto found = call.values.find(name);
    return found == call.values.end() ? std::string() : found->second;
}

/// A function that is called, from which server and where.
struct Client {
    std::string function;
    HostId host;
    Values place;
};

/// From another member to whoever may write, at the address that survives.
std::optional<Client> databaseClient(const Plan& plan, const HostId& stopped) {
    const auto other = [&](const HostId& host) { return host != stopped; };
    const Step* member = stepOn(plan, "database/member", other);
    if (!member)
        member = stepOn(plan, "database/pair", other);
    const Step* balancer = stepOn(plan, "balancer/pair", [](const HostId&) { return true; });
    if (!member || !balancer)
        return std::nullopt;
    const ScriptCall& pair = *callOf(*balancer, "balancer/pair");
    return Client{
        "database",
        member->host,
        {{"ADDRESS", valueOf(pair, "VIRTUAL_ADDRESS")}, {"PORT", valueOf(pair, "WRITER_PORT")}}};
}

/// From another server's process, which knows where each part is.
std::optional<Client> cacheClient(const Plan& plan, const HostId& stopped) {
    const Step* node =
        stepOn(plan, "cache/node", [&](const HostId& host) { return host != stopped; });
    if (!node)
        return std::nullopt;
    const ScriptCall& call = *callOf(*node, "cache/node");
    const std::string ports = valueOf(call, "PORTS");
    return Client{
        "cache",
        node->host,
        {{"ADDRESS", valueOf(call, "NODE_ADDRESS")}, {"PORT", ports.substr(0, ports.find('\n'))}}};
}

/// The entry that users have: the first that is not the stopped server's own.
std::optional<Client> entryClient(const Plan& plan, const HostId& stopped) {
    const auto other = std::find_if(plan.steps.begin(), plan.steps.end(),
                                    [&](const Step& step) { return step.host != stopped; });
    for (const Step& step : plan.steps) {
        const ScriptCall* call = callOf(step, "business/verify");
        if (!call || other == plan.steps.end())
            continue;
        std::istringstream entries(valueOf(*call, "ENTRIES"));
        std::string name;
        std::string address;
        std::string port;
        while (entries >> name >> address >> port)
            if (name != stopped.str())
                return Client{"entry",
                              other->host,
                              {{"ADDRESS", address},
                               {"PORT", port},
                               {"PATH_READY", valueOf(*call, "READY_PATH")}}};
    }
    return std::nullopt;
}

/// What the outage of a server's services has to know of them.
Values servicesOf(const Plan& plan, const HostId& server) {
    Values values = {{"UNITS", ""}, {"KILLER", ""}, {"VIRTUAL_ADDRESS", ""}};
    for (const Step& step : plan.steps) {
        if (step.host != server)
            continue;
        if (const ScriptCall* node = callOf(step, "kubernetes/node")) {
            const std::string uninstaller = valueOf(*node, "UNINSTALLER");
            values["UNITS"] = valueOf(*node, "UNIT");
            values["KILLER"] = uninstaller.substr(0, uninstaller.rfind('/') + 1) +
                               valueOf(*node, "DISTRIBUTION") + "-killall.sh";
        }
        if (const ScriptCall* pair = callOf(step, "balancer/pair"))
            values["VIRTUAL_ADDRESS"] = valueOf(*pair, "VIRTUAL_ADDRESS");
    }
    return values;
}

bool runsAnything(const Plan& plan, const HostId& server) {
    static const std::array kServices = {"database/member", "database/pair",   "cache/node",
                                         "balancer/pair",   "kubernetes/node", "app/start",
                                         "ops/monitor",     "ops/grafana",     "ops/registry"};
    return std::any_of(kServices.begin(), kServices.end(), [&](const char* script) {
        return stepOn(plan, script, [&](const HostId& host) { return host == server; }) != nullptr;
    });
}

Step stepOf(const HostId& host, const std::string& name, const std::string& title, Args args,
            ScriptCall call) {
    Step step;
    step.id = StepId(host.str() + "/" + name);
    step.host = host;
    step.stage = Stage::Verify;
    step.title = title;
    step.args = std::move(args);
    step.action = RunScript{std::move(call), RunScript::Action::Apply};
    return step;
}

/// Finds the scripts' digests; the first that is unknown is remembered.
class Calls {
public:
    Calls(const RoleScripts& scripts, const std::string& mark) : scripts_(scripts), mark_(mark) {}
    ScriptCall operator()(const std::string& script, Values values) {
        auto digest = scripts_.digest(script);
        if (!digest && !error_)
            error_ = digest.error();
        values["MARK"] = mark_;
        return {script, digest.value_or(""), std::move(values), {}};
    }
    const std::optional<Error>& error() const { return error_; }

private:
    const RoleScripts& scripts_;
    std::string mark_;
    std::optional<Error> error_;
};

}  // namespace

Result<Plan> makeDrillPlan(const Plan& installed, const Inventory& inventory,
                           const RoleScripts& scripts, const DrillOrder& order) {
    const HostId& server = order.server;
    const Host* stopped = inventory.find(server);
    if (!stopped || std::none_of(installed.steps.begin(), installed.steps.end(),
                                 [&](const Step& step) { return step.host == server; }))
        return fail(ErrorCode::ValueInvalid, "server", server.str());
    if (!runsAnything(installed, server))
        return fail(ErrorCode::NothingInstalled, server.str());
    std::vector<Client> clients;
    for (auto find : {entryClient, databaseClient, cacheClient})
        if (auto client = find(installed, server))
            clients.push_back(*std::move(client));
    if (clients.empty())
        return fail(ErrorCode::PlanImpossible, server.str(), {},
                    {{"needed", "servers: 2"}, {"given", ""}});

    const bool power = order.kind == DrillKind::Power;
    const seconds away = power ? kUntilOff + kUntilOn : kDrillHold;
    Calls call(scripts, order.mark);
    Plan plan{installed.projectId, installed.mode, installed.bundleDigest, {}};
    const auto clientStep = [&](const Client& client, const std::string& how) {
        Values values = client.place;
        values.insert({{"HOW", how},
                       {"FUNCTION", client.function},
                       {"EXPECTED", expectationOf(client.function, order.outcome)},
                       {"MOST", std::to_string((away + kUntilWhole).count())}});
        return stepOf(client.host, "drill." + how + "." + client.function, "drill." + how,
                      {{"function", client.function}}, call(kDrillClientScript, values));
    };
    std::vector<StepId> begun;
    for (const Client& client : clients) {
        plan.steps.push_back(clientStep(client, "begin"));
        plan.steps.back().estimate = seconds(3);
        begun.push_back(plan.steps.back().id);
    }

    const HostId watcher = clients.front().host;
    Step outage =
        power ? stepOf(watcher, "drill.away", "drill.away", {{"server", server.str()}},
                       call(kDrillAwayScript, {{"SERVER", server.str()},
                                               {"ADDRESS", stopped->address},
                                               {"PORT", std::to_string(stopped->port)},
                                               {"LEAVES", std::to_string(kUntilOff.count())},
                                               {"RETURNS", std::to_string(kUntilOn.count())}}))
              : stepOf(server, "drill.outage", "drill.outage",
                       {{"server", server.str()}, {"seconds", std::to_string(kDrillHold.count())}},
                       [&] {
                           Values values = servicesOf(installed, server);
                           values["HOLD"] = std::to_string(kDrillHold.count());
                           return call(kDrillOutageScript, values);
                       }());
    outage.needs = begun;
    outage.estimate = power ? seconds(180) : kDrillHold;
    outage.softDeadline = away + seconds(120);
    outage.hardDeadline = away + seconds(300);
    const StepId outageId = outage.id;
    plan.steps.push_back(std::move(outage));

    for (const Step& question : installed.steps)
        if (std::holds_alternative<WaitReady>(question.action)) {
            plan.steps.push_back(question);
            plan.steps.back().needs = {outageId};
        }
    // Behind the questions on each server, and not for them: what is not whole is measured, too.
    for (size_t i = 0; i < clients.size(); ++i) {
        Step end = clientStep(clients[i], "end");
        end.needs = {outageId, begun[i]};
        end.softDeadline = seconds(180);
        end.hardDeadline = seconds(400);
        plan.steps.push_back(std::move(end));
    }
    if (call.error())
        return tl::unexpected(*call.error());
    return plan;
}

HostId drilledServer(const Plan& plan) {
    for (const Step& step : plan.steps)
        if (callOf(step, kDrillOutageScript) || callOf(step, kDrillAwayScript))
            return HostId(step.args.at("server"));
    return {};
}

std::optional<PowerWish> powerWish(const Plan& drill, const StepId& step, std::string_view words) {
    const Step* found = drill.find(step);
    if (found == nullptr || !callOf(*found, kDrillAwayScript))
        return std::nullopt;
    const auto says = [&](std::string_view part) {
        return words.find(part) != std::string_view::npos;
    };
    if (says("is there again"))
        return PowerWish::Nothing;
    if (says("power it on again"))
        return PowerWish::On;
    if (says("to be powered off"))
        return PowerWish::Off;
    return std::nullopt;
}

bool endsDrillClient(const Step& step) {
    const ScriptCall* call = callOf(step, kDrillClientScript);
    return call && valueOf(*call, "HOW") == "end";
}

}  // namespace deploy

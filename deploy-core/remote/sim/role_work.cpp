#include "remote/sim/role_work.h"

#include <functional>

#include "probe/numbers.h"
#include "remote/sim/role_book.h"
#include "remote/sim/role_pair.h"

namespace deploy::sim {

namespace {

/// Why a script cannot go on; empty: it can.
using Hindrance = std::string;

/// What is particular to one role script.
struct Role {
    Millis apply = 1000;
    Millis remove = 2000;
    std::function<Hindrance(const World&, const RoleCall&)> hindrance;
    std::function<std::vector<std::string>(const World&, const RoleCall&)> words;
};

std::vector<std::string> prepareWords(const World& world, const RoleCall& call) {
    constexpr uint64_t kMost = uint64_t{1} << 53U;
    std::vector<std::string> lines;
    for (const auto& [key, least] : linesOf(valueOf(call, "SYSCTLS"))) {
        const auto now = world.facts.sysctl.find(key);
        const auto wanted = unsignedIn(least, 0, kMost);
        if (now == world.facts.sysctl.end() || !wanted ||
            now->second >= static_cast<int64_t>(*wanted))
            continue;
        std::string line = key;
        lines.push_back(
            line.append(": ").append(std::to_string(now->second)).append(", now ").append(least));
    }
    return lines;
}

Hindrance engineHindrance(const World& world, const RoleCall& call) {
    if (world.state.books.contains("docker.engine"))
        return {};
    for (const ExistingSoftware& software : world.facts.existing) {
        if (software.id != "docker" && software.id != "containerd")
            continue;
        if (valueOf(call, "EXISTING") == "reuse")
            return {};
        return "an engine that is not ours is here (" + software.detail +
               "); choose to use it, or remove it";
    }
    for (const char* file : {"ARCHIVE", "COMPOSE_PLUGIN"})
        if (!world.state.files.contains(valueOf(call, file)))
            return "the engine's file was not sent: " + valueOf(call, file);
    return {};
}

std::vector<std::string> engineWords(const World& /*world*/, const RoleCall& /*call*/) {
    return {
        "Created symlink /etc/systemd/system/multi-user.target.wants/containerd.service → "
        "/etc/systemd/system/containerd.service.",
        "Created symlink /etc/systemd/system/multi-user.target.wants/docker.service → "
        "/etc/systemd/system/docker.service."};
}

Hindrance imageHindrance(const World& world, const RoleCall& call) {
    if (!world.state.books.contains("docker.engine"))
        return "there is no Docker engine yet";
    if (!world.state.images.contains(valueOf(call, "IMAGE_ID")) &&
        !world.state.files.contains(valueOf(call, "ARCHIVE")))
        return "the image's archive was not sent: " + valueOf(call, "ARCHIVE");
    return {};
}

std::vector<std::string> imageWords(const World& /*world*/, const RoleCall& call) {
    return {"Loaded image: " + valueOf(call, "IMAGE_REFERENCE")};
}

Hindrance sentHindrance(const World& world, const RoleCall& call) {
    const std::string sent = valueOf(call, call.script == "kubernetes/file" ? "SENT" : "ARCHIVE");
    if (call.script == "kubernetes/image" && !world.state.books.contains("kubernetes.node"))
        return "the node does not load " + sent;
    return world.state.files.contains(sent) ? "" : "the file was not sent: " + sent;
}

std::vector<std::string> nodeWords(const World& /*world*/, const RoleCall& call) {
    if (call.action == "remove")
        return {"node \"" + valueOf(call, "NODE") + "\" deleted"};
    const std::string peers = valueOf(call, "PEERS");
    return {valueOf(call, "FIRST") == "yes"
                ? "founding the cluster"
                : "joining the cluster of " + peers.substr(0, peers.find(' ')),
            "[INFO]  systemd: Enabling " + valueOf(call, "UNIT") + " unit"};
}

std::vector<std::string> leaveWords(const World& /*world*/, const RoleCall& call) {
    const std::string node = "node/" + valueOf(call, "NODE");
    if (valueOf(call, "HOW") == "delete")
        return {};
    return {node + " cordoned", node + " drained"};
}

std::vector<std::string> appWords(const World& /*world*/, const RoleCall& call) {
    if (call.action == "remove")
        return {"namespace \"finclip\" deleted"};
    return {"namespace/finclip created",
            "secret/finclip-secrets created",
            "configmap/finclip-environment created",
            "service/business created",
            "service/gateway created",
            "daemonset.apps/gateway created"};
}

Hindrance exporterHindrance(const World& world, const RoleCall& call) {
    if (world.state.books.contains("ops.exporter"))
        return {};
    return world.state.files.contains(valueOf(call, "SENT"))
               ? ""
               : "the program node_exporter was not sent";
}

std::vector<std::string> monitorWords(const World& /*world*/, const RoleCall& call) {
    return {std::string(" Container finclip-prometheus") +
            (call.action == "remove" ? "  Removed" : "  Started")};
}

std::vector<std::string> registryWords(const World& /*world*/, const RoleCall& call) {
    return {std::string(" Container finclip-registry") +
            (call.action == "remove" ? "  Removed" : "  Started")};
}

Hindrance configHindrance(const World& world, const RoleCall& call) {
    const std::string folder = "/var/lib/finclip-deploy/files/";
    for (const auto& [digest, path] : linesOf(valueOf(call, "FILES")))
        if (!world.state.files.contains(folder + digest))
            return "the file for " + path + " was not sent";
    return {};
}

Hindrance startHindrance(const World& world, const RoleCall& /*call*/) {
    for (const char* book : {"docker.engine", "app.config", "app.secrets", "app.data"})
        if (!world.state.books.contains(book))
            return std::string("the containers do not start: ") + book + " is missing";
    return {};
}

std::vector<std::string> startWords(const World& /*world*/, const RoleCall& call) {
    if (call.action == "remove")
        return {" Container finclip-gateway-1  Stopped", " Container finclip-finclip-1  Stopped",
                " Container finclip-cache-1  Stopped", " Container finclip-database-1  Stopped",
                " Network finclip_default  Removed"};
    return {" Network finclip_default  Created",    " Container finclip-database-1  Started",
            " Container finclip-cache-1  Started",  " Container finclip-database-1  Healthy",
            " Container finclip-cache-1  Healthy",  " Container finclip-finclip-1  Started",
            " Container finclip-gateway-1  Started"};
}

Hindrance containerHindrance(const World& world, const RoleCall& /*call*/) {
    return world.state.books.contains("docker.engine") ? Hindrance()
                                                       : "there is no Docker engine yet";
}

std::vector<std::string> memberWords(const World& /*world*/, const RoleCall& call) {
    if (call.action == "remove")
        return {" Container finclip-database  Removed"};
    std::vector<std::string> lines;
    if (valueOf(call, "FOUNDS") == "yes")
        lines.emplace_back(call.script == "database/pair" ? "begins as the primary"
                                                          : "founding the cluster");
    lines.emplace_back(" Container finclip-database  Started");
    return lines;
}

std::vector<std::string> nodesWords(const World& /*world*/, const RoleCall& call) {
    std::vector<std::string> lines;
    const char* done = call.action == "remove" ? "  Removed" : "  Started";
    for (const std::string port : {"7000", "7001"})
        if (valueOf(call, "PORTS").find(port) != std::string::npos)
            lines.push_back(" Container finclip-cache-" + port + done);
    return lines;
}

std::vector<std::string> balancerWords(const World& /*world*/, const RoleCall& call) {
    const std::string done = call.action == "remove" ? "  Removed" : "  Started";
    return {" Container finclip-haproxy" + done, " Container finclip-keepalived" + done};
}

/// A client counts by the simulated clock; the outage is what the failure simulation says.
std::vector<std::string> clientWords(const World& world, const RoleCall& call) {
    if (valueOf(call, "HOW") != "end")
        return {};
    constexpr Millis kHold = 30000;
    constexpr Millis kBetweenCalls = 50;
    std::istringstream expected(valueOf(call, "EXPECTED"));
    std::string health;
    Millis from = 0;
    Millis to = 0;
    expected >> health >> from >> to;
    const Millis outage = health == "lost" ? kHold : (from + to) * 500;
    const auto book = world.state.books.find(bookOf(call));
    const std::string began = book == world.state.books.end() ? "" : book->second.at("BEGAN");
    const Millis calls = began.empty() ? 0 : (world.now - std::stoll(began)) / kBetweenCalls;
    const Millis failed = outage / kBetweenCalls;
    return {"drill " + valueOf(call, "FUNCTION") + " calls " + std::to_string(calls) + " failed " +
            std::to_string(failed) + " outage_ms " + std::to_string(outage) + " acknowledged " +
            std::to_string(std::max<Millis>(calls - failed, 0)) + " lost 0 repeated 0"};
}

std::vector<std::string> outageWords(const World& /*world*/, const RoleCall& /*call*/) {
    return {"the services of this server end now", "and start again"};
}

std::vector<std::string> awayWords(const World& /*world*/, const RoleCall& call) {
    const std::string server = valueOf(call, "SERVER");
    return {"waiting for " + server + " to be powered off", server + " is off: power it on again",
            server + " is there again"};
}

/// Every role script that simulated servers know.
const std::map<std::string, Role>& roles() {
    static const std::map<std::string, Role> kRoles = {
        {"host/prepare", {2000, 2000, {}, prepareWords}},
        {"app/data", {1000, 3000, {}, {}}},
        {"docker/engine", {18000, 8000, engineHindrance, engineWords}},
        {"docker/image", {2000, 2000, imageHindrance, imageWords}},
        {"app/config", {1000, 1000, configHindrance, {}}},
        {"app/secrets", {1000, 1000, {}, {}}},
        {"app/start", {30000, 12000, startHindrance, startWords}},
        {"app/verify", {1000, 1000, {}, {}}},
        {"database/member", {25000, 8000, containerHindrance, memberWords}},
        {"database/pair", {25000, 8000, containerHindrance, memberWords}},
        {"database/switch_over", {4000, 1000, containerHindrance, {}}},
        {"database/recover", {20000, 1000, containerHindrance, {}}},
        {"cache/rebalance", {2000, 1000, containerHindrance, {}}},
        {"cache/node", {4000, 4000, containerHindrance, nodesWords}},
        {"cache/cluster", {8000, 1000, containerHindrance, {}}},
        {"balancer/pair", {6000, 4000, containerHindrance, balancerWords}},
        {"ops/exporter", {2000, 1000, exporterHindrance, {}}},
        {"ops/monitor", {5000, 3000, containerHindrance, monitorWords}},
        {"ops/grafana", {8000, 3000, containerHindrance, {}}},
        {"ops/registry", {3000, 2000, containerHindrance, registryWords}},
        {"repair/selinux", {1000, 1000, {}, {}}},
        {"repair/swap", {2000, 2000, {}, {}}},
        {"repair/thp", {1000, 1000, {}, {}}},
        {"kubernetes/file", {2000, 1000, sentHindrance, {}}},
        {"kubernetes/node", {35000, 15000, {}, nodeWords}},
        {"kubernetes/leave", {8000, 8000, {}, leaveWords}},
        {"kubernetes/name_server", {3000, 1000, {}, {}}},
        {"kubernetes/image", {4000, 1000, sentHindrance, {}}},
        {"business/app", {6000, 20000, configHindrance, appWords}},
        {"business/verify", {1000, 1000, {}, {}}},
        {"drill/client", {2000, 1000, {}, clientWords}},
        {"drill/outage", {31000, 1000, {}, outageWords}},
        {"drill/away", {90000, 1000, {}, awayWords}},
    };
    return kRoles;
}

Millis loadingTime(const World& world, const RoleCall& call) {
    constexpr uint64_t kBytesPerMs = 60000;  // [est] docker load
    const auto file = world.state.files.find(valueOf(call, "ARCHIVE"));
    return file == world.state.files.end() ? 0
                                           : static_cast<Millis>(file->second.size / kBytesPerMs);
}

/// The first secret that the script wants and that did not arrive.
Hindrance missingSecret(const RoleCall& call, const std::map<std::string, std::string>& secrets) {
    for (const auto& [file, variable] : linesOf(valueOf(call, "SECRETS")))
        if (!secrets.contains(variable) || secrets.at(variable).empty())
            return "the secret for " + valueOf(call, "SECRETS_DIR") + "/" + file +
                   " did not arrive";
    return {};
}

RoleWork applied(const World& world, const RoleCall& call, const Role& role,
                 const std::map<std::string, std::string>& secrets) {
    constexpr int kAlreadyThere = 100;
    constexpr int kCannot = 3;
    if (roleCheck(world, call).yes)
        return {kAlreadyThere, {"finclip: already there"}, 300};
    RoleWork work{0, {"finclip: apply"}, role.apply};
    Hindrance hindrance = role.hindrance ? role.hindrance(world, call) : Hindrance();
    if (hindrance.empty())
        hindrance = missingSecret(call, secrets);
    if (!hindrance.empty())
        return {kCannot, {"finclip: apply", "cannot go on: " + hindrance}, 500};
    if (role.words)
        for (std::string& line : role.words(world, call))
            work.log.push_back(std::move(line));
    work.log.emplace_back("finclip: check");
    if (call.script == "docker/image")
        work.takes += loadingTime(world, call);
    return work;
}

}  // namespace

bool knowsRole(const std::string& script) {
    return roles().contains(script);
}

RoleWork roleWork(const World& world, const RoleCall& call,
                  const std::map<std::string, std::string>& secrets) {
    const Role& role = roles().at(call.script);
    if (call.action == "apply")
        return applied(world, call, role, secrets);
    RoleWork work{0, {"finclip: remove"}, role.remove};
    const bool tells = call.script == "app/start" ? world.state.books.contains(bookOf(call))
                                                  : call.script == "kubernetes/leave";
    if (tells)
        for (std::string& line : role.words(world, call))
            work.log.push_back(std::move(line));
    work.log.emplace_back("finclip: check");
    return work;
}

void takeEffect(ServerState& state, const RoleCall& call, Millis now) {
    constexpr Millis kUntilReady = 6000;
    const std::string book = bookOf(call);
    if (call.script == "app/verify" || call.script == "business/verify")
        return;
    if (call.script == "database/switch_over") {
        switchOver(state, call, now);
        return;
    }
    const bool starts = call.script == "app/start" || call.script == "business/app";
    if (call.action == "remove") {
        state.books.erase(book);
        if (call.script == "database/pair")
            state.books.erase("database.switch_over");
        if (call.script == "docker/image")
            state.images.erase(valueOf(call, "IMAGE_ID"));
        if (starts)
            state.ready = 0;
        if (call.script == "docker/engine")
            state.images.clear();
        if (call.script == "host/prepare")
            state.files.clear();
        return;
    }
    // A drill is done once, and leaves nothing that stays.
    if (call.script.starts_with("drill/")) {
        if (valueOf(call, "HOW") == "begin")
            state.books[book] = {{"BEGAN", std::to_string(now)}};
        else
            state.books.erase(book);
        return;
    }
    state.books[book] = call.values;
    if (call.script == "docker/image")
        state.images.insert(valueOf(call, "IMAGE_ID"));
    // What was taken over from a sent file needs that file no more.
    if (call.script.starts_with("docker/") || call.script.starts_with("kubernetes/") ||
        call.script == "ops/exporter")
        for (const char* file : {"ARCHIVE", "COMPOSE_PLUGIN", "SENT"})
            state.files.erase(valueOf(call, file));
    if (starts)
        state.ready = now + kUntilReady;
}

}  // namespace deploy::sim

#include "remote/sim/role_book.h"
#include "remote/sim/role_pair.h"
#include "remote/sim/role_work.h"

namespace deploy::sim {

namespace {

bool hasForeignEngine(const World& world) {
    for (const ExistingSoftware& software : world.facts.existing)
        if (software.id == "docker" || software.id == "containerd")
            return !world.state.books.contains("docker.engine");
    return false;
}

RoleAnswer no(std::string why) {
    return {false, std::move(why)};
}

RoleAnswer checkEngine(const World& world, const RoleCall& call) {
    const std::string asked = valueOf(call, "ASKED");
    if (asked.empty())
        return no("not installed yet, or with other settings");
    if (valueOf(call, "EXISTING") == "reuse" && hasForeignEngine(world))
        return {true, {}};
    const auto book = world.state.books.find("docker.engine");
    const std::string name = asked == "engine" ? "ARCHIVE" : "COMPOSE_PLUGIN";
    const bool there = book != world.state.books.end() && book->second.contains(name) &&
                       book->second.at(name) == valueOf(call, name);
    return there ? RoleAnswer{true, {}} : no("the engine's programs are not those of the bundle");
}

RoleAnswer checkImage(const World& world, const RoleCall& call) {
    const std::string id = valueOf(call, "IMAGE_ID");
    if (!world.state.books.contains("docker.engine"))
        return no("there is no Docker engine yet");
    if (!world.state.images.contains(id))
        return no("the image is not there: " + id);
    return valueOf(call, "ASKED") == "content"
               ? RoleAnswer{true, {}}
               : no("not taken over yet: " + valueOf(call, "IMAGE_REFERENCE"));
}

/// What became of this drill; the step that does it is never asked for twice.
RoleAnswer checkOutage(const World& world, const RoleCall& call) {
    for (const auto& [id, attempt] : world.state.attempts)
        if (attempt.call.script == call.script && attempt.call.values == call.values)
            return no(world.now < attempt.ends ? "stopped: it is away" : "back: it is there again");
    return no("unbegun: nothing was stopped");
}

/// "name address port" lines, as the script is given them.
RoleAnswer verifyBusiness(const World& world, const RoleCall& call) {
    const bool ready = world.state.ready != 0 && world.now >= world.state.ready;
    std::string words;
    for (const auto& [name, place] : linesOf(valueOf(call, "ENTRIES")))
        words.append("entry ").append(name).append(", ").append(place).append(
            ready ? ": ready\n" : ": not ready\n");
    if (!ready)
        return no(words + "the platform is not ready");
    const std::string least = valueOf(call, "LEAST");
    return {true, words + "business: " + least + " of " + least + " instances are ready"};
}

/// What a service on the hosts that was made says of itself.
RoleAnswer verifyBase(const World& world, const RoleCall& call, RoleAnswer made) {
    if (!made.yes)
        return made;
    const std::string member = valueOf(call, "MEMBER");
    if (call.script == "database/pair") {
        made.words = pairWords(world, call);
    } else if (call.script == "database/member") {
        const std::string count = std::to_string(linesOf(valueOf(call, "MEMBERS")).size());
        made.words = "database " + member + ": can write, " + count + " of " + count +
                     " members are together";
    } else if (call.script == "cache/cluster") {
        made.words =
            "cache: 6 processes are together, all 16384 slots are served, 3 masters on 3 servers";
    } else if (call.script == "kubernetes/name_server") {
        made.words = "name server: 2 copies are ready, on 2 servers";
    } else if (call.script == "balancer/pair") {
        const std::string state = valueOf(call, "PRIORITY") == "150"
                                      ? ": holds " + valueOf(call, "VIRTUAL_ADDRESS")
                                      : ": stands by";
        made.words = "load balancer " + member + state;
    } else if (call.script == "ops/monitor") {
        const std::string count = std::to_string(linesOf(valueOf(call, "TARGETS")).size());
        made.words = "monitoring: " + count + " of " + count + " servers tell their state";
    } else if (call.script == "ops/grafana") {
        made.words = "Grafana: answers on port " + valueOf(call, "PORT");
    } else if (call.script == "ops/registry") {
        made.words = "registry: answers on port " + valueOf(call, "PORT");
    }
    return made;
}

}  // namespace

RoleAnswer roleCheck(const World& world, const RoleCall& call) {
    if (call.script == "app/verify" || call.script == "business/verify")
        return roleVerify(world, call);
    if (call.script == "database/switch_over")
        return checkSwitchOver(world, call);
    if (call.script == "drill/outage" || call.script == "drill/away")
        return checkOutage(world, call);
    if (call.script.starts_with("drill/"))
        return no("not done yet");
    // What another server is to the cluster is not known here: a node that leaves is there until
    // then.
    if (call.script == "kubernetes/leave")
        return {true, "node " + valueOf(call, "NODE") + " is there"};
    // Simulated members never lose each other.
    if (call.script == "database/recover" && valueOf(call, "HOW") == "stop")
        return no("the member runs");
    if (call.script == "database/recover")
        return world.state.books.contains("database.member")
                   ? RoleAnswer{true, "together 6f1f4d2c-0000-0000-0000-000000000001 1"}
                   : no("no position is written down");
    const auto book = world.state.books.find(bookOf(call));
    if (book != world.state.books.end() && book->second == call.values)
        return {true, {}};
    const bool sent = call.script.starts_with("kubernetes/") || call.script == "ops/exporter";
    if (sent && valueOf(call, "ASKED") == "content")
        return book != world.state.books.end() ? RoleAnswer{true, {}} : no("it is not there yet");
    if (call.script == "docker/engine")
        return checkEngine(world, call);
    if (call.script == "docker/image")
        return checkImage(world, call);
    if (call.script == "app/start")
        return no("not started yet, or with other settings");
    return no("not made yet, or for other settings");
}

RoleAnswer roleVerify(const World& world, const RoleCall& call) {
    if (call.script == "business/verify")
        return verifyBusiness(world, call);
    if (call.script != "app/verify")
        return verifyBase(world, call, roleCheck(world, call));
    const std::string entry = "entry, port " + valueOf(call, "ENTRY_PORT");
    if (world.state.ready == 0)
        return no(entry + ": not ready\nno service runs\nthe platform is not ready");
    if (world.now < world.state.ready)
        return no(entry + ": not ready\nfinclip: runs, starting\nthe platform is not ready");
    return {true, entry + ": ready\ndatabase: runs, healthy\ncache: runs, healthy\n" +
                      "finclip: runs, healthy\ngateway: runs, healthy"};
}

}  // namespace deploy::sim

#include <atomic>
#include <functional>
#include <random>
#include <thread>

#include "base/digest.h"
#include "base/resources.h"
#include "probe/addresses.h"
#include "probe/peers.h"

namespace deploy {

namespace {

constexpr size_t kAtOnce = 64;
/// Longer than a whole round takes, so that nobody stops listening while others still ask.
constexpr const char* kListenSeconds = "120";

/// A server while the round goes on.
struct Taker {
    const Host* host = nullptr;
    std::unique_ptr<RemoteHost> remote;
    PeerListener listener;
    std::string answers;
};

/// Does something with each server, many at once, and waits for all.
void withAll(std::vector<Taker>& takers, const std::function<void(Taker&)>& work) {
    std::atomic<size_t> next = 0;
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < std::min(takers.size(), kAtOnce); ++i)
        threads.emplace_back([&] {
            for (size_t index = next++; index < takers.size(); index = next++)
                work(takers[index]);
        });
}

/// A word that nobody else knows.
std::string newToken() {
    std::random_device random;
    std::string token;
    for (int i = 0; i < 32; ++i)
        token += "0123456789abcdef"[random() % 16];
    return token;
}

Command commandOf(const std::string& script, std::vector<std::string> args, std::string input) {
    Command command;
    command.script = script;
    command.args = std::move(args);
    command.input = std::move(input);
    command.privilege = Privilege::Root;
    command.deadline = std::chrono::seconds(60);
    command.keepBytes = 2U << 20U;
    return command;
}

}  // namespace

PeerRound askPeers(Connector& connector, const Inventory& servers, const PeerQuestions& questions,
                   const std::stop_token& stop) {
    const auto script = readResource("probe/peers.sh");
    if (!script || questions.ports.empty())
        return {};
    const std::string program(peersProgram());
    const std::string token = newToken();
    std::vector<std::string> begin = {"begin", sha256Hex(program), kListenSeconds, token};
    for (const PeerPort& port : questions.ports)
        begin.push_back(port.protocol + ":" + std::to_string(port.port));

    std::vector<Taker> takers;
    std::map<HostId, std::string> addresses;
    for (const Host& host : servers.hosts)
        if (isAddress(host.address)) {
            takers.emplace_back().host = &host;
            addresses[host.name] = host.address;
        }
    withAll(takers, [&](Taker& taker) {
        auto remote = connector.connect(*taker.host, stop);
        if (!remote)
            return;
        taker.remote = std::move(*remote);
        if (const auto said = taker.remote->run(commandOf(*script, begin, program), {}, stop))
            taker.listener = parseListener(said->out);
    });
    std::map<HostId, PeerListener> listeners;
    for (const Taker& taker : takers)
        if (!taker.listener.pid.empty())
            listeners[taker.host->name] = taker.listener;
    withAll(takers, [&](Taker& taker) {
        if (taker.listener.pid.empty() || stop.stop_requested())
            return;
        const std::string lines = questionLines(questions, addresses, listeners, taker.host->name);
        if (const auto said = taker.remote->run(
                commandOf(*script, {"ask", taker.listener.pid, token}, lines), {}, stop))
            taker.answers = said->out;
    });
    // Also after a stop: what listens would go on for its two minutes.
    withAll(takers, [&](const Taker& taker) {
        if (!taker.listener.pid.empty())
            (void)taker.remote->run(commandOf(*script, {"end", taker.listener.pid}, {}), {}, {});
    });
    PeerRound round;
    for (const Taker& taker : takers)
        addAnswers(round, taker.host->name, taker.answers, addresses, listeners);
    return round;
}

}  // namespace deploy

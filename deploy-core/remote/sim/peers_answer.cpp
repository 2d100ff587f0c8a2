#include "remote/sim/peers_answer.h"

#include <algorithm>
#include <sstream>

namespace deploy::sim {

namespace {

constexpr int kUsualMtu = 1500;
/// Between servers that stand side by side, however far away from the laptop.
constexpr int kLanRoundTripUs = 300;

std::string begin(const Command& command) {
    std::string answer;
    for (const std::string& word : command.args) {
        const bool port = word.starts_with("tcp:") || word.starts_with("udp:");
        if (port)
            answer += "listening " + word.substr(0, 3) + " " + word.substr(4) + "\n";
    }
    return answer + "pid 4711\n";
}

int mtuOf(const Facts& facts) {
    for (const InterfaceFacts& interface : facts.interfaces)
        if (interface.name != "lo" && interface.mtu)
            return *interface.mtu;
    return kUsualMtu;
}

std::string ask(const Command& command, const Scenario::Server& server) {
    const std::string mtu = std::to_string(mtuOf(server.facts));
    std::string answer;
    std::istringstream lines(command.input);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string kind;
        std::string address;
        words >> kind >> address;
        if (kind == "arp")
            answer += "arp " + address + " free\n";
        else if (kind == "path")
            answer.append("path ")
                .append(address)
                .append(" icmp 20 20 ")
                .append(std::to_string(kLanRoundTripUs))
                .append(" ")
                .append(mtu)
                .append(" ")
                .append(mtu)
                .append("\n");
        else
            answer += line + " open\n";
    }
    return answer;
}

}  // namespace

std::string peersAnswer(const std::string& verb, const Command& command,
                        const Scenario::Server& server) {
    if (verb == "begin")
        return begin(command);
    return verb == "ask" ? ask(command, server) : std::string();
}

}  // namespace deploy::sim

#include <algorithm>

#include "cli_commands.h"
#include "cli_secrets.h"

namespace deploy::cli {

namespace {

/// What a person said of the key that a server showed.
enum class Decision { Accept, Reject };

Result<Decision> decide(const Cli& cli, const TrustArgs& args, const Host& host,
                        const Error& question) {
    const auto shown = question.args.find("fingerprint");
    const std::string fingerprint = shown == question.args.end() ? "?" : shown->second;
    for (const std::string& given : args.fingerprints)
        if (given.starts_with(host.name.str() + "="))
            return given == host.name.str() + "=" + fingerprint ? Decision::Accept
                                                                : Decision::Reject;
    // A changed key is never accepted by a blanket word: it has to be named by its fingerprint.
    if (question.code != ErrorCode::SshHostKeyUnknown)
        return Decision::Reject;
    if (args.acceptNew)
        return Decision::Accept;
    if (!args.fingerprints.empty() || !haveTerminal())
        return Decision::Reject;
    const std::string answer = askOnTerminal(cli.text(
        "cli.trust.ask",
        {{"server", host.name.str()}, {"address", host.address}, {"fingerprint", fingerprint}}));
    return answer == cli.text("cli.yes") || answer == "yes" ? Decision::Accept : Decision::Reject;
}

bool isHostKeyQuestion(const Error& error) {
    return error.code == ErrorCode::SshHostKeyUnknown ||
           error.code == ErrorCode::SshHostKeyChanged ||
           error.code == ErrorCode::SshHostKeyOtherType;
}

}  // namespace

Result<Answer> trustCommand(const Cli& cli, const TrustArgs& args, const std::stop_token& stop) {
    auto project = ProjectFolder::open(args.project, ProjectFolder::OpenMode::Write);
    if (!project)
        return tl::unexpected(project.error());
    const auto clock = clockFor(cli, *project);
    Answer answer;
    answer.result["servers"] = nlohmann::json::array();
    const auto note = [&](const Host& host, const std::string& state, const Error* error) {
        nlohmann::json row = {{"server", host.name.str()}, {"state", state}};
        Args words = {{"server", host.name.str()}};
        if (error != nullptr) {
            row["error"] = toJson(*error, cli.table);
            words.insert(error->args.begin(), error->args.end());
        }
        answer.result["servers"].push_back(row);
        cli.say(cli.text("cli.trust." + state, words));
    };
    for (const Host& host : project->content().inventory.hosts) {
        // The key is shown before any authentication: no secret is needed here.
        auto connector = connectorFor(*project, Credentials{}, *clock);
        if (!connector)
            return tl::unexpected(connector.error());
        const auto connected = (*connector)->connect(host, stop);
        const bool question = !connected && isHostKeyQuestion(connected.error());
        if (!connected && connected.error().code == ErrorCode::Cancelled)
            return tl::unexpected(connected.error());
        if (connected || (!question && connected.error().code == ErrorCode::SshAuthFailed) ||
            (!question && connected.error().code == ErrorCode::CredentialMissing)) {
            note(host, "known", nullptr);
            continue;
        }
        if (!question) {
            cli.show(connected.error());
            note(host, "unreachable", &connected.error());
            answer.exit = std::max(answer.exit, 1);
            continue;
        }
        const auto decision = decide(cli, args, host, connected.error());
        if (!decision)
            return tl::unexpected(decision.error());
        if (*decision == Decision::Reject) {
            cli.show(connected.error());
            note(host, "rejected", &connected.error());
            answer.exit = 3;
            continue;
        }
        if (auto done = confirmHostKey(*project, host, connected.error()); !done)
            return tl::unexpected(done.error());
        note(host, "accepted", &connected.error());
    }
    return answer;
}

}  // namespace deploy::cli

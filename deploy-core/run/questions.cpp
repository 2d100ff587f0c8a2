#include "run/questions.h"

#include "base/utf8.h"

namespace deploy {

namespace {

/// A check may think for long before its first byte.
constexpr std::chrono::seconds kStall{120};

std::string lastLine(const std::string& text) {
    const size_t end = text.find_last_not_of("\r\n \t");
    if (end == std::string::npos)
        return {};
    const size_t newline = text.find_last_of('\n', end);
    const size_t begin = newline == std::string::npos ? 0 : newline + 1;
    return carried(text.substr(begin, end + 1 - begin));
}

}  // namespace

std::string carried(const std::string& text) {
    return isUtf8(text) ? text : escapeForDisplay(text);
}

Result<Answer> Questions::ask(const ScriptCall& call, ScriptAction action,
                              std::chrono::milliseconds deadline) const {
    Command command;
    auto text = scriptText(scripts, call, action);
    if (!text)
        return tl::unexpected(text.error());
    auto secrets = secretInput(call, secret);
    if (!secrets)
        return tl::unexpected(secrets.error());
    command.script = *std::move(text);
    command.input = std::move(secrets->text);
    command.privilege = Privilege::Root;
    command.stall = kStall;
    command.deadline = deadline;
    command.keepBytes = 64U << 10U;
    return link.run(command, {}).map([](const CommandResult& result) {
        const std::string words = lastLine(result.out);
        return Answer{result.exitStatus == 0, words.empty() ? lastLine(result.err) : words,
                      carried(result.out.empty() ? result.err : result.out)};
    });
}

Result<Answer> Questions::isSo(const RunScript& script) const {
    auto answer = ask(script.call, ScriptAction::Check);
    if (answer && script.action == RunScript::Action::Remove)
        answer->yes = !answer->yes;
    return answer;
}

Result<Answer> Questions::isThere(const PutFile& file) const {
    const auto arguments = [&] {
        return std::vector<std::string>{file.destination, std::to_string(file.size)};
    };
    return link.agent("file", arguments).map([](const CommandResult& result) {
        return Answer{result.out == "present\n", lastLine(result.out), carried(result.out)};
    });
}

Result<Answer> Questions::holds(const Step& step) const {
    if (const auto* script = std::get_if<RunScript>(&step.action))
        return isSo(*script);
    if (const auto* wait = std::get_if<WaitReady>(&step.action))
        return ask(wait->call, ScriptAction::Verify);
    const auto& file = std::get<PutFile>(step.action);
    if (file.unless) {
        auto there = ask(*file.unless, ScriptAction::Check);
        if (!there || there->yes)
            return there;
    }
    return isThere(file);
}

}  // namespace deploy

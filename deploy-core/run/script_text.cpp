#include "run/script_text.h"

#include <algorithm>

#include "base/shell_quote.h"

namespace deploy {

namespace {

std::string actionName(ScriptAction action) {
    switch (action) {
        case ScriptAction::Check:
            return "check";
        case ScriptAction::Apply:
            return "apply";
        case ScriptAction::Verify:
            return "verify";
        case ScriptAction::Remove:
            return "remove";
    }
    return {};
}

Result<std::string> textOf(const RoleScripts& scripts, const std::string& name) {
    const auto found = scripts.texts.find(name);
    if (found == scripts.texts.end())
        return fail(ErrorCode::PlanImpossible, name, "no such script");
    return found->second;
}

/// Adds a script's text, always ended by a newline.
Result<void> addText(std::string& text, const RoleScripts& scripts, const std::string& name) {
    return textOf(scripts, name).map([&](const std::string& part) {
        text += part;
        if (!text.ends_with('\n'))
            text += '\n';
    });
}

Result<void> addAssignment(std::string& text, const std::string& name, std::string_view value) {
    return shellAssignment(name, value)
        .map([&](const std::string& line) { text += line; })
        .map_error([&](Error error) {
            error.where = name;
            return error;
        });
}

}  // namespace

Result<std::string> scriptText(const RoleScripts& scripts, const ScriptCall& call,
                               ScriptAction action) {
    std::string text = "#: script " + call.script + "\n#: action " + actionName(action) + "\n";
    for (const std::string& part : {std::string("lib"), call.script})
        if (auto added = addText(text, scripts, part); !added)
            return tl::unexpected(added.error());
    if (auto added = addAssignment(text, "FINCLIP_ACTION", actionName(action)); !added)
        return tl::unexpected(added.error());
    for (const auto& [name, value] : call.values)
        if (auto added = addAssignment(text, name, value); !added)
            return tl::unexpected(added.error());
    for (const auto& [name, secret] : call.secrets) {
        if (auto legal = shellAssignment(name, {}); !legal)
            return tl::unexpected(legal.error());
        text += "unset " + name + "\n";
    }
    if (auto added = addText(text, scripts, "main"); !added)
        return tl::unexpected(added.error());
    return text;
}

Result<std::string> scriptForReading(const RoleScripts& scripts, const ScriptCall& call,
                                     ScriptAction action) {
    if (auto legal = scriptText(scripts, call, action); !legal)
        return legal;
    std::string text = "#: script " + call.script + "\n#: action " + actionName(action) + "\n";
    for (const auto& [name, value] : call.values)
        (void)addAssignment(text, name, value);
    for (const auto& [variable, name] : call.secrets)
        text.append(variable).append("='********' # standard input: ").append(name).append("\n");
    text += '\n';
    (void)addText(text, scripts, call.script);
    for (const std::string& part : {std::string("lib"), std::string("main")}) {
        text.append("\n#: in every script: ").append(part).append(".sh\n");
        (void)addText(text, scripts, part);
    }
    return text;
}

Result<SecretInput> secretInput(const ScriptCall& call, const SecretLookup& secret) {
    SecretInput input;
    for (const auto& [variable, name] : call.secrets) {
        const auto value = secret(name);
        if (!value)
            return tl::unexpected(value.error());
        if (auto added = addAssignment(input.text, variable, value->reveal()); !added)
            return tl::unexpected(added.error());
    }
    input.lines = static_cast<size_t>(std::count(input.text.begin(), input.text.end(), '\n'));
    return input;
}

Result<std::string> agentText(const RoleScripts& scripts, const std::string& name) {
    std::string text = "#: agent " + name + "\n";
    for (const auto& [variable, part] :
         {std::pair("KEEPER", "agent/keeper"), std::pair("DETACHED", "agent/detached")}) {
        auto content = textOf(scripts, part);
        if (!content)
            return content;
        if (auto added = addAssignment(text, variable, *content); !added)
            return tl::unexpected(added.error());
    }
    for (const std::string& part : {std::string("agent/common"), "agent/" + name})
        if (auto added = addText(text, scripts, part); !added)
            return tl::unexpected(added.error());
    return text;
}

}  // namespace deploy

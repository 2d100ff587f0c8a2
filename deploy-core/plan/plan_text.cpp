#include "plan/plan_text.h"

#include <algorithm>

#include "base/byte_count.h"
#include "base/utf8.h"
#include "run/script_text.h"

namespace deploy {

namespace {

/// Writes the lines of one plan.
class Writer {
public:
    Writer(const Plan& plan, const MessageTable& table) : plan_(plan), table_(table) {}

    std::string write(PlanOrder order) {
        const bool byStage = order == PlanOrder::ByStage;
        std::vector<const Step*> steps;
        for (const Step& step : plan_.steps)
            steps.push_back(&step);
        // Stable: within a group the plan's own order stays.
        std::stable_sort(steps.begin(), steps.end(), [&](const Step* a, const Step* b) {
            return byStage ? a->stage < b->stage : a->host < b->host;
        });
        const Step* before = nullptr;
        for (const Step* step : steps) {
            if (before == nullptr ||
                (byStage ? step->stage != before->stage : step->host != before->host))
                line("\n== " +
                     (byStage ? table_.text("stage." + stageName(step->stage)) : step->host.str()));
            writeStep(*step);
            before = step;
        }
        writeTotal();
        return std::move(text_);
    }

private:
    void line(const std::string& content) { text_ += content + "\n"; }
    void field(const std::string& name, const std::string& value) {
        line("    " + table_.text("plan." + name) + ": " + escapeForDisplay(value));
    }

    void writeStep(const Step& step) {
        line(step.id.str() + "  " + table_.text("step." + step.title, step.args));
        std::visit([this](const auto& action) { writeAction(action); }, step.action);
        for (const StepId& need : step.needs)
            field("after", need.str());
        field("estimate",
              table_.text("plan.seconds", {{"count", std::to_string(step.estimate.count())}}));
    }

    void writeAction(const PutFile& put) {
        field("file", put.source);
        field("destination", put.destination);
        field("size", bytesText(put.size));
        field("sha256", put.sha256);
        if (put.unless) {
            field("unless", put.unless->script);
            writeCall(*put.unless);
        }
    }
    void writeAction(const RunScript& run) {
        field(run.action == RunScript::Action::Apply ? "apply" : "remove", run.call.script);
        writeCall(run.call);
    }
    void writeAction(const WaitReady& wait) {
        field("wait", wait.call.script);
        writeCall(wait.call);
    }
    void writeCall(const ScriptCall& call) {
        for (const auto& [name, value] : call.values)
            line("      " + name + " = " + escapeForDisplay(value));
        for (const auto& [name, secret] : call.secrets)
            line("      " + name + " = " + table_.text("plan.secret", {{"name", secret}}));
    }

    void writeTotal() {
        std::chrono::seconds longest{0};
        std::map<HostId, std::chrono::seconds> each;
        for (const Step& step : plan_.steps)
            longest = std::max(longest, each[step.host] += step.estimate);
        line("");
        line(table_.text("plan.total", {{"steps", std::to_string(plan_.steps.size())},
                                        {"servers", std::to_string(each.size())},
                                        {"bytes", bytesText(plan_.uploadBytes())},
                                        {"seconds", std::to_string(longest.count())}}));
        line(table_.text("plan.bundle", {{"digest", plan_.bundleDigest}}));
        line(table_.text("plan.digest", {{"digest", plan_.digest()}}));
    }

    const Plan& plan_;
    const MessageTable& table_;
    std::string text_;
};

const ScriptCall* callOf(const Step& step, ScriptAction& action) {
    if (const auto* run = std::get_if<RunScript>(&step.action)) {
        action =
            run->action == RunScript::Action::Apply ? ScriptAction::Apply : ScriptAction::Remove;
        return &run->call;
    }
    if (const auto* wait = std::get_if<WaitReady>(&step.action)) {
        action = ScriptAction::Verify;
        return &wait->call;
    }
    action = ScriptAction::Check;
    const auto& unless = std::get<PutFile>(step.action).unless;
    return unless ? &*unless : nullptr;
}

}  // namespace

std::string planText(const Plan& plan, PlanOrder order, const MessageTable& table) {
    return Writer(plan, table).write(order);
}

std::string stepScriptText(const Step& step, const RoleScripts& scripts) {
    ScriptAction action = ScriptAction::Check;
    const ScriptCall* call = callOf(step, action);
    if (call == nullptr)
        return {};
    return scriptForReading(scripts, *call, action).value_or(std::string());
}

}  // namespace deploy

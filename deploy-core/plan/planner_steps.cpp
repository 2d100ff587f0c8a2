#include "plan/planner_steps.h"

namespace deploy {

std::string sentFile(const std::string& sha256) {
    return "/var/lib/finclip-deploy/files/" + sha256;
}

ScriptCall StepList::call(const std::string& script, Values values) {
    auto digest = scripts_.digest(script);
    if (!digest && !error_)
        error_ = digest.error();
    return {script, digest.value_or(""), std::move(values), {}};
}

StepId ServerSteps::run(const std::string& name, Stage stage, ScriptCall call,
                        std::vector<StepId> needs, StepTime time, Args args) {
    Step step;
    step.title = call.script;
    step.title.replace(step.title.find('/'), 1, ".");
    step.args = std::move(args);
    step.action = RunScript{std::move(call), RunScript::Action::Apply};
    return add(std::move(step), name, stage, std::move(needs), time);
}

StepId ServerSteps::wait(const std::string& name, Stage stage, ScriptCall call,
                         std::vector<StepId> needs, StepTime time) {
    Step step;
    // The first server of a cache is asked for its own processes, and for all of them together; a
    // primary and its replica are asked for other things than members that vote.
    const bool ownWords = call.script == "cache/cluster" || call.script == "database/pair";
    step.title = call.script.substr(0, call.script.find('/'));
    if (ownWords)
        step.title += "." + call.script.substr(step.title.size() + 1);
    step.title += ".verify";
    step.action = WaitReady{std::move(call), time.most};
    return add(std::move(step), name, stage, std::move(needs), time);
}

StepId ServerSteps::put(const std::string& name, Stage stage, const BundleFile& file,
                        std::optional<ScriptCall> unless, std::vector<StepId> needs) {
    constexpr uint64_t kUsualRate = 50'000'000;  // bytes a second: [est] a 1 Gbit/s line, shared
    constexpr uint64_t kPoorRate = 1'000'000;
    constexpr uint64_t kLeastRate = 4'000;  // half of the 64 kbit/s line that must still do
    const auto seconds = [&](uint64_t rate) {
        return std::chrono::seconds(static_cast<int64_t>(file.size / rate));
    };
    Step step;
    step.title = "file";
    step.args = {{"file", file.path}};
    step.action =
        PutFile{file.path, file.sha256, file.size, sentFile(file.sha256), std::move(unless)};
    const StepTime time{std::chrono::seconds(1) + seconds(kUsualRate),
                        std::chrono::seconds(60) + seconds(kPoorRate),
                        std::chrono::seconds(900) + seconds(kLeastRate)};
    return add(std::move(step), name, stage, std::move(needs), time);
}

StepId ServerSteps::add(Step step, const std::string& name, Stage stage, std::vector<StepId> needs,
                        StepTime time) {
    step.id = StepId(host_.str() + "/" + name);
    step.host = host_;
    step.stage = stage;
    step.needs = std::move(needs);
    step.estimate = time.estimate;
    step.softDeadline = time.slow;
    step.hardDeadline = time.most;
    return list_.add(std::move(step));
}

const StepId& StepList::add(Step step) {
    steps_.push_back(std::move(step));
    return steps_.back().id;
}

Result<std::vector<Step>> StepList::take() && {
    if (error_)
        return tl::unexpected(*error_);
    return std::move(steps_);
}

}  // namespace deploy

#pragma once

#include <map>
#include <mutex>
#include <set>

#include "cli_app.h"
#include "run/engine.h"

namespace deploy::cli {

/// Shows a run as lines on standard output: one as each step begins and ends, one for each tenth of
/// a long upload, one when a server says nothing any more and when it does again, and what a person
/// is to do.
class ConsoleObserver final : public RunObserver {
public:
    ConsoleObserver(const Cli& cli, const Plan& plan) : cli_(cli), plan_(plan) {}

    void onEvent(const Event& event) override;
    void onProgress(const StepProgress& progress) override;
    void onLog(const StepId& step, std::string_view bytes) override;

private:
    std::string title(const StepId& step) const;
    void tellSilence(const StepProgress& progress);
    void tellPower(const StepId& step, std::string_view bytes);

    const Cli& cli_;
    const Plan& plan_;
    std::map<StepId, Tenths> tenths_;
    std::set<StepId> silent_;
    std::map<StepId, std::string> lastLog_;  ///< the end of each log, shown when its step fails
};

/// What a run came to: lines for people, and its JSON form.
void showOutcome(const Cli& cli, const Plan& plan, const RunState& state);
nlohmann::json runJson(const Cli& cli, const RunState& state);
int exitOf(const RunState& state);

}  // namespace deploy::cli

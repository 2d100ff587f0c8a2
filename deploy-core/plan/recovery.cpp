#include "plan/recovery.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace deploy {

namespace {

constexpr const char* kMemberScript = "database/member";

tl::unexpected<Error> impossible(const std::string& where, const std::string& needed,
                                 const std::string& given) {
    return fail(ErrorCode::PlanImpossible, where, {}, {{"needed", needed}, {"given", given}});
}

/// All members with data have one history, and one of them knows where it ends.
Result<void> checkHistories(const std::vector<MemberPosition>& positions) {
    std::string given;
    for (const MemberPosition& member : positions)
        given += (given.empty() ? "" : ", ") + member.host.str() + " " + member.cluster + ":" +
                 std::to_string(member.position);
    std::set<std::string> histories;
    for (const MemberPosition& member : positions)
        if (member.cluster != kNoHistory)
            histories.insert(member.cluster);
    const bool one = histories.size() <= 1;
    const bool known = std::any_of(positions.begin(), positions.end(), [](const MemberPosition& m) {
        return m.together || m.position >= 0;
    });
    if (one && known)
        return {};
    return impossible("database", one ? "position" : "one history", given);
}

Step stepOf(const Step& question, const std::string& how, const std::vector<StepId>& needs) {
    Step step = question;
    step.needs = needs;
    std::get<RunScript>(step.action).call.values["HOW"] = how;
    step.title = "database.recover." + how;
    return step;
}

/// The member ends where it was when it was asked, or tells that it went on.
Step stopOf(const Step& question, const MemberPosition& asked) {
    Step step = stepOf(question, "stop", {});
    step.id = StepId(step.host.str() + "/database.stop");
    std::get<RunScript>(step.action).call.values["ASKED"] =
        asked.cluster + " " + std::to_string(asked.position);
    return step;
}

}  // namespace

std::optional<MemberPosition> readPosition(const HostId& host, const std::string& words) {
    std::istringstream text(words.substr(words.rfind('\n') + 1));
    std::string kind;
    MemberPosition member{host, false, {}, -1};
    if (!(text >> kind >> member.cluster >> member.position) ||
        (kind != "together" && kind != "position"))
        return std::nullopt;
    member.together = kind == "together";
    return member;
}

Result<Plan> recoveryQuestions(const Plan& installed, const RoleScripts& scripts) {
    const auto digest = scripts.digest(kRecoverScript);
    if (!digest)
        return tl::unexpected(digest.error());
    Plan questions{installed.projectId, installed.mode, installed.bundleDigest, {}};
    for (const Step& step : installed.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (!run || run->call.script != kMemberScript)
            continue;
        Step question = step;
        question.id = StepId(step.host.str() + "/database.recover");
        question.title = "database.recover.join";
        question.needs.clear();
        const auto& values = run->call.values;
        question.action = RunScript{{kRecoverScript,
                                     *digest,
                                     {{"HOW", "join"},
                                      {"MEMBER", values.at("MEMBER")},
                                      {"FOLDER", values.at("FOLDER")},
                                      {"DATA_DIR", values.at("DATA_DIR")}},
                                     {}},
                                    RunScript::Action::Apply};
        questions.steps.push_back(std::move(question));
    }
    if (questions.steps.empty())
        return impossible("database", kMemberScript, "");
    return questions;
}

Result<Plan> makeRecoveryPlan(const Plan& questions, const std::vector<MemberPosition>& positions) {
    if (positions.empty())
        return impossible("database", "position", "");
    if (auto checked = checkHistories(positions); !checked)
        return tl::unexpected(checked.error());
    Plan plan = questions;
    plan.steps.clear();
    const auto questionOf = [&](const HostId& host) {
        return std::find_if(questions.steps.begin(), questions.steps.end(),
                            [&](const Step& step) { return step.host == host; });
    };
    const bool running = std::any_of(positions.begin(), positions.end(),
                                     [](const MemberPosition& m) { return m.together; });
    const auto first = std::max_element(
        positions.begin(), positions.end(),
        [](const MemberPosition& a, const MemberPosition& b) { return a.position < b.position; });
    std::vector<StepId> before;
    const auto add = [&](const HostId& host, const char* how) {
        if (const auto question = questionOf(host); question != questions.steps.end()) {
            plan.steps.push_back(stepOf(*question, how, before));
            before = {plan.steps.back().id};
        }
    };
    if (!running) {
        std::vector<StepId> stopped;
        for (const MemberPosition& member : positions)
            if (const auto question = questionOf(member.host); question != questions.steps.end()) {
                plan.steps.push_back(stopOf(*question, member));
                stopped.push_back(plan.steps.back().id);
            }
        before = stopped;
        add(first->host, "first");
    }
    for (const MemberPosition& member : positions)
        if (!member.together && (running || member.host != first->host))
            add(member.host, "join");
    return plan;
}

}  // namespace deploy

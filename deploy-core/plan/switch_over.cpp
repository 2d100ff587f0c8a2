#include "plan/switch_over.h"

#include <algorithm>
#include <sstream>

#include "topology/role_ids.h"

namespace deploy {

namespace {

constexpr const char* kPairScript = "database/pair";
/// A replica that lags more makes writes wait for longer than a switch-over may take [est].
constexpr int64_t kMostSecondsBehind = 10;

tl::unexpected<Error> refused(const HostId& host, const std::string& why, Args args = {}) {
    args["why"] = why;
    return fail(ErrorCode::SwitchOverRefused, host.str(), {}, std::move(args));
}

/// The steps of a plan, each after the one before it.
class OneByOne {
public:
    explicit OneByOne(const Plan& questions) : questions_(questions), plan_(questions) {
        plan_.steps.clear();
    }

    void add(const HostId& host, const std::string& how) {
        for (const Step& question : questions_.steps) {
            if (question.host != host)
                continue;
            Step step = question;
            step.id = StepId(host.str() + "/database.switch_over." + how);
            step.title = "database.switch_over." + how;
            if (!plan_.steps.empty())
                step.needs = {plan_.steps.back().id};
            std::get<RunScript>(step.action).call.values["HOW"] = how;
            plan_.steps.push_back(std::move(step));
        }
    }
    Plan take() && { return std::move(plan_); }

private:
    const Plan& questions_;
    Plan plan_;
};

const PairState* primaryOf(const std::vector<PairState>& states) {
    const auto found = std::find_if(states.begin(), states.end(), [](const PairState& state) {
        return state.kind == PairState::Kind::Primary;
    });
    return found == states.end() ? nullptr : &*found;
}

/// Who is to write: the one that is named, else the only one that does not.
Result<const PairState*> promotedOf(const std::vector<PairState>& states, const HostId& to) {
    std::vector<const PairState*> meant;
    for (const PairState& state : states)
        if (to.empty() ? state.kind != PairState::Kind::Primary : state.host == to)
            meant.push_back(&state);
    if (meant.size() == 1)
        return meant.front();
    return refused(to, to.empty() ? "name_one" : "not_asked");
}

}  // namespace

std::optional<PairState> readPairState(const HostId& host, const std::string& words) {
    std::istringstream text(words.substr(words.rfind('\n') + 1));
    std::string kind;
    int64_t term = 0;
    PairState state{host, PairState::Kind::Waits, -1, {}};
    if (!(text >> kind >> term))
        return std::nullopt;
    std::getline(text >> std::ws, state.why);
    if (kind == "primary")
        state.kind = PairState::Kind::Primary;
    else if (kind == "replica")
        state.kind = PairState::Kind::Replica;
    else if (kind == "broken")
        state.kind = PairState::Kind::Broken;
    else if (kind != "waits")
        return std::nullopt;
    std::istringstream seconds(state.why);
    if (state.kind == PairState::Kind::Replica && !(seconds >> state.behind))
        state.behind = -1;
    return state;
}

bool hasDatabasePair(const Plan& installed) {
    return std::any_of(installed.steps.begin(), installed.steps.end(), [](const Step& step) {
        const auto* run = std::get_if<RunScript>(&step.action);
        return run && run->call.script == kPairScript;
    });
}

Result<Plan> pairQuestions(const Plan& installed, const RoleScripts& scripts) {
    const auto digest = scripts.digest(kSwitchOverScript);
    if (!digest)
        return tl::unexpected(digest.error());
    Plan questions{installed.projectId, installed.mode, installed.bundleDigest, {}};
    for (const Step& step : installed.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (!run || run->call.script != kPairScript)
            continue;
        Step question = step;
        question.id = StepId(step.host.str() + "/database.switch_over");
        question.title = "database.switch_over.follow";
        question.needs.clear();
        const auto& values = run->call.values;
        question.action = RunScript{{kSwitchOverScript,
                                     *digest,
                                     {{"HOW", "ask"},
                                      {"MEMBER", values.at("MEMBER")},
                                      {"FOLDER", values.at("FOLDER")},
                                      {"DATA_DIR", values.at("DATA_DIR")}},
                                     {}},
                                    RunScript::Action::Apply};
        questions.steps.push_back(std::move(question));
    }
    if (questions.steps.empty())
        return fail(ErrorCode::PlanImpossible, "database", {},
                    {{"needed", kPairScript}, {"given", ""}});
    return questions;
}

Result<Plan> makeSwitchOverPlan(const Plan& questions, const std::vector<PairState>& states,
                                const HostId& to, Promotion promotion) {
    const auto promoted = promotedOf(states, to);
    if (!promoted)
        return tl::unexpected(promoted.error());
    const PairState& next = **promoted;
    OneByOne steps(questions);
    const PairState* primary = primaryOf(states);
    if (primary == &next)
        return std::move(steps).take();
    if (promotion == Promotion::PrimaryLost) {
        if (primary != nullptr)
            return refused(primary->host, "writes");
        steps.add(next.host, "promote");
        return std::move(steps).take();
    }
    if (primary == nullptr)
        return refused(next.host, "no_primary");
    if (next.kind != PairState::Kind::Replica)
        return refused(next.host, "broken", {{"words", next.why}});
    if (next.behind < 0 || next.behind > kMostSecondsBehind)
        return refused(next.host, "lags",
                       {{"seconds", next.behind < 0 ? "?" : std::to_string(next.behind)}});
    steps.add(primary->host, "yield");
    steps.add(next.host, "take");
    steps.add(primary->host, "follow");
    return std::move(steps).take();
}

Result<Plan> makeRenewalPlan(const Plan& questions, const std::vector<PairState>& states) {
    const PairState* primary = primaryOf(states);
    if (primary == nullptr)
        return refused({}, "no_primary");
    OneByOne steps(questions);
    for (const PairState& state : states)
        if (state.kind == PairState::Kind::Broken || state.kind == PairState::Kind::Waits)
            steps.add(state.host, "renew");
    return std::move(steps).take();
}

HostId newPrimary(const Plan& plan) {
    for (const Step& step : plan.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (run == nullptr || run->call.script != kSwitchOverScript)
            continue;
        const std::string& how = run->call.values.at("HOW");
        if (how == "take" || how == "promote")
            return step.host;
    }
    return {};
}

Topology withPrimary(const Topology& topology, const HostId& primary) {
    Topology changed = topology;
    for (const HostId& host : topology.hostsOf(roles::kDatabase))
        if (host != primary)
            changed = changed.unassign(roles::kDatabase, host).assign(roles::kDatabase, host);
    return changed;
}

}  // namespace deploy

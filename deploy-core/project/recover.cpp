#include "project/recover.h"

#include <algorithm>

namespace deploy {

Result<std::vector<MemberPosition>> positionsIn(const Plan& questions,
                                                const std::vector<StepAnswer>& answers) {
    std::vector<MemberPosition> positions;
    std::optional<Error> unknown;
    for (size_t i = 0; i < answers.size(); ++i) {
        const HostId& host = questions.steps[i].host;
        if (answers[i].error) {
            unknown = answers[i].error;
            continue;
        }
        auto member = readPosition(host, answers[i].detail);
        if (!member)
            return fail(ErrorCode::PlanImpossible, host.str(), answers[i].detail);
        positions.push_back(*std::move(member));
    }
    const auto running = std::count_if(positions.begin(), positions.end(),
                                       [](const MemberPosition& m) { return m.together; });
    const bool mayJoin = running > 0 && running < std::ssize(positions);
    if (unknown && !mayJoin)
        return tl::unexpected(*unknown);
    return positions;
}

Result<std::vector<PairState>> statesIn(const Plan& questions,
                                        const std::vector<StepAnswer>& answers,
                                        Promotion promotion) {
    std::vector<PairState> states;
    std::optional<Error> unknown;
    for (size_t i = 0; i < answers.size(); ++i) {
        const HostId& host = questions.steps[i].host;
        if (answers[i].error) {
            unknown = answers[i].error;
            continue;
        }
        auto state = readPairState(host, answers[i].detail);
        if (!state)
            return fail(ErrorCode::PlanImpossible, host.str(), answers[i].detail);
        states.push_back(*std::move(state));
    }
    if (unknown && (promotion == Promotion::Guided || states.empty()))
        return tl::unexpected(*unknown);
    return states;
}

}  // namespace deploy

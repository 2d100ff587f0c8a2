#include "project/recover.h"

#include <algorithm>

namespace deploy {

namespace {

/// What a reader understood of the servers' answers, and the last reason why one could not be
/// asked.
template <class Read>
struct Heard {
    std::vector<Read> read;
    std::optional<Error> unknown;
};

template <class Read>
Result<Heard<Read>> hear(const Plan& questions, const std::vector<StepAnswer>& answers,
                         std::optional<Read> (*reader)(const HostId&, const std::string&)) {
    Heard<Read> heard;
    for (size_t i = 0; i < answers.size(); ++i) {
        const HostId& host = questions.steps[i].host;
        if (answers[i].error) {
            heard.unknown = answers[i].error;
            continue;
        }
        auto one = reader(host, answers[i].detail);
        if (!one)
            return fail(ErrorCode::PlanImpossible, host.str(), answers[i].detail);
        heard.read.push_back(*std::move(one));
    }
    return heard;
}

}  // namespace

Result<std::vector<MemberPosition>> positionsIn(const Plan& questions,
                                                const std::vector<StepAnswer>& answers) {
    auto heard = hear(questions, answers, readPosition);
    if (!heard)
        return tl::unexpected(heard.error());
    const std::vector<MemberPosition>& positions = heard->read;
    const auto running = std::count_if(positions.begin(), positions.end(),
                                       [](const MemberPosition& m) { return m.together; });
    const bool mayJoin = running > 0 && running < std::ssize(positions);
    if (heard->unknown && !mayJoin)
        return tl::unexpected(*heard->unknown);
    return std::move(heard->read);
}

Result<std::vector<PairState>> statesIn(const Plan& questions,
                                        const std::vector<StepAnswer>& answers,
                                        Promotion promotion) {
    auto heard = hear(questions, answers, readPairState);
    if (!heard)
        return tl::unexpected(heard.error());
    if (heard->unknown && (promotion == Promotion::Guided || heard->read.empty()))
        return tl::unexpected(*heard->unknown);
    return std::move(heard->read);
}

}  // namespace deploy

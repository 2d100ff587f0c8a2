#include <algorithm>
#include <mutex>
#include <thread>

#include "run/engine.h"
#include "run/questions.h"

namespace deploy {

namespace {

/// Asks for the steps of one server, in its own thread; `answers` has a place for each step.
void askServer(const Plan& plan, const Host& host, const RunContext& context,
               const SecretLookup& secret, const std::stop_token& stop,
               std::vector<StepAnswer>& answers) {
    ServerLink link(context.connector, context.clock, context.scripts, host,
                    LinkIdentity{context.run.str(), {}, {}, {}}, stop, ServerLink::Patience::Once);
    const Questions questions{context.scripts, secret, link};
    std::optional<Error> trouble;
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const Step& step = plan.steps[i];
        if (step.host != host.name)
            continue;
        StepAnswer& answer = answers[i];
        if (!trouble) {
            const auto held = questions.holds(step);
            if (held) {
                answer.holds = held->yes;
                answer.detail = held->words;
                continue;
            }
            answer.error = held.error();
            if (isServerTrouble(held.error().code) || held.error().code == ErrorCode::Cancelled)
                trouble = held.error();
        } else {
            answer.error = trouble;
        }
    }
}

}  // namespace

Result<std::vector<StepAnswer>> askServers(const Plan& plan, const Inventory& inventory,
                                           RunContext& context, const std::stop_token& stop) {
    std::vector<StepAnswer> answers;
    std::vector<HostId> hosts;
    for (const Step& step : plan.steps) {
        answers.push_back({step.id, false, {}, {}});
        if (inventory.find(step.host) == nullptr)
            return fail(ErrorCode::PlanStale, step.host.str());
        if (std::find(hosts.begin(), hosts.end(), step.host) == hosts.end())
            hosts.push_back(step.host);
    }
    std::mutex mutex;
    const SecretLookup secret = [&](const std::string& name) {
        const std::lock_guard lock(mutex);
        return context.secret(name);
    };
    {
        std::vector<std::jthread> threads;
        threads.reserve(hosts.size());
        for (const HostId& host : hosts)
            threads.emplace_back([&, described = *inventory.find(host)] {
                askServer(plan, described, context, secret, stop, answers);
            });
    }
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return answers;
}

}  // namespace deploy

#pragma once

#include "support/fake_connector.h"
#include "support/run_fixture.h"

namespace deploy {

inline const HostId kS1("s1");
inline const HostId kS2("s2");

/// Three servers' worth of nothing but time and memory.
struct World {
    FakeClock clock;
    FakeConnector servers{clock};
    RunFixture fixture{{"a", "b", "c", "d"}};
    RecordingObserver observer;

    Result<RunState> go() {
        observer = RecordingObserver();
        return fixture.go(servers, clock, observer);
    }
    std::string story(const HostId& host = kS1) const { return observer.story(host); }
    std::string outcome() const { return observer.story(HostId()); }
    std::map<StepId, std::string> digests() const {
        std::map<StepId, std::string> result;
        for (const Step& step : fixture.plan.steps)
            result[step.id] = digestOf(step);
        return result;
    }
    /// A further run of the same plan.
    void anew() {
        std::filesystem::remove(fixture.journalFile());
        fixture.run += "x";
        fixture.done = digests();
    }
    size_t countSent(const std::string& what) const {
        const auto sent = servers.sent();
        return static_cast<size_t>(std::count(sent.begin(), sent.end(), what));
    }
};

}  // namespace deploy

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <variant>
#include <vector>

#include "plan/plan.h"

namespace deploy {

/// Which step is next on which server: one at a time on each, none before those it needs, none
/// whose needs can no more be met. Of several it is the one that most work waits for: whose chain
/// of steps behind it, on whatever servers, is the longest by the plan's estimates; of equals the
/// one that stands first in the plan. Thread-safe. The plan is not owned and outlives this.
class Schedule {
public:
    explicit Schedule(const Plan& plan);

    /// Nothing is given out before this.
    void open();
    /// Nothing more is given out.
    void close();

    enum class None {
        Later,  ///< there may be one: ask again
        Ever    ///< there is none left for this server
    };
    /// Waits for open(); false: it was closed.
    bool awaitOpen();
    /// Waits for up to `patience`.
    std::variant<const Step*, None> next(const HostId& host, std::chrono::milliseconds patience);

    /// This server is not worked on: steps that were `done` before meet others' needs.
    void leaveOut(const HostId& host, const std::function<bool(const StepId&)>& done);

    enum class End { Done, Failed };
    void ended(const Step& step, End end);
    /// The server does no more steps.
    void left(const HostId& host);

    /// Servers that have steps and are worked on, in the plan's order.
    std::vector<HostId> hosts() const;
    bool allDone() const;
    bool allDone(const HostId& host) const;

private:
    enum class State { Open, Done, Dead };
    struct Entry {
        const Step* step;
        std::vector<size_t> needs;
        State state = State::Open;
    };
    void putMostUrgentFirst();
    void kill(Entry& entry);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Entry> entries_;
    std::map<StepId, size_t> index_;
    std::map<HostId, std::vector<size_t>> byHost_;  ///< the most urgent first
    std::vector<HostId> hosts_;
    enum class Gate { Shut, Open, Closed } gate_ = Gate::Shut;
};

}  // namespace deploy

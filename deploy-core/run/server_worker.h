#pragma once

#include <functional>

#include "run/file_delivery.h"
#include "run/funnel.h"
#include "run/schedule.h"
#include "run/server_link.h"

namespace deploy {

/// What the workers of a run share. References are not owned and outlive the workers.
struct RunParts {
    const Plan& plan;
    const Inventory& inventory;
    const RunContext& context;
    Funnel& funnel;
    Schedule& schedule;
    Distribution* distribution;  ///< null: every file comes from the laptop
    std::stop_token now;         ///< ends waiting at once
    std::stop_token afterStep;   ///< lets the present step end
};

/// Does one server's part of a run, on its own thread: reaches and locks it, asks it about steps
/// without a known end, does its steps, gives the lock back.
class ServerWorker {
public:
    ServerWorker(const RunParts& parts, Host host, LinkIdentity identity);

    /// Blocks. `arrived` is called once: the server is ready, or cannot be.
    void work(const std::function<void(const Result<void>&)>& arrived);

    const HostId& name() const { return link_.host().name; }
    /// Steady milliseconds when the server was last heard; -1 while nothing is expected of it.
    int64_t lastHeard() const { return link_.lastHeard(); }
    /// The step it is at; empty: none.
    StepId present() const;

private:
    Result<void> begin();
    Result<void> settle();
    Result<void> doSteps();
    void fail(const Error& error);
    /// Whether the plan only takes back what is on this server.
    bool isLeft() const;
    void setPresent(const StepId& step);

    RunParts parts_;
    ServerLink link_;
    FileDelivery delivery_;
    mutable std::mutex mutex_;
    StepId present_;
};

}  // namespace deploy

#include "run/schedule.h"

#include <algorithm>

namespace deploy {

Schedule::Schedule(const Plan& plan) {
    for (const Step& step : plan.steps) {
        Entry entry{&step, {}, State::Open};
        for (const StepId& need : step.needs)
            entry.needs.push_back(index_.at(need));
        if (byHost_[step.host].empty())
            hosts_.push_back(step.host);
        byHost_[step.host].push_back(entries_.size());
        index_[step.id] = entries_.size();
        entries_.push_back(std::move(entry));
    }
    putMostUrgentFirst();
}

void Schedule::putMostUrgentFirst() {
    std::vector<std::chrono::seconds> behind(entries_.size());
    const auto chain = [&](size_t i) { return entries_[i].step->estimate + behind[i]; };
    // In a plan each step stands behind those that it needs.
    for (size_t i = entries_.size(); i-- > 0;)
        for (const size_t need : entries_[i].needs)
            behind[need] = std::max(behind[need], chain(i));
    for (auto& [host, own] : byHost_)
        std::stable_sort(own.begin(), own.end(),
                         [&](size_t a, size_t b) { return chain(a) > chain(b); });
}

void Schedule::open() {
    const std::lock_guard lock(mutex_);
    if (gate_ == Gate::Shut)
        gate_ = Gate::Open;
    changed_.notify_all();
}

void Schedule::close() {
    const std::lock_guard lock(mutex_);
    gate_ = Gate::Closed;
    changed_.notify_all();
}

bool Schedule::awaitOpen() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return gate_ != Gate::Shut; });
    return gate_ == Gate::Open;
}

std::variant<const Step*, Schedule::None> Schedule::next(const HostId& host,
                                                         std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::unique_lock lock(mutex_);
    for (;;) {
        if (gate_ == Gate::Closed)
            return None::Ever;
        bool waiting = false;
        for (const size_t i : byHost_[host]) {
            Entry& entry = entries_[i];
            if (entry.state != State::Open)
                continue;
            const auto isIn = [&](State state) {
                return [this, state](size_t need) { return entries_[need].state == state; };
            };
            if (std::any_of(entry.needs.begin(), entry.needs.end(), isIn(State::Dead)))
                kill(entry);
            else if (gate_ == Gate::Open &&
                     std::all_of(entry.needs.begin(), entry.needs.end(), isIn(State::Done)))
                return entry.step;
            else
                waiting = true;
        }
        if (!waiting)
            return None::Ever;
        if (changed_.wait_until(lock, until) == std::cv_status::timeout)
            return None::Later;
    }
}

void Schedule::leaveOut(const HostId& host, const std::function<bool(const StepId&)>& done) {
    const std::lock_guard lock(mutex_);
    std::erase(hosts_, host);
    for (const size_t i : byHost_[host])
        entries_[i].state = done(entries_[i].step->id) ? State::Done : State::Dead;
}

void Schedule::kill(Entry& entry) {
    entry.state = State::Dead;
    changed_.notify_all();
}

void Schedule::ended(const Step& step, End end) {
    const std::lock_guard lock(mutex_);
    entries_[index_.at(step.id)].state = end == End::Done ? State::Done : State::Dead;
    changed_.notify_all();
}

void Schedule::left(const HostId& host) {
    const std::lock_guard lock(mutex_);
    for (const size_t i : byHost_[host])
        if (entries_[i].state == State::Open)
            kill(entries_[i]);
}

std::vector<HostId> Schedule::hosts() const {
    return hosts_;
}

bool Schedule::allDone() const {
    const std::lock_guard lock(mutex_);
    return std::all_of(entries_.begin(), entries_.end(),
                       [](const Entry& entry) { return entry.state == State::Done; });
}

bool Schedule::allDone(const HostId& host) const {
    const std::lock_guard lock(mutex_);
    const auto& own = byHost_.at(host);
    return std::all_of(own.begin(), own.end(),
                       [this](size_t i) { return entries_[i].state == State::Done; });
}

}  // namespace deploy

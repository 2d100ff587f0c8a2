#pragma once

#include "project/project.h"
#include "remote/practice_clock.h"

namespace wizard {

/// Real time for real servers, and time that runs faster, slower or not at all for practice.
class Clocks {
public:
    explicit Clocks(const deploy::Clock& real) : real_(real), practice_(real, kFirstSpeed) {}

    const deploy::Clock& of(deploy::ProjectKind kind) const {
        return kind == deploy::ProjectKind::Deploy ? real_ : practice_;
    }
    /// Work that is under way follows.
    deploy::PracticeClock& practice() { return practice_; }
    void setSpeed(double speed) { practice_.setSpeed(speed); }
    double speed() const { return practice_.speed(); }

private:
    static constexpr double kFirstSpeed = 10;
    const deploy::Clock& real_;
    deploy::PracticeClock practice_;
};

}  // namespace wizard

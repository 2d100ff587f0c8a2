#include "clocks.h"

#include "remote/simulated.h"

namespace wizard {

Clocks::Clocks(const deploy::Clock& real) : real_(real) {
    setSpeed(10);
}

const deploy::Clock& Clocks::of(deploy::ProjectKind kind) const {
    return kind == deploy::ProjectKind::Practice ? *practice_.back() : real_;
}

void Clocks::setSpeed(double speed) {
    speed_ = speed;
    practice_.push_back(deploy::makeScaledClock(real_, speed));
}

}  // namespace wizard

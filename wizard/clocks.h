#pragma once

#include <memory>
#include <vector>

#include "base/clock.h"
#include "project/project.h"

namespace wizard {

/// Real time for real servers, and time that runs faster for practice. Clocks that were given out
/// live as long as this object.
class Clocks {
public:
    explicit Clocks(const deploy::Clock& real);

    const deploy::Clock& of(deploy::ProjectKind kind) const;
    /// Times as fast as real time; 0: waiting takes no time. For work that begins from now on.
    void setSpeed(double speed);
    double speed() const { return speed_; }

private:
    const deploy::Clock& real_;
    double speed_ = 1;
    std::vector<std::unique_ptr<deploy::Clock>> practice_;
};

}  // namespace wizard

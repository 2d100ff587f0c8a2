#pragma once

#include <compare>
#include <functional>
#include <string>

namespace deploy {

/// A name that cannot be mixed up with a name of another kind. Empty means "none".
template <class Tag>
class StrongId {
public:
    StrongId() = default;
    explicit StrongId(std::string value) : value_(std::move(value)) {}

    const std::string& str() const { return value_; }
    bool empty() const { return value_.empty(); }
    // clang-tidy 14 takes the 0 that the compiler compares with for a pointer.
    auto operator<=>(const StrongId&) const = default;  // NOLINT(modernize-use-nullptr)

private:
    std::string value_;
};

/// A server is known by its name in the inventory; renaming it renames it in the whole project.
using HostId = StrongId<struct HostTag>;
using RoleId = StrongId<struct RoleTag>;    ///< "database", "cache", ...; catalogue
using ModeId = StrongId<struct ModeTag>;    ///< "single", "small", "large"; catalogue
using StepId = StrongId<struct StepTag>;    ///< "s1/docker.engine"; unique in a plan
using CheckId = StrongId<struct CheckTag>;  ///< "resources.memory"; stable
using RunId = StrongId<struct RunTag>;      ///< "20260131T101500Z-4f2a"; unique

}  // namespace deploy

template <class Tag>
struct std::hash<deploy::StrongId<Tag>> {
    size_t operator()(const deploy::StrongId<Tag>& id) const {
        return std::hash<std::string>()(id.str());
    }
};

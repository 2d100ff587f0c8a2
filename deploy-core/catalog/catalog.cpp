#include "catalog/catalog.h"

#include <algorithm>
#include <array>

#include "base/resources.h"
#include "catalog/read_catalog.h"

namespace deploy {

Result<Catalog> Catalog::load() {
    struct Part {
        const char* file;
        Result<void> (*read)(std::string_view, const std::string&, Catalog&);
    };
    // Roles and modes first: the others refer to them.
    static constexpr std::array<Part, 6> kParts = {{{"roles.yaml", readRoles},
                                                    {"modes.yaml", readModes},
                                                    {"ports.yaml", readPorts},
                                                    {"constraints.yaml", readConstraints},
                                                    {"os.yaml", readSystems},
                                                    {"thresholds.yaml", readThresholds}}};
    Catalog catalog;
    for (const Part& part : kParts) {
        const std::string name = std::string("catalog/") + part.file;
        const auto done = readResource(name).and_then(
            [&](const std::string& text) { return part.read(text, name, catalog); });
        if (!done)
            return tl::unexpected(done.error());
    }
    return catalog;
}

const RoleCount* Mode::count(const RoleId& role) const {
    const auto found = std::find_if(roles.begin(), roles.end(),
                                    [&](const RoleCount& count) { return count.role == role; });
    return found == roles.end() ? nullptr : &*found;
}

const Mode* Catalog::mode(const ModeId& id) const {
    const auto found =
        std::find_if(modes.begin(), modes.end(), [&](const Mode& mode) { return mode.id == id; });
    return found == modes.end() ? nullptr : &*found;
}

const Role* Catalog::role(const RoleId& id) const {
    const auto found =
        std::find_if(roles.begin(), roles.end(), [&](const Role& role) { return role.id == id; });
    return found == roles.end() ? nullptr : &*found;
}

const Threshold* Catalog::threshold(const std::string& check) const {
    const auto found =
        std::find_if(thresholds.begin(), thresholds.end(),
                     [&](const Threshold& threshold) { return threshold.check == check; });
    return found == thresholds.end() ? nullptr : &*found;
}

}  // namespace deploy

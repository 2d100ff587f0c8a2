#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "project/project.h"

namespace deploy {

/// The written forms of a project's choices; each reads back to an equal value. Formats are in
/// deploy-core/README.md; a newer one is FormatTooNew, other mistakes carry line and column.

/// project.yaml: everything of the content but inventory, drawing and waivers.
std::string writeProjectYaml(const ProjectContent& content);
Result<ProjectContent> readProjectYaml(std::string_view text, const std::string& name);

/// topology.yaml: who has which role, and the hand-placed order of the servers.
struct DrawingFile {
    Topology topology;
    std::vector<HostId> order;
    bool operator==(const DrawingFile&) const = default;
};
std::string writeTopologyYaml(const DrawingFile& drawing);
Result<DrawingFile> readTopologyYaml(std::string_view text, const std::string& name);

std::string writeWaiversYaml(const std::vector<Waiver>& waivers);
Result<std::vector<Waiver>> readWaiversYaml(std::string_view text, const std::string& name);

}  // namespace deploy

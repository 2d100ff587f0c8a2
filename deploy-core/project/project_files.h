#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "project/project.h"

namespace deploy {

/// The written forms of a project's choices; each reads back to an equal value. Formats are in
/// deploy-core/README.md; a newer one is FormatTooNew, other mistakes carry line and column.

/// project.yaml: everything of the content but inventory, topology and waivers.
std::string writeProjectYaml(const ProjectContent& content);
Result<ProjectContent> readProjectYaml(std::string_view text, const std::string& name);

std::string writeTopologyYaml(const Topology& topology);
Result<Topology> readTopologyYaml(std::string_view text, const std::string& name);

std::string writeWaiversYaml(const std::vector<Waiver>& waivers);
Result<std::vector<Waiver>> readWaiversYaml(std::string_view text, const std::string& name);

}  // namespace deploy

#pragma once

#include "base/id.h"

/// Roles of the catalogue that the drawing, the suggestion and the failure simulation know by name.
namespace deploy::roles {

inline const RoleId kDatabase{"database"};
inline const RoleId kCache{"cache"};
inline const RoleId kKubernetesServer{"k8s_server"};
inline const RoleId kKubernetesAgent{"k8s_agent"};
inline const RoleId kBusiness{"business"};
inline const RoleId kGateway{"gateway"};
inline const RoleId kLoadBalancer{"load_balancer"};
inline const RoleId kRegistry{"registry"};
inline const RoleId kOps{"ops"};
/// Of an image in the bundle alone: it goes where `ops` is.
inline const RoleId kGrafana{"grafana"};

}  // namespace deploy::roles

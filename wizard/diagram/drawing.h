#pragma once

#include <map>
#include <set>

#include "catalog/catalog.h"
#include "frame/theme.h"
#include "probe/facts.h"
#include "text/texts.h"
#include "topology/failure.h"
#include "topology/layout.h"
#include "topology/rules.h"

namespace wizard {

/// What the drawing shows, as values; items know an id and ask here when they paint.
struct Drawing {
    deploy::Layout layout;
    std::map<deploy::HostId, QString> tips;            ///< facts of the probe
    std::map<deploy::HostId, deploy::Severity> worst;  ///< of the findings about a server
};

/// A failure that is played through, as the drawing shows it; empty: none is.
struct FailureShown {
    std::set<deploy::HostId> down;
    std::map<deploy::RoleId, deploy::Health> bands;  ///< a band that is not named is up

    bool operator==(const FailureShown&) const = default;
};

/// Whether frames and datacenters carry a button that switches them off in thought.
enum class PowerButtons { Hidden, Shown };

/// Names of roles, modes and services in the language of now.
QString roleName(const Texts& texts, const deploy::RoleId& role);
QString modeName(const Texts& texts, const deploy::ModeId& mode);
/// "8 cores · 16 GB · 200 GB"; empty without facts.
QString sizeText(const deploy::Facts& facts);

}  // namespace wizard

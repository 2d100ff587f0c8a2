#pragma once

#include <map>
#include <set>
#include <vector>

#include "catalog/catalog.h"
#include "frame/theme.h"
#include "probe/facts.h"
#include "text/texts.h"
#include "topology/failure.h"
#include "topology/layout.h"
#include "topology/rules.h"

namespace wizard {

/// One measured size of a server against what a server of the mode needs.
struct Gauge {
    QString text;      ///< "8", "16G"
    double share = 0;  ///< of the need; 1 and more: enough
    bool enough = true;

    bool operator==(const Gauge&) const = default;
};

/// CPU, memory and disk, in this order.
using Gauges = std::vector<Gauge>;

/// What the drawing shows, as values; items know an id and ask here when they paint.
struct Drawing {
    deploy::Layout layout;
    std::map<deploy::HostId, QString> tips;  ///< facts of the probe and more, as plain lines
    std::map<deploy::RoleId, QString> roleTips;
    std::map<deploy::HostId, Gauges> gauges;           ///< of the servers that were probed
    std::map<deploy::HostId, deploy::Severity> worst;  ///< of the findings about a server
    std::map<deploy::RoleId, deploy::Severity> worstOfRole;
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

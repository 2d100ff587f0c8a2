#pragma once

#include <QMenu>

#include "diagram/topology_edits.h"

namespace wizard {

class TopologyView;

/// What can be done with the selection, each with the reason where it cannot: the same edits as by
/// mouse and keyboard. The caller shows and deletes it.
QMenu* makeTopologyMenu(TopologyView& view, TopologyEdits& edits, const Texts& texts);

}  // namespace wizard

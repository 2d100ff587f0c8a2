#pragma once

#include <string>

#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

/// The catalogue that the product has; ends the program where it cannot be read.
const deploy::Catalog& shippedCatalog();
const deploy::Mode& shippedMode(const std::string& id);

/// Servers "s1".."sN" at 10.0.0.11 and up, all in one datacenter without a name.
deploy::Inventory servers(int count);

/// What the product suggests; ends the program where it finds nothing.
deploy::Topology suggested(const std::string& mode, const deploy::Inventory& inventory);

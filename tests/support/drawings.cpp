#include "support/drawings.h"

#include <cstdio>
#include <cstdlib>

#include "topology/suggest.h"

using namespace deploy;

const Catalog& shippedCatalog() {
    static const Result<Catalog> kCatalog = Catalog::load();
    if (!kCatalog) {
        std::fprintf(stderr, "no catalogue: %s\n", kCatalog.error().where.c_str());
        std::abort();
    }
    return *kCatalog;
}

const Mode& shippedMode(const std::string& id) {
    const Mode* mode = shippedCatalog().mode(ModeId(id));
    if (mode == nullptr)
        std::abort();
    return *mode;
}

Inventory servers(int count) {
    Inventory inventory;
    for (int i = 1; i <= count; ++i) {
        Host host;
        host.name = HostId("s" + std::to_string(i));
        host.address = "10.0.0." + std::to_string(10 + i);
        inventory.hosts.push_back(host);
    }
    return inventory;
}

Topology suggested(const std::string& mode, const Inventory& inventory) {
    const auto topology = suggestTopology(shippedCatalog(), shippedMode(mode), inventory);
    if (!topology)
        std::abort();
    return *topology;
}

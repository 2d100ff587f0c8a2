#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "inventory/host.h"

namespace deploy {

enum class ImportMode {
    Merge,   ///< servers of the same name are replaced, the others come behind
    Replace  ///< the list is the new one alone
};

/// What taking one imported server would do.
enum class ImportEffect { New, Changed, Same };
struct ImportedRow {
    ImportEffect effect = ImportEffect::New;
    size_t row = 0;                    ///< where it will stand
    Host before;                       ///< what stands there now; only if the effect is not New
    std::vector<std::string> columns;  ///< Changed: those that differ

    bool operator==(const ImportedRow&) const = default;
};

struct MergedInventory {
    Inventory inventory;
    std::vector<ImportedRow> rows;  ///< beside the imported servers
    std::vector<HostId> removed;    ///< present servers that will be gone
};

/// The list after the import, and what each imported server does to it. Of two imported servers of
/// one name the second stands behind, where validate() finds it. Pure.
MergedInventory mergeInventories(const Inventory& present, const Inventory& imported,
                                 ImportMode mode);

}  // namespace deploy

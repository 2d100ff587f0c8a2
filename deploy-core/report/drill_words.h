#pragma once

#include <nlohmann/json_fwd.hpp>

#include "plan/drill.h"
#include "text/message_table.h"

namespace deploy {

/// One function of a drill in words.
struct DrillRow {
    std::string function;
    std::string expected;
    std::string measured;
    std::string writes;  ///< calls, and writes where they are counted; empty: not measured
    std::string verdict;
    bool kept = false;
    bool operator==(const DrillRow&) const = default;
};
std::vector<DrillRow> drillRows(const DrillResult& drill, const MessageTable& table);

/// Its figures with stable keys; null where nothing was measured.
nlohmann::json drillLineJson(const DrillLine& line);

/// "1.8"
std::string drillSeconds(std::chrono::milliseconds time);

}  // namespace deploy

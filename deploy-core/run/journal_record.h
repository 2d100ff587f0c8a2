#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deploy {

/// The record as it stands in the file: length, checksum, text, newline.
std::string frameRecord(std::string_view text);

/// The records of a journal's bytes, as views into them.
struct JournalRecords {
    std::vector<std::string_view> texts;
    uint64_t wholeBytes = 0;  ///< what is behind is a torn tail
};
/// JournalCorrupt ("<name>:<line>") for damage before a whole record.
Result<JournalRecords> splitRecords(std::string_view bytes, const std::string& name);

}  // namespace deploy

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// The parts of a zip archive in memory, each unpacked piece by piece and at most 32 MiB of it: an
/// archive that swells is an error before it fills anything. Nothing is written.
class ZipParts {
public:
    ZipParts(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {}

    /// Hands the part's bytes on until `sink` answers false. False if there is no such part;
    /// InventoryFormInvalid with args "problem" ("not_zip", "zip_damaged", "part_too_large").
    Result<bool> read(const std::string& part,
                      const std::function<Result<bool>(std::string_view)>& sink) const;
    /// What errors call a part.
    std::string place(const std::string& part) const { return name_ + ":" + part; }
    const std::string& name() const { return name_; }

private:
    std::string_view bytes_;
    std::string name_;
};

}  // namespace deploy

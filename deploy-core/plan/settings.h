#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace deploy {

enum class ExistingDocker { Refuse, Reuse };

/// What a person chooses besides servers and topology; every field has a usable default.
struct Settings {
    std::string entryAddress;   ///< domain or address by which users come; empty: the server's own
    uint16_t entryPort = 8000;  ///< seed: the single node's entry port
    std::string dataDirectory = "/data/finclip";
    std::string installDirectory = "/opt/finclip";
    std::string adminAccount = "admin";
    ExistingDocker existingDocker = ExistingDocker::Refuse;
    bool operator==(const Settings&) const = default;
};

/// ValueInvalid names the field in `where`: absolute clean paths, port 1-65535, names without
/// control characters.
Result<void> validateSettings(const Settings& settings);

}  // namespace deploy

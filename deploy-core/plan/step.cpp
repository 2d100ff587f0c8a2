#include "plan/step.h"

#include <array>

#include "base/digest.h"
#include "plan/step_json.h"

namespace deploy {

std::string stageName(Stage stage) {
    constexpr std::array<const char*, 11> kNames = {
        "prepare",       "bundle",     "docker",   "images", "database", "cache",
        "load_balancer", "kubernetes", "business", "ops",    "verify"};
    return kNames.at(static_cast<size_t>(stage));
}

std::string digestOf(const Step& step) {
    nlohmann::json json = {{"host", step.host.str()}, {"action", toJson(step.action)}};
    // How long is waited for it is not what is done.
    json["action"].erase("deadline_seconds");
    return sha256Hex(dumpJson(json));
}

}  // namespace deploy

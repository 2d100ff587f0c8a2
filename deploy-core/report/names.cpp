#include <array>

#include "report/words.h"

namespace deploy {

std::string nameOf(CheckStatus status) {
    static constexpr std::array kNames = {"pass",           "warning", "failed", "could_not_check",
                                          "not_applicable", "waived"};
    return kNames.at(static_cast<size_t>(status));
}

std::string nameOf(CheckCategory category) {
    static constexpr std::array kNames = {"access", "system",  "compute",  "disk",
                                          "clock",  "network", "settings", "existing"};
    return kNames.at(static_cast<size_t>(category));
}

std::string nameOf(StepStatus status) {
    static constexpr std::array kNames = {"waiting",   "running", "unknown",
                                          "succeeded", "skipped", "failed"};
    return kNames.at(static_cast<size_t>(status));
}

std::string nameOf(RunOutcome outcome) {
    static constexpr std::array kNames = {"running", "succeeded", "failed", "stopped"};
    return kNames.at(static_cast<size_t>(outcome));
}

std::string nameOf(Severity severity) {
    static constexpr std::array kNames = {"note", "warning", "error"};
    return kNames.at(static_cast<size_t>(severity));
}

std::string nameOf(BundleFileKind kind) {
    static constexpr std::array kNames = {
        "docker_engine",     "docker_compose",    "image", "compose",
        "kubernetes",        "licence",           "other", "kubernetes_binary",
        "kubernetes_images", "kubernetes_install"};
    return kNames.at(static_cast<size_t>(kind));
}

}  // namespace deploy

#include "base/resources.h"

#include <cstdlib>

#include "base/file.h"

namespace deploy {

namespace fs = std::filesystem;

fs::path resourceFolder() {
    if (const char* chosen = std::getenv("FINCLIP_RESOURCES"); chosen != nullptr && *chosen != '\0')
        return chosen;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    const fs::path inBuild = program.lexically_relative(FINCLIP_BUILD_DIR);
    if (!inBuild.empty() && *inBuild.begin() != "..")
        return FINCLIP_SOURCE_RESOURCES;
    return program.parent_path().parent_path() / "share" / "finclip-deploy";
}

Result<std::string> readResource(const fs::path& relative) {
    constexpr uint64_t kLimitBytes = 4U << 20U;
    return readFile(resourceFolder() / relative, kLimitBytes);
}

std::string programVersion() {
    return FINCLIP_VERSION;
}

}  // namespace deploy

#include "plan/role_scripts.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/digest.h"
#include "base/resources.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

/// What lies in a folder with a script's name, put in front of that script, in the order of names.
Result<void> joinParts(std::map<std::string, std::string>& texts) {
    std::map<std::string, std::string> parts;
    for (auto each = texts.begin(); each != texts.end();) {
        const fs::path folder = fs::path(each->first).parent_path();
        if (!folder.has_parent_path()) {
            ++each;
            continue;
        }
        const std::string script = folder.generic_string();
        if (!texts.contains(script))
            return fail(ErrorCode::FileNotFound, script + ".sh", "part: " + each->first);
        parts[script] += each->second;
        each = texts.erase(each);
    }
    for (const auto& [script, text] : parts)
        texts[script].insert(0, text);
    return {};
}

}  // namespace

Result<RoleScripts> RoleScripts::load() {
    const fs::path folder = resourceFolder() / "roles";
    std::error_code error;
    RoleScripts scripts;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const fs::path relative = entry->path().lexically_relative(folder);
        if (entry->path().extension() != ".sh")
            continue;
        auto text = readResource("roles" / relative);
        if (!text)
            return tl::unexpected(text.error());
        scripts.texts.emplace(fs::path(relative).replace_extension().generic_string(),
                              *std::move(text));
    }
    if (error)
        return fail(ErrorCode::FileUnreadable, folder.string(), error.message());
    for (const char* needed : {"lib", "main"})
        if (!scripts.texts.contains(needed))
            return fail(ErrorCode::FileNotFound, (folder / needed).string() + ".sh");
    if (auto joined = joinParts(scripts.texts); !joined)
        return tl::unexpected(joined.error());
    return scripts;
}

Result<std::string> RoleScripts::digest(const std::string& script) const {
    const auto found = texts.find(script);
    const auto library = texts.find("lib");
    if (found == texts.end() || library == texts.end())
        return fail(ErrorCode::PlanImpossible, script, "no such script");
    return sha256Hex(sha256Hex(library->second) + sha256Hex(found->second));
}

}  // namespace deploy

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/import_parts.h"

namespace deploy {

/// A word of a configuration and where it stands.
struct SshConfigWord {
    std::string text;
    std::string where;
};

/// A `Host` block, or what stands before the first.
struct SshConfigBlock {
    std::vector<SshConfigWord> patterns;
    std::map<std::string, SshConfigWord> values;  ///< by keyword in lower case; the first of each
};

struct SshConfigFile {
    std::vector<SshConfigBlock> blocks;
    NoteList notes;

    /// What holds for a name: of each keyword the value of the first block that matches.
    std::map<std::string, SshConfigWord> valuesOf(const std::string& name) const;
};

/// `*` and `?` as in OpenSSH.
bool matchesSshPattern(std::string_view name, std::string_view pattern);

Result<SshConfigFile> readSshConfigFile(std::string_view text, const std::string& name);

}  // namespace deploy

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/import_parts.h"
#include "inventory/readers.h"

namespace deploy {

/// A value of a variable as text; what only Ansible can make a text of has none.
struct AnsibleValue {
    enum class Kind { Text, Jinja, Vault, Collection };
    std::string text;
    std::string where;
    Kind kind = Kind::Text;
};
using AnsibleVars = std::map<std::string, AnsibleValue>;

/// Whether a variable says anything of how a server is reached; others are not kept.
bool isAnsibleConnectionVariable(std::string_view name);

struct AnsibleGroup {
    std::vector<std::string> hosts;     ///< in the order of the text
    std::vector<std::string> children;  ///< likewise
    AnsibleVars vars;
    std::string where;
};

struct AnsibleHost {
    std::string name;
    std::string where;
    AnsibleVars vars;  ///< of the host itself
};

/// What the files say before anything is merged: "all" holds what lies in no other group.
struct AnsibleInventory {
    std::map<std::string, AnsibleGroup> groups;
    std::vector<AnsibleHost> hosts;
    NoteList notes;

    AnsibleGroup& group(const std::string& name, const std::string& where);
    AnsibleHost& host(const std::string& name, const std::string& where);
    /// False beyond the bounds: kMostServers servers, four groups for each.
    bool addHost(const std::string& group, const std::string& host);
    void addChild(const std::string& group, const std::string& child);

private:
    std::map<std::string, size_t> hostIndex_;
    size_t memberships_ = 0;
};

/// Sections, host ranges, `:vars` and `:children`, quoting and comments as Ansible 2.14 reads them.
Result<AnsibleInventory> readAnsibleIni(std::string_view text, const std::string& name);
/// Groups with `hosts`, `vars` and `children`. Anchors, aliases and duplicate keys are refused.
Result<AnsibleInventory> readAnsibleYaml(std::string_view text, const std::string& name);

/// A host's groups, its own and theirs, without "all"; a later one overrides an earlier one, as in
/// Ansible: by depth, `ansible_group_priority`, name. InventoryFormInvalid ("group_cycle",
/// "too_many_groups").
Result<std::map<std::string, std::vector<std::string>>> ansibleGroupsOfHosts(
    const AnsibleInventory& inventory);
AnsibleVars ansibleVarsOf(const AnsibleInventory& inventory, const AnsibleHost& host,
                          const std::vector<std::string>& groups);

/// The servers: address, port, user, key file; groups become notes. Passwords are never taken, and
/// values with Jinja or from Ansible's vault are not read: each is named.
Result<InventoryImport> importAnsible(const AnsibleInventory& inventory);

}  // namespace deploy

#include "inventory/ansible.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

namespace deploy {

namespace {

struct Variable {
    const char* name;
    const char* column;
};

/// Where two mean the same the first that is given counts.
constexpr std::array<Variable, 8> kVariables{{{"ansible_host", "address"},
                                              {"ansible_ssh_host", "address"},
                                              {"ansible_port", "port"},
                                              {"ansible_ssh_port", "port"},
                                              {"ansible_user", "user"},
                                              {"ansible_ssh_user", "user"},
                                              {"ansible_ssh_private_key_file", "key_file"},
                                              {"ansible_private_key_file", "key_file"}}};
constexpr std::array<std::string_view, 6> kSecrets{
    "ansible_password",        "ansible_ssh_pass",    "ansible_ssh_password",
    "ansible_become_password", "ansible_become_pass", "ansible_sudo_pass"};
constexpr std::array<std::string_view, 5> kNotRead{"ansible_ssh_common_args",
                                                   "ansible_ssh_extra_args", "ansible_ssh_args",
                                                   "ansible_become_method", "ansible_become_user"};

void addOnce(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
}

long priorityOf(const AnsibleGroup& group) {
    const auto found = group.vars.find("ansible_group_priority");
    return found == group.vars.end() ? 1 : std::strtol(found->second.text.c_str(), nullptr, 10);
}

/// How deep each group lies below "all"; a group that is its own ancestor is an error.
class Depths {
public:
    explicit Depths(const AnsibleInventory& inventory) : inventory_(inventory) {
        for (const auto& [name, group] : inventory.groups)
            for (const std::string& child : group.children)
                parents_[child].push_back(name);
    }

    const std::vector<std::string>& parents(const std::string& group) { return parents_[group]; }

    Result<size_t> of(const std::string& group) {
        if (const auto known = depths_.find(group); known != depths_.end())
            return known->second;
        // Deeper nesting than groups: the way up has come back to where it was.
        if (++nested_ > inventory_.groups.size())
            return badForm(inventory_.groups.at(group).where, "group_cycle", group);
        size_t depth = group == "all" ? 0 : 1;
        for (const std::string& parent : parents_[group]) {
            auto above = of(parent);
            if (!above)
                return above;
            depth = std::max(depth, *above + 1);
        }
        --nested_;
        depths_.emplace(group, depth);
        return depth;
    }

private:
    const AnsibleInventory& inventory_;
    std::map<std::string, std::vector<std::string>> parents_;
    std::map<std::string, size_t> depths_;
    size_t nested_ = 0;
};

const char* refusal(AnsibleValue::Kind kind) {
    switch (kind) {
        case AnsibleValue::Kind::Jinja:
            return "jinja_not_read";
        case AnsibleValue::Kind::Vault:
            return "vault_not_read";
        case AnsibleValue::Kind::Collection:
            return "list_not_read";
        case AnsibleValue::Kind::Text:
            break;
    }
    return nullptr;
}

void noteOthers(const AnsibleVars& vars, NoteList& notes, Host& host) {
    for (const std::string_view name : kSecrets) {
        const auto found = vars.find(std::string(name));
        if (found == vars.end())
            continue;
        notes.add("secret_not_taken", found->second.where, found->first);
        if (name.find("become") != std::string_view::npos)
            host.sudo = SudoMode::Password;
    }
    for (const std::string_view name : kNotRead)
        if (const auto found = vars.find(std::string(name)); found != vars.end())
            notes.add("not_read", found->second.where, found->first, found->second.text);
    const auto connection = vars.find("ansible_connection");
    if (connection == vars.end())
        return;
    const std::string& way = connection->second.text;
    if (way != "ssh" && way != "smart" && way != "paramiko" && way != "paramiko_ssh")
        notes.add("not_ssh", connection->second.where, way);
}

}  // namespace

bool isAnsibleConnectionVariable(std::string_view name) {
    const auto among = [&](const auto& names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    return among(kSecrets) || among(kNotRead) || name == "ansible_connection" ||
           name == "ansible_group_priority" ||
           std::any_of(kVariables.begin(), kVariables.end(),
                       [&](const Variable& variable) { return variable.name == name; });
}

AnsibleGroup& AnsibleInventory::group(const std::string& name, const std::string& where) {
    return groups.try_emplace(name, AnsibleGroup{{}, {}, {}, where}).first->second;
}

AnsibleHost& AnsibleInventory::host(const std::string& name, const std::string& where) {
    const auto [found, isNew] = hostIndex_.emplace(name, hosts.size());
    if (isNew)
        hosts.push_back({name, where, {}});
    return hosts[found->second];
}

bool AnsibleInventory::addHost(const std::string& group, const std::string& host) {
    groups.at(group).hosts.push_back(host);
    return ++memberships_ <= 4 * kMostServers && hosts.size() <= kMostServers;
}

void AnsibleInventory::addChild(const std::string& group, const std::string& child) {
    addOnce(groups.at(group).children, child);
}

Result<std::map<std::string, std::vector<std::string>>> ansibleGroupsOfHosts(
    const AnsibleInventory& inventory) {
    // Each level of groups is a call of its own.
    constexpr size_t kMostGroups = 200;
    if (inventory.groups.size() > kMostGroups)
        return badForm(inventory.groups.rbegin()->second.where, "too_many_groups",
                       std::to_string(kMostGroups));
    Depths depths(inventory);
    for (const auto& [name, group] : inventory.groups)
        if (auto depth = depths.of(name); !depth)
            return tl::unexpected(depth.error());
    std::map<std::string, std::set<std::string>> found;
    for (const auto& [name, group] : inventory.groups) {
        std::set<std::string> above;
        const std::function<void(const std::string&)> climb = [&](const std::string& one) {
            if (one != "all" && above.insert(one).second)
                for (const std::string& parent : depths.parents(one))
                    climb(parent);
        };
        climb(name);
        for (const std::string& host : group.hosts)
            found[host].insert(above.begin(), above.end());
    }
    std::map<std::string, std::vector<std::string>> sorted;
    for (const auto& [host, groups] : found) {
        std::vector<std::string>& order = sorted[host];
        order.assign(groups.begin(), groups.end());
        const auto rank = [&](const std::string& name) {
            return std::make_tuple(depths.of(name).value_or(0),
                                   priorityOf(inventory.groups.at(name)), name);
        };
        std::sort(order.begin(), order.end(),
                  [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
    }
    return sorted;
}

AnsibleVars ansibleVarsOf(const AnsibleInventory& inventory, const AnsibleHost& host,
                          const std::vector<std::string>& groups) {
    AnsibleVars vars;
    if (const auto all = inventory.groups.find("all"); all != inventory.groups.end())
        vars = all->second.vars;
    for (const std::string& group : groups)
        for (const auto& [name, value] : inventory.groups.at(group).vars)
            vars.insert_or_assign(name, value);
    for (const auto& [name, value] : host.vars)
        vars.insert_or_assign(name, value);
    vars.erase("ansible_group_priority");
    return vars;
}

Result<InventoryImport> importAnsible(const AnsibleInventory& inventory) {
    const auto groupsOf = ansibleGroupsOfHosts(inventory);
    if (!groupsOf)
        return tl::unexpected(groupsOf.error());
    NoteList notes = inventory.notes;
    ServerNames names;
    InventoryImport import;
    for (const AnsibleHost& entry : inventory.hosts) {
        const auto member = groupsOf->find(entry.name);
        const std::vector<std::string> groups =
            member == groupsOf->end() ? std::vector<std::string>() : member->second;
        const AnsibleVars vars = ansibleVarsOf(inventory, entry, groups);
        Host host;
        host.name = names.nameFor(entry.name);
        host.address = entry.name;
        import.places.push_back({entry.where,
                                 { {"name", entry.where},
                                   { "address",
                                     entry.where } }});
        std::set<std::string> given;
        for (const Variable& variable : kVariables) {
            const auto found = vars.find(variable.name);
            if (found == vars.end() || !given.insert(variable.column).second)
                continue;
            const AnsibleValue& value = found->second;
            if (const char* reason = refusal(value.kind))
                import.unreadable.push_back({import.inventory.hosts.size(),
                                             variable.column,
                                             reason,
                                             {{ "value",
                                                value.text }},
                                             value.where});
            else
                importCell(import, host, variable.column, value.text, value.where);
        }
        for (const std::string& group : groups)
            if (group != "ungrouped")
                host.notes += (host.notes.empty() ? "" : ", ") + group;
        noteOthers(vars, notes, host);
        completeLogin(host);
        import.inventory.hosts.push_back(std::move(host));
    }
    import.notes = notes.take();
    return import;
}

}  // namespace deploy

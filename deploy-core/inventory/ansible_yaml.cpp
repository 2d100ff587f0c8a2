#include "base/yaml.h"
#include "inventory/ansible.h"

namespace deploy {

namespace {

constexpr size_t kLongestValue = 1000;

AnsibleValue valueOf(const YamlValue& value) {
    const auto text = value.asString();
    AnsibleValue result{text.value_or(""), value.where()};
    if (value.tag() == "!vault" || result.text.starts_with("$ANSIBLE_VAULT"))
        result = {"", value.where(), AnsibleValue::Kind::Vault};
    else if (result.text.find("{{") != std::string::npos ||
             result.text.find("{%") != std::string::npos)
        result.kind = AnsibleValue::Kind::Jinja;
    else if (!text && value.kind() != YamlValue::Kind::Null)
        result.kind = AnsibleValue::Kind::Collection;
    return result;
}

/// Keys and values of a mapping; nothing at all counts as an empty one.
Result<std::vector<std::pair<std::string, YamlValue>>> entriesOf(const YamlValue& value) {
    if (value.kind() == YamlValue::Kind::Null)
        return {};
    return value.asMapping();
}

class YamlReader {
public:
    Result<AnsibleInventory> read(const YamlValue& root) {
        inventory_.group("all", root.where());
        inventory_.group("ungrouped", root.where());
        const auto groups = entriesOf(root);
        if (!groups)
            return tl::unexpected(groups.error());
        for (const auto& [name, value] : *groups)
            if (auto done = readGroup(name, value); !done)
                return tl::unexpected(done.error());
        return std::move(inventory_);
    }

private:
    Result<void> readGroup(const std::string& name, const YamlValue& value) {
        inventory_.group(name, value.whereKey());
        const auto parts = entriesOf(value);
        if (!parts)
            return tl::unexpected(parts.error());
        for (const auto& [part, content] : *parts) {
            auto done = part == "hosts"      ? readHosts(name, content)
                        : part == "vars"     ? readVars(content, inventory_.groups.at(name).vars)
                        : part == "children" ? readChildren(name, content)
                                             : Result<void>();
            if (!done)
                return done;
            if (part != "hosts" && part != "vars" && part != "children")
                inventory_.notes.add("not_read", content.whereKey(), part);
        }
        return {};
    }

    Result<void> readHosts(const std::string& group, const YamlValue& value) {
        const auto entries = entriesOf(value);
        if (!entries)
            return tl::unexpected(entries.error());
        for (const auto& [pattern, vars] : *entries) {
            const auto names = expandRanges(pattern, RangeStyle::Colons);
            if (names.empty())
                return badForm(vars.whereKey(), "range_invalid", pattern);
            for (const std::string& name : names) {
                AnsibleHost& host = inventory_.host(name, vars.whereKey());
                if (auto done = readVars(vars, host.vars); !done)
                    return done;
                if (!inventory_.addHost(group, name))
                    return tooManyServers(vars.whereKey());
            }
        }
        return {};
    }

    static Result<void> readVars(const YamlValue& value, AnsibleVars& vars) {
        const auto entries = entriesOf(value);
        if (!entries)
            return tl::unexpected(entries.error());
        for (const auto& [name, content] : *entries) {
            if (!isAnsibleConnectionVariable(name))
                continue;
            AnsibleValue read = valueOf(content);
            if (read.text.size() > kLongestValue)
                return badForm(read.where, "value_too_long", name);
            vars.insert_or_assign(name, std::move(read));
        }
        return {};
    }

    Result<void> readChildren(const std::string& group, const YamlValue& value) {
        const auto entries = entriesOf(value);
        if (!entries)
            return tl::unexpected(entries.error());
        for (const auto& [child, content] : *entries) {
            if (auto done = readGroup(child, content); !done)
                return done;
            inventory_.addChild(group, child);
        }
        return {};
    }

    AnsibleInventory inventory_;
};

}  // namespace

Result<AnsibleInventory> readAnsibleYaml(std::string_view text, const std::string& name) {
    const auto root = parseYaml(text, name, YamlTags::Kept);
    if (!root)
        return tl::unexpected(root.error());
    return YamlReader().read(*root);
}

}  // namespace deploy

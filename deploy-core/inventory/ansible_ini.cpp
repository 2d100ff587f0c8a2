#include <optional>
#include <set>

#include "base/yaml_positions.h"
#include "inventory/ansible.h"

namespace deploy {

namespace {

constexpr size_t kLongestValue = 1000;

struct Word {
    std::string text;
    size_t offset = 0;
};

std::string_view trimmed(std::string_view text) {
    const size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

/// Words of a host line by the rules of a POSIX shell; '#' begins a comment wherever it is
/// unquoted. Nothing where a quotation mark or a backslash has no end.
std::optional<std::vector<Word>> shellWords(std::string_view line, size_t offset) {
    std::vector<Word> words;
    bool inWord = false;
    for (size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '#')
            break;
        if (c == ' ' || c == '\t' || c == '\r') {
            inWord = false;
            continue;
        }
        if (!inWord)
            words.push_back({{}, offset + i});
        inWord = true;
        std::string& word = words.back().text;
        if (c == '\\') {
            if (++i == line.size())
                return std::nullopt;
            word += line[i];
        } else if (c == '\'' || c == '"') {
            for (++i; i < line.size() && line[i] != c; ++i) {
                const bool escape = c == '"' && line[i] == '\\' && i + 1 < line.size() &&
                                    (line[i + 1] == '"' || line[i + 1] == '\\');
                word += line[escape ? ++i : i];
            }
            if (i == line.size())
                return std::nullopt;
        } else {
            word += c;
        }
    }
    return words;
}

/// Ansible takes a value for a Python literal where it is one: quotation marks around it go.
std::string literal(std::string_view text) {
    const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                        text.find(text.front(), 1) == text.size() - 1 &&
                        text.find('\\') == std::string_view::npos;
    return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

AnsibleValue valueOf(std::string_view text, const std::string& where) {
    AnsibleValue value{literal(text), where};
    if (text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos)
        value.kind = AnsibleValue::Kind::Jinja;
    else if (value.text.starts_with("$ANSIBLE_VAULT"))
        value.kind = AnsibleValue::Kind::Vault;
    return value;
}

class IniReader {
public:
    IniReader(std::string_view text, const std::string& name)
        : text_(text), name_(name), positions_(text) {}

    Result<AnsibleInventory> read() {
        inventory_.group("all", place(0));
        inventory_.group("ungrouped", place(0));
        group_ = "ungrouped";
        for (size_t begin = 0; begin < text_.size();) {
            const size_t end = std::min(text_.find('\n', begin), text_.size());
            const std::string_view line = trimmed(text_.substr(begin, end - begin));
            at_ = line.empty() ? begin : static_cast<size_t>(line.data() - text_.data());
            begin = end + 1;
            if (line.empty() || line.front() == '#' || line.front() == ';')
                continue;
            if (auto done = readLine(line); !done)
                return tl::unexpected(done.error());
        }
        for (const auto& [group, where] : awaited_)
            if (!declared_.contains(group) && group != "all" && group != "ungrouped")
                return badForm(where, "unknown_group", group);
        return std::move(inventory_);
    }

private:
    enum class Part { Hosts, Children, Vars };

    Result<void> readLine(std::string_view line) {
        if (line.front() == '[')
            if (const auto header = readHeader(line))
                return *header;
        switch (part_) {
            case Part::Hosts:
                return readHost(line);
            case Part::Children:
                return readChild(line);
            case Part::Vars:
                break;
        }
        return readVariable(line);
    }

    /// Nothing for a line that is no section, such as "[fd00::7]:22".
    std::optional<Result<void>> readHeader(std::string_view line) {
        const size_t close = line.find(']');
        const std::string_view inside =
            line.substr(1, close == std::string_view::npos ? 0 : close - 1);
        const std::string_view behind =
            close == std::string_view::npos ? line : trimmed(line.substr(close + 1));
        const size_t colon = inside.find(':');
        const std::string group(inside.substr(0, colon));
        const std::string_view kind =
            colon == std::string_view::npos ? "hosts" : inside.substr(colon + 1);
        const bool isSection = !group.empty() && (behind.empty() || behind.front() == '#') &&
                               group.find_first_of(" \t") == std::string::npos &&
                               kind.find(':') == std::string_view::npos;
        if (!isSection)
            return line.back() == ']' ? std::optional<Result<void>>(badForm(
                                            place(at_), "section_invalid", std::string(line)))
                                      : std::nullopt;
        if (kind != "hosts" && kind != "children" && kind != "vars")
            return badForm(place(at_), "section_invalid", std::string(line));
        part_ = kind == "hosts" ? Part::Hosts : kind == "children" ? Part::Children : Part::Vars;
        group_ = group;
        inventory_.group(group, place(at_));
        if (part_ == Part::Vars)
            awaited_.emplace(group, place(at_));
        else
            declared_.insert(group);
        return Result<void>();
    }

    Result<void> readHost(std::string_view line) {
        const auto words = shellWords(line, at_);
        if (!words)
            return badForm(place(at_), "quote_not_closed");
        const std::string_view first = words->front().text;
        AnsibleVars vars;
        for (size_t i = 1; i < words->size(); ++i) {
            const Word& word = (*words)[i];
            const size_t equals = word.text.find('=');
            if (equals == std::string::npos)
                return badForm(place(word.offset), "no_assignment", word.text);
            const std::string name = word.text.substr(0, equals);
            if (word.text.size() > kLongestValue)
                return badForm(place(word.offset), "value_too_long", name);
            if (isAnsibleConnectionVariable(name))
                vars.insert_or_assign(name, valueOf(std::string_view(word.text).substr(equals + 1),
                                                    place(word.offset)));
        }
        return addHosts(first, std::move(vars));
    }

    Result<void> addHosts(std::string_view pattern, AnsibleVars vars) {
        const size_t colon = pattern.rfind(':');
        const size_t bracket = pattern.rfind(']');
        const bool hasPort =
            colon != std::string_view::npos && colon + 1 < pattern.size() &&
            pattern.find_first_not_of("0123456789", colon + 1) == std::string_view::npos &&
            (bracket == std::string_view::npos ? pattern.find(':') == colon : bracket < colon);
        if (hasPort) {
            vars.try_emplace("ansible_port",
                             valueOf(pattern.substr(colon + 1), place(at_ + colon + 1)));
            pattern = pattern.substr(0, colon);
        }
        const bool isIpv6 = pattern.starts_with('[') && pattern.ends_with(']') && hasPort &&
                            pattern.find('[', 1) == std::string_view::npos;
        const std::vector<std::string> hosts =
            isIpv6 ? std::vector<std::string>{std::string(pattern.substr(1, pattern.size() - 2))}
                   : expandRanges(pattern, RangeStyle::Colons);
        if (hosts.empty())
            return badForm(place(at_), "range_invalid", std::string(pattern));
        for (const std::string& host : hosts) {
            AnsibleHost& entry = inventory_.host(host, place(at_));
            for (const auto& [name, value] : vars)
                entry.vars.insert_or_assign(name, value);
            if (!inventory_.addHost(group_, host))
                return tooManyServers(place(at_));
        }
        return {};
    }

    Result<void> readChild(std::string_view line) {
        const std::string child(trimmed(line.substr(0, line.find('#'))));
        if (child.find_first_of(":] \t") != std::string::npos)
            return badForm(place(at_), "child_invalid", child);
        inventory_.group(child, place(at_));
        inventory_.addChild(group_, child);
        awaited_.emplace(child, place(at_));
        return {};
    }

    Result<void> readVariable(std::string_view line) {
        const size_t equals = line.find('=');
        if (equals == std::string_view::npos)
            return badForm(place(at_), "no_assignment", std::string(line.substr(0, 80)));
        if (line.size() > kLongestValue)
            return badForm(place(at_), "value_too_long", std::string(line.substr(0, 80)));
        const std::string name(trimmed(line.substr(0, equals)));
        if (isAnsibleConnectionVariable(name))
            inventory_.groups.at(group_).vars.insert_or_assign(
                name, valueOf(trimmed(line.substr(equals + 1)), place(at_)));
        return {};
    }

    std::string place(size_t offset) const { return yamlPlace(name_, positions_.at(offset)); }

    std::string_view text_;
    const std::string& name_;
    YamlPositions positions_;
    AnsibleInventory inventory_;
    Part part_ = Part::Hosts;
    std::string group_;
    size_t at_ = 0;  ///< where the line begins
    std::set<std::string> declared_;
    std::map<std::string, std::string> awaited_;  ///< groups that must be declared, and who says so
};

}  // namespace

Result<AnsibleInventory> readAnsibleIni(std::string_view text, const std::string& name) {
    if (text.starts_with("$ANSIBLE_VAULT"))
        return badForm(name + ":1:1", "vault_file");
    return IniReader(text, name).read();
}

}  // namespace deploy

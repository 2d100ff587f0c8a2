#include "inventory/ssh_config.h"

#include <algorithm>
#include <set>

#include "inventory/ssh_config_file.h"

namespace deploy {

namespace {

/// One stop on the way to a server: "[ssh://][user@]host[:port]".
struct Hop {
    std::string user;
    std::string host;
    std::string port;
};

Hop readHop(std::string_view text) {
    constexpr std::string_view kScheme = "ssh://";
    if (text.starts_with(kScheme))
        text.remove_prefix(kScheme.size());
    while (text.ends_with('/'))
        text.remove_suffix(1);
    Hop hop;
    if (const size_t at = text.rfind('@'); at != std::string_view::npos) {
        hop.user = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    const size_t colon = text.rfind(':');
    const size_t bracket = text.rfind(']');
    const bool hasPort =
        colon != std::string_view::npos &&
        (bracket == std::string_view::npos ? text.find(':') == colon : bracket < colon);
    if (hasPort) {
        hop.port = text.substr(colon + 1);
        text = text.substr(0, colon);
    }
    if (text.starts_with('[') && text.ends_with(']'))
        text = text.substr(1, text.size() - 2);
    hop.host = text;
    return hop;
}

/// Of HostName only "%h" (the name that was asked for) and "%%" mean something to ssh.
bool expandTokens(std::string& text, const std::string& name) {
    std::string expanded;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            expanded += text[i];
            continue;
        }
        const char token = ++i < text.size() ? text[i] : '\0';
        if (token != 'h' && token != '%')
            return false;
        expanded += token == 'h' ? name : "%";
    }
    text = std::move(expanded);
    return true;
}

bool isPattern(const std::string& text) {
    return text.find_first_of("*?!") != std::string::npos;
}

class Importer {
public:
    explicit Importer(const SshConfigFile& file) : file_(file), notes_(file.notes) {}

    Result<InventoryImport> run() {
        import_.format = InventoryFormat::SshConfig;
        for (const SshConfigBlock& block : file_.blocks) {
            std::set<std::string> ofLine;
            for (const SshConfigWord& word : block.patterns) {
                if (isPattern(word.text) || rows_.contains(word.text))
                    continue;
                if (import_.inventory.hosts.size() == kMostServers)
                    return tooManyServers(word.where);
                addServer(word, ofLine);
            }
        }
        // A jump host that is found on the way stands behind the others and may have a way of its
        // own.
        for (size_t row = 0; row < import_.inventory.hosts.size(); ++row) {
            if (row >= kMostServers)
                return tooManyServers(import_.places[row].where);
            followJump(row);
        }
        import_.notes = notes_.take();
        return std::move(import_);
    }

private:
    using Values = std::map<std::string, SshConfigWord>;

    void take(Host& host, const Values& values, const char* keyword, const char* column) {
        const auto found = values.find(keyword);
        if (found != values.end())
            importCell(import_, host, column, found->second.text, found->second.where);
    }

    void refuse(const char* column, const char* reason, const SshConfigWord& value) {
        import_.unreadable.push_back(
            {import_.inventory.hosts.size(), column, reason, {{"value", value.text}}, value.where});
    }

    Host makeServer(const std::string& name, const std::string& where, const Values& values) {
        import_.places.push_back({where, {{"name", where}, {"address", where}}});
        Host host;
        host.address = name;
        if (auto found = values.find("hostname"); found != values.end()) {
            SshConfigWord value = found->second;
            if (expandTokens(value.text, name))
                importCell(import_, host, "address", value.text, value.where);
            else
                refuse("address", "token_not_read", value);
        }
        take(host, values, "port", "port");
        take(host, values, "user", "user");
        takeKeyFile(host, values);
        return host;
    }

    void takeKeyFile(Host& host, const Values& values) {
        const auto found = values.find("identityfile");
        if (found == values.end() || found->second.text == "none")
            return;
        SshConfigWord value = found->second;
        if (value.text.starts_with("%d/"))
            value.text.replace(0, 2, "~");
        if (value.text.find('%') != std::string::npos || value.text.find("${") != std::string::npos)
            refuse("key_file", "token_not_read", value);
        else
            importCell(import_, host, "key_file", value.text, value.where);
    }

    void addServer(const SshConfigWord& word, std::set<std::string>& ofLine) {
        const Values values = file_.valuesOf(word.text);
        const size_t unreadable = import_.unreadable.size();
        Host host = makeServer(word.text, word.where, values);
        // "Host db1 10.0.0.5" with a HostName names one server twice.
        if (!ofLine.insert(host.address + " " + std::to_string(host.port) + " " + host.user)
                 .second) {
            import_.places.pop_back();
            import_.unreadable.resize(unreadable);
            notes_.add("other_name", word.where, word.text, ofName_);
            rows_.emplace(word.text, import_.inventory.hosts.size() - 1);
            return;
        }
        ofName_ = word.text;
        keep(word.text, std::move(host), values);
    }

    void keep(const std::string& name, Host host, const Values& values) {
        host.name = names_.nameFor(name);
        completeLogin(host);
        rows_.emplace(name, import_.inventory.hosts.size());
        import_.inventory.hosts.push_back(std::move(host));
        const auto jump = values.find("proxyjump");
        jumps_.push_back(jump == values.end() ? SshConfigWord() : jump->second);
    }

    void followJump(size_t row) {
        const SshConfigWord jump = jumps_[row];
        if (jump.text.empty() || jump.text == "none")
            return;
        import_.places[row].cells["jump"] = jump.where;
        std::string_view rest = jump.text;
        // The last hop is next to the server; each one is reached through the one before it.
        size_t target = row;
        while (!rest.empty()) {
            const size_t comma = rest.rfind(',');
            const size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
            const size_t hop = rowOfHop(readHop(rest.substr(begin)), jump.where);
            rest = rest.substr(0, begin == 0 ? 0 : comma);
            // "Host *" with a ProxyJump holds for the jump host as well; ssh does not jump to
            // itself.
            if (hop == target)
                continue;
            Host& server = import_.inventory.hosts[target];
            const HostId& name = import_.inventory.hosts[hop].name;
            if (target != row && !server.jump.empty() && server.jump != name)
                notes_.add("other_way", jump.where, server.name.str(), jump.text);
            else
                server.jump = name;
            target = hop;
        }
    }

    /// The server that a hop means; where it is none of the file's, or the hop gives it another
    /// user or port, it becomes a server of its own.
    size_t rowOfHop(const Hop& hop, const std::string& where) {
        if (const auto known = rows_.find(hop.host); known != rows_.end()) {
            const Host& host = import_.inventory.hosts[known->second];
            if ((hop.user.empty() || hop.user == host.user) &&
                (hop.port.empty() || hop.port == std::to_string(host.port)))
                return known->second;
        }
        const std::string key = hop.user + "@" + hop.host + ":" + hop.port;
        if (const auto known = rows_.find(key); known != rows_.end())
            return known->second;
        Values values = file_.valuesOf(hop.host);
        if (!hop.user.empty())
            values["user"] = {hop.user, where};
        if (!hop.port.empty())
            values["port"] = {hop.port, where};
        Host host = makeServer(hop.host, where, values);
        notes_.add("jump_added", where, hop.host);
        const size_t row = import_.inventory.hosts.size();
        // Its row is remembered under the hop's own words: another hop may ask for another user.
        const auto byName = rows_.find(hop.host);
        const bool nameKnown = byName != rows_.end();
        keep(hop.host, std::move(host), values);
        if (!nameKnown && (!hop.user.empty() || !hop.port.empty()))
            rows_.erase(hop.host);
        rows_.emplace(key, row);
        return row;
    }

    const SshConfigFile& file_;
    NoteList notes_;
    ServerNames names_;
    InventoryImport import_;
    std::map<std::string, size_t> rows_;  ///< of a name of the file, or a hop's words
    std::vector<SshConfigWord> jumps_;    ///< beside the servers
    std::string ofName_;
};

}  // namespace

Result<InventoryImport> importSshConfig(std::string_view text, const std::string& name) {
    const auto file = readSshConfigFile(text, name);
    if (!file)
        return tl::unexpected(file.error());
    return Importer(*file).run();
}

}  // namespace deploy

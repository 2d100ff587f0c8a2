#include "inventory/lines.h"

#include <algorithm>
#include <set>

#include "base/yaml_positions.h"
#include "inventory/import_parts.h"

namespace deploy {

namespace {

constexpr size_t kLongestLogin = 400;

struct Word {
    std::string_view text;
    size_t offset = 0;
};

/// Words of a line; from '#' on it is a comment.
std::vector<Word> wordsOf(std::string_view line, size_t offset) {
    constexpr std::string_view kSpace = " \t\r";
    std::vector<Word> words;
    for (size_t at = 0; (at = line.find_first_not_of(kSpace, at)) < line.size();) {
        if (line[at] == '#')
            break;
        const size_t end = std::min(line.find_first_of(kSpace, at), line.size());
        words.push_back({line.substr(at, end - at), offset + at});
        at = end;
    }
    return words;
}

struct Login {
    std::string_view user;
    std::string_view address;
    std::string_view port;
};

/// "[user@]address[:port]"; a bare IPv6 address has colons and no port.
Login splitLogin(std::string_view text) {
    Login login{{}, text, {}};
    if (const size_t at = text.rfind('@'); at != std::string_view::npos) {
        login.user = text.substr(0, at);
        login.address = text.substr(at + 1);
    }
    std::string_view& address = login.address;
    const size_t colon = address.rfind(':');
    const size_t bracket = address.rfind(']');
    const bool isIpv6 = bracket == std::string_view::npos && address.find(':') != colon;
    if (colon != std::string_view::npos && !isIpv6 &&
        (bracket == std::string_view::npos || colon > bracket)) {
        login.port = address.substr(colon + 1);
        address = address.substr(0, colon);
    }
    if (address.starts_with('[') && address.ends_with(']') &&
        address.find(':') != std::string_view::npos)
        address = address.substr(1, address.size() - 2);
    return login;
}

class LineReader {
public:
    LineReader(std::string_view text, const std::string& name, const Inventory& present)
        : text_(text), name_(name), positions_(text) {
        for (const Host& host : present.hosts)
            names_.insert(host.name.str());
    }

    Result<InventoryImport> read() {
        import_.format = InventoryFormat::Lines;
        for (size_t begin = 0; begin < text_.size();) {
            const size_t end = std::min(text_.find('\n', begin), text_.size());
            const auto words = wordsOf(text_.substr(begin, end - begin), begin);
            begin = end + 1;
            if (!words.empty())
                readLine(words);
            if (import_.inventory.hosts.size() > kMostServers)
                return tooManyServers(import_.places[kMostServers].where);
        }
        nameTheOthers();
        return std::move(import_);
    }

private:
    void readLine(const std::vector<Word>& words) {
        const std::string where = place(words.front().offset);
        const Login login = splitLogin(words.front().text);
        auto addresses = expandRanges(login.address, RangeStyle::Dashes);
        const bool tooLong = words.front().text.size() > kLongestLogin;
        const char* reason = words.size() > 2 || tooLong                 ? "line_invalid"
                             : addresses.empty()                         ? "range_invalid"
                             : words.size() == 2 && addresses.size() > 1 ? "name_for_range"
                                                                         : nullptr;
        if (addresses.empty() || words.size() > 2 || tooLong)
            addresses = {std::string(login.address)};
        for (const std::string& address : addresses) {
            Host host;
            import_.places.push_back({where, {}});
            importCell(import_, host, "address", address, where);
            if (!login.user.empty())
                importCell(import_, host, "user", std::string(login.user), where);
            if (login.port.data() != nullptr)
                importCell(import_, host, "port",
                           login.port.empty() ? ":" : std::string(login.port), where);
            if (words.size() == 2 && addresses.size() == 1) {
                importCell(import_, host, "name", std::string(words[1].text),
                           place(words[1].offset));
                names_.insert(host.name.str());
            }
            if (reason != nullptr)
                import_.unreadable.push_back({import_.inventory.hosts.size(),
                                              "address",
                                              reason,
                                              {{"value", std::string(words.front().text)}},
                                              where});
            completeLogin(host);
            import_.inventory.hosts.push_back(std::move(host));
        }
    }

    void nameTheOthers() {
        size_t number = 1;
        for (Host& host : import_.inventory.hosts) {
            if (!host.name.empty())
                continue;
            while (names_.contains("s" + std::to_string(number)))
                ++number;
            host.name = HostId("s" + std::to_string(number++));
        }
    }

    std::string place(size_t offset) const { return yamlPlace(name_, positions_.at(offset)); }

    std::string_view text_;
    const std::string& name_;
    YamlPositions positions_;
    std::set<std::string> names_;
    InventoryImport import_;
};

}  // namespace

Result<InventoryImport> importInventoryLines(std::string_view text, const std::string& name,
                                             const Inventory& present) {
    return LineReader(text, name, present).read();
}

}  // namespace deploy

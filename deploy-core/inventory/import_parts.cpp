#include "inventory/import_parts.h"

#include <algorithm>

#include "inventory/address.h"
#include "inventory/columns.h"

namespace deploy {

tl::unexpected<Error> badForm(std::string where, const char* problem, std::string value) {
    return fail(ErrorCode::InventoryFormInvalid, std::move(where), {},
                {{"problem", problem}, {"value", std::move(value)}});
}

tl::unexpected<Error> tooManyServers(std::string where) {
    return badForm(std::move(where), "too_many_servers", std::to_string(kMostServers));
}

void NoteList::add(const std::string& code, const std::string& where, const std::string& name,
                   const std::string& value) {
    const auto [found, isNew] = found_.emplace(std::make_pair(code, name), notes_.size());
    if (isNew)
        notes_.push_back({code, where, {{"name", name}, {"value", value}, {"count", "1"}}});
    else
        notes_[found->second].args["count"] =
            std::to_string(std::stoul(notes_[found->second].args["count"]) + 1);
}

HostId ServerNames::nameFor(std::string_view alias) {
    constexpr size_t kLongest = 48;
    std::string label;
    const bool isNumber =
        alias.find_first_not_of("0123456789.:[]%abcdefABCDEF") == std::string_view::npos &&
        alias.find_first_of(".:") != std::string_view::npos;
    for (const char c : isNumber ? std::string_view() : alias.substr(0, alias.find('.'))) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool allowed = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
        if (allowed || (!label.empty() && label.back() != '-'))
            label += allowed ? lower : '-';
    }
    label.resize(std::min(label.size(), kLongest));
    while (label.ends_with('-'))
        label.pop_back();
    const bool numbered = label.empty();
    if (numbered)
        label = "s";
    size_t& count = used_[label];
    std::string name;
    do {
        ++count;
        name = numbered    ? label + std::to_string(count)
               : count > 1 ? label + '-' + std::to_string(count)
                           : label;
    } while (name != label && used_.contains(name));
    used_.emplace(name, 1);
    return HostId(name);
}

void completeLogin(Host& host) {
    if (!host.keyFile.empty())
        host.auth = AuthMethod::Key;
    if (host.user != "root" && host.sudo == SudoMode::None)
        host.sudo = SudoMode::Password;
}

void importCell(InventoryImport& import, Host& host, const std::string& column,
                const std::string& text, const std::string& where) {
    import.places.back().cells[column] = where;
    if (const CellOutcome outcome = setCell(host, column, text); !outcome.taken)
        import.unreadable.push_back({import.inventory.hosts.size(),
                                     column,
                                     outcome.reason,
                                     {{ "value",
                                        text }},
                                     where});
}

}  // namespace deploy

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/readers.h"

namespace deploy {

/// A text that is not of the form that it was taken for. `problem` keys the text
/// "inventory_problem.<problem>".
tl::unexpected<Error> badForm(std::string where, const char* problem, std::string value = {});
tl::unexpected<Error> tooManyServers(std::string where);

/// Gathers notes: one for each code and name, at its first place, with how often it was met.
class NoteList {
public:
    void add(const std::string& code, const std::string& where, const std::string& name,
             const std::string& value = {});
    std::vector<ImportNote> take() { return std::move(notes_); }

private:
    std::vector<ImportNote> notes_;
    std::map<std::pair<std::string, std::string>, size_t> found_;  ///< index of the note
};

/// Makes names of servers from the free names of other programs' lists: the first label of a DNS
/// name, in lower case, else a number; each only once.
class ServerNames {
public:
    HostId nameFor(std::string_view alias);

private:
    std::map<std::string, size_t> used_;
};

/// How one logs in where the list says no more: by the key file if there is one, and with sudo
/// unless it is as root.
void completeLogin(Host& host);

/// Takes a text into a cell, or notes why it cannot; remembers its place.
void importCell(InventoryImport& import, Host& host, const std::string& column,
                const std::string& text, const std::string& where);

enum class RangeStyle {
    Dashes,  ///< 10.0.0.[11-14]
    Colons   ///< Ansible's: web[01:20], web[1:9:2], db-[a:c]
};

/// All texts that one with ranges stands for; the text itself if it has none. Empty for a range
/// that is none, or more than kMostServers texts.
std::vector<std::string> expandRanges(std::string_view text, RangeStyle style);

}  // namespace deploy

#include "inventory/validate.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/utf8.h"
#include "inventory/address.h"
#include "inventory/columns.h"

namespace deploy {

namespace {

constexpr size_t kLongestName = 63;
constexpr size_t kLongestUser = 64;
constexpr size_t kLongestText = 1000;

class Validation {
public:
    explicit Validation(const Inventory& inventory) : hosts_(inventory.hosts) {
        for (size_t row = 0; row < hosts_.size(); ++row)
            rows_.emplace(hosts_[row].name.str(), row);
        cycles_ = findCycles();
    }

    std::vector<CellError> run() {
        for (row_ = 0; row_ < hosts_.size(); ++row_) {
            const Host& host = hosts_[row_];
            checkName(host);
            checkAddress(host);
            if (host.port == 0)
                reject("port", "port_invalid", {{"value", "0"}});
            checkUser(host);
            checkKeyFile(host);
            if (host.sudo == SudoMode::None && host.user != "root")
                reject("sudo", "sudo_needed", {{"value", host.user}});
            checkJump(host);
            checkText("datacenter", host.datacenter, kLongestName);
            checkText("notes", host.notes, kLongestText);
        }
        return std::move(errors_);
    }

private:
    void reject(const char* column, const char* code, Args args = {}) {
        errors_.push_back({row_, column, code, std::move(args), {}});
    }

    /// What no column may hold; true if the text is usable so far.
    bool checkText(const char* column, const std::string& text, size_t longest) {
        const bool isNotes = std::string_view(column) == "notes";
        const auto acts = [&](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return (byte < 0x20 && !(isNotes && (c == '\n' || c == '\r' || c == '\t'))) ||
                   byte == 0x7F;
        };
        if (!isUtf8(text) || std::any_of(text.begin(), text.end(), acts))
            reject(column, "control_character", {{"value", text}});
        else if (!isNotes && text.starts_with('-'))
            reject(column, "leading_dash", {{"value", text}});
        else if (text.starts_with('='))
            reject(column, "formula");
        else if (text.size() > longest)
            reject(column, "too_long", {{"limit", std::to_string(longest)}});
        else
            return true;
        return false;
    }

    void checkName(const Host& host) {
        const std::string& name = host.name.str();
        const size_t first = rows_.at(name);
        if (name.empty())
            reject("name", "name_missing");
        else if (!checkText("name", name, kLongestName))
            return;
        else if (!isHostLabel(name))
            reject("name", "name_invalid", {{"value", name}});
        else if (name == "vault")
            reject("name", "name_reserved", {{"value", name}});
        else if (first != row_)
            reject("name", "name_duplicate",
                   {{"value", name}, {"other", std::to_string(first + 1)}});
    }

    void checkAddress(const Host& host) {
        if (host.address.empty())
            return reject("address", "address_missing");
        if (!checkText("address", host.address, 255))
            return;
        if (!isServerAddress(host.address))
            return reject("address", "address_invalid", {{"value", host.address}});
        const auto key = std::make_pair(canonicalAddress(host.address), host.port);
        const auto [first, isNew] = addresses_.emplace(key, row_);
        if (!isNew)
            reject("address", "address_duplicate",
                   {{"value", host.address}, {"other", hosts_[first->second].name.str()}});
    }

    void checkUser(const Host& host) {
        const auto allowed = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   std::string_view("._-@\\+$").find(c) != std::string_view::npos;
        };
        if (host.user.empty())
            reject("user", "user_missing");
        else if (checkText("user", host.user, kLongestUser) &&
                 !std::all_of(host.user.begin(), host.user.end(), allowed))
            reject("user", "user_invalid", {{"value", host.user}});
    }

    void checkKeyFile(const Host& host) {
        if (host.auth == AuthMethod::Key && host.keyFile.empty())
            reject("key_file", "key_file_missing");
        else if (host.auth != AuthMethod::Key && !host.keyFile.empty())
            reject("key_file", "key_file_unused", {{"value", host.keyFile}});
        else
            checkText("key_file", host.keyFile, kLongestText);
    }

    void checkJump(const Host& host) {
        if (host.jump.empty())
            return;
        if (host.jump == host.name)
            reject("jump", "jump_self");
        else if (!rows_.contains(host.jump.str()))
            reject("jump", "jump_unknown", {{"value", host.jump.str()}});
        else if (cycles_.contains(row_))
            reject("jump", "jump_cycle", {{"path", cyclePath(row_)}});
    }

    size_t jumpOf(size_t row) const {
        const auto found = rows_.find(hosts_[row].jump.str());
        return hosts_[row].jump.empty() || found == rows_.end() ? hosts_.size() : found->second;
    }

    /// Rows from which the jump hosts lead back to the row; each row is walked once.
    std::set<size_t> findCycles() const {
        std::set<size_t> cycles;
        std::vector<size_t> walkOf(hosts_.size() + 1, 0);
        for (size_t start = 0; start < hosts_.size(); ++start) {
            size_t row = start;
            for (; row < hosts_.size() && walkOf[row] == 0; row = jumpOf(row))
                walkOf[row] = start + 1;
            if (row == hosts_.size() || walkOf[row] != start + 1)
                continue;
            for (; cycles.insert(row).second; row = jumpOf(row)) {
            }
        }
        return cycles;
    }

    std::string cyclePath(size_t row) const {
        constexpr int kLongestPath = 8;
        std::string path = hosts_[row].name.str();
        size_t next = jumpOf(row);
        for (int i = 0; i < kLongestPath && next != row; ++i, next = jumpOf(next))
            path += " → " + hosts_[next].name.str();
        return path + " → " + (next == row ? hosts_[row].name.str() : "…");
    }

    const std::vector<Host>& hosts_;
    size_t row_ = 0;
    std::unordered_map<std::string, size_t> rows_;  ///< the first row of each name
    std::set<size_t> cycles_;
    std::map<std::pair<std::string, uint16_t>, size_t> addresses_;
    std::vector<CellError> errors_;
};

}  // namespace

std::vector<CellError> validate(const Inventory& inventory) {
    return Validation(inventory).run();
}

}  // namespace deploy

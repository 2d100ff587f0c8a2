#include "inventory/columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace deploy {

namespace {

constexpr std::array<std::string_view, 3> kAuthWords = {"agent", "key", "password"};
constexpr std::array<std::string_view, 3> kSudoWords = {"none", "nopasswd", "password"};

std::string lower(std::string_view text) {
    std::string result;
    for (const char c : text)
        result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

template <class Enum>
bool takeWord(Enum& value, const std::array<std::string_view, 3>& words, const std::string& text) {
    const auto found = std::find(words.begin(), words.end(), lower(text));
    if (found != words.end())
        value = static_cast<Enum>(found - words.begin());
    return found != words.end();
}

bool takePort(uint16_t& port, const std::string& text) {
    uint16_t number = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end || number == 0 || text.front() == '0')
        return false;
    port = number;
    return true;
}

}  // namespace

const std::vector<std::string>& inventoryColumns() {
    static const std::vector<std::string> kColumns = {"name",       "address",  "port", "user",
                                                      "auth",       "key_file", "sudo", "jump",
                                                      "datacenter", "notes"};
    return kColumns;
}

std::string columnOfHeading(std::string_view heading) {
    static const std::map<std::string, std::string> kHeadings = {
        {"名称", "name"},       {"主机名", "name"},         {"服务器", "name"},
        {"地址", "address"},    {"ip", "address"},          {"ip地址", "address"},
        {"端口", "port"},       {"用户", "user"},           {"用户名", "user"},
        {"认证", "auth"},       {"认证方式", "auth"},       {"密钥文件", "key_file"},
        {"私钥", "key_file"},   {"key file", "key_file"},   {"提权", "sudo"},
        {"跳板机", "jump"},     {"跳板", "jump"},           {"jump host", "jump"},
        {"机房", "datacenter"}, {"数据中心", "datacenter"}, {"备注", "notes"}};
    std::string text = lower(heading);
    const auto& columns = inventoryColumns();
    if (std::find(columns.begin(), columns.end(), text) != columns.end())
        return text;
    const auto found = kHeadings.find(text);
    return found == kHeadings.end() ? std::string() : found->second;
}

std::string cellText(const Host& host, std::string_view column) {
    if (column == "name")
        return host.name.str();
    if (column == "address")
        return host.address;
    if (column == "port")
        return std::to_string(host.port);
    if (column == "user")
        return host.user;
    if (column == "auth")
        return std::string(kAuthWords.at(static_cast<size_t>(host.auth)));
    if (column == "key_file")
        return host.keyFile;
    if (column == "sudo")
        return std::string(kSudoWords.at(static_cast<size_t>(host.sudo)));
    if (column == "jump")
        return host.jump.str();
    return column == "datacenter" ? host.datacenter : host.notes;
}

CellOutcome setCell(Host& host, std::string_view column, const std::string& text) {
    const Host absent;
    const std::string value = text.empty() ? cellText(absent, column) : text;
    if (column == "name")
        host.name = HostId(value);
    else if (column == "address")
        host.address = value;
    else if (column == "user")
        host.user = value;
    else if (column == "key_file")
        host.keyFile = value;
    else if (column == "jump")
        host.jump = HostId(value);
    else if (column == "datacenter")
        host.datacenter = value;
    else if (column == "notes")
        host.notes = value;
    else if (column == "port" && !takePort(host.port, value))
        return {false, "port_invalid"};
    else if (column == "auth" && !takeWord(host.auth, kAuthWords, value))
        return {false, "auth_invalid"};
    else if (column == "sudo" && !takeWord(host.sudo, kSudoWords, value))
        return {false, "sudo_invalid"};
    return {};
}

}  // namespace deploy

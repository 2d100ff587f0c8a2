#include "remote/sim/role_book.h"

#include <algorithm>
#include <sstream>

namespace deploy::sim {

std::string valueOf(const RoleCall& call, const std::string& name) {
    const auto found = call.values.find(name);
    return found == call.values.end() ? std::string() : found->second;
}

std::string bookOf(const RoleCall& call) {
    std::string book = call.script;
    std::replace(book.begin(), book.end(), '/', '.');
    const auto lastPart = [&](const char* value, char before) {
        const std::string text = valueOf(call, value);
        return "." + text.substr(text.rfind(before) + 1);
    };
    if (call.script == "docker/image" || call.script == "kubernetes/image")
        return book + lastPart("IMAGE_ID", ':');
    if (call.script == "drill/client")
        return book + lastPart("FUNCTION", '/');
    if (call.script == "kubernetes/file")
        return book + lastPart("SENT", '/');
    return book;
}

std::map<std::string, std::string> linesOf(const std::string& text) {
    std::map<std::string, std::string> pairs;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const size_t blank = line.find(' ');
        if (blank != std::string::npos)
            pairs.emplace(line.substr(0, blank), line.substr(blank + 1));
    }
    return pairs;
}

}  // namespace deploy::sim

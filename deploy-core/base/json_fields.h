#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace deploy {

/// A JSON text; ValueInvalid with the place in bytes for one that is none. Never throws.
Result<nlohmann::json> parseJson(const std::string& text, const std::string& where);

/// One line, keys sorted, no spaces: equal values give equal bytes. Bytes that are no UTF-8 become
/// U+FFFD.
std::string dumpJson(const nlohmann::json& json);

/// The first thing that is wrong in a document.
struct JsonReport {
    std::optional<Error> error;
};

/// Reads the known keys of one object strictly: read all fields, then finish(), which refuses keys
/// that nobody asked for. The first error goes into the report; what could not be read is empty.
/// Object and report are not owned and outlive this.
class JsonFields {
public:
    /// `where` is what errors call the object: "plan.json" or "plan.json steps[3]".
    JsonFields(const nlohmann::json& object, std::string where, JsonReport& report);

    std::string requiredString(const std::string& key);
    std::string optionalString(const std::string& key);
    int64_t requiredInteger(const std::string& key);
    int64_t optionalInteger(const std::string& key, int64_t absent);
    std::map<std::string, std::string> requiredTexts(const std::string& key);
    std::map<std::string, std::string> optionalTexts(const std::string& key);
    std::vector<std::string> requiredStrings(const std::string& key);
    std::optional<JsonFields> optionalObject(const std::string& key);
    std::vector<JsonFields> requiredObjects(const std::string& key);

    void reject(const std::string& key, std::string detail);
    void finish();

private:
    const nlohmann::json* find(const std::string& key);
    const nlohmann::json* require(const std::string& key);
    std::map<std::string, std::string> texts(const nlohmann::json* value, const std::string& key);

    const nlohmann::json* object_;
    std::string where_;
    JsonReport* report_;
    std::set<std::string> asked_;
};

}  // namespace deploy

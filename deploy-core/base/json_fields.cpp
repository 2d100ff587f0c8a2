#include "base/json_fields.h"

namespace deploy {

using nlohmann::json;

Result<json> parseJson(const std::string& text, const std::string& where) {
    try {
        return json::parse(text);
    } catch (const json::exception& problem) {
        return fail(ErrorCode::ValueInvalid, where, problem.what());
    }
}

std::string dumpJson(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

JsonFields::JsonFields(const json& object, std::string where, JsonReport& report)
    : object_(&object), where_(std::move(where)), report_(&report) {
    if (!object.is_object())
        reject({}, "not an object");
}

void JsonFields::reject(const std::string& key, std::string detail) {
    if (!report_->error)
        report_->error = Error{ErrorCode::ValueInvalid,
                               key.empty() ? where_ : where_ + " " + key,
                               std::move(detail),
                               {}};
}

const json* JsonFields::find(const std::string& key) {
    asked_.insert(key);
    const auto found = object_->find(key);
    return found == object_->end() ? nullptr : &*found;
}

const json* JsonFields::require(const std::string& key) {
    const json* value = find(key);
    if (value == nullptr)
        reject(key, "missing");
    return value;
}

std::string JsonFields::requiredString(const std::string& key) {
    (void)require(key);
    return optionalString(key);
}

std::string JsonFields::optionalString(const std::string& key) {
    const json* value = find(key);
    if (value == nullptr)
        return {};
    if (!value->is_string()) {
        reject(key, "not a text");
        return {};
    }
    return value->get<std::string>();
}

int64_t JsonFields::requiredInteger(const std::string& key) {
    (void)require(key);
    return optionalInteger(key, 0);
}

int64_t JsonFields::optionalInteger(const std::string& key, int64_t absent) {
    const json* value = find(key);
    if (value == nullptr)
        return absent;
    const bool fits = value->is_number_integer() &&
                      (!value->is_number_unsigned() || value->get<uint64_t>() <= INT64_MAX);
    if (!fits) {
        reject(key, "not a whole number");
        return absent;
    }
    return value->get<int64_t>();
}

std::map<std::string, std::string> JsonFields::texts(const json* value, const std::string& key) {
    std::map<std::string, std::string> result;
    if (value == nullptr)
        return result;
    if (!value->is_object()) {
        reject(key, "not an object");
        return result;
    }
    for (const auto& [name, text] : value->items()) {
        if (text.is_string())
            result.emplace(name, text.get<std::string>());
        else
            reject(std::string(key).append(".").append(name), "not a text");
    }
    return result;
}

std::map<std::string, std::string> JsonFields::requiredTexts(const std::string& key) {
    return texts(require(key), key);
}

std::map<std::string, std::string> JsonFields::optionalTexts(const std::string& key) {
    return texts(find(key), key);
}

std::vector<std::string> JsonFields::requiredStrings(const std::string& key) {
    std::vector<std::string> result;
    const json* value = require(key);
    if (value != nullptr && !value->is_array())
        reject(key, "not a list");
    if (value == nullptr || !value->is_array())
        return result;
    for (const json& entry : *value) {
        if (entry.is_string())
            result.push_back(entry.get<std::string>());
        else
            reject(key, "not a list of texts");
    }
    return result;
}

std::optional<JsonFields> JsonFields::optionalObject(const std::string& key) {
    const json* value = find(key);
    if (value == nullptr)
        return std::nullopt;
    return JsonFields(*value, where_ + " " + key, *report_);
}

std::vector<JsonFields> JsonFields::requiredObjects(const std::string& key) {
    std::vector<JsonFields> result;
    const json* value = require(key);
    if (value != nullptr && !value->is_array())
        reject(key, "not a list");
    if (value == nullptr || !value->is_array())
        return result;
    for (const json& entry : *value)
        result.emplace_back(entry, where_ + " " + key + "[" + std::to_string(result.size()) + "]",
                            *report_);
    return result;
}

void JsonFields::finish() {
    if (!object_->is_object())
        return;
    for (const auto& [key, value] : object_->items())
        if (!asked_.contains(key))
            reject(key, "unknown");
}

}  // namespace deploy

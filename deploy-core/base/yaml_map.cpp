#include <algorithm>

#include "base/yaml.h"

namespace deploy {

namespace {

std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

}  // namespace

YamlMap::YamlMap(const YamlValue& value) : where_(value.where()) {
    auto entries = value.asMapping();
    if (!entries) {
        reject(entries.error());
        return;
    }
    entries_ = std::move(*entries);
}

std::optional<YamlValue> YamlMap::find(const std::string& key) {
    asked_.push_back(key);
    for (const auto& [name, value] : entries_)
        if (name == key && value.kind() != YamlValue::Kind::Null)
            return value;
    return std::nullopt;
}

std::optional<YamlValue> YamlMap::requiredValue(const std::string& key) {
    auto value = find(key);
    if (!value)
        reject(Error{ErrorCode::YamlMissingKey, where_, {}, {{"key", key}}});
    return value;
}

std::optional<YamlValue> YamlMap::optionalValue(const std::string& key) {
    return find(key);
}

template <class T>
T YamlMap::take(const std::string& key, Result<T> read, T absent) {
    if (read)
        return std::move(*read);
    read.error().args.emplace("key", key);
    reject(read.error());
    return absent;
}

std::string YamlMap::requiredString(const std::string& key) {
    const auto value = requiredValue(key);
    return value ? take<std::string>(key, value->asString(), {}) : std::string();
}

std::string YamlMap::optionalString(const std::string& key, std::string absent) {
    const auto value = find(key);
    return value ? take<std::string>(key, value->asString(), {}) : std::move(absent);
}

int64_t YamlMap::requiredInteger(const std::string& key, int64_t minimum, int64_t maximum) {
    const auto value = requiredValue(key);
    return value ? take<int64_t>(key, value->asInteger(minimum, maximum), minimum) : minimum;
}

int64_t YamlMap::optionalInteger(const std::string& key, int64_t minimum, int64_t maximum,
                                 int64_t absent) {
    const auto value = find(key);
    return value ? take<int64_t>(key, value->asInteger(minimum, maximum), absent) : absent;
}

bool YamlMap::requiredBool(const std::string& key) {
    const auto value = requiredValue(key);
    return value && take<bool>(key, value->asBool(), false);
}

bool YamlMap::optionalBool(const std::string& key, bool absent) {
    const auto value = find(key);
    return value ? take<bool>(key, value->asBool(), absent) : absent;
}

std::vector<std::string> YamlMap::optionalStrings(const std::string& key) {
    const auto value = find(key);
    return value ? take<std::vector<std::string>>(key, value->asStrings(), {})
                 : std::vector<std::string>();
}

std::vector<YamlValue> YamlMap::requiredSequence(const std::string& key) {
    const auto value = requiredValue(key);
    return value ? take<std::vector<YamlValue>>(key, value->asSequence(), {})
                 : std::vector<YamlValue>();
}

std::vector<YamlValue> YamlMap::optionalSequence(const std::string& key) {
    const auto value = find(key);
    return value ? take<std::vector<YamlValue>>(key, value->asSequence(), {})
                 : std::vector<YamlValue>();
}

int YamlMap::wordIndex(const std::string& key, const std::vector<std::string>& words,
                       std::optional<int> absent) {
    const auto value = absent ? find(key) : requiredValue(key);
    if (!value)
        return absent.value_or(0);
    const auto word = take<std::string>(key, value->asString(), {});
    const auto found = std::find(words.begin(), words.end(), word);
    if (found != words.end())
        return static_cast<int>(found - words.begin());
    reject(Error{ErrorCode::ValueInvalid,
                 value->where(),
                 {},
                 {{"key", key}, {"value", word}, {"allowed", join(words)}}});
    return absent.value_or(0);
}

void YamlMap::reject(const std::string& key, ErrorCode code, std::string detail) {
    reject(Error{code, where(key), std::move(detail), {{"key", key}}});
}

void YamlMap::reject(Error error) {
    if (!error_)
        error_ = std::move(error);
}

std::string YamlMap::where(const std::string& key) const {
    for (const auto& [name, value] : entries_)
        if (name == key)
            return value.where();
    return where_;
}

Result<void> YamlMap::finish() {
    // A misspelt key is also a missing one: naming what stands there helps more.
    if (error_ && error_->code != ErrorCode::YamlMissingKey)
        return tl::unexpected(*error_);
    for (const auto& [name, value] : entries_)
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
            return fail(ErrorCode::YamlUnknownKey, value.whereKey(), {},
                        {{"key", name}, {"allowed", join(asked_)}});
    if (error_)
        return tl::unexpected(*error_);
    return {};
}

}  // namespace deploy

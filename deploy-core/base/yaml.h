#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deploy {

/// One value of a strictly read YAML text. Limits, set so that yaml-cpp 0.7 needs less than 1 s and
/// 200 MB on any text:
/// at most 2 MiB, 32 levels, 200,000 values; UTF-8; no alias, anchor, tag, duplicate key or second
/// document. Errors carry "name:line:column". Values are immutable and shared; any thread may read.
///
/// A mapping is read with a YamlMap, which refuses keys that nobody asked for.
class YamlValue {
public:
    enum class Kind { Null, Scalar, Sequence, Mapping };

    Kind kind() const;
    /// "inventory.yaml:3:14".
    std::string where() const;
    /// Of the value's key in its mapping; elsewhere as where().
    std::string whereKey() const;

    /// The scalar as it stands; an empty value is no text.
    Result<std::string> asString() const;
    /// Decimal only: "010" and "0x8" are errors, as are values outside of the range.
    Result<int64_t> asInteger(int64_t minimum, int64_t maximum) const;
    Result<double> asNumber() const;
    /// true or false.
    Result<bool> asBool() const;
    Result<std::vector<YamlValue>> asSequence() const;
    Result<std::vector<std::string>> asStrings() const;
    /// Keys in the order of the text.
    Result<std::vector<std::pair<std::string, YamlValue>>> asMapping() const;
    /// "!vault"; empty without one, and always where tags are refused.
    const std::string& tag() const;

    struct Element;
    explicit YamlValue(std::shared_ptr<const Element> node);

private:
    std::shared_ptr<const Element> node_;
};

/// Tags are refused in all that is ours; other programs' files may have them, and their reader must
/// look at tag() of each value that it takes.
enum class YamlTags { Refused, Kept };

/// Reads a text; `name` is what errors call it.
Result<YamlValue> parseYaml(std::string_view text, const std::string& name,
                            YamlTags tags = YamlTags::Refused);
Result<YamlValue> parseYamlFile(const std::string& path);

/// Reads the known keys of one mapping and collects the first error, so that a reader is straight
/// code: read all fields, then `finish()`, which also refuses keys that were never asked for.
/// A key without a value (`notes:`) counts as absent. Errors carry args "key" and, by code,
/// "expected", "value", "allowed", "minimum", "maximum", "first".
class YamlMap {
public:
    explicit YamlMap(const YamlValue& value);

    std::string requiredString(const std::string& key);
    std::string optionalString(const std::string& key, std::string absent = {});
    int64_t requiredInteger(const std::string& key, int64_t minimum, int64_t maximum);
    int64_t optionalInteger(const std::string& key, int64_t minimum, int64_t maximum,
                            int64_t absent);
    bool requiredBool(const std::string& key);
    bool optionalBool(const std::string& key, bool absent);
    std::vector<std::string> optionalStrings(const std::string& key);
    std::vector<YamlValue> requiredSequence(const std::string& key);
    std::vector<YamlValue> optionalSequence(const std::string& key);
    std::optional<YamlValue> optionalValue(const std::string& key);
    std::optional<YamlValue> requiredValue(const std::string& key);

    /// One of the words, by its index. ValueInvalid names the words that are allowed.
    template <class Enum>
    Enum requiredWord(const std::string& key, const std::vector<std::string>& words) {
        return static_cast<Enum>(wordIndex(key, words, std::nullopt));
    }
    template <class Enum>
    Enum optionalWord(const std::string& key, const std::vector<std::string>& words, Enum absent) {
        return static_cast<Enum>(wordIndex(key, words, static_cast<int>(absent)));
    }

    /// Records an error found by the caller, placed at the key's value (or at the mapping).
    void reject(const std::string& key, ErrorCode code, std::string detail);
    /// Takes an error that happened below this mapping.
    void reject(Error error);
    std::string where(const std::string& key) const;

    Result<void> finish();

private:
    std::optional<YamlValue> find(const std::string& key);
    int wordIndex(const std::string& key, const std::vector<std::string>& words,
                  std::optional<int> absent);

    template <class T>
    T take(const std::string& key, Result<T> read, T absent);

    std::string where_;
    std::vector<std::pair<std::string, YamlValue>> entries_;
    std::vector<std::string> asked_;
    std::optional<Error> error_;
};

/// Text as a YAML double-quoted scalar; the writers of the product use it for every value.
std::string yamlQuote(std::string_view value);

}  // namespace deploy

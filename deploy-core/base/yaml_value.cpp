#include <charconv>

#include "base/yaml_element.h"

namespace deploy {

namespace {

tl::unexpected<Error> wrongType(const YamlValue& value, const char* expected) {
    return fail(ErrorCode::YamlWrongType, value.where(), {}, {{"expected", expected}});
}

bool isDecimal(std::string_view text) {
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos &&
           (text.size() == 1 || text.front() != '0');
}

}  // namespace

YamlValue::YamlValue(std::shared_ptr<const Element> node) : node_(std::move(node)) {}

YamlValue::Kind YamlValue::kind() const {
    return node_->kind;
}

std::string YamlValue::where() const {
    return node_->where();
}

std::string YamlValue::whereKey() const {
    return node_->whereKey();
}

const std::string& YamlValue::tag() const {
    return node_->tag;
}

Result<std::string> YamlValue::asString() const {
    if (node_->kind != Kind::Scalar)
        return wrongType(*this, "text");
    return node_->scalar;
}

Result<int64_t> YamlValue::asInteger(int64_t minimum, int64_t maximum) const {
    if (node_->kind != Kind::Scalar || !isDecimal(node_->scalar))
        return wrongType(*this, "integer");
    const std::string& text = node_->scalar;
    int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc() || number < minimum || number > maximum)
        return fail(ErrorCode::ValueInvalid, where(), {},
                    {{"value", text},
                     {"minimum", std::to_string(minimum)},
                     {"maximum", std::to_string(maximum)}});
    return number;
}

Result<double> YamlValue::asNumber() const {
    if (node_->kind != Kind::Scalar)
        return wrongType(*this, "number");
    const std::string_view text = node_->scalar;
    const size_t point = text.find('.');
    const std::string_view fraction =
        point == std::string_view::npos ? "0" : text.substr(point + 1);
    double number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!isDecimal(text.substr(0, point)) || fraction.empty() ||
        fraction.find_first_not_of("0123456789") != std::string_view::npos ||
        parsed.ec != std::errc())
        return wrongType(*this, "number");
    return number;
}

Result<bool> YamlValue::asBool() const {
    if (node_->kind == Kind::Scalar && node_->scalar == "true")
        return true;
    if (node_->kind == Kind::Scalar && node_->scalar == "false")
        return false;
    return wrongType(*this, "boolean");
}

Result<std::vector<YamlValue>> YamlValue::asSequence() const {
    if (node_->kind != Kind::Sequence)
        return wrongType(*this, "sequence");
    return std::vector<YamlValue>(node_->items.begin(), node_->items.end());
}

Result<std::vector<std::string>> YamlValue::asStrings() const {
    if (node_->kind != Kind::Sequence)
        return wrongType(*this, "sequence");
    std::vector<std::string> texts;
    for (const auto& item : node_->items) {
        auto text = YamlValue(item).asString();
        if (!text)
            return tl::unexpected(text.error());
        texts.push_back(std::move(*text));
    }
    return texts;
}

Result<std::vector<std::pair<std::string, YamlValue>>> YamlValue::asMapping() const {
    if (node_->kind != Kind::Mapping)
        return wrongType(*this, "mapping");
    std::vector<std::pair<std::string, YamlValue>> entries;
    entries.reserve(node_->items.size());
    for (size_t i = 0; i < node_->items.size(); ++i)
        entries.emplace_back(node_->keys[i], YamlValue(node_->items[i]));
    return entries;
}

std::string yamlQuote(std::string_view value) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            quoted += {'\\', c};
        else if (c == '\n')
            quoted += "\\n";
        else if (c == '\t')
            quoted += "\\t";
        else if (byte < 0x20 || byte == 0x7F)
            quoted += {'\\', 'x', kDigits[byte >> 4U], kDigits[byte & 15U]};
        else
            quoted += c;
    }
    return quoted + "\"";
}

}  // namespace deploy

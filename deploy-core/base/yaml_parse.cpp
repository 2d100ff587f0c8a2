#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <unordered_map>

#include "base/file.h"
#include "base/utf8.h"
#include "base/yaml_element.h"
#include "base/yaml_positions.h"

namespace deploy {

namespace {

constexpr size_t kLimitBytes = 2U << 20U;
constexpr size_t kLimitDepth = 32;
constexpr size_t kLimitValues = 200'000;
/// yaml-cpp keeps every token of a flow collection until its end, at about 200 bytes each.
constexpr size_t kLimitFlowMarks = 400'000;

using Element = YamlValue::Element;

/// Carries an Error out through yaml-cpp; never leaves this file.
struct Refused {
    Error error;
};

/// Whether a scalar that starts here with a quotation mark has its end; yaml-cpp takes the end of
/// the text for it where that follows a line break, so that a text cut short would pass.
bool isClosed(std::string_view scalar) {
    if (scalar.empty() || (scalar.front() != '"' && scalar.front() != '\''))
        return true;
    const char quote = scalar.front();
    const char escape = quote == '"' ? '\\' : '\'';
    for (size_t i = 1; i < scalar.size(); ++i) {
        const bool escaped = scalar[i] == escape && i + 1 < scalar.size() &&
                             (quote == '"' || scalar[i + 1] == quote);
        if (escaped)
            ++i;
        else if (scalar[i] == quote)
            return true;
    }
    return false;
}

/// Builds the tree from yaml-cpp's events, so that what is not allowed ends the reading at once
/// instead of being expanded first.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(std::string_view text, const std::string& name, YamlTags tags)
        : text_(text),
          positions_(text),
          name_(std::make_shared<const std::string>(name)),
          tags_(tags) {}

    std::shared_ptr<const Element> root() const { return root_; }
    std::string place(size_t offset) const { return yamlPlace(*name_, positions_.at(offset)); }
    std::string place(const YAML::Mark& mark) const {
        return place(mark.is_null() ? text_.size() : static_cast<size_t>(mark.pos));
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 1)
            return;
        // Left-over tokens look like another document; only "---" really starts one.
        if (text_.substr(static_cast<size_t>(mark.pos), 3) != "---")
            throw Refused{
                {ErrorCode::YamlSyntax, place(mark), {}, {{"problem", "unexpected_content"}}}};
        refuse(mark, "second_document");
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        check(mark, "?", anchor);
        if (wantsKey())
            refuse(mark, "empty_key");
        attach(make(YamlValue::Kind::Null, mark));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(mark, "alias"); }
    void OnAnchor(const YAML::Mark& mark, const std::string&) override { refuse(mark, "anchor"); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        check(mark, tag == "!" ? "?" : tag, anchor);
        if (!isClosed(text_.substr(static_cast<size_t>(mark.pos))))
            throw Refused{
                {ErrorCode::YamlSyntax, place(mark), {}, {{"problem", "quote_not_closed"}}}};
        if (wantsKey())
            return startEntry(mark, value);
        auto node = make(YamlValue::Kind::Scalar, mark);
        node->scalar = value;
        if (tag != "?" && tag != "!")
            node->tag = tag;
        attach(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(YamlValue::Kind::Sequence, mark, tag, anchor);
    }
    void OnSequenceEnd() override { open_.pop_back(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(YamlValue::Kind::Mapping, mark, tag, anchor);
    }
    void OnMapEnd() override { open_.pop_back(); }

private:
    struct Open {
        std::shared_ptr<Element> node;
        std::unordered_map<std::string, YamlPosition> seen;  ///< keys of a mapping
    };

    [[noreturn]] void refuse(const YAML::Mark& mark, const char* construct) const {
        throw Refused{{ErrorCode::YamlNotAllowed, place(mark), {}, {{"construct", construct}}}};
    }

    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        const auto offset = static_cast<size_t>(mark.pos);
        // A lone "!" is reported like a quoted scalar: look at what stands in the text.
        const bool tagged = tag != "?" || (offset < text_.size() && text_[offset] == '!');
        if (tagged && tags_ == YamlTags::Refused)
            refuse(mark, "tag");
        if (anchor != YAML::NullAnchor)
            refuse(mark, "anchor");
        if (++values_ > kLimitValues)
            refuse(mark, "too_many_values");
    }

    bool wantsKey() const {
        if (open_.empty() || open_.back().node->kind != YamlValue::Kind::Mapping)
            return false;
        return open_.back().node->keys.size() == open_.back().node->items.size();
    }

    void startEntry(const YAML::Mark& mark, const std::string& key) {
        const YamlPosition position = positions_.at(static_cast<size_t>(mark.pos));
        const auto [first, isNew] = open_.back().seen.emplace(key, position);
        if (!isNew)
            throw Refused{{ErrorCode::YamlDuplicateKey,
                           yamlPlace(*name_, position),
                           {},
                           {{"key", key}, {"first", yamlPlace(*name_, first->second)}}}};
        keyPosition_ = position;
        open_.back().node->keys.push_back(key);
    }

    std::shared_ptr<Element> make(YamlValue::Kind kind, const YAML::Mark& mark) {
        auto node = std::make_shared<Element>();
        node->kind = kind;
        node->position = positions_.at(static_cast<size_t>(mark.pos));
        node->key = node->position;
        node->name = name_;
        return node;
    }

    void attach(std::shared_ptr<Element> node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Element& parent = *open_.back().node;
        if (parent.kind == YamlValue::Kind::Mapping)
            node->key = keyPosition_;
        parent.items.push_back(std::move(node));
    }

    void open(YamlValue::Kind kind, const YAML::Mark& mark, const std::string& tag,
              YAML::anchor_t anchor) {
        check(mark, tag, anchor);
        if (wantsKey())
            refuse(mark, "collection_key");
        if (open_.size() == kLimitDepth)
            refuse(mark, "too_deep");
        auto node = make(kind, mark);
        if (tag != "?" && tag != "!")
            node->tag = tag;
        attach(node);
        open_.push_back({std::move(node), {}});
    }

    std::string_view text_;
    YamlPositions positions_;
    std::shared_ptr<const std::string> name_;
    YamlTags tags_;
    std::shared_ptr<const Element> root_;
    std::vector<Open> open_;
    YamlPosition keyPosition_;
    size_t documents_ = 0;
    size_t values_ = 0;
};

/// What yaml-cpp would misread or swell on, found before it sees the text.
std::optional<Refused> checkText(std::string_view text, const TreeBuilder& builder) {
    size_t flowMarks = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char* construct = nullptr;
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') ||
            c == 0x7F)
            construct = "control_character";
        else if (std::string_view("[]{},").find(c) != std::string_view::npos &&
                 ++flowMarks > kLimitFlowMarks)
            construct = "too_many_values";
        if (construct != nullptr)
            return Refused{
                {ErrorCode::YamlNotAllowed, builder.place(i), {}, {{"construct", construct}}}};
    }
    return std::nullopt;
}

}  // namespace

Result<YamlValue> parseYaml(std::string_view bytes, const std::string& name, YamlTags tags) {
    if (bytes.size() > kLimitBytes)
        return fail(ErrorCode::FileTooLarge, name, {},
                    {{"limit_bytes", std::to_string(kLimitBytes)}});
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    const auto text = utf8FromUtf8WithBom(bytes);
    if (!text) {
        const size_t offset = std::stoul(text.error().args.at("offset"));
        return fail(ErrorCode::EncodingInvalid, yamlPlace(name, YamlPositions(bytes).at(offset)),
                    {}, text.error().args);
    }
    TreeBuilder builder(*text, name, tags);
    if (const auto refused = checkText(*text, builder))
        return tl::unexpected(refused->error);
    try {
        std::istringstream stream(*text);
        YAML::Parser parser(stream);
        if (parser.HandleNextDocument(builder))
            parser.HandleNextDocument(builder);
    } catch (const Refused& refused) {
        return tl::unexpected(refused.error);
    } catch (const YAML::Exception& error) {
        return fail(ErrorCode::YamlSyntax, builder.place(error.mark), error.msg);
    }
    if (builder.root() == nullptr)
        return fail(ErrorCode::YamlSyntax, yamlPlace(name, {}), {}, {{"problem", "empty"}});
    return YamlValue(builder.root());
}

Result<YamlValue> parseYamlFile(const std::string& path) {
    return readFile(path, kLimitBytes).and_then([&](const std::string& text) {
        return parseYaml(text, path);
    });
}

}  // namespace deploy

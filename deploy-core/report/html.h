#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deploy {

/// A piece of well-formed markup (HTML that is XML, too). Text comes in through text() only, so
/// that nothing a server said can become markup.
class Html {
public:
    Html() = default;

    /// Escaped for display (base/utf8.h), then for markup; good in elements and attributes.
    static Html text(std::string_view words);
    /// Markup that our own code made: the drawing, the style.
    static Html trusted(std::string markup);

    Html& operator+=(const Html& more);
    friend Html operator+(Html left, const Html& right) { return left += right; }
    bool empty() const { return markup_.empty(); }
    const std::string& markup() const { return markup_; }

private:
    std::string markup_;
};

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

Html element(std::string_view tag, const Attributes& attributes, const Html& content);
/// With class `style` where it is not empty.
Html element(std::string_view tag, std::string_view style, const Html& content);
Html element(std::string_view tag, std::string_view style, std::string_view words);
/// One without content: <meta ... />.
Html voidElement(std::string_view tag, const Attributes& attributes);

/// Rows of cells under their headings; cells of a row are as many as headings.
struct HtmlTable {
    std::string style;
    std::vector<std::string> head;
    std::vector<std::vector<Html>> rows;
};
Html toHtml(const HtmlTable& table);

/// Names and values, one below the other; a pair whose value is empty is left out.
Html definitions(std::string_view style, const std::vector<std::pair<std::string, Html>>& pairs);

}  // namespace deploy

#include "report/html.h"

#include "base/utf8.h"

namespace deploy {

Html Html::text(std::string_view words) {
    Html html;
    for (const char c : escapeForDisplay(words)) {
        switch (c) {
            case '&':
                html.markup_ += "&amp;";
                break;
            case '<':
                html.markup_ += "&lt;";
                break;
            case '>':
                html.markup_ += "&gt;";
                break;
            case '"':
                html.markup_ += "&quot;";
                break;
            case '\'':
                html.markup_ += "&#39;";
                break;
            default:
                html.markup_ += c;
        }
    }
    return html;
}

Html Html::trusted(std::string markup) {
    Html html;
    html.markup_ = std::move(markup);
    return html;
}

Html& Html::operator+=(const Html& more) {
    markup_ += more.markup_;
    return *this;
}

namespace {

std::string opened(std::string_view tag, const Attributes& attributes) {
    std::string markup = "<" + std::string(tag);
    for (const auto& [name, value] : attributes)
        markup += " " + std::string(name) + "=\"" + Html::text(value).markup() + "\"";
    return markup;
}

}  // namespace

Html element(std::string_view tag, const Attributes& attributes, const Html& content) {
    return Html::trusted(opened(tag, attributes) + ">" + content.markup() + "</" +
                         std::string(tag) + ">");
}

Html element(std::string_view tag, std::string_view style, const Html& content) {
    const Attributes attributes =
        style.empty() ? Attributes{} : Attributes{{"class", std::string(style)}};
    return element(tag, attributes, content);
}

Html element(std::string_view tag, std::string_view style, std::string_view words) {
    return element(tag, style, Html::text(words));
}

Html voidElement(std::string_view tag, const Attributes& attributes) {
    return Html::trusted(opened(tag, attributes) + "/>");
}

Html toHtml(const HtmlTable& table) {
    Html head;
    for (const std::string& title : table.head)
        head += element("th", {{"scope", "col"}}, Html::text(title));
    Html body;
    for (const auto& row : table.rows) {
        Html cells;
        for (const Html& cell : row)
            cells += element("td", "", cell);
        body += element("tr", "", cells) + Html::trusted("\n");
    }
    return element("table", table.style,
                   element("thead", "", element("tr", "", head)) + element("tbody", "", body)) +
           Html::trusted("\n");
}

Html definitions(std::string_view style, const std::vector<std::pair<std::string, Html>>& pairs) {
    Html list;
    for (const auto& [name, value] : pairs)
        if (!value.empty())
            list += element("div", "", element("dt", "", name) + element("dd", "", value));
    return element("dl", style, list) + Html::trusted("\n");
}

}  // namespace deploy

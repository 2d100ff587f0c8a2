#include <array>

#include "report/sections.h"

namespace deploy {

namespace {

/// The report's parts in their order; `id` is the anchor and the text key of the heading.
struct Section {
    const char* id;
    Html (*content)(const ReportPage& page);
};
constexpr std::array kSections = {
    Section{"result", resultSection},
    Section{"access", accessSection},
    Section{"drawing", drawingSection},
    Section{"failures", failuresSection},
    Section{"servers", serversSection},
    Section{"checks", checksSection},
    Section{"work", workSection},
    Section{"bundle", bundleSection},
    Section{"all_checks", allChecksSection},
    Section{"files", filesSection},
};

/// What marks a report that is not about real servers: a key of its texts; empty for a real one.
std::string markKey(const ReportPage& page) {
    const ProjectKind kind = page.report.project.kind;
    return kind == ProjectKind::Deploy ? std::string() : kindWord(kind);
}

std::string headingOf(const ReportPage& page, size_t index) {
    return std::to_string(index + 1) + "  " +
           page.words.text(std::string("section.") + kSections.at(index).id);
}

Html contents(const ReportPage& page) {
    Html list;
    for (size_t i = 0; i < kSections.size(); ++i)
        list += element("li", "",
                        element("a", {{"href", std::string("#") + kSections.at(i).id}},
                                Html::text(headingOf(page, i))));
    return element("nav", "", element("ol", "", list));
}

Html sections(const ReportPage& page) {
    Html all;
    for (size_t i = 0; i < kSections.size(); ++i) {
        const Section& section = kSections.at(i);
        all += element("section", {{"id", section.id}},
                       element("h2", "", headingOf(page, i)) + Html::trusted("\n") +
                           section.content(page)) +
               Html::trusted("\n");
    }
    return all;
}

std::string titleOf(const ReportPage& page) {
    const std::string title = page.report.project.name + " · " + page.words.text("title");
    const std::string key = markKey(page);
    return key.empty() ? title : page.words.text(key + ".word") + " · " + title;
}

}  // namespace

std::string reportToHtml(const Report& report, const MessageTable& table,
                         const std::string& style) {
    const ReportWords words(report, table);
    const ReportPage page{report, words};
    const std::string language = table.language() == "zh_CN" ? "zh-CN" : "en";
    const Html head =
        voidElement("meta", {{"charset", "utf-8"}}) +
        voidElement("meta",
                    {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) +
        element("title", "", titleOf(page)) + element("style", "", Html::trusted(style));
    const std::string key = markKey(page);
    const Html strip = key.empty() ? Html() : element("div", "strip", words.text(key + ".strip"));
    const Html body =
        strip + Html::trusted("\n") +
        element("main", "",
                element("header", "cover", coverPart(page)) + contents(page) + sections(page) +
                    element("footer", "", words.text("footer", {{"zone", words.zone()}})));
    const Html document =
        element("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", language}},
                element("head", "", head) + Html::trusted("\n") +
                    element("body", key.empty() ? "" : "practice", body));
    return "<!DOCTYPE html>\n" + document.markup() + "\n";
}

}  // namespace deploy

#pragma once

#include <QString>
#include <utility>
#include <vector>

namespace wizard {

/// A part of the report's markup: an element, or words (empty tag).
struct Markup {
    QString tag;
    QString style;  ///< its class
    QString text;
    std::vector<Markup> children;

    bool is(const char* name) const { return tag == QLatin1String(name); }
    /// One of its classes has this name.
    bool has(const char* name) const;
    /// All words in it, one after the other.
    QString words() const;
    /// The first element of that name in it; null if there is none.
    const Markup* find(const char* name) const;
};

/// The report (deploy::reportToHtml writes well-formed XML) as a tree. A drawing in it stays as
/// it is written, as the text of its element "svg". An empty tree for what is no XML.
Markup readMarkup(const QString& xhtml);

}  // namespace wizard

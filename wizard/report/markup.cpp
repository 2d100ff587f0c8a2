#include "report/markup.h"

#include <QStringList>
#include <QXmlStreamReader>
#include <algorithm>

namespace wizard {

namespace {

constexpr int kDeepest = 64;

void readChildren(QXmlStreamReader& xml, Markup& parent, const QString& source, int depth) {
    while (!xml.atEnd()) {
        const qint64 before = xml.characterOffset();
        switch (xml.readNext()) {
            case QXmlStreamReader::Characters:
                parent.children.push_back({{}, {}, xml.text().toString(), {}});
                break;
            case QXmlStreamReader::EndElement:
                return;
            case QXmlStreamReader::StartElement: {
                Markup child{xml.name().toString(),
                             xml.attributes().value(QLatin1String("class")).toString(),
                             {},
                             {}};
                if (child.is("svg")) {
                    xml.skipCurrentElement();
                    const qsizetype begin = source.indexOf(QLatin1String("<svg"), before - 4);
                    child.text = source.mid(begin, xml.characterOffset() - begin);
                } else if (depth < kDeepest) {
                    readChildren(xml, child, source, depth + 1);
                } else {
                    xml.skipCurrentElement();
                }
                parent.children.push_back(std::move(child));
                break;
            }
            default:
                break;
        }
    }
}

}  // namespace

bool Markup::has(const char* name) const {
    return style.split(QLatin1Char(' ')).contains(QLatin1String(name));
}

QString Markup::words() const {
    QString all = is("svg") ? QString() : text;
    for (const Markup& child : children)
        all += child.words();
    return all;
}

const Markup* Markup::find(const char* name) const {
    for (const Markup& child : children) {
        if (child.is(name))
            return &child;
        if (const Markup* found = child.find(name))
            return found;
    }
    return nullptr;
}

Markup readMarkup(const QString& xhtml) {
    QXmlStreamReader xml(xhtml);
    Markup root;
    readChildren(xml, root, xhtml, 0);
    return xml.hasError() ? Markup() : root;
}

}  // namespace wizard

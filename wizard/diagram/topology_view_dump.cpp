#include <QTextStream>

#include "diagram/topology_view.h"
#include "text/convert.h"

namespace wizard {

namespace {

QString boxText(const QRectF& box) {
    return QStringLiteral("%1,%2 %3x%4")
        .arg(qRound(box.x()))
        .arg(qRound(box.y()))
        .arg(qRound(box.width()))
        .arg(qRound(box.height()));
}

QString severityText(deploy::Severity severity) {
    switch (severity) {
        case deploy::Severity::Error:
            return QStringLiteral(" error");
        case deploy::Severity::Warning:
            return QStringLiteral(" warning");
        case deploy::Severity::Note:
            break;
    }
    return {};
}

QString standText(deploy::Stand stand) {
    switch (stand) {
        case deploy::Stand::Business:
            return QStringLiteral("business");
        case deploy::Stand::Data:
            return QStringLiteral("data");
        case deploy::Stand::Ops:
            return QStringLiteral("ops");
        case deploy::Stand::Tray:
            break;
    }
    return QStringLiteral("tray");
}

}  // namespace

QString TopologyView::dump() const {
    QString text;
    QTextStream out(&text);
    const deploy::Layout& layout = drawing_.layout;
    const auto chips = selectedChips();
    for (const auto& group : layout.groups)
        out << "datacenter " << toQt(group.datacenter) << ' ' << boxText(rectOf(group.box)) << '\n';
    for (const auto& place : layout.places)
        out << "place " << toQt(place.label.key) << ' ' << boxText(rectOf(place.box)) << '\n';
    const auto hosts = selected();
    for (const auto& frame : layout.frames) {
        const auto worst = drawing_.worst.find(frame.host);
        out << "server " << toQt(frame.host) << ' ' << standText(frame.stand) << ' '
            << boxText(rectOf(frame.box))
            << (worst == drawing_.worst.end() ? QString() : severityText(worst->second))
            << (std::find(hosts.begin(), hosts.end(), frame.host) != hosts.end() ? " selected" : "")
            << (carry_.targets.contains(frame.host) ? " target" : "")
            << (carry_.over == frame.host ? (carry_.legal ? " over-legal" : " over-illegal") : "")
            << (failure_.down.contains(frame.host) ? " down" : "") << '\n';
    }
    for (const auto& band : layout.bands)
        out << "band " << toQt(band.role) << ' ' << boxText(rectOf(band.box)) << '\n';
    for (const auto& cell : layout.cells) {
        const deploy::Chip chip{cell.role, cell.host};
        out << "chip " << toQt(cell.role) << '@' << toQt(cell.host) << ' '
            << boxText(rectOf(cell.box)) << " dots=" << cell.dots.size()
            << (std::find(chips.begin(), chips.end(), chip) != chips.end() ? " selected" : "")
            << '\n';
    }
    return text;
}

}  // namespace wizard

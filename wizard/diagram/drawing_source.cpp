#include "diagram/drawing_source.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "text/convert.h"
#include "text/words.h"
#include "topology/order.h"
#include "topology/port_use.h"

namespace wizard {

namespace {

/// Short, for a narrow frame: "16G", "1.5T".
QString shortBytes(uint64_t bytes) {
    constexpr double kGiB = 1024.0 * 1024 * 1024;
    const double gib = double(bytes) / kGiB;
    if (gib >= 1000)
        return QStringLiteral("%1T").arg(std::round(gib / 1024 * 10) / 10);
    return QStringLiteral("%1G").arg(gib < 10 ? std::round(gib * 10) / 10 : std::round(gib));
}

double share(double have, double need) {
    return need > 0 ? have / need : 1;
}

Gauges gaugesOf(const deploy::Facts& facts, const deploy::ServerSize& need) {
    Gauges gauges(3);
    if (facts.cores)
        gauges[0] = {QString::number(*facts.cores), share(*facts.cores, need.cores), true};
    if (facts.memoryBytes)
        gauges[1] = {shortBytes(*facts.memoryBytes),
                     share(double(*facts.memoryBytes), double(need.memoryBytes)), true};
    if (facts.dataDirectory && facts.dataDirectory->totalBytes) {
        const uint64_t disk = *facts.dataDirectory->totalBytes;
        gauges[2] = {shortBytes(disk), share(double(disk), double(need.diskBytes)), true};
    }
    return gauges;
}

QString neededLine(const deploy::ServerSize& need) {
    return QCoreApplication::translate("Drawing", "Needed: %1")
        .arg(joined({QCoreApplication::translate("Drawing", "%1 cores").arg(need.cores),
                     bytesText(need.memoryBytes), bytesText(need.diskBytes)}));
}

QString tipOf(const deploy::Host& host, const deploy::Facts* facts, const deploy::Mode& mode) {
    QStringList lines{joined(
        {toQt(host.name), toQt(deploy::escapeForDisplay(host.address)), toQt(host.datacenter)})};
    if (facts == nullptr)
        return lines.join(QLatin1Char('\n')) + QLatin1Char('\n') +
               QCoreApplication::translate("Drawing", "Not probed yet");
    const auto text = [](const std::optional<std::string>& value) {
        return value ? toQt(deploy::escapeForDisplay(*value)) : QString();
    };
    lines << joined({text(facts->osName), text(facts->kernel), text(facts->architecture)});
    lines << QCoreApplication::translate("Drawing", "Measured: %1").arg(sizeText(*facts));
    lines << neededLine(mode.minimum);
    if (facts->dataDirectory && facts->dataDirectory->rotational)
        lines << (*facts->dataDirectory->rotational
                      ? QCoreApplication::translate("Drawing", "Disk: spinning")
                      : QCoreApplication::translate("Drawing", "Disk: SSD"));
    if (facts->fdatasyncP99Ms)
        lines << QCoreApplication::translate("Drawing", "Disk write, p99: %1 ms")
                     .arg(*facts->fdatasyncP99Ms, 0, 'f', 1);
    if (facts->clockOffsetSeconds)
        lines << QCoreApplication::translate("Drawing", "Clock against this computer: %1 s")
                     .arg(*facts->clockOffsetSeconds, 0, 'f', 1);
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

/// What a role is for, and through which ports it is reached.
QString roleTip(const deploy::RoleId& role, const deploy::Catalog& catalog,
                const deploy::Mode& mode, const deploy::Topology& topology, const Texts& texts) {
    QStringList lines{roleName(texts, role), texts.text("role." + role.str() + ".about")};
    for (const deploy::Port& port : catalog.ports) {
        const bool here = port.to == role.str() && std::find(port.modes.begin(), port.modes.end(),
                                                             mode.id) != port.modes.end();
        if (!here || port.first == 0 || !isUsed(port, topology))
            continue;
        const QString range = port.first == port.last
                                  ? QString::number(port.first)
                                  : QStringLiteral("%1-%2").arg(port.first).arg(port.last);
        lines << QStringLiteral("%1/%2  %3")
                     .arg(range,
                          port.protocol == deploy::Protocol::Udp ? QStringLiteral("udp")
                                                                 : QStringLiteral("tcp"),
                          texts.text("port." + port.why));
    }
    return lines.join(QLatin1Char('\n'));
}

void addFindings(Drawing& drawing, const std::vector<deploy::Finding>& findings) {
    for (const deploy::Finding& finding : findings) {
        for (const deploy::HostId& host : finding.hosts)
            drawing.worst[host] = std::max(drawing.worst[host], finding.severity);
        for (const deploy::RoleId& role : finding.roles)
            drawing.worstOfRole[role] = std::max(drawing.worstOfRole[role], finding.severity);
    }
}

/// A gauge says what the check says: it knows tolerances that a bare comparison does not.
void addChecks(Drawing& drawing, const std::vector<deploy::CheckResult>& checks) {
    static const std::vector<std::string> ids{"resources.cpu", "resources.memory",
                                              "resources.disk"};
    for (const deploy::CheckResult& check : checks) {
        const auto id = std::find(ids.begin(), ids.end(), check.id.str());
        const auto gauges = drawing.gauges.find(check.host);
        if (id != ids.end() && gauges != drawing.gauges.end())
            gauges->second[size_t(id - ids.begin())].enough =
                check.status != deploy::CheckStatus::Failed;
    }
}

}  // namespace

QString roleName(const Texts& texts, const deploy::RoleId& role) {
    return texts.text("role." + role.str());
}

QString modeName(const Texts& texts, const deploy::ModeId& mode) {
    return texts.text("mode." + mode.str() + ".name");
}

QString sizeText(const deploy::Facts& facts) {
    QStringList parts;
    if (facts.cores)
        parts << QCoreApplication::translate("Drawing", "%1 cores").arg(*facts.cores);
    if (facts.memoryBytes)
        parts << bytesText(*facts.memoryBytes);
    if (facts.dataDirectory && facts.dataDirectory->totalBytes)
        parts << bytesText(*facts.dataDirectory->totalBytes);
    return joined(parts);
}

Drawing drawingOf(const Draft& draft, const Assessment& assessment, const Texts& texts) {
    Drawing drawing;
    const deploy::Mode* mode = draft.mode();
    if (!draft.isOpen() || mode == nullptr)
        return drawing;
    const auto& catalog = draft.product().catalog;
    const auto& content = draft.content();
    drawing.layout =
        deploy::layoutOf(catalog, *mode, deploy::inOrder(content.inventory, content.order),
                         content.topology, content.settings.entryPort);
    for (const deploy::Host& host : content.inventory.hosts) {
        const deploy::Facts* facts = assessment.facts(host.name);
        drawing.tips[host.name] = tipOf(host, facts, *mode);
        if (facts != nullptr)
            drawing.gauges[host.name] = gaugesOf(*facts, mode->minimum);
    }
    for (const deploy::RoleCount& count : mode->roles)
        drawing.roleTips[count.role] = roleTip(count.role, catalog, *mode, content.topology, texts);
    addFindings(drawing, assessment.findings());
    addChecks(drawing, assessment.checks());
    return drawing;
}

}  // namespace wizard

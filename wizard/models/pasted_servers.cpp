#include "models/pasted_servers.h"

#include <QRegularExpression>
#include <QStringList>

#include "inventory/readers.h"
#include "text/convert.h"

namespace wizard {

namespace {

constexpr int kRangeLimit = 1000;

/// A cell from a spreadsheet, quoted for RFC 4180.
QString asCsv(const QString& tabbed) {
    QStringList lines;
    for (const QString& line : tabbed.split(QLatin1Char('\n'))) {
        QStringList cells;
        for (QString cell : line.split(QLatin1Char('\t'))) {
            cell.remove(QLatin1Char('\r')).replace(QLatin1String("\""), QLatin1String("\"\""));
            cells << QLatin1Char('"') + cell + QLatin1Char('"');
        }
        if (!line.trimmed().isEmpty())
            lines << cells.join(QLatin1Char(','));
    }
    return lines.join(QLatin1Char('\n'));
}

/// "10.0.0.[11-14]" gives four addresses; without a range the address itself.
QStringList expand(const QString& address) {
    static const QRegularExpression range(QStringLiteral("^(.*)\\[(\\d{1,5})-(\\d{1,5})\\](.*)$"));
    const auto match = range.match(address);
    if (!match.hasMatch())
        return {address};
    const int first = match.captured(2).toInt();
    const int last = match.captured(3).toInt();
    const bool padded = match.captured(2).startsWith(QLatin1Char('0'));
    const int width = padded ? int(match.captured(2).size()) : 0;
    QStringList all;
    if (last < first || last - first >= kRangeLimit)
        return all;
    for (int i = first; i <= last; ++i)
        all << match.captured(1) + QStringLiteral("%1").arg(i, width, 10, QLatin1Char('0')) +
                   match.captured(4);
    return all;
}

deploy::HostId freeName(const deploy::Inventory& present, const deploy::Inventory& made) {
    for (int i = 1;; ++i) {
        deploy::HostId name("s" + std::to_string(i));
        if (present.find(name) == nullptr && made.find(name) == nullptr)
            return name;
    }
}

deploy::Result<deploy::Inventory> readLines(const QString& text, const deploy::Inventory& present) {
    static const QRegularExpression form(QStringLiteral(
        "^(?:([^@\\s]+)@)?(\\[[0-9A-Fa-f:]+\\]|[^\\s:]+)(?::(\\d+))?(?:\\s+(\\S+))?$"));
    deploy::Inventory made;
    int number = 0;
    for (const QString& raw : text.split(QLatin1Char('\n'))) {
        ++number;
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        const auto match = form.match(line);
        const QStringList addresses = match.hasMatch() ? expand(match.captured(2)) : QStringList();
        const uint port = match.captured(3).isEmpty() ? 22 : match.captured(3).toUInt();
        if (addresses.isEmpty() || port == 0 || port > 65535)
            return deploy::fail(deploy::ErrorCode::ValueInvalid, std::to_string(number),
                                fromQt(line));
        for (const QString& address : addresses) {
            deploy::Host host;
            QString bare = address;
            if (bare.startsWith(QLatin1Char('[')) && bare.endsWith(QLatin1Char(']')))
                bare = bare.mid(1, bare.size() - 2);
            host.address = fromQt(bare);
            host.port = uint16_t(port);
            if (!match.captured(1).isEmpty())
                host.user = fromQt(match.captured(1));
            if (host.user != "root")
                host.sudo = deploy::SudoMode::Password;
            const bool named = !match.captured(4).isEmpty() && addresses.size() == 1;
            host.name = named ? deploy::HostId(fromQt(match.captured(4))) : freeName(present, made);
            made.hosts.push_back(std::move(host));
        }
    }
    return made;
}

}  // namespace

deploy::Result<deploy::Inventory> readPastedServers(const QString& text,
                                                    const deploy::Inventory& present) {
    const QString trimmed = text.trimmed();
    if (trimmed.contains(QLatin1String("servers:")))
        return deploy::readInventoryYaml(fromQt(trimmed), "paste");
    const QString head = trimmed.section(QLatin1Char('\n'), 0, 0);
    if (head.contains(QLatin1Char('\t')))
        return deploy::readInventoryCsv(fromQt(asCsv(trimmed)), "paste");
    if (head.contains(QLatin1Char(',')))
        return deploy::readInventoryCsv(fromQt(trimmed), "paste");
    return readLines(trimmed, present);
}

}  // namespace wizard

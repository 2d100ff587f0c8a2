#include "diagram/carried.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "text/convert.h"

namespace wizard {

namespace {

const QString kFormat = QStringLiteral("application/x-finclip-deploy-load+json");
constexpr qsizetype kLimitBytes = 1 << 20;

bool inTray(const deploy::Layout& layout, const Load& load) {
    return !load.servers.empty() &&
           std::all_of(load.servers.begin(), load.servers.end(), [&](const auto& host) {
               const deploy::FrameBox* frame = deploy::frameOf(layout, host);
               return frame != nullptr && frame->stand == deploy::Stand::Tray;
           });
}

}  // namespace

DropPlace placeAt(const deploy::Layout& layout, const deploy::Point& point, const Load& load) {
    using Kind = DropPlace::Kind;
    const deploy::FrameBox* frame = deploy::frameAt(layout, point);
    const deploy::BandBox* band = deploy::bandAt(layout, point);
    if (band != nullptr && (frame == nullptr || inTray(layout, load)))
        return {Kind::Band, {}, band->role};
    if (frame != nullptr)
        return {Kind::Server, frame->host, {}};
    if (const deploy::SlotBox* slot = deploy::slotAt(layout, point))
        return {slot->kind == deploy::SlotBox::Kind::Ops ? Kind::Ops : Kind::Tray, {}, {}};
    return {};
}

QMimeData* toMime(const Load& load) {
    QJsonArray chips;
    for (const deploy::Chip& chip : load.chips)
        chips.append(QJsonArray{toQt(chip.role), toQt(chip.from)});
    QJsonArray servers;
    for (const deploy::HostId& host : load.servers)
        servers.append(toQt(host));
    const QJsonObject root{{QStringLiteral("chips"), chips}, {QStringLiteral("servers"), servers}};
    auto* data = new QMimeData;
    data->setData(kFormat, QJsonDocument(root).toJson(QJsonDocument::Compact));
    return data;
}

std::optional<Load> fromMime(const QMimeData* data) {
    if (data == nullptr || !data->hasFormat(kFormat))
        return {};
    const QByteArray bytes = data->data(kFormat);
    if (bytes.size() > kLimitBytes)
        return {};
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    Load load;
    for (const QJsonValue value : root[QLatin1String("chips")].toArray()) {
        const QJsonArray pair = value.toArray();
        if (pair.size() != 2 || pair.at(0).toString().isEmpty())
            return {};
        load.chips.push_back({deploy::RoleId(fromQt(pair.at(0).toString())),
                              deploy::HostId(fromQt(pair.at(1).toString()))});
    }
    for (const QJsonValue value : root[QLatin1String("servers")].toArray()) {
        if (value.toString().isEmpty())
            return {};
        load.servers.emplace_back(fromQt(value.toString()));
    }
    if (load.empty() || (!load.chips.empty() && !load.servers.empty()))
        return {};
    return load;
}

}  // namespace wizard

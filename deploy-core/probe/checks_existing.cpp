#include <algorithm>

#include "probe/check_sheet.h"

namespace deploy {

namespace {

const ExistingSoftware* find(const CheckSheet& sheet, const std::string& id) {
    for (const ExistingSoftware& each : sheet.facts.existing)
        if (each.id == id)
            return &each;
    return nullptr;
}

std::string named(const ExistingSoftware& software) {
    return software.id + (software.version.empty() ? "" : " " + software.version) +
           (software.detail.empty() ? "" : " (" + software.detail + ")");
}

bool oursHas(const CheckSheet& sheet, const std::string& book) {
    const auto& parts = sheet.facts.finclipParts;
    return std::find(parts.begin(), parts.end(), book) != parts.end();
}

/// An engine of others is reused or refused, as a person chose; it is never changed unasked.
void checkDocker(CheckSheet& sheet) {
    if (!sheet.probed())
        return sheet.judge("existing.docker", std::nullopt, {}, {});
    const ExistingSoftware* engine = find(sheet, "docker");
    if (engine == nullptr)
        engine = find(sheet, "containerd");
    if (engine == nullptr)
        return sheet.judge("existing.docker", true, {}, {});
    const bool accepted = sheet.context.reuseDocker || oursHas(sheet, "docker.engine");
    sheet.judge("existing.docker", accepted, named(*engine), {});
}

void checkOther(CheckSheet& sheet, const char* id, const std::string& software, bool matters) {
    if (!sheet.probed())
        return sheet.judge(id, std::nullopt, {}, {});
    const ExistingSoftware* found = find(sheet, software);
    if (found == nullptr || sheet.hasOurs())
        return sheet.judge(id, true, found == nullptr ? "" : named(*found), {});
    // The single node runs its own in containers, beside those; a busy port is another check.
    sheet.add(id, matters ? CheckStatus::Failed : CheckStatus::Warning, named(*found), {});
}

void checkOurs(CheckSheet& sheet) {
    if (!sheet.probed())
        return sheet.judge("existing.finclip", std::nullopt, {}, {});
    const Facts& facts = sheet.facts;
    const BundleManifest* bundle = sheet.context.bundle;
    const std::string wanted = bundle != nullptr ? bundle->product + " " + bundle->version : "";
    if (!sheet.hasOurs())
        return sheet.judge("existing.finclip", true, {}, wanted);
    const std::string version = facts.finclipVersion.value_or("");
    const bool same = !version.empty() && (wanted.empty() || version == wanted);
    sheet.judge("existing.finclip", same,
                version.empty() ? joined(sheet.installedParts()) : version, wanted,
                {{"state", version.empty() ? "partial" : "whole"}});
}

}  // namespace

void checkExisting(CheckSheet& sheet) {
    checkDocker(sheet);
    checkOther(sheet, "existing.kubernetes", "kubernetes", sheet.cluster());
    checkOther(sheet, "existing.mysql", "mysql", false);
    checkOther(sheet, "existing.redis", "redis", false);
    checkOurs(sheet);
}

}  // namespace deploy

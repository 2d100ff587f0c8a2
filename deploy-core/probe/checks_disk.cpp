#include <algorithm>
#include <cmath>

#include "probe/check_sheet.h"

namespace deploy {

namespace {

std::string percentText(double share) {
    return numberText(std::round(share * 1000) / 10) + " %";
}

/// Of the data directory's file system: how much of `total` is taken.
std::optional<double> usedShare(const std::optional<uint64_t>& total,
                                const std::optional<uint64_t>& free) {
    if (!total || !free || *total == 0)
        return std::nullopt;
    return static_cast<double>(*total - *free) / static_cast<double>(*total);
}

void checkUsed(CheckSheet& sheet, const char* id, std::optional<double> used) {
    const auto most = sheet.limit(id);
    const std::string required = most ? "≤ " + numberText(*most) + " %" : std::string();
    if (!most || !used)
        return sheet.judge(id, std::nullopt, {}, required);
    sheet.judge(id, *used * 100 <= *most, percentText(*used), required);
}

void checkFree(CheckSheet& sheet, const FileSystemFacts& disk) {
    const BundleManifest* bundle = sheet.context.bundle;
    const auto factor = sheet.limit("disk.free");
    if (bundle == nullptr)
        return;
    // What is installed already has taken its room.
    if (sheet.facts.finclipVersion)
        return sheet.notApplicable("disk.free");
    if (!factor)
        return sheet.judge("disk.free", std::nullopt, {}, {});
    const auto needed = static_cast<uint64_t>(*factor * static_cast<double>(bundle->totalBytes()));
    const std::optional<bool> holds =
        disk.freeBytes ? std::optional(*disk.freeBytes >= needed) : std::nullopt;
    sheet.judge("disk.free", holds, bytesText(disk.freeBytes.value_or(0)),
                "≥ " + bytesText(needed));
}

void checkType(CheckSheet& sheet, const FileSystemFacts& disk) {
    const std::optional<bool> holds =
        disk.type.empty() ? std::nullopt : std::optional(disk.type == "ext4" || disk.type == "xfs");
    sheet.judge("disk.filesystem", holds, disk.type, "ext4, xfs");
    if (disk.type == "xfs")
        sheet.judge("disk.ftype", disk.ftype, disk.ftype.value_or(false) ? "ftype=1" : "ftype=0",
                    "ftype=1");
    else if (disk.type.empty())
        sheet.judge("disk.ftype", std::nullopt, {}, "ftype=1");
    else
        sheet.notApplicable("disk.ftype", disk.type);
}

void checkOptions(CheckSheet& sheet, const FileSystemFacts& disk) {
    std::vector<std::string> harmful;
    for (const char* option : {"ro", "noexec"})
        if (std::find(disk.options.begin(), disk.options.end(), option) != disk.options.end())
            harmful.emplace_back(option);
    const std::optional<bool> holds =
        disk.options.empty() ? std::nullopt : std::optional(harmful.empty());
    sheet.judge("disk.options", holds, harmful.empty() ? "rw, exec" : joined(harmful), "rw, exec");
}

void checkSsd(CheckSheet& sheet, const FileSystemFacts& disk) {
    if (!sheet.context.mode->ssdRecommended)
        return sheet.notApplicable("disk.ssd");
    const std::optional<bool> holds =
        disk.rotational ? std::optional(!*disk.rotational) : std::nullopt;
    sheet.judge("disk.ssd", holds, disk.rotational.value_or(false) ? "HDD" : "SSD", "SSD");
}

void checkLatency(CheckSheet& sheet) {
    const bool matters = sheet.cluster() &&
                         (sheet.mayHave(RoleId("k8s_server")) || sheet.mayHave(RoleId("database")));
    if (!matters)
        return sheet.notApplicable("disk.latency");
    const auto most = sheet.limit("disk.latency");
    const auto& p99 = sheet.facts.fdatasyncP99Ms;
    if (!most || !p99)
        return sheet.judge("disk.latency", std::nullopt, {}, {});
    sheet.judge("disk.latency", *p99 < *most, numberText(*p99) + " ms",
                "< " + numberText(*most) + " ms");
}

}  // namespace

void checkDisk(CheckSheet& sheet) {
    const FileSystemFacts disk = sheet.facts.dataDirectory.value_or(FileSystemFacts{});
    checkFree(sheet, disk);
    checkUsed(sheet, "disk.used", usedShare(disk.totalBytes, disk.freeBytes));
    // A file system that makes inodes as it goes has no number of them.
    if (disk.totalBytes && !disk.totalInodes)
        sheet.notApplicable("disk.inodes");
    else
        checkUsed(sheet, "disk.inodes", usedShare(disk.totalInodes, disk.freeInodes));
    checkType(sheet, disk);
    checkOptions(sheet, disk);
    const std::optional<bool> plain = disk.symlink ? std::optional(!*disk.symlink) : std::nullopt;
    sheet.judge("disk.symlink", plain, disk.symlink.value_or(false) ? "symlink" : "no symlink",
                "no symlink");
    checkSsd(sheet, disk);
    checkLatency(sheet);
}

}  // namespace deploy

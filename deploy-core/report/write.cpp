#include "base/file.h"
#include "base/resources.h"
#include "report/report.h"
#include "report/words.h"

namespace deploy {

ReportFiles reportFilesIn(const std::filesystem::path& folder, const Report& report,
                          const std::string& language) {
    // "2026-01-31T18:15:07.123+08:00" -> "2026-01-31-181507": readable, and good on any file
    // system.
    const std::string iso = toIso8601(report.madeAt, report.utcOffset);
    const std::string stem = iso.substr(0, 10) + "-" + iso.substr(11, 2) + iso.substr(14, 2) +
                             iso.substr(17, 2) + "-" + language;
    return {folder / (stem + ".html"), folder / (stem + ".json")};
}

Result<void> writeReport(const Report& report, const MessageTable& table,
                         const ReportFiles& files) {
    const auto style = readResource("style/report.css");
    if (!style)
        return tl::unexpected(style.error());
    if (const auto folder = files.html.parent_path(); !folder.empty()) {
        std::error_code error;
        if (!std::filesystem::exists(folder, error))
            if (auto made = makePrivateFolder(folder); !made)
                return made;
    }
    if (auto written = writeFileAtomically(files.html, reportToHtml(report, table, *style), 0600);
        !written)
        return written;
    return writeFileAtomically(files.json, reportToJson(report, table), 0600);
}

}  // namespace deploy

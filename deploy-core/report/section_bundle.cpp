#include "base/byte_count.h"
#include "report/sections.h"

namespace deploy {

namespace {

/// Practice without a bundle of its own shows a list of files that exist nowhere.
bool listOnly(const ReportPage& page) {
    return page.report.project.kind == ProjectKind::Practice &&
           page.report.project.bundlePath.empty();
}

Html about(const ReportPage& page, const ReportBundle& bundle) {
    const ReportWords& words = page.words;
    const BundleManifest& manifest = bundle.manifest;
    return definitions(
        "facts",
        {{words.text("bundle.product"), Html::text(manifest.product + " " + manifest.version)},
         {words.text("bundle.digest"), code(bundle.digest)},
         {words.text("bundle.signature"),
          bundle.signedBy.empty()
              ? Html::text(words.text("bundle.unsigned"))
              : Html::text(words.text("bundle.signed_by")) + code(bundle.signedBy)},
         {words.text("bundle.size"),
          Html::text(words.text(listOnly(page) ? "bundle.size_practice" : "bundle.size_text",
                                {{"files", std::to_string(manifest.files.size())},
                                 {"bytes", bytesText(manifest.totalBytes())}}))},
         {words.text("bundle.path"), code(page.report.project.bundlePath)}});
}

Html components(const ReportPage& page, const BundleManifest& manifest) {
    HtmlTable table{"plain",
                    {page.words.text("bundle.component"), page.words.text("bundle.version"),
                     page.words.text("bundle.licence")},
                    {}};
    for (const BundleComponent& component : manifest.components)
        table.rows.push_back({Html::text(component.id), Html::text(component.version),
                              Html::text(component.licence)});
    return toHtml(table);
}

Html images(const ReportPage& page, const BundleManifest& manifest) {
    if (manifest.images.empty())
        return {};
    HtmlTable table{
        "plain", {page.words.text("bundle.image"), page.words.text("bundle.image_id")}, {}};
    for (const BundleImage& image : manifest.images)
        table.rows.push_back({Html::text(image.reference), code(image.id)});
    return element("h3", "", page.words.text("bundle.images")) + toHtml(table);
}

/// What was installed came from another bundle than the one described here.
Html otherBundle(const ReportPage& page, const ReportBundle& bundle) {
    const Plan* plan = appliedPlan(page.report);
    if (plan == nullptr || plan->bundleDigest.empty() || plan->bundleDigest == bundle.digest)
        return {};
    return note(Mark{Tone::Warn, "▲"}, page.words.text("bundle.other"),
                element("p", "", code(plan->bundleDigest)));
}

Html notAtHand(const ReportPage& page) {
    Html html = element("p", "", page.words.text("bundle.nothing"));
    if (const Plan* plan = appliedPlan(page.report); plan != nullptr)
        html += definitions(
            "facts", {{page.words.text("bundle.installed_digest"), code(plan->bundleDigest)}});
    return html + errorNote(page, page.report.bundleError);
}

}  // namespace

Html bundleSection(const ReportPage& page) {
    if (!page.report.bundle)
        return notAtHand(page);
    const ReportBundle& bundle = *page.report.bundle;
    return about(page, bundle) + otherBundle(page, bundle) +
           element("h3", "", page.words.text("bundle.components")) +
           components(page, bundle.manifest) + images(page, bundle.manifest);
}

Html filesSection(const ReportPage& page) {
    if (!page.report.bundle)
        return element("p", "", page.words.text("bundle.nothing"));
    HtmlTable table{"dense files",
                    {page.words.text("bundle.file"), page.words.text("bundle.file_size"),
                     page.words.text("bundle.sha256")},
                    {}};
    for (const BundleFile& file : page.report.bundle->manifest.files)
        table.rows.push_back(
            {Html::text(file.path), Html::text(bytesText(file.size)), code(file.sha256)});
    return toHtml(table);
}

}  // namespace deploy

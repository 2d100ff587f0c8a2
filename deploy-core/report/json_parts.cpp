#include "report/json_parts.h"

#include "report/access.h"

namespace deploy {

using nlohmann::json;

json errorJson(const Error& error, const ReportWords& words) {
    const ErrorText text = describe(error, words.table());
    return {{"code", std::string(codeName(error.code))},
            {"where", error.where},
            {"detail", error.detail},
            {"args", error.args},
            {"what", text.what},
            {"remedy", text.remedy}};
}

json timeJson(WallTime time, const ReportWords& words) {
    return time == WallTime{} ? json(nullptr) : json(words.iso(time));
}

json resultJson(const Report& report, const ReportWords& words) {
    json rows = json::array();
    for (const Verification& answer : verificationsOf(report)) {
        json row = {{"step", answer.step.str()},
                    {"server", answer.host.str()},
                    {"title", words.stepTitle(answer.title, answer.args)},
                    {"status", nameOf(answer.status)},
                    {"at", timeJson(answer.at, words)},
                    {"run", answer.run.str()},
                    {"server_said", answer.words}};
        if (answer.error)
            row["error"] = errorJson(*answer.error, words);
        rows.push_back(std::move(row));
    }
    return rows;
}

json accessJson(const Report& report, const ReportWords& words) {
    static constexpr std::array kLicence = {"not_known", "present", "missing"};
    json entries = json::array();
    for (const Entry& entry : entriesOf(report))
        entries.push_back({{"url", entry.url}, {"server", entry.server.str()}});
    json places = json::array();
    const Plan* plan = appliedPlan(report);
    if (plan != nullptr && handOverOf(report) != HandOver::Removed)
        for (const CredentialPlace& place : credentialsOf(*plan))
            places.push_back(
                {{"server", place.server.str()}, {"name", place.name}, {"path", place.path}});
    json operations = json::array();
    for (const Operation& operation : operationsOf(report))
        operations.push_back({{"id", operation.id},
                              {"title", words.text("operation." + operation.id)},
                              {"server", operation.server.str()},
                              {"command", operation.command}});
    const bool practice = report.project.kind == ProjectKind::Practice;
    return {{"entries", entries},
            {"credentials", {{"on_servers", places}, {"vault", practice ? "" : report.vaultFile}}},
            {"admin_account", adminAccountOf(report)},
            {"operations", operations},
            {"licence", kLicence.at(static_cast<size_t>(licenceOf(report)))}};
}

json topologyJson(const Report& report, const ReportWords& words) {
    json roles = json::object();
    for (const auto& [role, hosts] : report.project.topology.roles()) {
        json list = json::array();
        for (const HostId& host : hosts)
            list.push_back(host.str());
        roles[role.str()] = list;
    }
    json findings = json::array();
    for (const Finding& finding : report.findings) {
        const std::string key = "finding." + finding.id;
        json hosts = json::array();
        for (const HostId& host : finding.hosts)
            hosts.push_back(host.str());
        json about = json::array();
        for (const RoleId& role : finding.roles)
            about.push_back(role.str());
        findings.push_back({{"id", finding.id},
                            {"severity", nameOf(finding.severity)},
                            {"servers", hosts},
                            {"roles", about},
                            {"args", finding.args},
                            {"what", words.table().text(key + ".what", finding.args)},
                            {"remedy", words.table().text(key + ".remedy", finding.args)}});
    }
    return {{"roles", roles}, {"findings", findings}};
}

json checksJson(const Report& report, const ReportWords& words) {
    json rows = json::array();
    for (const CheckResult& result : report.checks)
        rows.push_back({{"id", result.id.str()},
                        {"server", result.host.str()},
                        {"category", nameOf(result.category)},
                        {"status", nameOf(result.status)},
                        {"title", words.checkTitle(result)},
                        {"measured", result.measured},
                        {"required", result.required},
                        {"source", result.source},
                        {"args", result.args}});
    return rows;
}

json waiversJson(const Report& report, const ReportWords& words) {
    json rows = json::array();
    for (const Waiver& waiver : report.project.waivers)
        rows.push_back({{"check", waiver.check.str()},
                        {"server", waiver.host.str()},
                        {"by", waiver.by},
                        {"reason", waiver.reason},
                        {"at", timeJson(waiver.at, words)}});
    return rows;
}

json bundleJson(const Report& report) {
    if (!report.bundle)
        return nullptr;
    const BundleManifest& manifest = report.bundle->manifest;
    json components = json::array();
    for (const BundleComponent& component : manifest.components)
        components.push_back(
            {{"id", component.id}, {"version", component.version}, {"licence", component.licence}});
    json images = json::array();
    for (const BundleImage& image : manifest.images)
        images.push_back({{"reference", image.reference},
                          {"id", image.id},
                          {"role", image.role.str()},
                          {"file", image.file}});
    json files = json::array();
    for (const BundleFile& file : manifest.files)
        files.push_back({{"path", file.path},
                         {"size", file.size},
                         {"sha256", file.sha256},
                         {"kind", nameOf(file.kind)}});
    return {{"product", manifest.product},
            {"version", manifest.version},
            {"arch", manifest.arch},
            {"digest", report.bundle->digest},
            {"signed_by", report.bundle->signedBy},
            {"components", components},
            {"images", images},
            {"files", files}};
}

}  // namespace deploy

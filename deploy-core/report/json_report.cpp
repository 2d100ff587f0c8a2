#include "base/utf8.h"
#include "report/json_parts.h"

namespace deploy {

namespace {

using nlohmann::json;

/// Whatever a server said in it: no control byte, no invalid UTF-8, nothing that turns text around.
void escapeAll(json& value) {
    if (value.is_string()) {
        value = escapeForDisplay(value.get_ref<const std::string&>());
    } else if (value.is_object() || value.is_array()) {
        for (json& below : value)
            escapeAll(below);
    }
}

json projectJson(const Report& report) {
    const ProjectContent& project = report.project;
    const Settings& settings = project.settings;
    return {{"id", project.id},
            {"name", project.name},
            {"kind", kindWord(project.kind)},
            {"scenario", project.scenario},
            {"folder", report.projectFolder},
            {"settings",
             {{"entry_address", settings.entryAddress},
              {"entry_port", settings.entryPort},
              {"data_directory", settings.dataDirectory},
              {"install_directory", settings.installDirectory},
              {"admin_account", settings.adminAccount},
              {"existing_docker",
               settings.existingDocker == ExistingDocker::Reuse ? "reuse" : "refuse"},
              {"virtual_address", settings.virtualAddress},
              {"vrrp_id", settings.vrrpId},
              {"external_load_balancer", settings.externalLoadBalancer},
              {"pod_cidr", settings.podCidr},
              {"service_cidr", settings.serviceCidr},
              {"kubernetes_distribution", distributionName(settings.distribution)}}}};
}

json modeJson(const Report& report, const ReportWords& words) {
    const Mode& mode = report.mode;
    return {
        {"id", mode.id.str()},
        {"title", words.table().text("mode." + mode.id.str() + ".name")},
        {"survives_servers", mode.survivesServers},
        {"reference_tps", {{"minimum", mode.tpsMinimum}, {"recommended", mode.tpsRecommended}}}};
}

json planJson(const Report& report) {
    const Plan* plan = appliedPlan(report);
    if (plan == nullptr)
        return nullptr;
    return {{"digest", plan->digest()},
            {"bundle_digest", plan->bundleDigest},
            {"steps", plan->steps.size()},
            {"upload_bytes", plan->uploadBytes()}};
}

}  // namespace

std::string reportToJson(const Report& report, const MessageTable& table) {
    const ReportWords words(report, table);
    const HandOver state = handOverOf(report);
    json document = {{"format", 1},
                     {"report", "finclip-deploy"},
                     {"language", table.language()},
                     {"made_at", words.iso(report.madeAt)},
                     {"utc_offset", words.zone()},
                     {"made_with", report.programVersion},
                     {"practice", report.project.kind == ProjectKind::Practice},
                     {"state", handOverName(state)},
                     {"state_text", words.text("hand_over." + handOverName(state) + ".word")},
                     {"project", projectJson(report)},
                     {"mode", modeJson(report, words)},
                     {"plan", planJson(report)},
                     {"verification", resultJson(report, words)},
                     {"access", accessJson(report, words)},
                     {"topology", topologyJson(report, words)},
                     {"failures", failuresJson(report, words)},
                     {"drills", drillsJson(report, words)},
                     {"servers", serversJson(report, words)},
                     {"checks", checksJson(report, words)},
                     {"waivers", waiversJson(report, words)},
                     {"runs", runsJson(report, words)},
                     {"bundle", bundleJson(report)}};
    if (report.bundleError)
        document["bundle_error"] = errorJson(*report.bundleError, words);
    escapeAll(document);
    return document.dump(2) + "\n";
}

}  // namespace deploy

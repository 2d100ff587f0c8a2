#include "support/report_sample.h"

#include <cstdlib>

#include "base/resources.h"
#include "plan/planner.h"

namespace deploy {

namespace {

using std::chrono::milliseconds;

template <class T>
T orAbort(Result<T> result) {
    if (!result)
        std::abort();
    return std::move(*result);
}

Event eventAt(EventKind kind, WallTime at, int64_t steadyMs) {
    Event event;
    event.kind = kind;
    event.at = at;
    event.steadyMs = steadyMs;
    return event;
}

CheckResult check(const char* id, CheckCategory category, CheckStatus status,
                  const std::string& measured, const std::string& required) {
    CheckResult result;
    result.id = CheckId(id);
    result.host = HostId("s1");
    result.category = category;
    result.status = status;
    result.measured = measured;
    result.required = required;
    result.source = "seed";
    return result;
}

Facts sampleFacts() {
    Facts facts;
    facts.host = HostId("s1");
    facts.probedAt = WallTime(milliseconds(1769846400000));
    facts.architecture = "x86_64";
    facts.osId = "ubuntu";
    facts.osVersion = "22.04";
    facts.osName = "Ubuntu 22.04.3 LTS";
    facts.kernel = "5.15.0-91-generic";
    facts.hostname = "finclip-s1";
    facts.machineId = "0f2c9a1be8d94b1ab1d3c09e5a7f6c21";
    facts.cores = 8;
    facts.memoryBytes = 16750000000;
    facts.swapBytes = 2147483648;
    facts.dataDirectory =
        FileSystemFacts{"ext4", 98784247808, 87000000000, {}, {}, false, {}, {}, {}};
    facts.clockOffsetSeconds = -0.25;
    facts.timeServiceRuns = true;
    facts.timeZone = "+0800 CST";
    facts.selinux = "disabled";
    facts.firewalldRuns = false;
    facts.existing = {{"containerd", "1.7.2", false, ""}};
    return facts;
}

std::vector<CheckResult> sampleChecks() {
    using enum CheckStatus;
    return {check("access.reachable", CheckCategory::Access, Pass, "", ""),
            check("access.root", CheckCategory::Access, Pass, "root", "root"),
            check("system.architecture", CheckCategory::System, Pass, "x86_64", "x86_64"),
            check("system.os", CheckCategory::System, Pass, "ubuntu 22.04", "ubuntu 22.04"),
            check("resources.cpu", CheckCategory::Compute, Pass, "8", "4"),
            check("resources.memory", CheckCategory::Compute, Warning, "15.6 GiB", "16.0 GiB"),
            check("resources.disk", CheckCategory::Disk, Waived, "92.0 GiB", "100.0 GiB"),
            check("disk.latency", CheckCategory::Disk, CouldNotCheck, "", "10 ms"),
            check("clock.offset", CheckCategory::Clock, Pass, "0.25 s", "<= 2 s"),
            check("network.ports", CheckCategory::Network, Pass, "", "8000"),
            check("settings.swap", CheckCategory::Settings, NotApplicable, "2.0 GiB", "")};
}

ProjectContent sampleProject() {
    ProjectContent project;
    project.id = "0123456789abcdef";
    project.name = "某某银行生产环境";
    project.bundlePath = "/media/usb/finclip-practice-1.0.0";
    Host host;
    host.name = HostId("s1");
    host.address = "10.77.0.11";
    host.user = "eng";
    host.sudo = SudoMode::Password;
    host.datacenter = "dc1";
    project.inventory.hosts = {host};
    for (const char* role : {"database", "cache", "business", "gateway"})
        project.topology = project.topology.assign(RoleId(role), host.name);
    project.waivers = {{CheckId("resources.disk"), host.name, "张三",
                        "Grows to 200 GB on Monday, order 4711",
                        WallTime(milliseconds(1769848000000))}};
    return project;
}

/// The line was cut in the middle of a step; the next day its server was asked.
std::vector<Event> cutAndResumed(const Plan& plan, WallTime begin) {
    constexpr size_t kCut = 6;
    const std::vector<Event> smooth = smoothRun(plan, "apply", begin);
    // Start, server and two events a step: up to the beginning of the cut one.
    std::vector<Event> events(smooth.begin(), smooth.begin() + 2 + 2 * kCut + 1);
    const auto later = std::chrono::hours(14);
    Event resumed = eventAt(EventKind::RunResumed, events.back().at + later, 100);
    resumed.args = {{"owner", "eng@laptop"}};
    Event ready = eventAt(EventKind::ServerReady, resumed.at, 110);
    ready.host = HostId("s1");
    Event decided = eventAt(EventKind::StepDecided, resumed.at, 120);
    decided.host = HostId("s1");
    decided.step = plan.steps.at(kCut).id;
    decided.digest = digestOf(plan.steps.at(kCut));
    decided.attempt = 1;
    decided.args = {{"decision", "succeeded"}};
    events.insert(events.end(), {resumed, ready, decided});
    for (auto event = smooth.begin() + 2 + 2 * (kCut + 1); event != smooth.end(); ++event) {
        events.push_back(*event);
        events.back().at += later;
    }
    return events;
}

}  // namespace

std::vector<Event> smoothRun(const Plan& plan, const std::string& purpose, WallTime begin) {
    int64_t steady = 0;
    std::vector<Event> events;
    const auto add = [&](EventKind kind) -> Event& {
        events.push_back(eventAt(kind, begin + milliseconds(steady), steady));
        steady += 1000;
        return events.back();
    };
    add(EventKind::RunStarted).args = {{"plan_digest", plan.digest()},
                                       {"owner", "eng@laptop"},
                                       {"wizard_version", "0.1.0"},
                                       {"purpose", purpose}};
    add(EventKind::ServerReady).host = HostId("s1");
    for (const Step& step : plan.steps)
        for (const EventKind kind : {EventKind::StepStarted, EventKind::StepSucceeded}) {
            Event& event = add(kind);
            event.host = step.host;
            event.step = step.id;
            event.digest = digestOf(step);
            event.attempt = 1;
        }
    add(EventKind::RunFinished).args = {{"outcome", "succeeded"}};
    return events;
}

ReportRun reportRun(const std::string& id, const Plan& plan, std::vector<Event> events) {
    ReportRun run;
    run.id = RunId(id);
    run.plan = plan;
    run.state = fold(events);
    if (run.state.outcome == RunOutcome::Running)
        run.state = interrupted(std::move(run.state));
    run.events = std::move(events);
    return run;
}

Report sampleReport() {
    Report report;
    report.madeAt = WallTime(milliseconds(1769940907123));
    report.utcOffset = std::chrono::hours(8);
    report.programVersion = "0.1.0";
    report.projectFolder = "/home/eng/projects/bank";
    report.vaultFile = "/home/eng/projects/bank/vault";
    report.project = sampleProject();
    const Catalog catalog = orAbort(Catalog::load());
    report.mode = *catalog.mode(ModeId("single"));
    report.failures = failureMatrix(report.mode, report.project.inventory, report.project.topology);
    report.drawing = layoutOf(catalog, report.mode, report.project.inventory,
                              report.project.topology, report.project.settings.entryPort);
    report.facts = {{HostId("s1"), sampleFacts()}};
    report.checks = sampleChecks();
    const std::string manifest = orAbort(readResource("examples/practice-bundle/bundle.yaml"));
    report.bundle = ReportBundle{orAbort(readManifest(manifest, "bundle.yaml")),
                                 std::string(64, 'b'), "RWQf6LRCGA9i53ml"};
    report.project.bundleDigest = report.bundle->digest;
    const RoleScripts scripts = orAbort(RoleScripts::load());
    const Plan plan =
        orAbort(makePlan({report.project.id, report.mode, report.bundle->manifest,
                          report.bundle->digest, report.project.inventory, report.project.topology,
                          report.project.settings, report.facts, scripts}));
    const WallTime begin(milliseconds(1769850000000));
    Plan verification = plan;
    std::erase_if(verification.steps,
                  [](const Step& step) { return !std::holds_alternative<WaitReady>(step.action); });
    report.runs = {reportRun("20260131T090000000Z-4f2a", plan, cutAndResumed(plan, begin)),
                   reportRun("20260201T012000000Z-91c3", verification,
                             smoothRun(verification, "verify", begin + std::chrono::hours(16)))};
    report.runs.back().words[StepId("s1/app.verify")] =
        "entry, port 8000: ready\nbusiness-1: runs, healthy\ncache: runs, healthy\n"
        "database: runs, healthy\ngateway: runs, healthy";
    return report;
}

}  // namespace deploy

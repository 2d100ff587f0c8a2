#include <QTest>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/yaml.h"
#include "plan/take_back.h"
#include "support/planner_bundle.h"

using namespace deploy;
namespace fs = std::filesystem;

namespace {

struct Given {
    Mode mode;
    BundleManifest bundle = sampleManifest();
    Inventory inventory;
    Topology topology;
    Settings settings;
    std::map<HostId, Facts> facts;
    RoleScripts scripts;
    Plan present;  ///< what is installed already

    Given() {
        mode.id = ModeId("single");
        Host host;
        host.name = HostId("s1");
        host.address = "10.77.0.11";
        inventory.hosts = {host};
        for (const char* role : {"database", "business"})
            topology = topology.assign(RoleId(role), host.name);
        facts[host.name].host = host.name;
        for (const char* script : {"lib",
                                   "host/prepare",
                                   "docker/engine",
                                   "docker/image",
                                   "app/data",
                                   "app/config",
                                   "app/secrets",
                                   "app/start",
                                   "app/verify",
                                   "kubernetes/file",
                                   "kubernetes/node",
                                   "kubernetes/image",
                                   "kubernetes/name_server",
                                   "kubernetes/leave",
                                   "business/app",
                                   "business/verify",
                                   "database/member",
                                   "database/pair",
                                   "cache/node",
                                   "cache/cluster",
                                   "balancer/pair",
                                   "ops/exporter",
                                   "ops/monitor",
                                   "ops/grafana",
                                   "ops/registry"})
            scripts.texts[script] = script;
    }

    /// role: [servers]; each server is in the inventory and probed.
    void place(const YamlValue& roles) {
        topology = {};
        const auto mapping = roles.asMapping();
        for (const auto& [role, servers] : *mapping) {
            const auto names = servers.asStrings();
            for (const std::string& server : *names)
                topology = topology.assign(RoleId(role), HostId(server));
        }
        for (const HostId& server : topology.hosts()) {
            if (inventory.find(server) != nullptr)
                continue;
            Host host;
            host.name = server;
            host.address = "10.77.0.1" + server.str().substr(1);
            inventory.hosts.push_back(host);
            facts[server].host = server;
        }
    }

    Result<Plan> plan() const {
        return makePlan({"project", mode, bundle, digestLike('0'), inventory, topology, settings,
                         facts, scripts})
            .and_then(
                [&](const Plan& next) { return planOver(next, present, scripts, inventory); });
    }
};

/// Changes of a case, from tests/data/plans/<case>/case.yaml.
void change(Given& given, const std::string& name) {
    const auto value = parseYamlFile((fs::path(TEST_DATA) / "plans" / name / "case.yaml").string());
    QVERIFY2(value.has_value(), value ? "" : value.error().where.c_str());
    YamlMap map(*value);
    Settings& settings = given.settings;
    settings.dataDirectory = map.optionalString("data_directory", settings.dataDirectory);
    settings.entryAddress = map.optionalString("entry_address", settings.entryAddress);
    settings.existingDocker =
        map.optionalBool("reuse_docker", false) ? ExistingDocker::Reuse : ExistingDocker::Refuse;
    if (const std::string text = map.optionalString("daemon_json"); !text.empty())
        given.facts.begin()->second.dockerDaemonJson = text;
    if (map.optionalBool("licence", false))
        given.bundle.files.push_back({"licence", 300, digestLike('7'), BundleFileKind::Licence});
    if (const std::string mode = map.optionalString("mode"); !mode.empty()) {
        given.mode.id = ModeId(mode);
        given.mode.kubernetes = true;
    }
    for (const std::string& mode : map.optionalStrings("bundle_modes"))
        given.bundle.modes.push_back(ModeId(mode));
    const std::string distribution = map.optionalString("distribution", "k3s");
    if (distribution == "rke2")
        settings.distribution = KubernetesDistribution::Rke2;
    const bool chart = map.optionalBool("chart", false);
    if (map.optionalBool("kubernetes", false))
        addKubernetes(given.bundle, distribution, chart);
    for (const std::string& path : map.optionalStrings("without_files"))
        std::erase_if(given.bundle.files, [&](const BundleFile& f) { return f.path == path; });
    if (!map.optionalBool("probed", true))
        given.facts.clear();
    if (const std::string second = map.optionalString("second_server"); !second.empty())
        given.topology = given.topology.assign(RoleId("database"), HostId(second));
    if (map.optionalBool("data_tier", false))
        addDataTier(given.bundle);
    if (map.optionalBool("ops", false))
        addOps(given.bundle);
    if (map.optionalBool("grafana", false))
        given.bundle.images.push_back({"grafana/grafana:11.1.0",
                                       "sha256:" + digestLike('e'),
                                       RoleId("grafana"),
                                       "images/ops.tar",
                                       {}});
    given.settings.virtualAddress = map.optionalString("virtual_address");
    const auto before = map.optionalValue("before");
    const auto roles = map.optionalValue("roles");
    if (before || roles) {
        given.inventory = {};
        given.facts.clear();
    }
    if (before) {
        given.place(*before);
        given.present = given.plan().value();
    }
    if (roles)
        given.place(*roles);
    for (const std::string& server : map.optionalStrings("lost"))
        std::erase_if(given.inventory.hosts,
                      [&](const Host& host) { return host.name == HostId(server); });
    const auto end = map.finish();
    QVERIFY2(end.has_value(), end ? "" : end.error().where.c_str());
}

std::string indented(const std::string& text) {
    std::string result;
    for (const char letter : text) {
        result += letter;
        if (letter == '\n')
            result += "      ";
    }
    return result;
}

void dumpCall(std::string& out, const ScriptCall& call) {
    out += "    script " + call.script + "\n";
    for (const auto& [name, value] : call.values)
        out += "    " + name + " = " + indented(value) + "\n";
    for (const auto& [name, secret] : call.secrets)
        out += "    " + name + " = secret " + secret + "\n";
}

std::string dump(const Plan& plan) {
    std::string out;
    for (const Step& step : plan.steps) {
        out += step.id.str() + " [" + step.title + "]";
        for (const auto& [name, value] : step.args)
            out += " " + name + "=" + value;
        out += " " + std::to_string(step.estimate.count()) + "/" +
               std::to_string(step.softDeadline.count()) + "/" +
               std::to_string(step.hardDeadline.count()) + " s\n";
        for (const StepId& needed : step.needs)
            out += "    needs " + needed.str() + "\n";
        if (const auto* put = std::get_if<PutFile>(&step.action)) {
            out += "    put " + put->source + " " + std::to_string(put->size) + " " +
                   put->sha256.substr(0, 4) + " -> " + put->destination + "\n";
            if (put->unless) {
                out += "    unless\n";
                dumpCall(out, *put->unless);
            }
        } else if (const auto* run = std::get_if<RunScript>(&step.action)) {
            out += run->action == RunScript::Action::Remove ? "    remove\n" : "";
            dumpCall(out, run->call);
        } else {
            const auto& wait = std::get<WaitReady>(step.action);
            out += "    wait " + std::to_string(wait.deadline.count()) + " s\n";
            dumpCall(out, wait.call);
        }
    }
    return out;
}

/// FINCLIP_GOLDEN=write in the environment writes what is found, for a person to read and commit.
void compareWithGolden(const std::string& name, const std::string& file, const std::string& found) {
    const fs::path path = fs::path(TEST_DATA) / "plans" / name / file;
    if (qgetenv("FINCLIP_GOLDEN") == "write")
        QVERIFY(writeFileAtomically(path, found, 0644).has_value());
    const auto golden = readFile(path, 1U << 20U);
    QVERIFY2(golden.has_value(), path.c_str());
    QCOMPARE(QString::fromStdString(found), QString::fromStdString(*golden));
}

const ScriptCall& callOf(const Plan& plan, const std::string& id) {
    for (const Step& step : plan.steps)
        if (step.id.str() == id)
            if (const auto* run = std::get_if<RunScript>(&step.action))
                return run->call;
    throw std::runtime_error("no script step " + id);
}

std::set<std::string> changedSteps(const Plan& before, const Plan& after) {
    std::set<std::string> changed;
    for (const Step& step : after.steps)
        for (const Step& old : before.steps)
            if (old.id == step.id && old.action != step.action)
                changed.insert(step.id.str());
    return changed;
}

}  // namespace

class TestPlanner : public QObject {
    Q_OBJECT
private slots:
    void golden_data() {
        QTest::addColumn<QString>("name");
        for (const auto& entry : fs::directory_iterator(fs::path(TEST_DATA) / "plans"))
            QTest::newRow(entry.path().filename().c_str())
                << QString::fromStdString(entry.path().filename().string());
    }

    void golden() {
        QFETCH(QString, name);
        Given given;
        change(given, name.toStdString());
        if (QTest::currentTestFailed())
            return;
        const auto plan = given.plan();
        if (!plan) {
            const Error& error = plan.error();
            std::string text =
                std::string(codeName(error.code)) + "\n" + error.where + "\n" + error.detail + "\n";
            for (const auto& [key, value] : error.args)
                text += key + ": " + value + "\n";
            compareWithGolden(name.toStdString(), "error.txt", text);
            return;
        }
        compareWithGolden(name.toStdString(), "plan.txt", dump(*plan));
        const auto removal = makeRemovalPlan(*plan, Keep::Nothing);
        QVERIFY(removal.has_value());
        compareWithGolden(name.toStdString(), "removal.txt", dump(*removal));
    }

    void needsStandBefore() {
        const Plan plan = *Given().plan();
        const Plan removal = *makeRemovalPlan(plan, Keep::Nothing);
        for (const Plan* each : {&plan, &removal}) {
            std::set<StepId> seen;
            for (const Step& step : each->steps) {
                for (const StepId& needed : step.needs)
                    QVERIFY2(seen.contains(needed), needed.str().c_str());
                QVERIFY2(seen.insert(step.id).second, step.id.str().c_str());
            }
        }
    }

    void sameInputSamePlan() { QCOMPARE(*Given().plan() == *Given().plan(), true); }

    void aChangedPortTouchesOnlyWhatUsesIt() {
        Given given;
        const Plan before = *given.plan();
        given.settings.entryPort = 8001;
        QCOMPARE(changedSteps(before, *given.plan()),
                 (std::set<std::string>{"s1/app.config", "s1/app.start", "s1/app.verify"}));
    }

    void aChangedComposeFileTouchesOnlyTheApplication() {
        Given given;
        const Plan before = *given.plan();
        given.bundle.files[0].sha256 = digestLike('8');
        const Plan after = *given.plan();
        QCOMPARE(
            changedSteps(before, after),
            (std::set<std::string>{"s1/app.file.compose.yaml", "s1/app.config", "s1/app.start"}));
        // compose sees by itself which services it concerns
        QCOMPARE(callOf(after, "s1/app.start").values.at("MOUNTED"),
                 callOf(before, "s1/app.start").values.at("MOUNTED"));
    }

    void aChangedMountedFileMakesTheContainersAnew() {
        Given given;
        const Plan before = *given.plan();
        given.bundle.files[1].sha256 = digestLike('8');
        QVERIFY(callOf(*given.plan(), "s1/app.start").values.at("MOUNTED") !=
                callOf(before, "s1/app.start").values.at("MOUNTED"));
    }

    void aNewImageIsLoadedAndStarted() {
        Given given;
        const Plan before = *given.plan();
        given.bundle.images[1].id = "sha256:" + digestLike('8');
        given.bundle.files[4].sha256 = digestLike('6');
        QCOMPARE(
            changedSteps(before, *given.plan()),
            (std::set<std::string>{"s1/image.business.file", "s1/image.business", "s1/app.start"}));
    }

    void probedAgainAfterInstallationThePlanIsTheSame() {
        Given given;
        const Plan before = *given.plan();
        given.facts.begin()->second.dockerDaemonJson =
            callOf(before, "s1/docker.engine").values.at("DAEMON_JSON") + "\n";
        QCOMPARE(changedSteps(before, *given.plan()), std::set<std::string>{});
    }

    void badDaemonJson_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("not JSON") << "{data-root: /x}";
        QTest::newRow("a list") << "[]";
        QTest::newRow("deep") << QString(30000, '[');
        QTest::newRow("deep in an object")
            << "{\"a\":" + QString(3000, '[') + QString(3000, ']') + "}";
        QTest::newRow("two texts") << "{} {}";
    }

    void badDaemonJson() {
        QFETCH(QString, text);
        Given given;
        given.facts.begin()->second.dockerDaemonJson = text.toStdString();
        const auto plan = given.plan();
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().code, ErrorCode::PlanImpossible);
        QCOMPARE(plan.error().where, std::string("s1"));
        QVERIFY(plan.error().detail.find("daemon.json") != std::string::npos);
    }

    void settingsThatOtherFormatsWouldMisread_data() {
        QTest::addColumn<QString>("value");
        for (const char* value :
             {"/data/a b", "/data/$(id)", "/data/%n", "/data/\n", "/data/'", "/数据"})
            QTest::newRow(value) << value;
    }

    void settingsThatOtherFormatsWouldMisread() {
        QFETCH(QString, value);
        Given given;
        given.settings.dataDirectory = value.toStdString();
        const auto plan = given.plan();
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().code, ErrorCode::ValueInvalid);
        QCOMPARE(plan.error().where, std::string("data_directory"));
    }

    void removalKeepsDataUnlessTold() {
        const Plan plan = *Given().plan();
        const auto has = [](const Plan& removal, const std::string& id) {
            return std::any_of(removal.steps.begin(), removal.steps.end(),
                               [&](const Step& step) { return step.id.str() == id; });
        };
        QVERIFY(!has(*makeRemovalPlan(plan, Keep::Data), "s1/app.data"));
        QVERIFY(has(*makeRemovalPlan(plan, Keep::Nothing), "s1/app.data"));
        QVERIFY(has(*makeRemovalPlan(plan, Keep::Data), "s1/docker.engine"));
        // The engine, seen through the kept data folder, still goes before the server's settings.
        const Plan removal = *makeRemovalPlan(plan, Keep::Data);
        const auto& needs = removal.steps.back().needs;
        QCOMPARE(removal.steps.back().id.str(), std::string("s1/host.prepare"));
        QVERIFY(std::find(needs.begin(), needs.end(), StepId("s1/docker.engine")) != needs.end());
    }

    void removalNeedsNoSecret() {
        const Plan plan = *Given().plan();
        QCOMPARE(secretNames(plan), (std::vector<std::string>{"admin_password", "cache_password",
                                                              "db_password", "db_root_password"}));
        QCOMPARE(secretNames(*makeRemovalPlan(plan, Keep::Nothing)), std::vector<std::string>{});
        // What removes is not removed again.
        QVERIFY(!makeRemovalPlan(*makeRemovalPlan(plan, Keep::Nothing), Keep::Nothing).has_value());
    }
};

QTEST_GUILESS_MAIN(TestPlanner)
#include "tst_planner.moc"

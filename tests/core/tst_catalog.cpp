#include <QTest>
#include <set>

#include "catalog/read_catalog.h"
#include "text/message_table.h"

using namespace deploy;

namespace {

constexpr uint64_t kGiB = 1U << 30U;

const Catalog& shipped() {
    static const Result<Catalog> kCatalog = Catalog::load();
    if (!kCatalog)
        qFatal("%s %s", codeName(kCatalog.error().code).data(), kCatalog.error().where.c_str());
    return *kCatalog;
}

/// A catalogue with two roles and one mode, for the readers of single texts.
Catalog little() {
    Catalog catalog;
    catalog.roles = {{RoleId("database"), true, "database"}, {RoleId("ops"), true, "ops"}};
    Mode mode;
    mode.id = ModeId("single");
    catalog.modes = {mode};
    return catalog;
}

using Reader = Result<void> (*)(std::string_view, const std::string&, Catalog&);

/// The reader must give this error at the place that "@" marks in the text.
void checkError(Reader read, QString text, const QString& code) {
    const qsizetype at = text.indexOf('@');
    const QString before = text.left(at);
    text.remove('@');
    Catalog catalog = little();
    const auto done = read(text.toStdString(), "c", catalog);
    if (at < 0 || done) {
        QCOMPARE(done ? QString("none") : QString::fromStdString(done.error().where), code);
        return;
    }
    QCOMPARE(QString::fromUtf8(codeName(done.error().code).data()), code);
    QCOMPARE(QString::fromStdString(done.error().where),
             QString("c:%1:%2").arg(before.count('\n') + 1).arg(at - before.lastIndexOf('\n')));
}

const char* const kMode =
    "modes:\n"
    "  - id: m\n"
    "    source: seed\n"
    "    servers: {count: 1, ops: 0}\n"
    "    minimum: {cores: 4 cores, memory: 8 GB, disk: 100 GB, tps: 5000}\n"
    "    recommended: {cores: 4 cores, memory: 8 GB, disk: 1 TB, tps: 5000}\n"
    "    kubernetes: false\n"
    "    ssd_recommended: false\n"
    "    survives_servers: 0\n"
    "    roles: [{role: ops, minimum: 0, maximum: 1, suggested: 0, source: seed}]\n";

}  // namespace

class TestCatalog : public QObject {
    Q_OBJECT
private slots:
    void modesAreTheSeeds() {
        const Mode* single = shipped().mode(ModeId("single"));
        QCOMPARE(single->servers, 1);
        QCOMPARE(single->serversMaximum, 1);
        QVERIFY((single->minimum == ServerSize{4, 8 * kGiB, 100 * kGiB}));
        QVERIFY((single->recommended == ServerSize{8, 16 * kGiB, 200 * kGiB}));
        QCOMPARE(single->tpsMinimum, 5000);
        QCOMPARE(single->tpsRecommended, 8000);
        QCOMPARE(single->survivesServers, 0);
        QVERIFY(!single->kubernetes);
        const Mode* small = shipped().mode(ModeId("small"));
        const Mode* large = shipped().mode(ModeId("large"));
        for (const Mode* mode : {small, large}) {
            QVERIFY((mode->minimum == ServerSize{8, 16 * kGiB, 500 * kGiB}));
            QVERIFY(mode->recommended == mode->minimum);
            QCOMPARE(mode->serversMaximum, 0);
            QCOMPARE(mode->opsServers, 1);
            QCOMPARE(mode->survivesServers, 1);
            QVERIFY(mode->kubernetes);
            QCOMPARE(mode->tpsMinimum / mode->servers, 7500);
        }
        QCOMPARE(small->servers, 4);
        QCOMPARE(large->servers, 8);
        QVERIFY(large->ssdRecommended && !small->ssdRecommended);
        QCOMPARE(shipped().modes.size(), size_t(3));
    }

    void roleCountsAreTheDomains_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QList<int>>("counts");
        const auto row = [](const char* mode, const char* role, QList<int> counts) {
            QTest::addRow("%s %s", mode, role) << mode << role << counts;
        };
        for (const char* role : {"gateway", "business", "database", "cache"})
            row("single", role, {1, 1, 1});
        row("small", "database", {2, 3, 3});
        row("small", "cache", {3, 3, 3});
        row("small", "k8s_server", {3, 3, 3});
        row("small", "k8s_agent", {4, 0, 4});
        row("small", "business", {4, 0, 4});
        row("small", "load_balancer", {2, 2, 2});
        row("small", "gateway", {2, 4, 4});
        row("small", "registry", {0, 1, 0});
        row("small", "ops", {0, 1, 0});
        row("large", "database", {2, 0, 3});
        row("large", "cache", {3, 6, 3});
        row("large", "k8s_server", {3, 5, 3});
        row("large", "k8s_agent", {4, 0, 4});
        row("large", "gateway", {3, 0, 4});
        row("large", "registry", {1, 1, 1});
        row("large", "ops", {1, 1, 1});
    }
    void roleCountsAreTheDomains() {
        QFETCH(QString, mode);
        QFETCH(QString, role);
        QFETCH(QList<int>, counts);
        const RoleCount* count =
            shipped().mode(ModeId(mode.toStdString()))->count(RoleId(role.toStdString()));
        QVERIFY(count != nullptr);
        QCOMPARE((QList<int>{count->minimum, count->maximum, count->suggested}), counts);
    }

    void singleNodeHasNoClusterRoles() {
        const Mode* single = shipped().mode(ModeId("single"));
        QCOMPARE(single->roles.size(), size_t(4));
        QVERIFY(single->count(RoleId("k8s_server")) == nullptr);
        for (const char* mode : {"small", "large"})
            QCOMPARE(shipped().mode(ModeId(mode))->count(RoleId("cache"))->processes, 6);
    }

    void portsAreTheDomains() {
        std::set<std::tuple<std::string, Protocol, int, int>> cluster;
        for (const Port& port : shipped().ports) {
            const bool single = port.modes.front() == ModeId("single");
            if (!single)
                cluster.insert({port.to, port.protocol, port.first, port.last});
            QCOMPARE(port.first == 0, port.protocol == Protocol::Vrrp);
        }
        using enum Protocol;
        for (const int port : {80, 443})
            QVERIFY(cluster.contains({"load_balancer", Tcp, port, port}));
        for (const int port : {3306, 4567, 4568, 4444})
            QVERIFY(cluster.contains({"database", Tcp, port, port}));
        QVERIFY(cluster.contains({"database", Udp, 4567, 4567}));
        QVERIFY(cluster.contains({"cache", Tcp, 7000, 7001}));
        QVERIFY(cluster.contains({"cache", Tcp, 17000, 17001}));
        QVERIFY(cluster.contains({"business", Tcp, 30001, 30001}));
        for (const int port : {6443, 9345, 10250})
            QVERIFY(cluster.contains({"k8s_server", Tcp, port, port}));
        QVERIFY(cluster.contains({"k8s_server", Tcp, 2379, 2380}));
        for (const char* role : {"k8s_server", "k8s_agent"})
            QVERIFY(cluster.contains({role, Udp, 8472, 8472}));
        QVERIFY(cluster.contains({"load_balancer", Vrrp, 0, 0}));
        for (const int port : {9090, 3000})
            QVERIFY(cluster.contains({"ops", Tcp, port, port}));
        QVERIFY(cluster.contains({"server", Tcp, 9100, 9100}));
        const auto entry = std::find_if(shipped().ports.begin(), shipped().ports.end(),
                                        [](const Port& port) { return port.first == 8000; });
        QCOMPARE(entry->from, std::string("client"));
        QVERIFY(entry->modes == std::vector<ModeId>{ModeId("single")});
        const std::set<int> galera{4567, 4568, 4444};
        for (const Port& port : shipped().ports) {
            QCOMPARE(port.distribution, std::string(port.first == 9345 ? "rke2" : ""));
            QCOMPARE(port.least, galera.contains(port.first) ? 3 : 0);
        }
    }

    void systemsAndThresholds() {
        QVERIFY(
            (shipped().systems ==
             std::vector<OsRelease>{{"centos", {"7"}}, {"ubuntu", {"22.04"}}, {"kylin", {"V10"}}}));
        QVERIFY(
            (*shipped().threshold("disk.latency") == Threshold{"disk.latency", 10, "ms", "k3s"}));
        QVERIFY(
            (*shipped().threshold("clock.offset") == Threshold{"clock.offset", 30, "s", "est"}));
        QCOMPARE(shipped().threshold("clock.offset_warning")->value, 2.0);
        QCOMPARE(shipped().threshold("sysctl.max_map_count")->value, 262144.0);
        QVERIFY(shipped().threshold("no.such") == nullptr);
    }

    void constraintsNameWhatTheDomainSays() {
        std::map<std::string, const Constraint*> rules;
        for (const Constraint& rule : shipped().constraints)
            rules.emplace(rule.id, &rule);
        const Constraint* apart = rules.at("large.base_apart_from_business");
        QVERIFY(apart->kind == Constraint::Kind::Apart);
        QVERIFY((apart->roles ==
                 std::vector<RoleId>{RoleId("database"), RoleId("cache"), RoleId("k8s_server")}));
        QVERIFY(apart->modes == std::vector<ModeId>{ModeId("large")});
        QVERIFY(rules.at("database.majority_survives")->grade == Constraint::Grade::Warning);
        QVERIFY(rules.at("k8s_server.odd_count")->kind == Constraint::Kind::OddCount);
        QVERIFY(rules.at("database.apart_from_ops")->others == std::vector<RoleId>{RoleId("ops")});
        for (const Constraint& rule : shipped().constraints) {
            const bool between =
                rule.kind == Constraint::Kind::Apart || rule.kind == Constraint::Kind::OnlyWith;
            QCOMPARE(rule.others.empty(), !between);
        }
    }

    void everythingHasANameInBothLanguages() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            QVERIFY(table.has_value());
            std::set<std::string> used;
            for (const Mode& mode : shipped().modes) {
                for (const char* part : {".name", ".purpose", ".how", ".survives", ".grows"})
                    used.insert("mode." + mode.id.str() + part);
                used.insert("source." + mode.source);
            }
            for (const Role& role : shipped().roles) {
                used.insert("role." + role.id.str());
                used.insert("role." + role.id.str() + ".about");
            }
            for (const std::string& service : shipped().services)
                used.insert("service." + service);
            for (const Port& port : shipped().ports) {
                used.insert("port." + port.why);
                used.insert("source." + port.source);
                for (const std::string& end : {port.from, port.to})
                    if (shipped().role(RoleId(end)) == nullptr)
                        used.insert("port_end." + end);
            }
            for (const OsRelease& system : shipped().systems)
                used.insert("os." + system.id);
            used.insert("source.docker");  // only of checks without a threshold
            for (const std::string& key : used)
                QVERIFY2(table->has(key), key.c_str());
            for (const std::string& key : table->keys())
                for (const char* area :
                     {"mode.", "role.", "service.", "port.", "port_end.", "os.", "source."})
                    if (key.starts_with(area))
                        QVERIFY2(used.contains(key), key.c_str());
        }
    }

    void unitsAreStrict_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("code");
        QTest::newRow("good") << "memory: 8 GB"
                              << "memory: 8192 MB"
                              << "none";
        for (const char* text : {"8", "8GB", "8  GB", "8 Gb", "8 cores", "-8 GB", "8e3 GB",
                                 "inf GB", "GB", "0x8 GB", "' 8 GB'"})
            QTest::newRow(text) << "memory: 8 GB" << QString("memory: @") + text << "value.invalid";
        QTest::newRow("cores") << "cores: 4 cores"
                               << "cores: @4"
                               << "value.invalid";
        QTest::newRow("tps") << "tps: 5000"
                             << "tps: @5k"
                             << "yaml.wrong_type";
        QTest::newRow("unknown key") << "tps: 5000"
                                     << "tps: 5000, @gpu: 1"
                                     << "yaml.unknown_key";
        QTest::newRow("word") << "kubernetes: false"
                              << "kubernetes: @no"
                              << "yaml.wrong_type";
        QTest::newRow("source") << "source: seed"
                                << "source: @me"
                                << "value.invalid";
        QTest::newRow("role") << "role: ops"
                              << "role: @opz"
                              << "value.invalid";
        QTest::newRow("counts") << "suggested: 0"
                                << "suggested: @2"
                                << "value.invalid";
        QTest::newRow("servers") << "count: 1"
                                 << "count: 2, maximum: @1"
                                 << "value.invalid";
        QTest::newRow("duplicate") << "id: m"
                                   << "id: m\n    @id: m"
                                   << "yaml.duplicate_key";
        QTest::newRow("id") << "id: m"
                            << "id: @M"
                            << "value.invalid";
        QTest::newRow("no servers") << "- id: m"
                                    << "- @extra: 1\n    id: m"
                                    << "yaml.unknown_key";
    }
    void unitsAreStrict() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, code);
        QString text = kMode;
        const qsizetype at = text.indexOf(from);
        QVERIFY(at >= 0);
        checkError(readModes, text.replace(at, from.size(), to), code);
    }

    void otherFilesAreStrict_data() {
        QTest::addColumn<int>("reader");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, int reader, const char* text, const char* code) {
            QTest::newRow(name) << reader << text << code;
        };
        row("role twice", 0,
            "roles:\n- {id: a, color: x, band: shown}\n- {id: @a, color: x, band: shown}\n"
            "services: [a]",
            "value.invalid");
        row("role word", 0, "roles:\n- {id: a, color: x, band: @yes}\nservices: [a]",
            "value.invalid");
        row("service twice", 0, "roles: []\nservices: @[a, a]", "value.invalid");
        row("mode bare", 1, "modes:\n- @{id: m}", "yaml.missing_key");
        const QString port =
            "ports:\n- {from: %1, to: %2, protocol: tcp, port: %3, why: w, "
            "modes: %4, source: est}";
        const auto portRow = [&](const char* name, const char* from, const char* to,
                                 const char* number, const char* mode) {
            const QString text = port.arg(from, to, number, mode);
            QTest::newRow(name) << 2 << text << (text.contains('@') ? "value.invalid" : "none");
        };
        portRow("port", "[ops]", "database", "1-2", "[single]");
        for (const char* number : {"@2-1", "@0", "@65536", "@1-", "@-1", "@1-2-3", "@ssh", "@'1 '"})
            portRow(number, "[ops]", "database", number, "[single]");
        portRow("port to", "[ops]", "@client", "1", "[single]");
        portRow("port from", "@[nobody]", "ops", "1", "[single]");
        portRow("port from none", "@[]", "ops", "1", "[single]");
        portRow("port mode", "[ops]", "server", "1", "@[tiny]");
        portRow("port no mode", "[ops]", "server", "1", "@[]");
        row("port for none", 2,
            "ports:\n- {from: [ops], to: ops, protocol: tcp, port: 1, least: @0, why: w, modes: "
            "[single], source: est}",
            "value.invalid");
        row("vrrp with port", 2,
            "ports:\n- {from: [ops], to: ops, protocol: vrrp, @port: 1, why: w, modes: [single], "
            "source: est}",
            "yaml.unknown_key");
        const QString rule =
            "constraints:\n- %1, roles: [ops], %2modes: [single], grade: error, "
            "source: est}";
        const auto ruleRow = [&](const char* name, const char* head, const char* others,
                                 const char* code) {
            QTest::newRow(name) << 3 << rule.arg(head, others) << code;
        };
        ruleRow("kind", "{id: a, kind: @alone", "", "value.invalid");
        ruleRow("others missing", "@{id: a, kind: apart", "", "yaml.missing_key");
        ruleRow("others unused", "{id: a, kind: odd_count", "@others: [database], ",
                "yaml.unknown_key");
        ruleRow("others unknown", "{id: a, kind: apart", "others: @[nobody], ", "value.invalid");
        ruleRow("others", "{id: a, kind: apart", "others: [database], ", "none");
        row("system twice", 4,
            "systems:\n- {id: a, versions: [\"1\"], source: est}\n"
            "- {id: @a, versions: [\"2\"], source: est}",
            "value.invalid");
        row("system bare", 4, "systems:\n- {id: a, versions: @[], source: est}", "value.invalid");
        row("threshold", 5, "thresholds:\n- {check: disk.latency, limit: 10 ms, source: k3s}",
            "none");
        row("threshold unit", 5, "thresholds:\n- {check: disk.latency, limit: @10 s, source: k3s}",
            "value.invalid");
        row("threshold id", 5, "thresholds:\n- {check: @disk.lag, limit: 10 ms, source: k3s}",
            "value.invalid");
        row("no list", 5, "thresholds: @1", "yaml.wrong_type");
        row("other key", 5, "thresholds: []\n@threshold: []", "yaml.unknown_key");
    }
    void otherFilesAreStrict() {
        QFETCH(int, reader);
        QFETCH(QString, text);
        QFETCH(QString, code);
        const std::array<Reader, 6> readers = {readRoles,       readModes,   readPorts,
                                               readConstraints, readSystems, readThresholds};
        checkError(readers.at(static_cast<size_t>(reader)), text, code);
    }

    void missingFilesAreNamed() {
        qputenv("FINCLIP_RESOURCES", "/nonexistent");
        const auto catalog = Catalog::load();
        qunsetenv("FINCLIP_RESOURCES");
        QCOMPARE(catalog.error().code, ErrorCode::FileNotFound);
    }
};

QTEST_GUILESS_MAIN(TestCatalog)
#include "tst_catalog.moc"

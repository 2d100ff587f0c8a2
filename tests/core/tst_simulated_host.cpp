#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "base/shell_quote.h"
#include "remote/sim/practice.h"
#include "remote/sim/script_header.h"
#include "remote/simulated.h"
#include "support/fake_clock.h"

using namespace deploy;
using namespace std::chrono_literals;

namespace {

constexpr const char* kServer =
    "format: 1\nmode: single\nservers:\n"
    "  - {name: s1, address: 10.20.0.11, system: ubuntu-22.04, megabytes_per_second: 10}\n";

/// The text that run/script_text would send, as far as a simulated server reads it.
std::string roleText(const std::string& script, const std::string& action,
                     const std::string& values = {}) {
    return "#: script " + script + "\n#: action " + action + "\nlib\nFINCLIP_ACTION='" + action +
           "'\n" + values + "main\n";
}

/// One simulated server, connected.
struct One {
    QTemporaryDir folder;
    FakeClock clock;
    Scenario scenario;
    KnownHosts known;
    std::unique_ptr<Connector> connector;
    std::unique_ptr<RemoteHost> remote;

    explicit One(const std::string& faults = {}) : scenario(*readScenario(kServer + faults, "x")) {
        known.add("10.20.0.11", 22, sim::hostKeyOf(HostId("s1"), 1));
        reopen();
    }
    const Host& host() const { return scenario.inventory.hosts.front(); }
    std::filesystem::path stateFile() const {
        return std::filesystem::path(folder.path().toStdString()) / "practice.json";
    }
    Result<void> reopen() {
        connector = makeSimulatedConnector(scenario, clock, stateFile(), known);
        auto connected = connector->connect(host(), {});
        if (!connected)
            return tl::unexpected(connected.error());
        remote = *std::move(connected);
        return {};
    }
    Result<CommandResult> run(const std::string& script, const std::vector<std::string>& args = {},
                              const std::string& input = {}) const {
        Command command;
        command.script = script;
        command.args = args;
        command.input = input;
        command.privilege = Privilege::Root;
        return remote->run(command, {}, {});
    }
    Result<CommandResult> agent(const std::string& name, std::vector<std::string> args,
                                const std::string& input = {}) const {
        args.insert(args.begin(), {"r1", "l1"});
        return run("#: agent " + name + "\n", args, input);
    }
    Result<CommandResult> launch(const std::string& text, const std::string& attempt = "1") const {
        return agent("launch", {"s1/step", attempt, sha256Hex(text), "0"}, text);
    }
    Result<UploadResult> put(const std::string& name, uint64_t size) const {
        Upload upload;
        upload.destination = "/var/lib/finclip-deploy/files/" + name;
        upload.sha256 = sha256Hex(name);
        upload.size = size;
        return remote->put(upload, {}, {});
    }
    sim::PracticeState state() const {
        return *sim::stateFromJson(*readFile(stateFile(), 1U << 24U), "state");
    }
};

}  // namespace

class SimulatedHostTest : public QObject {
    Q_OBJECT

private slots:
    void readsValuesAsAShellWould();
    void anUnknownScriptIsAnError();
    void aStepTakesEffectWhenItsTimeIsOver();
    void aStepThatRunsTooLongIsEnded();
    void theLockKeepsOthersOut();
    void followingTellsTheLogFromAnOffset();
    void uploadsTakeTimeAndGoOnWhereTheyWereCut();
    void aStopEndsAnUpload();
    void aFullDiskRefusesAFile();
    void faultsOfTheLine_data();
    void faultsOfTheLine();
    void hostKeysAreAQuestion();
    void withoutRootRightsSudoIsRefused();
    void stateSurvivesAndIsReadStrictly();
    void clocksRunAtTheirSpeed();
    void sleeplessTimePassesForAll();
};

void SimulatedHostTest::readsValuesAsAShellWould() {
    const std::map<std::string, std::string> values = {
        {"EMPTY", ""}, {"LINES", "a 1\nb 2"}, {"QUOTES", "it's 'so'\\ \"$x\" `y`"}, {"LAST", "'"}};
    std::string text;
    for (const auto& [name, value] : values)
        text += *shellAssignment(name, value);
    QCOMPARE(sim::readAssignments(text + "unset SECRET\nOTHER='no'\n"), values);
    QVERIFY(sim::readAssignments("A='cut").empty());
    QVERIFY(sim::readAssignments("A=$(id)\n").empty());
    QVERIFY(sim::readAssignments("A='x'; rm\n").empty());
    const auto call = sim::readRoleCall(roleText("a/b", "check", text));
    QVERIFY(call.has_value());
    QCOMPARE(call->values, values);
    QVERIFY(!sim::readRoleCall("#: script a/b\n#: action check\nlib\n").has_value());
    QVERIFY(!sim::readRoleCall("echo hello\n").has_value());
    QVERIFY(!sim::readRoleCall("").has_value());
}

void SimulatedHostTest::anUnknownScriptIsAnError() {
    const One one;
    const std::string unknown = roleText("docker/unknown", "check");
    for (const auto& answer :
         {one.run("rm -rf /\n"), one.run(unknown), one.run(roleText("docker/engine", "apply")),
          one.run("#: agent dance\n", {"r1", "l1"}), one.run("#: agent lock\n")}) {
        QVERIFY(!answer.has_value());
        QCOMPARE(answer.error().code, ErrorCode::Internal);
        QCOMPARE(answer.error().where, std::string("s1"));
    }
    QVERIFY(one.agent("lock", {"acquire", "me", ""}).has_value());
    QCOMPARE(one.launch(unknown).error().code, ErrorCode::Internal);
    QCOMPARE(one.launch("x").error().code, ErrorCode::Internal);
    QCOMPARE(one.remote->get("/etc/passwd", 10, Privilege::Root, {}).error().code,
             ErrorCode::FileNotFound);
}

void SimulatedHostTest::aStepTakesEffectWhenItsTimeIsOver() {
    const One one;
    const std::string values = "SYSCTLS='vm.max_map_count 262144'\n";
    const std::string check = roleText("host/prepare", "check", values);
    QVERIFY(one.agent("lock", {"acquire", "me", ""}).has_value());
    QCOMPARE(one.run(check)->exitStatus, 1);
    const std::string apply = roleText("host/prepare", "apply", values);
    QCOMPARE(one.launch(apply)->out, std::string("started\n"));
    QCOMPARE(one.launch(apply)->out, std::string("already\n"));
    QCOMPARE(one.run(check)->exitStatus, 1);
    one.clock.sleep(3s, {});
    QCOMPARE(one.run(check)->exitStatus, 0);
    // Other values are another wish.
    QCOMPARE(one.run(roleText("host/prepare", "check", "SYSCTLS=''\n"))->exitStatus, 1);
    const auto follow = one.agent("follow", {"s1/step", "1", "0", "900"});
    QCOMPARE(follow->err, std::string("exit 0\n"));
    QVERIFY(follow->out.starts_with("finclip: apply\n"));
    QCOMPARE(one.launch(apply, "2")->out, std::string("started\n"));
    QCOMPARE(one.agent("follow", {"s1/step", "2", "0", "900"})->out,
             std::string("finclip: already there\n"));
    QCOMPARE(one.agent("follow", {"s1/step", "9", "0", "900"})->err,
             std::string("never_started\n"));
}

void SimulatedHostTest::aStepThatRunsTooLongIsEnded() {
    const One one("faults: [{kind: slow, server: s1, at: app/data}]\n");
    QVERIFY(one.agent("lock", {"acquire", "me", ""}).has_value());
    QVERIFY(one.launch(roleText("app/data", "apply")).has_value());
    const auto late = one.agent("follow", {"s1/step", "1", "0", "5"});
    QVERIFY(late->err.starts_with("running 0\n"));
    QVERIFY(late->err.ends_with("deadline 5\n"));
    QCOMPARE(one.agent("end", {"s1/step", "1", "10"})->out, std::string("exit 137\n"));
    QCOMPARE(one.agent("end", {"s1/other", "1", "10"})->out, std::string("never_started\n"));
    one.clock.sleep(60s, {});
    QCOMPARE(one.run(roleText("app/data", "check"))->exitStatus, 1);
}

void SimulatedHostTest::theLockKeepsOthersOut() {
    const One one;
    const auto other = [&](std::vector<std::string> args) {
        args.insert(args.begin(), {"r2", "l2"});
        return *one.run("#: agent lock\n", args);
    };
    QCOMPARE(other({"info"}).out, std::string("free\n"));
    QCOMPARE(one.agent("lock", {"renew"})->exitStatus, 10);
    QCOMPARE(one.agent("lock", {"acquire", "me", ""})->out, std::string("acquired\n"));
    QVERIFY(other({"info"}).out.starts_with("held\nid=l1\nrun=r1\nowner=me\nsince=2026-"));
    const CommandResult refused = other({"acquire", "you", ""});
    QCOMPARE(refused.exitStatus, 10);
    QVERIFY(refused.err.starts_with("id=l1\nrun=r1\nowner=me\n"));
    // Its holder's run takes it over; without a sign of life anybody may.
    one.clock.sleep(61s, {});
    QCOMPARE(other({"acquire", "you", ""}).out, std::string("acquired\n"));
    QCOMPARE(one.agent("lock", {"renew"})->exitStatus, 10);
    QCOMPARE(one.launch(roleText("app/data", "apply"))->exitStatus, 10);
    QCOMPARE(one.agent("follow", {"s1/step", "1", "0", "9"})->exitStatus, 10);
    QCOMPARE(one.agent("end", {"s1/step", "1", "9"})->exitStatus, 10);
    QCOMPARE(one.agent("lock", {"release", "keep"})->exitStatus, 10);
    // A live one is broken only by its id; the step of its run ends.
    QCOMPARE(one.agent("lock", {"acquire", "me", "l9"})->exitStatus, 10);
    QCOMPARE(one.agent("lock", {"acquire", "me", "l2"})->out.substr(0, 25),
             std::string("acquired\nid=l2\nrun=r2\nown"));
    QVERIFY(one.launch(roleText("docker/image", "remove")).has_value());
    QCOMPARE(one.agent("lock", {"release", "wipe"})->out, std::string("released\n"));
    QCOMPARE(other({"info"}).out, std::string("free\n"));
    QCOMPARE(one.agent("lock", {"juggle"})->exitStatus, 1);
}

void SimulatedHostTest::followingTellsTheLogFromAnOffset() {
    const One one;
    QVERIFY(one.agent("lock", {"acquire", "me", ""}).has_value());
    QVERIFY(one.launch(roleText("app/data", "apply")).has_value());
    const std::string whole = one.agent("follow", {"s1/step", "1", "0", "900"})->out;
    QCOMPARE(whole, std::string("finclip: apply\nfinclip: check\n"));
    QCOMPARE(one.agent("follow", {"s1/step", "1", "8", "900"})->out, whole.substr(8));
    QCOMPARE(one.agent("follow", {"s1/step", "1", "999", "900"})->out, std::string());
    const std::string cut = roleText("app/data", "apply");
    QCOMPARE(one.agent("launch", {"s1/x", "1", sha256Hex("other"), "0"}, cut)->exitStatus, 1);
    QCOMPARE(one.agent("launch", {"s1/x", "1", sha256Hex(cut), "3"}, "A='1'\n")->exitStatus, 1);
}

void SimulatedHostTest::uploadsTakeTimeAndGoOnWhereTheyWereCut() {
    One one("faults: [{kind: connection_lost, server: s1, at: put}]\n");
    constexpr uint64_t kSize = 100'000'000;
    QCOMPARE(one.put("a", kSize).error().code, ErrorCode::SshConnectionLost);
    QCOMPARE(one.put("a", kSize).error().code, ErrorCode::SshConnectionLost);
    QVERIFY(one.clock.passed() > 4s);
    QVERIFY(one.clock.passed() < 7s);
    QVERIFY(one.reopen().has_value());
    const auto rest = one.put("a", kSize);
    QVERIFY(rest.has_value());
    QVERIFY(rest->sentBytes < kSize * 6 / 10);
    QVERIFY(one.clock.passed() > 9s);
    QVERIFY(one.clock.passed() < 12s);
    QVERIFY(one.put("a", kSize)->alreadyThere);
    const std::string path = "/var/lib/finclip-deploy/files/a";
    QCOMPARE(one.agent("file", {path, std::to_string(kSize)})->out, std::string("present\n"));
    QCOMPARE(one.agent("file", {path, "1"})->out, std::string("absent\n"));
}

void SimulatedHostTest::aStopEndsAnUpload() {
    const One one;
    std::stop_source stop;
    Upload upload;
    upload.destination = "/f";
    upload.size = 100'000'000;
    const auto cut = one.remote->put(
        upload,
        [&](uint64_t done, uint64_t) {
            if (done > 20'000'000)
                stop.request_stop();
        },
        stop.get_token());
    QCOMPARE(cut.error().code, ErrorCode::Cancelled);
    QVERIFY(one.state().servers.at(HostId("s1")).partial.at("/f") > 20'000'000);
}

void SimulatedHostTest::aFullDiskRefusesAFile() {
    const One one("faults: [{kind: disk_full, server: s1, at: put}]\n");
    QCOMPARE(one.put("a", 1000).error().code, ErrorCode::RemoteDiskFull);
    QVERIFY(one.put("a", 1000).has_value());
    QCOMPARE(one.put("big", uint64_t{1} << 50U).error().code, ErrorCode::RemoteDiskFull);
}

void SimulatedHostTest::faultsOfTheLine_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("at");
    QTest::addColumn<int>("next");
    for (const char* at : {"probe", "lock", "put"}) {
        const auto row = [&](const char* kind, ErrorCode next) {
            QTest::addRow("%s at %s", kind, at) << kind << at << static_cast<int>(next);
        };
        row("unreachable", ErrorCode::SshUnreachable);
        row("wrong_password", ErrorCode::SshAuthFailed);
        row("host_key_changed", ErrorCode::SshHostKeyChanged);
    }
}

void SimulatedHostTest::faultsOfTheLine() {
    QFETCH(QString, kind);
    QFETCH(QString, at);
    QFETCH(int, next);
    One one("faults: [{kind: " + kind.toStdString() + ", server: s1, at: " + at.toStdString() +
            "}]\n");
    const auto reach = [&]() -> Result<void> {
        if (at == "put")
            return one.put("a", 1000).map([](const UploadResult&) {});
        return (at == "probe" ? one.run("#: probe\n", {"/data"})
                              : one.agent("lock", {"acquire", "me", ""}))
            .map([](const CommandResult&) {});
    };
    QCOMPARE(reach().error().code, ErrorCode::SshConnectionLost);
    QCOMPARE(reach().error().code, ErrorCode::SshConnectionLost);
    QCOMPARE(static_cast<int>(one.reopen().error().code), next);
    if (kind == "host_key_changed") {
        QCOMPARE(static_cast<int>(one.reopen().error().code), next);
        one.known.remove("10.20.0.11", 22);
        one.known.add("10.20.0.11", 22, sim::hostKeyOf(HostId("s1"), 2));
    }
    one.clock.sleep(60s, {});
    QVERIFY(one.reopen().has_value());
    QVERIFY(reach().has_value());
}

void SimulatedHostTest::hostKeysAreAQuestion() {
    One one;
    one.known = {};
    const auto asked = one.reopen();
    QCOMPARE(asked.error().code, ErrorCode::SshHostKeyUnknown);
    QVERIFY(asked.error().args.at("fingerprint").starts_with("SHA256:"));
    QCOMPARE(asked.error().args.at("key_type"), std::string("ssh-ed25519"));
    QVERIFY(sim::hostKeyOf(HostId("s1"), 1) != sim::hostKeyOf(HostId("s2"), 1));
    Host stranger;
    stranger.name = HostId("nobody");
    QCOMPARE(one.connector->connect(stranger, {}).error().code, ErrorCode::SshUnreachable);
}

void SimulatedHostTest::withoutRootRightsSudoIsRefused() {
    One one;
    one.scenario.servers.at(HostId("s1")).facts.root = false;
    QVERIFY(one.reopen().has_value());
    QCOMPARE(one.run("#: probe\n", {"/data"}).error().code, ErrorCode::SudoRefused);
}

void SimulatedHostTest::stateSurvivesAndIsReadStrictly() {
    One one;
    QVERIFY(one.agent("lock", {"acquire", "me", ""}).has_value());
    QVERIFY(one.launch(roleText("app/data", "apply")).has_value());
    QVERIFY(one.put("a", 1000).has_value());
    const sim::PracticeState state = one.state();
    QVERIFY(*sim::stateFromJson(sim::stateToJson(state), "state") == state);
    QVERIFY(one.reopen().has_value());
    QCOMPARE(one.agent("follow", {"s1/step", "1", "0", "900"})->err.substr(0, 8),
             std::string("running "));
    for (const char* bad : {"", "{", "[]", "{\"format\": 1}"}) {
        QVERIFY(writeFileAtomically(one.stateFile(), bad));
        QCOMPARE(one.reopen().error().code, ErrorCode::ScenarioInvalid);
    }
    QVERIFY(writeFileAtomically(one.stateFile(), "{\"format\": 2}"));
    QCOMPARE(one.reopen().error().code, ErrorCode::FormatTooNew);
}

void SimulatedHostTest::clocksRunAtTheirSpeed() {
    const FakeClock real;
    const auto fast = makeScaledClock(real, 10);
    const SteadyTime begin = fast->steady();
    const WallTime wall = fast->wall();
    QCOMPARE(wall, real.wall());
    fast->sleep(5s, {});
    QCOMPARE(real.passed(), 500ms);
    QCOMPARE(fast->steady() - begin, std::chrono::nanoseconds(5s));
    QCOMPARE(fast->wall() - wall, 5000ms);
    const auto slow = makeScaledClock(real, 0.5);
    slow->sleep(1s, {});
    QCOMPARE(real.passed(), 2500ms);
    const auto none = makeScaledClock(real, 0);
    const SteadyTime before = none->steady();
    none->sleep(1h, {});
    QCOMPARE(real.passed(), 2500ms);
    QCOMPARE(none->steady() - before, std::chrono::nanoseconds(1h));
    // The next one goes on where that one left off; a time that is past does not set it back.
    QCOMPARE(makeScaledClock(real, 0, none->wall())->wall(), none->wall());
    QCOMPARE(makeScaledClock(real, 10, wall - 1h)->wall(), real.wall());
}

void SimulatedHostTest::sleeplessTimePassesForAll() {
    const auto clock = makeScaledClock(systemClock(), 0);
    const SteadyTime begin = clock->steady();
    std::vector<std::jthread> sleepers;
    sleepers.reserve(8);
    for (int i = 0; i < 8; ++i)
        sleepers.emplace_back([&] {
            for (int n = 0; n < 1000; ++n)
                clock->sleep(1s, {});
        });
    sleepers.clear();
    QVERIFY(clock->steady() - begin >= 1000s);
    QVERIFY(clock->steady() - begin <= 8001s);
    std::stop_source stop;
    stop.request_stop();
    const SteadyTime now = clock->steady();
    clock->sleep(1h, stop.get_token());
    QVERIFY(clock->steady() - now < 1h);
}

QTEST_GUILESS_MAIN(SimulatedHostTest)
#include "tst_simulated_host.moc"

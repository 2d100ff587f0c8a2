#include <QElapsedTimer>
#include <QtTest>
#include <atomic>
#include <mutex>

#include "base/file.h"
#include "probe/clock_offset.h"
#include "probe/prober.h"

using namespace deploy;
using std::chrono::milliseconds;

namespace {

/// What one fake server does.
struct Behaviour {
    std::string out = "\n#: finclip-probe 1\n=uid 0\n#: end\n";
    std::optional<ErrorCode> connectError;
    std::optional<ErrorCode> rootError;
    milliseconds delay{0};
    bool hangs = false;  ///< until it is told to stop
};

struct FakeFleet final : Connector {
    std::map<HostId, Behaviour> servers;
    std::mutex mutex;
    std::vector<Command> commands;
    int connections = 0;
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;

    struct Server final : RemoteHost {
        FakeFleet& fleet;
        HostId name;
        Server(FakeFleet& owner, HostId id) : fleet(owner), name(std::move(id)) {
            const int count = ++fleet.now;
            fleet.most = std::max(fleet.most.load(), count);
        }
        ~Server() override { --fleet.now; }

        Result<CommandResult> run(const Command& command, const OutputSink& /*sink*/,
                                  const std::stop_token& stop) override {
            const Behaviour& behaviour = fleet.servers.at(name);
            {
                const std::lock_guard lock(fleet.mutex);
                fleet.commands.push_back(command);
            }
            systemClock().sleep(behaviour.hangs ? milliseconds(20000) : behaviour.delay, stop);
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, name.str());
            if (command.privilege == Privilege::Root && behaviour.rootError)
                return fail(*behaviour.rootError, name.str());
            return CommandResult{0, behaviour.out, "sh: complaint\n", false};
        }
        Result<UploadResult> put(const Upload& /*upload*/, const ByteProgress& /*progress*/,
                                 const std::stop_token& /*stop*/) override {
            return fail(ErrorCode::Internal);
        }
        Result<std::string> get(const std::string& /*path*/, uint64_t /*limit*/,
                                Privilege /*privilege*/, const std::stop_token& /*stop*/) override {
            return fail(ErrorCode::Internal);
        }
    };

    Result<std::unique_ptr<RemoteHost>> connect(const Host& host,
                                                const std::stop_token& /*stop*/) override {
        {
            const std::lock_guard lock(mutex);
            ++connections;
        }
        if (servers.at(host.name).connectError)
            return fail(*servers.at(host.name).connectError, host.name.str());
        return std::make_unique<Server>(*this, host.name);
    }

    Inventory inventory() const {
        Inventory all;
        for (const auto& [name, behaviour] : servers)
            all.hosts.emplace_back().name = name;
        return all;
    }
};

}  // namespace

class ProbeAllTest : public QObject {
    Q_OBJECT

private slots:
    void everyServerHasItsOwnOutcome();
    void aDeadServerDelaysNobody();
    void connectionsAreBounded();
    void theObserverIsNeverCalledTwiceAtOnce();
    void stopEndsWaitingAtOnce();
    void refusedSudoIsAFact();
    void asksOnlyForWhatIsWanted();
    void halfOfTheRoundTripIsTakenOff();
};

void ProbeAllTest::everyServerHasItsOwnOutcome() {
    FakeFleet fleet;
    fleet.servers[HostId("good")];
    fleet.servers[HostId("gone")].connectError = ErrorCode::SshUnreachable;
    fleet.servers[HostId("odd")].out = "what?\n";
    fleet.servers[HostId("wrong")].rootError = ErrorCode::SudoPasswordWrong;
    std::set<HostId> told;
    const auto outcomes =
        probeAll(fleet, fleet.inventory(), {},
                 [&](const HostId& host, const ProbeOutcome&) { told.insert(host); }, {});
    QCOMPARE(outcomes.size(), size_t{4});
    QCOMPARE(told.size(), size_t{4});
    const Facts& good = *outcomes.at(HostId("good"));
    QCOMPARE(good.host, HostId("good"));
    QCOMPARE(good.root, std::optional(true));
    QVERIFY(good.probedAt > systemClock().wall() - std::chrono::minutes(1));
    QCOMPARE(outcomes.at(HostId("gone")).error().code, ErrorCode::SshUnreachable);
    const Error odd = outcomes.at(HostId("odd")).error();
    QCOMPARE(odd.code, ErrorCode::ProbeUnparsable);
    QCOMPARE(odd.detail, std::string("what?\nsh: complaint\n"));
    QCOMPARE(outcomes.at(HostId("wrong")).error().code, ErrorCode::SudoPasswordWrong);
    // One connection, one script; a wrong password is not tried again.
    QCOMPARE(fleet.connections, 4);
    QCOMPARE(fleet.commands.size(), size_t{3});
}

void ProbeAllTest::aDeadServerDelaysNobody() {
    FakeFleet fleet;
    for (int i = 0; i < 20; ++i)
        fleet.servers[HostId("s" + std::to_string(i))].delay = milliseconds(10);
    fleet.servers[HostId("a-dead-one")].delay = milliseconds(700);
    QElapsedTimer timer;
    timer.start();
    qint64 othersDone = 0;
    int others = 0;
    (void)probeAll(fleet, fleet.inventory(), {},
                   [&](const HostId& host, const ProbeOutcome&) {
                       if (host != HostId("a-dead-one") && ++others == 20)
                           othersDone = timer.elapsed();
                   },
                   {});
    QCOMPARE(others, 20);
    QVERIFY(othersDone < 600);
}

void ProbeAllTest::connectionsAreBounded() {
    FakeFleet fleet;
    for (int i = 0; i < 30; ++i)
        fleet.servers[HostId("s" + std::to_string(i))].delay = milliseconds(5);
    ProbeOptions options;
    options.atOnce = 4;
    QCOMPARE(probeAll(fleet, fleet.inventory(), options, {}, {}).size(), size_t{30});
    QVERIFY(fleet.most <= 4);
    QVERIFY(fleet.most > 1);
    options.atOnce = 0;
    QCOMPARE(probeAll(fleet, fleet.inventory(), options, {}, {}).size(), size_t{30});
    QVERIFY(probeAll(fleet, {}, options, {}, {}).empty());
}

void ProbeAllTest::theObserverIsNeverCalledTwiceAtOnce() {
    FakeFleet fleet;
    for (int i = 0; i < 40; ++i)
        fleet.servers[HostId("s" + std::to_string(i))];
    std::atomic<int> inside = 0;
    bool twice = false;
    (void)probeAll(fleet, fleet.inventory(), {},
                   [&](const HostId&, const ProbeOutcome&) {
                       twice = twice || ++inside > 1;
                       std::this_thread::sleep_for(milliseconds(2));
                       --inside;
                   },
                   {});
    QVERIFY(!twice);
}

void ProbeAllTest::stopEndsWaitingAtOnce() {
    FakeFleet fleet;
    fleet.servers[HostId("a")];
    for (int i = 0; i < 10; ++i)
        fleet.servers[HostId("s" + std::to_string(i))].hangs = true;
    ProbeOptions options;
    options.atOnce = 3;
    std::stop_source stop;
    QElapsedTimer timer;
    timer.start();
    const auto outcomes = probeAll(
        fleet, fleet.inventory(), options,
        [&](const HostId& host, const ProbeOutcome&) {
            if (host == HostId("a"))
                stop.request_stop();
        },
        stop.get_token());
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(outcomes.size(), size_t{11});
    QVERIFY(outcomes.at(HostId("a")).has_value());
    for (const auto& [host, outcome] : outcomes)
        if (host != HostId("a"))
            QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
    QVERIFY(fleet.connections <= 5);
}

void ProbeAllTest::refusedSudoIsAFact() {
    FakeFleet fleet;
    Behaviour& server = fleet.servers[HostId("s1")];
    server.rootError = ErrorCode::SudoRefused;
    server.out = "\n#: finclip-probe 1\n=uid 1000\n#: end\n";
    const auto outcomes = probeAll(fleet, fleet.inventory(), {}, {}, {});
    QCOMPARE(outcomes.at(HostId("s1"))->root, std::optional(false));
    QCOMPARE(fleet.connections, 1);
}

void ProbeAllTest::asksOnlyForWhatIsWanted() {
    FakeFleet fleet;
    fleet.servers[HostId("s1")];
    ProbeOptions options;
    options.dataDirectory = "/srv/a b";
    (void)probeAll(fleet, fleet.inventory(), options, {}, {});
    QCOMPARE(fleet.commands.back().args, std::vector<std::string>{"/srv/a b"});
    QVERIFY(fleet.commands.back().script.find("finclip-probe 1") != std::string::npos);
    QVERIFY(measuresFor(ModeId("single")).empty());
    options.measures = measuresFor(ModeId("small"));
    (void)probeAll(fleet, fleet.inventory(), options, {}, {});
    QCOMPARE(fleet.commands.back().args, (std::vector<std::string>{"/srv/a b", "fsync", "dns"}));
}

void ProbeAllTest::halfOfTheRoundTripIsTakenOff() {
    const auto at = [](int64_t ms) { return WallTime(milliseconds(1714550400000 + ms)); };
    // Sent at 0, there at 100 (after 300 of login at 400), ended at 600, back at 700.
    const ProbeTimes same{1714550400.4, 0.2, 0.3};
    QVERIFY(qAbs(clockOffset(same, at(0), at(700))) < 1e-6);
    const ProbeTimes ahead{1714550447.4, 0.2, 0.3};
    QVERIFY(qAbs(clockOffset(ahead, at(0), at(700)) - 47) < 1e-6);
    // Without the login's time the answer is off by half of it, no more.
    const ProbeTimes login{1714550400.4, 0.2, 0};
    QVERIFY(qAbs(clockOffset(login, at(0), at(700))) <= 0.15 + 1e-6);
}

QTEST_GUILESS_MAIN(ProbeAllTest)
#include "tst_probe_all.moc"

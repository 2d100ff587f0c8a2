#include <QTest>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "plan/plan.h"

using namespace deploy;

using StepEdit = std::function<void(Step&)>;

namespace {

ScriptCall call() {
    return {"docker/engine", "aa", {{"DATA", "/data"}}, {{"PASSWORD", "database.root"}}};
}

Step step(const std::string& name, StepAction action, std::vector<StepId> needs = {}) {
    Step result;
    result.id = StepId("s1/" + name);
    result.host = HostId("s1");
    result.stage = Stage::Docker;
    result.title = "docker.engine";
    result.args = {{"version", "26.1"}};
    result.needs = std::move(needs);
    result.action = std::move(action);
    return result;
}

Plan plan() {
    const PutFile put{"docker/docker.tgz", "bb", 1234567890123, "/var/lib/x/files/bb", call()};
    const PutFile plain{"app/x", "cc", 1, "/var/lib/x/files/cc", std::nullopt};
    RunScript removal{call(), RunScript::Action::Remove};
    return {"p1",
            ModeId("single"),
            "dd",
            {step("put", put), step("plain", plain),
             step("run", RunScript{call(), RunScript::Action::Apply}, {StepId("s1/put")}),
             step("remove", removal),
             step("wait", WaitReady{call(), std::chrono::seconds(7)},
                  {StepId("s1/run"), StepId("s1/put")})}};
}

}  // namespace

class TestPlan : public QObject {
    Q_OBJECT
private slots:
    void jsonKeepsEverything() {
        const std::string json = planToJson(plan());
        const auto read = planFromJson(json, "plan.json");
        QVERIFY(read.has_value());
        QVERIFY(*read == plan());
        QCOMPARE(planToJson(*read), json);
        QCOMPARE(plan().digest(), sha256Hex(json));
        QCOMPARE(plan().uploadBytes(), uint64_t(1234567890124));
    }

    /// Each key, taken away, given another type, or joined by an unknown one, is refused.
    void readerIsStrict() {
        const auto whole = nlohmann::json::parse(planToJson(plan()));
        int refused = 0;
        const auto leaves = whole.flatten();
        for (const auto& [pointer, value] : leaves.items()) {
            auto changed = whole;
            changed[nlohmann::json::json_pointer(pointer)] = nlohmann::json::array({1.5});
            const auto read = planFromJson(changed.dump(), "plan.json");
            QVERIFY2(!read.has_value(), pointer.c_str());
            QCOMPARE(read.error().code, ErrorCode::ValueInvalid);
            QVERIFY(read.error().where.starts_with("plan.json"));
            ++refused;
        }
        QVERIFY(refused > 50);
        for (const char* pointer : {"", "/steps/0", "/steps/0/action", "/steps/2/action/call"}) {
            auto changed = whole;
            changed[nlohmann::json::json_pointer(pointer)]["surprise"] = 1;
            const auto read = planFromJson(changed.dump(), "plan.json");
            QVERIFY(!read.has_value());
            QVERIFY(read.error().where.ends_with("surprise"));
        }
        for (const char* text : {"", "{", "[]", "1", "{} {}", "\xff"})
            QCOMPARE(planFromJson(text, "plan.json").error().code, ErrorCode::ValueInvalid);
        auto newer = whole;
        newer["format"] = 2;
        newer["other"] = true;
        QCOMPARE(planFromJson(newer.dump(), "plan.json").error().code, ErrorCode::FormatTooNew);
    }

    void digestSeesWhatIsDone_data() {
        QTest::addColumn<StepEdit>("change");
        QTest::addColumn<bool>("same");
        const auto run = [](Step& s) -> ScriptCall& { return std::get<RunScript>(s.action).call; };
        const auto row = [](const char* name, StepEdit change, bool same) {
            QTest::newRow(name) << change << same;
        };
        row(
            "title", [](Step& s) { s.title = "x"; }, true);
        row(
            "args", [](Step& s) { s.args.clear(); }, true);
        row(
            "estimate", [](Step& s) { s.estimate *= 2; }, true);
        row(
            "soft", [](Step& s) { s.softDeadline *= 2; }, true);
        row(
            "hard", [](Step& s) { s.hardDeadline *= 2; }, true);
        row(
            "host", [](Step& s) { s.host = HostId("s2"); }, false);
        row(
            "script", [=](Step& s) { run(s).script = "x"; }, false);
        row(
            "text", [=](Step& s) { run(s).sha256 = "x"; }, false);
        row(
            "value", [=](Step& s) { run(s).values["DATA"] = "x"; }, false);
        row(
            "secret", [=](Step& s) { run(s).secrets["PASSWORD"] = "x"; }, false);
        row(
            "action",
            [](Step& s) { std::get<RunScript>(s.action).action = RunScript::Action::Remove; },
            false);
        row(
            "kind", [=](Step& s) { s.action = WaitReady{run(s)}; }, false);
    }
    void digestSeesWhatIsDone() {
        QFETCH(StepEdit, change);
        QFETCH(bool, same);
        const Step before = plan().steps[2];
        Step after = before;
        change(after);
        QCOMPARE(digestOf(after) == digestOf(before), same);
    }

    void digestOfAWaitDoesNotSeeItsDeadline() {
        Step after = plan().steps[4];
        std::get<WaitReady>(after.action).deadline *= 2;
        QCOMPARE(digestOf(after), digestOf(plan().steps[4]));
        Step file = plan().steps[0];
        std::get<PutFile>(file.action).unless.reset();
        QVERIFY(digestOf(file) != digestOf(plan().steps[0]));
    }

    void validation() {
        QVERIFY(validatePlan(plan()).has_value());
        const auto broken = [](const std::function<void(Plan&)>& change) {
            Plan changed = plan();
            change(changed);
            const auto valid = validatePlan(changed);
            return !valid && valid.error().code == ErrorCode::Internal;
        };
        QVERIFY(broken([](Plan& p) { p.steps[1].id = p.steps[0].id; }));
        QVERIFY(broken([](Plan& p) { p.steps[1].id = StepId(); }));
        QVERIFY(broken([](Plan& p) { std::swap(p.steps[0], p.steps[2]); }));
        QVERIFY(broken([](Plan& p) { p.steps[0].needs = {StepId("s1/put")}; }));
        QVERIFY(broken([](Plan& p) { p.steps[0].needs = {StepId("s1/none")}; }));
        for (const char* id : {"put", "s2/put", "s1/", "s1/../x", "s1/a b", "s1/a/b", "s1/.x"})
            QVERIFY(broken([&](Plan& p) { p.steps[1].id = StepId(id); }));
    }

    void comparison() {
        const Plan next = plan();
        const std::map<StepId, std::string> done = {{next.steps[0].id, digestOf(next.steps[0])},
                                                    {next.steps[1].id, "other"},
                                                    {StepId("s1/old"), "x"}};
        const std::vector<StepChange> expected = {
            {next.steps[0].id, Change::Same}, {next.steps[1].id, Change::Changed},
            {next.steps[2].id, Change::New},  {next.steps[3].id, Change::Gone},
            {next.steps[4].id, Change::New},  {StepId("s1/old"), Change::Gone}};
        QVERIFY(compare(done, next) == expected);
    }

    void stagesHaveNames() {
        QCOMPARE(stageName(Stage::Prepare), std::string("prepare"));
        QCOMPARE(stageName(Stage::LoadBalancer), std::string("load_balancer"));
        QCOMPARE(stageName(Stage::Verify), std::string("verify"));
    }
};

Q_DECLARE_METATYPE(StepEdit)
QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"

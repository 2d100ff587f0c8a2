#include <QTest>

#include "plan/plan_text.h"
#include "support/run_fixture.h"

using namespace deploy;

namespace {

Plan plan(RunFixture& fixture) {
    ScriptCall call = fixture.call("a");
    call.values = {{"DATA", "/data\x1b[31m"}};
    call.secrets = {{"PASSWORD", "database.root"}};
    fixture.addStep("s1", "file", PutFile{"app/file.tar", "aabb", 3U << 20U, "/files/aabb", call});
    fixture.addStep("s2", "a", RunScript{call, RunScript::Action::Apply}, {"s1/file"});
    fixture.addStep("s1", "b", RunScript{call, RunScript::Action::Remove});
    fixture.addStep("s1", "w", WaitReady{call, std::chrono::seconds(5)}, {"s1/b"});
    fixture.plan.steps[0].stage = Stage::Bundle;
    fixture.plan.steps[1].stage = Stage::Verify;
    fixture.plan.steps[2].stage = Stage::Docker;
    fixture.plan.steps[3].stage = Stage::Verify;
    for (Step& step : fixture.plan.steps)
        step.estimate = std::chrono::seconds(10);
    return fixture.plan;
}

}  // namespace

class TestPlanText : public QObject {
    Q_OBJECT
private slots:
    /// A long script lies in several files and is one text.
    void partsStandInFrontOfTheirScript() {
        const auto scripts = RoleScripts::load();
        QVERIFY(scripts.has_value());
        for (const auto& [name, text] : scripts->texts)
            QVERIFY2(std::count(name.begin(), name.end(), '/') < 2, name.c_str());
        const std::string& pair = scripts->texts.at("database/pair");
        const size_t guard = pair.find("\npair_guard() {");
        QVERIFY(guard != std::string::npos);
        QVERIFY(guard < pair.find("\napply() {"));
    }

    void saysEverything_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }
    void saysEverything() {
        QFETCH(QString, language);
        const auto table = MessageTable::load(language.toStdString());
        QVERIFY(table.has_value());
        RunFixture fixture({"a"});
        const Plan shown = plan(fixture);
        for (const PlanOrder order : {PlanOrder::ByStage, PlanOrder::ByServer}) {
            const std::string text = planText(shown, order, *table);
            for (const char* part :
                 {"s1/file", "s2/a", "s1/b", "s1/w", "app/file.tar", "/files/aabb", "3 MiB", "aabb",
                  "t/a", "DATA = /data\\x1b[31m", "database.root"})
                QVERIFY2(text.find(part) != std::string::npos, part);
            QVERIFY(text.find('\x1b') == std::string::npos);
            QVERIFY(text.find(shown.digest()) != std::string::npos);
            // No text is missing: a key would stand in its place.
            QVERIFY(text.find("plan.") == std::string::npos);
        }
    }

    void ordersByStageOrServer() {
        const auto table = MessageTable::load("en");
        RunFixture fixture({"a"});
        const Plan shown = plan(fixture);
        const auto order = [&](PlanOrder by) {
            const std::string text = planText(shown, by, *table);
            std::vector<std::pair<size_t, std::string>> places;
            for (const Step& step : shown.steps)
                places.emplace_back(text.find("\n" + step.id.str() + "  "), step.id.str());
            std::sort(places.begin(), places.end());
            std::string names;
            for (const auto& [place, name] : places)
                names += name + " ";
            return names;
        };
        QCOMPARE(order(PlanOrder::ByStage), std::string("s1/file s1/b s2/a s1/w "));
        QCOMPARE(order(PlanOrder::ByServer), std::string("s1/file s1/b s1/w s2/a "));
        // Servers work at once: the longest one counts.
        QVERIFY(planText(shown, PlanOrder::ByStage, *table).find("about 30 s") !=
                std::string::npos);
    }

    void scriptIsShownWithoutSecrets() {
        RunFixture fixture({"a"});
        fixture.scripts.texts["t/a"] = "check() { true; }\n";
        const Plan shown = plan(fixture);
        const std::string text = stepScriptText(shown.steps[1], fixture.scripts);
        QVERIFY(text.find("check() { true; }") != std::string::npos);
        QVERIFY(text.find("#: action apply") != std::string::npos);
        QVERIFY(text.find("PASSWORD='********' # standard input: database.root") !=
                std::string::npos);
        const size_t own = text.find("check() { true; }");
        QVERIFY2(own < text.find("#: in every script: lib.sh"), text.c_str());
        QVERIFY(text.find("#: in every script: main.sh") != std::string::npos);
        QVERIFY(stepScriptText(shown.steps[2], fixture.scripts).find("#: action remove") !=
                std::string::npos);
        Step plain = shown.steps[0];
        std::get<PutFile>(plain.action).unless.reset();
        QCOMPARE(stepScriptText(plain, fixture.scripts), std::string());
    }
};

QTEST_GUILESS_MAIN(TestPlanText)
#include "tst_plan_text.moc"

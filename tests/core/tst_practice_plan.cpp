#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "project/work.h"
#include "remote/simulated.h"
#include "topology/suggest.h"

using namespace deploy;

/// What is practised is what will be done: a plan does not know whether its servers are simulated.
class TestPracticePlan : public QObject {
    Q_OBJECT
private slots:
    void realServersGetTheSamePlan_data() {
        QTest::addColumn<QString>("scenario");
        for (const char* scenario : {"single-ok", "small-ok"})
            QTest::newRow(scenario) << scenario;
    }
    void realServersGetTheSamePlan() {
        QFETCH(QString, scenario);
        const Product product = *Product::load();
        const QTemporaryDir folder;
        auto project = ProjectFolder::create(folder.filePath("p").toStdString(),
                                             *practiceContent(scenario.toStdString()))
                           .value();
        const std::unique_ptr<Clock> clock = makeScaledClock(systemClock(), 0);
        const auto connector = connectorFor(project, {}, *clock).value();
        for (const Host& host : project.content().inventory.hosts)
            if (const auto connected = connector->connect(host, {}); !connected)
                QVERIFY(confirmHostKey(project, host, connected.error()).has_value());
        const auto facts =
            probeProject(product, project, *connectorFor(project, {}, *clock).value(), {}, {}, {});
        const Bundle bundle = *openBundle(project, {}, {});

        const auto digest = [&](const ProjectContent& content) {
            const auto judged = judgeContent(product, content, facts, &bundle.manifest);
            const auto plan = planContent(product, content, facts, bundle, judged.value(), {});
            return plan.value().digest();
        };
        ProjectContent content = project.content();
        content.topology =
            suggestTopology(product.catalog, *product.catalog.mode(content.mode), content.inventory)
                .value();
        const std::string practised = digest(content);
        content.kind = ProjectKind::Deploy;
        content.scenario.clear();
        content.name = "the customer's";
        QCOMPARE(digest(content), practised);
        content.settings.dataDirectory = "/data/elsewhere";
        QVERIFY(digest(content) != practised);
    }
};

QTEST_GUILESS_MAIN(TestPracticePlan)
#include "tst_practice_plan.moc"

#include <QGraphicsView>
#include <QHeaderView>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "driver.h"
#include "many_servers.h"
#include "models/topology_table_model.h"
#include "text/convert.h"

using namespace wizard;

namespace {
constexpr int kMany = int(Assessment::kMostAtOnce) + 2;
}

/// What an edit costs where there are many servers: counted in computations, not in time.
class ManyServersTest : public QObject {
    Q_OBJECT
    const deploy::Product product_ = deploy::Product::load().value();
    Theme theme_;
    Texts texts_;
    QTemporaryDir folder_;
    std::unique_ptr<WizardWindow> window_;
    std::unique_ptr<Driver> person_;

    void open(int servers) {
        window_.reset();
        const auto path =
            fromQt(folder_.filePath(QStringLiteral("%1-%2").arg(servers).arg(++projects_)));
        {
            auto made = deploy::ProjectFolder::create(path, many_servers::content(servers));
            QVERIFY(made.has_value());
            QVERIFY(many_servers::saveFacts(*made, TEST_DATA "/probe/debian-12.json").has_value());
        }
        window_ = std::make_unique<WizardWindow>(product_, theme_, texts_, deploy::systemClock());
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        QVERIFY(window_->open(toQt(path)).has_value());
        person_ = std::make_unique<Driver>(*window_);
        QTRY_VERIFY_WITH_TIMEOUT(window_->assessment().settled(), 60'000);
    }
    /// Once the rail has been drawn anew, too.
    void settle() {
        QTRY_VERIFY_WITH_TIMEOUT(window_->assessment().settled(), 60'000);
        QTest::qWait(60);
    }
    void edit() {
        window_->draft().change(QStringLiteral("x"), [this](deploy::ProjectContent& content) {
            content.topology = content.topology.unassign(deploy::RoleId("database"),
                                                         many_servers::nameOf(++edited_));
        });
    }
    int edited_ = 0;
    int projects_ = 0;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        theme_.setAppearance(Appearance::Light);
    }
    void cleanup() { window_.reset(); }

    /// Neither the grid of checks nor the drawing nor its table works while another page is shown.
    void hiddenPagesDoNotCompute() {
        open(kMany);
        window_->frame().show(WizardStep::Settings);
        settle();
        const auto models = {
            window_->findChild<QTableView*>(QStringLiteral("probeGrid"))->model(),
            window_->findChild<QTableView*>(QStringLiteral("drawingTable"))->model()};
        std::vector<std::unique_ptr<QSignalSpy>> spies;
        for (QAbstractItemModel* model : models) {
            spies.push_back(std::make_unique<QSignalSpy>(model, &QAbstractItemModel::dataChanged));
            spies.push_back(std::make_unique<QSignalSpy>(model, &QAbstractItemModel::modelReset));
        }
        auto* drawing = window_->findChild<QGraphicsView*>(QStringLiteral("drawing"));
        const auto before = drawing->scene()->items();
        edit();
        settle();
        for (const auto& spy : spies)
            QCOMPARE(spy->count(), 0);
        QCOMPARE(drawing->scene()->items(), before);
        // Seen again, it shows what happened meanwhile, and works once for that.
        window_->frame().show(WizardStep::Probe);
        QCOMPARE(spies[0]->count() + spies[1]->count(), 1);
        window_->frame().show(WizardStep::Topology);
        QVERIFY(drawing->scene()->items() != before);
    }

    /// Checks, findings and plan are worked out once for an edit, whoever shows them.
    void anEditIsJudgedOnce() {
        for (const int servers : {4, kMany}) {
            open(servers);
            for (const WizardStep step : {WizardStep::Settings, WizardStep::Topology}) {
                window_->frame().show(step);
                settle();
                const auto before = window_->assessment().tally();
                edit();
                settle();
                QCOMPARE(window_->assessment().tally().judgements, before.judgements + 1);
                QVERIFY(window_->assessment().tally().plans <= before.plans + 1);
            }
        }
    }

    /// Many servers are judged elsewhere: the edit returns before, and Next waits for the verdict.
    void manyServersAreJudgedOnAThread() {
        open(kMany);
        window_->frame().show(WizardStep::Topology);
        settle();
        const auto before = window_->assessment().tally();
        edit();
        QVERIFY(!window_->assessment().settled());
        QCOMPARE(window_->assessment().tally().judgements, before.judgements);
        QVERIFY(person_->reasonsOf(WizardStep::Topology).contains(QStringLiteral("worked out")));
        const auto* frames = window_->findChild<QGraphicsView*>(QStringLiteral("drawing"));
        QVERIFY(frames->scene()->items().size() > kMany);
        settle();
        QVERIFY(!person_->reasonsOf(WizardStep::Topology).contains(QStringLiteral("worked out")));
    }

    /// Edits that come faster than they are judged are judged together.
    void fastEditsAreJudgedTogether() {
        open(kMany);
        window_->frame().show(WizardStep::Settings);
        settle();
        const auto before = window_->assessment().tally();
        constexpr int kEdits = 20;
        for (int i = 0; i < kEdits; ++i)
            edit();
        settle();
        QVERIFY(window_->assessment().tally().judgements <= before.judgements + 2);
    }
};

QTEST_MAIN(ManyServersTest)
#include "tst_many_servers.moc"

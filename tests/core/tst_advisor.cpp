#include <QTest>

#include "support/drawings.h"
#include "support/processor_time.h"
#include "text/message_table.h"
#include "topology/advisor.h"

using namespace deploy;

namespace {

QString reasonsOf(const Advice& advice) {
    QStringList codes;
    for (const Reasoning& reason : advice.reasons)
        codes << QString::fromStdString(reason.code);
    return codes.join(' ');
}

QString unmetOf(const Advice& advice, const char* mode) {
    QStringList words;
    for (const std::string& word : advice.option(ModeId(mode))->unmet)
        words << QString::fromStdString(word);
    return words.join(' ');
}

}  // namespace

class TestAdvisor : public QObject {
    Q_OBJECT
private slots:
    void recommends_data() {
        QTest::addColumn<int>("tps");
        QTest::addColumn<int>("survive");
        QTest::addColumn<int>("atHand");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("servers");
        QTest::addColumn<int>("ops");
        QTest::addColumn<int>("reference");
        QTest::addColumn<QString>("reasons");
        const auto row = [](const char* name, int tps, int survive, int atHand, const char* mode,
                            int servers, int ops, int reference, const char* reasons) {
            QTest::newRow(name) << tps << survive << atHand << mode << servers << ops << reference
                                << reasons;
        };
        // The seed's own figures.
        row("test", 0, 0, 0, "single", 1, 0, 5000, "suffices survives_nothing");
        row("5k", 5000, 0, 0, "single", 1, 0, 5000, "suffices survives_nothing");
        row("8k", 8000, 0, 1, "single", 1, 0, 8000, "suffices survives_nothing");
        row("beyond one server", 8001, 0, 0, "small", 4, 0, 30000, "above suffices");
        row("production", 5000, 1, 0, "small", 4, 0, 30000, "not_server suffices");
        row("3w", 30000, 1, 4, "small", 4, 0, 30000, "not_server above suffices");
        row("6w", 60000, 1, 9, "large", 8, 1, 60000, "not_server above above suffices");
        // Between and beyond them.
        row("40k", 40000, 1, 0, "large", 8, 1, 60000, "not_server above above suffices");
        row("40k, seven servers", 40000, 1, 7, "small", 6, 1, 45000, "not_server above grown");
        row("100k", 100000, 1, 0, "large", 14, 1, 105000, "not_server above above grown");
        row("a datacenter", 20000, 2, 0, "large", 16, 1, 120000,
            "not_datacenter above not_datacenter sites");
        // What is at hand does not suffice.
        row("three servers", 5000, 1, 3, "small", 4, 0, 30000, "not_server suffices short");
        row("a datacenter, nine servers", 0, 2, 9, "large", 16, 1, 120000,
            "not_datacenter not_datacenter sites short");
    }
    void recommends() {
        QFETCH(int, tps);
        QFETCH(int, survive);
        QFETCH(int, atHand);
        const Advice advice =
            advise(shippedCatalog(), {tps, static_cast<Survive>(survive), atHand});
        QTEST(QString::fromStdString(advice.recommended.str()), "mode");
        const ModeOption& option = *advice.option(advice.recommended);
        QTEST(option.servers, "servers");
        QTEST(option.opsServers, "ops");
        QTEST(option.tps, "reference");
        QTEST(reasonsOf(advice), "reasons");
    }

    void figuresOfTheOtherModes() {
        const Advice advice = advise(shippedCatalog(), {30000, Survive::Server, 5});
        QCOMPARE(advice.options.size(), size_t(3));
        QCOMPARE(unmetOf(advice, "single"), QString("tps server"));
        QCOMPARE(unmetOf(advice, "small"), QString());
        QCOMPARE(unmetOf(advice, "large"), QString("servers"));
        QCOMPARE(advice.option(ModeId("single"))->tpsAfterLoss, 0);
        QVERIFY(advice.option(ModeId("single"))->survives == Survive::Nothing);
        QCOMPARE(advice.option(ModeId("small"))->tpsAfterLoss, 22500);
        QVERIFY(advice.option(ModeId("small"))->survives == Survive::Server);
        QCOMPARE(advice.option(ModeId("large"))->tpsAfterLoss, 45000);
    }

    void eitherDatacenterCarriesAllOfIt() {
        const Advice advice = advise(shippedCatalog(), {70000, Survive::Datacenter, 0});
        const ModeOption& option = *advice.option(ModeId("large"));
        QCOMPARE(option.datacenters, 2);
        QCOMPARE(option.servers, 20);
        QVERIFY(option.tps / 2 >= 70000);
        QVERIFY(option.survives == Survive::Datacenter);
    }

    void aHugeWishIsAnsweredInTime() {
        const double began = processorSeconds();
        const Advice advice = advise(shippedCatalog(), {kMostTps, Survive::Datacenter, 0});
        QVERIFY2(processorSeconds() - began < 2, "advice takes too long");
        QCOMPARE(advice.recommended, ModeId("large"));
    }

    void everythingHasItsTexts() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            QVERIFY(table.has_value());
            for (const Mode& mode : shippedCatalog().modes)
                QCOMPARE(table->text("mode_name." + mode.id.str()),
                         table->text("mode." + mode.id.str() + ".name"));
            for (const int tps : {0, 9000, 40000, 100000})
                for (const auto survive : {Survive::Nothing, Survive::Server, Survive::Datacenter})
                    for (const int atHand : {0, 3, 6})
                        for (const Advice& advice :
                             {advise(shippedCatalog(), {tps, survive, atHand})}) {
                            for (const Reasoning& reason : advice.reasons) {
                                const auto text =
                                    table->text("advice.reason." + reason.code, reason.args);
                                QVERIFY2(!text.starts_with("advice.") &&
                                             text.find('{') == std::string::npos,
                                         text.c_str());
                            }
                            for (const ModeOption& option : advice.options)
                                for (const std::string& what : option.unmet)
                                    QVERIFY(table->has("advice.unmet." + what));
                        }
        }
    }
};

QTEST_GUILESS_MAIN(TestAdvisor)
#include "tst_advisor.moc"

#include <QTest>
#include <memory>

#include "run/distribution.h"

using namespace deploy;

/// Who takes a file from whom.
class TestDistribution : public QObject {
    Q_OBJECT

    std::unique_ptr<Distribution> pool_;
    const HostId a_{"a"}, b_{"b"}, c_{"c"}, d_{"d"};

    std::string from(const HostId& host) {
        const auto source = pool_->sourceFor("file", host);
        return source ? source->str() : "laptop";
    }

private slots:
    void init() { pool_ = std::make_unique<Distribution>(); }

    void chainsFromTheLaptop() {
        QCOMPARE(from(a_), std::string("laptop"));
        QCOMPARE(from(b_), std::string("a"));
        QCOMPARE(from(c_), std::string("b"));
        QCOMPARE(from(d_), std::string("c"));
        // Another file is another chain.
        QVERIFY(!pool_->sourceFor("other", d_));
    }

    void whoHasItAllFeedsAgain() {
        from(a_);
        from(b_);
        pool_->has("file", a_);
        QVERIFY(!pool_->hadAll("file", b_));
        pool_->has("file", b_);
        QVERIFY(pool_->hadAll("file", b_) && !pool_->hadAll("other", b_));
        QVERIFY(from(c_) != "laptop");
        QVERIFY(from(d_) != "laptop");
    }

    void nextAfterAFailure() {
        from(a_);
        from(b_);
        QCOMPARE(from(c_), std::string("b"));
        pool_->gaveUp("file", c_);
        pool_->notFrom("file", b_, c_);
        // Two from one server are better than two from the laptop.
        QCOMPARE(from(c_), std::string("a"));
        // The first one lost its line: it takes the place at the end, never behind itself.
        pool_->gaveUp("file", c_);
        pool_->notFrom("file", a_, c_);
        QCOMPARE(from(c_), std::string("laptop"));
        pool_->gaveUp("file", a_);
        QCOMPARE(from(a_), std::string("c"));
    }

    void nobodyIsFedByThoseWhomHeFeeds() {
        from(a_);
        from(b_);
        from(c_);
        QCOMPARE(from(b_), std::string("a"));
        pool_->gaveUp("file", b_);
        pool_->notFrom("file", a_, b_);
        QCOMPARE(from(b_), std::string("laptop"));
    }

    void closedWaysAndTwoFailures() {
        from(a_);
        pool_->noWay(a_, b_);
        QCOMPARE(from(b_), std::string("laptop"));
        QVERIFY(!pool_->sourceFor("next", a_));
        QVERIFY(!pool_->sourceFor("next", b_));
        pool_->has("file", a_);
        pool_->has("file", b_);
        pool_->notFrom("file", a_, d_);
        pool_->notFrom("file", b_, d_);
        pool_->has("file", c_);
        QCOMPARE(from(d_), std::string("laptop"));
    }

    void slowSourceIsLeft() {
        from(a_);
        from(b_);
        from(c_);
        pool_->progress("file", a_, 200U << 20U);
        pool_->progress("file", b_, 190U << 20U);
        QVERIFY(!pool_->heldUp("file", c_));
        pool_->progress("file", b_, 100U << 20U);
        QVERIFY(pool_->heldUp("file", c_));
        QVERIFY(!pool_->heldUp("file", b_));
        QVERIFY(!pool_->heldUp("file", a_));
    }
};

QTEST_GUILESS_MAIN(TestDistribution)
#include "tst_distribution.moc"

#include <QTest>

#include <queue>
#include <set>

#include "run/schedule.h"

using namespace deploy;
using std::chrono::seconds;

namespace {

const HostId kS1("s1");
const HostId kS2("s2");

struct Steps {
    Plan plan{"project", ModeId("small"), "bundle", {}};

    void add(const std::string& host, const std::string& name, int estimate,
             const std::vector<std::string>& needs = {}) {
        Step step;
        step.id = StepId(host + "/" + name);
        step.host = HostId(host);
        for (const std::string& need : needs)
            step.needs.emplace_back(need);
        step.estimate = seconds(estimate);
        plan.steps.push_back(std::move(step));
    }

    /// The servers' present steps end in the order of time, each after as long as was estimated.
    struct Course {
        seconds took{0};
        std::string order;  ///< in which they began
    };
    Course course() const {
        struct Ending {
            seconds at;
            const Step* step;
            bool operator<(const Ending& other) const { return at > other.at; }
        };
        Schedule schedule(plan);
        schedule.open();
        std::set<HostId> idle;
        for (const HostId& host : schedule.hosts())
            idle.insert(host);
        std::priority_queue<Ending> present;
        Course course;
        for (;;) {
            for (auto host = idle.begin(); host != idle.end();) {
                const auto next = schedule.next(*host, std::chrono::milliseconds(0));
                if (const auto* step = std::get_if<const Step*>(&next)) {
                    present.push(Ending{course.took + (*step)->estimate, *step});
                    course.order += (course.order.empty() ? "" : " ") + (*step)->id.str();
                    host = idle.erase(host);
                } else {
                    ++host;
                }
            }
            if (present.empty())
                return course;
            const Ending ending = present.top();
            present.pop();
            course.took = ending.at;
            schedule.ended(*ending.step, Schedule::End::Done);
            idle.insert(ending.step->host);
        }
    }
};

}  // namespace

/// Which of a server's steps that could be done is done first.
class TestSchedule : public QObject {
    Q_OBJECT
private slots:
    /// In the plan's order s1 would work for 60 s at what nobody waits for, and then s2 for 60 s.
    void whatOthersWaitForComesFirst() {
        Steps steps;
        steps.add("s1", "own.1", 30);
        steps.add("s1", "own.2", 30);
        steps.add("s1", "found", 2);
        steps.add("s2", "join", 60, {"s1/found"});
        const auto course = steps.course();
        QCOMPARE(course.order, std::string("s1/found s1/own.1 s2/join s1/own.2"));
        QCOMPARE(course.took, seconds(62));
    }

    void theChainCountsAndNotTheStep() {
        Steps steps;
        steps.add("s1", "long", 20);
        steps.add("s1", "head", 1);
        steps.add("s2", "middle", 10, {"s1/head"});
        steps.add("s1", "end", 10, {"s2/middle"});
        QCOMPARE(steps.course().order, std::string("s1/head s1/long s2/middle s1/end"));
    }

    void equalsStayInThePlansOrder() {
        Steps steps;
        for (const char* name : {"d", "b", "c", "a"})
            steps.add("s1", name, 5);
        QCOMPARE(steps.course().order, std::string("s1/d s1/b s1/c s1/a"));
    }

    void noneIsBeforeWhatItNeeds() {
        Steps steps;
        steps.add("s1", "small", 1);
        steps.add("s1", "first", 1);
        steps.add("s1", "great", 900, {"s1/first"});
        steps.add("s2", "other", 5);
        QCOMPARE(steps.course().order, std::string("s1/first s2/other s1/great s1/small"));
    }

    void whatCanNoMoreBeDoneHoldsUpNothing() {
        Steps steps;
        steps.add("s1", "fails", 50);
        steps.add("s1", "behind", 50, {"s1/fails"});
        steps.add("s1", "free", 1);
        Schedule schedule(steps.plan);
        schedule.open();
        const auto next = [&] {
            const auto given = schedule.next(kS1, std::chrono::milliseconds(0));
            const auto* step = std::get_if<const Step*>(&given);
            return step ? (*step)->id.str() : std::string();
        };
        QCOMPARE(next(), std::string("s1/fails"));
        schedule.ended(steps.plan.steps[0], Schedule::End::Failed);
        QCOMPARE(next(), std::string("s1/free"));
        schedule.ended(steps.plan.steps[2], Schedule::End::Done);
        QVERIFY(schedule.next(kS1, std::chrono::milliseconds(0)) ==
                (std::variant<const Step*, Schedule::None>(Schedule::None::Ever)));
        QVERIFY(schedule.next(kS2, std::chrono::milliseconds(0)) ==
                (std::variant<const Step*, Schedule::None>(Schedule::None::Ever)));
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"

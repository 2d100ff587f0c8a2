#include <QAccessible>
#include <QApplication>
#include <QLabel>

#include "practice_job.h"
#include "wizard_fixture.h"

using namespace wizard;

/// Every page by keyboard and by screen reader: each thing that takes the focus has a name and a
/// role, Tab comes by all of them and back, and goes down the page.
class AccessibilityTest : public WizardFixture {
    Q_OBJECT
    static constexpr int kMostLinks = 8;
    int seen_ = 0;

    static bool takesTab(const QWidget* widget) {
        return widget->isVisible() && widget->isEnabled() &&
               (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr;
    }
    QList<QWidget*> tabStops() const {
        QList<QWidget*> all;
        for (QWidget* widget : window_->findChildren<QWidget*>())
            if (takesTab(widget))
                all << widget;
        return all;
    }
    static QString nameOf(const QWidget* widget) {
        return QStringLiteral("%1 \"%2\"")
            .arg(QLatin1String(widget->metaObject()->className()), widget->objectName());
    }

    void checkNames(const char* page) {
        for (QWidget* widget : tabStops()) {
            QAccessibleInterface* shown = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(shown != nullptr, qPrintable(nameOf(widget)));
            QVERIFY2(
                !shown->text(QAccessible::Name).trimmed().isEmpty(),
                qPrintable(QLatin1String(page) + QStringLiteral(": no name: ") + nameOf(widget)));
            QVERIFY2(
                shown->role() != QAccessible::NoRole && shown->role() != QAccessible::Client,
                qPrintable(QLatin1String(page) + QStringLiteral(": no role: ") + nameOf(widget)));
            ++seen_;
        }
    }

    /// Presses Tab until it is back where it began.
    void checkTabs(const char* page) {
        const QList<QWidget*> all = tabStops();
        QVERIFY(!all.isEmpty());
        QWidget* first = window_->findChild<QWidget*>(QStringLiteral("next"));
        if (!first->isVisible())
            first = all.front();
        first->setFocus();
        QList<QWidget*> order;
        int links = 0;
        while (true) {
            QWidget* now = QApplication::focusWidget();
            QVERIFY2(now != nullptr, page);
            if (!order.isEmpty() && order.last() != now && now == first)
                break;
            // In a text Tab goes from link to link.
            const bool inText = !order.isEmpty() && order.last() == now;
            links = inText ? links + 1 : 0;
            QVERIFY2(
                links == 0 || (links <= kMostLinks && qobject_cast<QLabel*>(now) != nullptr),
                qPrintable(QLatin1String(page) + QStringLiteral(": Tab ends in ") + nameOf(now)));
            if (!inText)
                order << now;
            QVERIFY2(order.size() <= all.size() + 1, page);
            QTest::keyClick(now, Qt::Key_Tab);
        }
        for (QWidget* widget : all)
            if (!order.contains(widget) && !isOtherRadio(widget))
                QFAIL(qPrintable(QLatin1String(page) + QStringLiteral(": Tab never reaches ") +
                                 nameOf(widget)));
        checkDirection(page, order);
    }
    /// Of a group of exclusive buttons Tab reaches the chosen one; arrows reach the others.
    static bool isOtherRadio(const QWidget* widget) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        return button != nullptr && button->isCheckable() && !button->isChecked() &&
               (button->autoExclusive() || button->group() != nullptr);
    }

    /// Going up is for beginning another column (rail, page, footer): rarely.
    void checkDirection(const char* page, const QList<QWidget*>& order) {
        QStringList jumps;
        for (qsizetype i = 1; i < order.size(); ++i) {
            const QRect before(order[i - 1]->mapTo(window_.get(), QPoint()), order[i - 1]->size());
            const QRect now(order[i]->mapTo(window_.get(), QPoint()), order[i]->size());
            const bool up = now.bottom() <= before.top();
            const bool sameColumn = now.left() < before.right() && before.left() < now.right();
            if (up && sameColumn && order[i - 1]->objectName() != QLatin1String("next") &&
                order[i - 1]->objectName() != QLatin1String("back"))
                jumps << nameOf(order[i - 1]) + QStringLiteral(" -> ") + nameOf(order[i]);
        }
        QVERIFY2(jumps.isEmpty(), qPrintable(QLatin1String(page) + QStringLiteral(": ") +
                                             jumps.join(QStringLiteral(", "))));
    }

private Q_SLOTS:
    void initTestCase() {
        prepare("accessibility");
        makeWindow();
    }
    void cleanupTestCase() { window_.reset(); }

    void everyPageHasNamesAndAWayRound() {
        const auto visit = [this](const char* page) {
            settle();
            checkNames(page);
            if (!QTest::currentTestFailed())
                checkTabs(page);
        };
        visit("start without a project");
        PracticeJob job(*window_);
        createPractice(folder_.filePath(QStringLiteral("p")), "single-ok");
        QVERIFY2(job.walk(visit), qPrintable(job.stuck));
        QVERIFY2(seen_ > 100, qPrintable(QString::number(seen_)));
    }

    void aQuestionIsReachedAndNamed() {
        Question question;
        question.key = QStringLiteral("test");
        question.title = QStringLiteral("Password for s1");
        question.secret = QStringLiteral("Password");
        question.twice = true;
        question.option = QStringLiteral("For all");
        question.choices = {QStringLiteral("Use it"), QStringLiteral("Not now")};
        window_->frame().questions().ask([question] { return question; }, {});
        settle();
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("questionSecret"));
        checkNames("question");
        checkTabs("question");
    }
};

QTEST_MAIN(AccessibilityTest)
#include "tst_accessibility.moc"

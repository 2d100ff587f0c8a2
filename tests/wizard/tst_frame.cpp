#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "frame/frame.h"
#include "frame/rail_item.h"
#include "frame/remembered_look.h"

using namespace wizard;

namespace {

class FakePage : public Page {
public:
    explicit FakePage(WizardStep step) : Page(step), label(new QLabel(this)) { retranslate(); }
    QString title() const override { return QStringLiteral("page %1").arg(int(step())); }
    std::vector<Reason> reasons() const override {
        if (blocked.isEmpty())
            return {};
        return {{blocked, [this] { ++jumps; }}, {QStringLiteral("second"), {}}};
    }
    void block(const QString& reason) {
        blocked = reason;
        Q_EMIT changed();
    }
    QLabel* label;
    QString blocked;
    mutable int jumps = 0;

protected:
    void retranslate() override { label->setText(tr("Language")); }
};

}  // namespace

class FrameTest : public QObject {
    Q_OBJECT
    deploy::Product product_;
    Theme theme_;
    Texts texts_;
    QTemporaryDir* folder_ = nullptr;
    Draft* draft_ = nullptr;
    Frame* frame_ = nullptr;
    std::vector<FakePage*> pages_;

    template <class T>
    T* find(const char* name) {
        return frame_->findChild<T*>(QLatin1String(name));
    }
    RailItem* item(int step) {
        return frame_->findChild<RailItem*>(QStringLiteral("rail%1").arg(step));
    }
    QPushButton* next() { return find<QPushButton>("next"); }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy-test-frame"));
        QSettings().clear();
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        theme_.setAppearance(Appearance::Light);
    }
    void init() {
        folder_ = new QTemporaryDir;
        draft_ = new Draft(product_);
        deploy::ProjectContent content;
        content.name = "test";
        QVERIFY(draft_->create(folder_->filePath(QStringLiteral("p")), content).has_value());
        frame_ = new Frame(*draft_, theme_, texts_);
        pages_.clear();
        for (int i = 0; i < kStepCount; ++i) {
            pages_.push_back(new FakePage(WizardStep(i)));
            frame_->addPage(pages_.back());
        }
        frame_->show(WizardStep::Start);
        frame_->resize(1200, 760);
        frame_->QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(frame_));
    }
    void cleanup() {
        delete frame_;
        delete draft_;
        delete folder_;
    }

    void nextGoesOnAndMarksTheStepDone() {
        QTest::mouseClick(next(), Qt::LeftButton);
        QCOMPARE(frame_->current(), WizardStep::Servers);
        QCOMPARE(frame_->stateOf(WizardStep::Start), StepState::Done);
        QCOMPARE(frame_->stateOf(WizardStep::Servers), StepState::Open);
        QTest::mouseClick(find<QPushButton>("back"), Qt::LeftButton);
        QCOMPARE(frame_->current(), WizardStep::Start);
    }

    void nextStaysClickableAndSaysWhy() {
        pages_[0]->block(QStringLiteral("choose a <bundle>"));
        QVERIFY(next()->isEnabled());
        QTest::mouseClick(next(), Qt::LeftButton);
        QCOMPARE(frame_->current(), WizardStep::Start);
        auto* text = find<QLabel>("footerText");
        QVERIFY2(text->text().contains(QStringLiteral("choose a &lt;bundle&gt;")),
                 qPrintable(text->text()));
        QVERIFY(text->text().contains(QStringLiteral("second")));
        // It goes to where the first can be settled; the others are links.
        QCOMPARE(pages_[0]->jumps, 1);
        Q_EMIT text->linkActivated(QStringLiteral("0"));
        QCOMPARE(pages_[0]->jumps, 2);
        pages_[0]->block({});
        QTRY_VERIFY(!text->text().contains(QStringLiteral("bundle")));
    }

    void aReasonsLinkIsReachedByMouseAndKeys() {
        pages_[0]->block(QStringLiteral("choose a bundle"));
        QTest::mouseClick(next(), Qt::LeftButton);
        frame_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(frame_));
        auto* text = find<QLabel>("footerText");
        for (int time = 1; time <= 2; ++time) {
            const int before = pages_[0]->jumps;
            text->setFocus(Qt::TabFocusReason);
            QTest::keyClick(frame_->windowHandle(), Qt::Key_Tab);
            QTest::keyClick(frame_->windowHandle(), Qt::Key_Return);
            QCOMPARE(pages_[0]->jumps, before + 1);
            pages_[0]->block(QStringLiteral("choose a bundle %1").arg(time));
            QTest::mouseClick(next(), Qt::LeftButton);
        }
        const int before = pages_[0]->jumps;
        for (int y = 0; y < text->height() && pages_[0]->jumps == before; y += 4)
            QTest::mouseClick(text, Qt::LeftButton, {}, {12, y});
        QCOMPARE(pages_[0]->jumps, before + 1);
    }

    void aBlockedPageMakesLaterOnesImpossible() {
        for (int i = 0; i < 4; ++i)
            frame_->next();
        pages_[1]->block(QStringLiteral("bad address"));
        QCOMPARE(frame_->stateOf(WizardStep::Servers), StepState::Attention);
        QCOMPARE(frame_->stateOf(WizardStep::Probe), StepState::NotPossible);
        QTest::mouseClick(item(5), Qt::LeftButton);
        QCOMPARE(frame_->current(), WizardStep::Settings);
        auto* text = find<QLabel>("footerText");
        QVERIFY(text->text().contains(QStringLiteral("bad address")));
        // The reason stands on another page: its link goes there first.
        Q_EMIT text->linkActivated(QStringLiteral("0"));
        QCOMPARE(frame_->current(), WizardStep::Servers);
        QCOMPARE(pages_[1]->jumps, 1);
    }

    void staleStepsAreShown() {
        for (int i = 0; i < 4; ++i)
            frame_->next();
        draft_->change(QStringLiteral("x"), [](deploy::ProjectContent& content) {
            deploy::Host host;
            host.name = deploy::HostId("s1");
            content.inventory.hosts.push_back(host);
        });
        QCOMPARE(frame_->stateOf(WizardStep::Probe), StepState::Stale);
        QCOMPARE(frame_->stateOf(WizardStep::Servers), StepState::Done);
    }

    void everyStateHasItsOwnShapeAndWord() {
        std::vector<QImage> images;
        QStringList words;
        for (const StepState state : {StepState::NotPossible, StepState::Open, StepState::Done,
                                      StepState::Attention, StepState::Stale}) {
            RailItem one(3, theme_);
            one.resize(208, 40);
            one.show({QStringLiteral("Probe"), {}, state, false});
            // Without colour: shapes alone must tell.
            images.push_back(one.grab().toImage().convertToFormat(QImage::Format_Grayscale8));
            words << stateWord(state);
            QVERIFY(one.accessibleName().contains(stateWord(state)));
        }
        for (size_t a = 0; a < images.size(); ++a)
            for (size_t b = a + 1; b < images.size(); ++b)
                QVERIFY(images[a] != images[b]);
        QCOMPARE(QSet<QString>(words.begin(), words.end()).size(), 5);
    }

    void languageSwitchesLive() {
        auto* button = find<QPushButton>("languageSwitch");
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(texts_.language(), QStringLiteral("zh_CN"));
        QTRY_COMPARE(next()->text(), QStringLiteral("下一步"));
        QCOMPARE(find<QLabel>("productName")->text(), QStringLiteral("FinClip 部署向导"));
        QCOMPARE(rememberedLanguage(), QStringLiteral("zh_CN"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(next()->text(), QStringLiteral("Next"));
    }

    void appearanceSwitchesLive() {
        QTest::mouseClick(find<QPushButton>("appearanceSwitch"), Qt::LeftButton);
        QCOMPARE(theme_.appearance(), Appearance::Dark);
        QCOMPARE(rememberedAppearance(), std::optional(Appearance::Dark));
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 60);
        theme_.setAppearance(Appearance::Light);
    }

    void oneQuestionAtATime() {
        QuestionPanel& panel = frame_->questions();
        std::vector<int> answers;
        for (const char* key : {"a", "b", "a"}) {
            Question question;
            question.key = QLatin1String(key);
            question.title = QLatin1String(key);
            question.choices = {QStringLiteral("yes"), QStringLiteral("no")};
            panel.ask([question] { return question; },
                      [&](const Answer& answer) { answers.push_back(answer.choice); });
        }
        QVERIFY(panel.isVisible());
        QTest::mouseClick(find<QPushButton>("questionChoice1"), Qt::LeftButton);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(panel.isVisible());
        QTest::mouseClick(find<QPushButton>("questionChoice0"), Qt::LeftButton);
        QCOMPARE(answers, (std::vector<int>{1, 0}));
        QVERIFY(!panel.isVisible());
    }

    /// Its words change, what was typed and ticked stays.
    void aWaitingQuestionFollowsTheLanguage() {
        QuestionPanel& panel = frame_->questions();
        const auto ask = [&](const char* key, const std::function<void(const Answer&)>& answered) {
            panel.ask(
                [this, key] {
                    const QString word = texts_.language();
                    Question question;
                    question.key = QLatin1String(key);
                    question.title = word + QStringLiteral(" title ") + QLatin1String(key);
                    question.body = word + QStringLiteral(" body");
                    question.secret = word + QStringLiteral(" secret");
                    question.option = word + QStringLiteral(" option");
                    question.twice = true;
                    question.choices = {word + QStringLiteral(" yes"),
                                        word + QStringLiteral(" no")};
                    return question;
                },
                answered);
        };
        std::string given;
        ask("a", [&](const Answer& answer) { given = answer.secret.reveal(); });
        ask("b", {});
        const auto words = [&] {
            QStringList seen;
            for (const QLabel* label : panel.findChildren<QLabel*>())
                if (label->isVisible())
                    seen << label->text();
            for (const QPushButton* button : panel.findChildren<QPushButton*>())
                seen << button->text();
            return seen << find<QLineEdit>("questionSecret")->placeholderText()
                        << find<QLineEdit>("questionSecretAgain")->placeholderText()
                        << find<QCheckBox>("questionOption")->text();
        };
        auto* first = find<QLineEdit>("questionSecret");
        QTest::keyClicks(first, QStringLiteral("one"));
        find<QCheckBox>("questionOption")->setChecked(true);
        QTest::mouseClick(find<QPushButton>("questionChoice0"), Qt::LeftButton);
        const QStringList english = words();
        QVERIFY2(english.contains(QStringLiteral("en title a")), qPrintable(english.join(u'|')));
        QVERIFY(english.contains(QStringLiteral("The two entries differ.")));

        QVERIFY(texts_.setLanguage(QStringLiteral("zh_CN")).has_value());
        QCoreApplication::processEvents();
        const QStringList chinese = words();
        QCOMPARE(chinese.size(), english.size());
        for (qsizetype i = 0; i < english.size(); ++i)
            QVERIFY2(chinese[i] != english[i], qPrintable(chinese[i]));
        QCOMPARE(panel.accessibleName(), QStringLiteral("zh_CN title a"));
        QCOMPARE(first->text(), QStringLiteral("one"));
        QVERIFY(find<QCheckBox>("questionOption")->isChecked());

        QTest::keyClicks(find<QLineEdit>("questionSecretAgain"), QStringLiteral("one"));
        QTest::mouseClick(find<QPushButton>("questionChoice0"), Qt::LeftButton);
        QCOMPARE(given, std::string("one"));
        QCOMPARE(panel.accessibleName(), QStringLiteral("zh_CN title b"));
        panel.withdraw(QStringLiteral("b"));
        QVERIFY(!panel.isVisible());
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    /// A person looks for it near what went away, not in the rail.
    void theFocusOfWhatWentAwayGoesToNext() {
        frame_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(frame_, 60000));
        auto* button = new QPushButton(QStringLiteral("once"), pages_.front());
        button->show();
        button->setFocus();
        QTRY_VERIFY(button->hasFocus());
        button->hide();
        QVERIFY2(next()->hasFocus(), qPrintable(QApplication::focusWidget()->objectName()));
    }

    void aNewPassphraseIsTypedTwice() {
        QuestionPanel& panel = frame_->questions();
        std::string given;
        Question question;
        question.key = QStringLiteral("vault");
        question.secret = QStringLiteral("Passphrase");
        question.twice = true;
        question.choices = {QStringLiteral("go")};
        panel.ask([question] { return question; },
                  [&](const Answer& answer) { given = answer.secret.reveal(); });
        auto* first = find<QLineEdit>("questionSecret");
        auto* again = find<QLineEdit>("questionSecretAgain");
        QCOMPARE(first->echoMode(), QLineEdit::Password);
        QTest::keyClicks(first, QStringLiteral("one"));
        QTest::keyClicks(again, QStringLiteral("two"));
        QTest::mouseClick(find<QPushButton>("questionChoice0"), Qt::LeftButton);
        QVERIFY(given.empty());
        again->clear();
        QTest::keyClicks(again, QStringLiteral("one"));
        QTest::keyClick(again, Qt::Key_Return);
        QCOMPARE(given, std::string("one"));
    }
};

QTEST_MAIN(FrameTest)
#include "tst_frame.moc"

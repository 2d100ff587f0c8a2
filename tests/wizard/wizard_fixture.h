#pragma once

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <optional>

#include "driver.h"
#include "project/work.h"
#include "wizard_window.h"

/// The whole wizard with the product's own resources, in English and light, and a person at it.
class WizardFixture : public QObject {
protected:
    /// First of all; `name` keeps the settings of tests that run at once apart.
    void prepare(const char* name) {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QLatin1String("finclip-deploy-test-") +
                                              QLatin1String(name));
        QSettings().clear();
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        theme_.setAppearance(wizard::Appearance::Light);
        auto loaded = deploy::Product::load();
        QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().where.c_str());
        product_ = std::move(*loaded);
    }
    void makeWindow() {
        window_ = std::make_unique<wizard::WizardWindow>(*product_, theme_, texts_,
                                                         deploy::systemClock());
        window_->show();
        window_->activateWindow();
        // However many other programs have the processors meanwhile.
        QVERIFY(QTest::qWaitForWindowActive(window_.get(), 60000));
    }
    /// What a page brings comes in several rounds of events, however slow the machine is.
    static void settle() {
        for (int round = 0; round < 6; ++round)
            QTest::qWait(10);
    }
    /// Every event of a run is synced; that must not wait for a disk here.
    static QString inMemory() {
        const QString memory = QStringLiteral("/dev/shm");
        return (QDir(memory).exists() ? memory : QDir::tempPath()) +
               QStringLiteral("/finclip-wizard-XXXXXX");
    }
    /// A practice project whose time does not wait.
    void createPractice(const QString& folder, const char* scenario) {
        auto content = deploy::practiceContent(scenario);
        QVERIFY(content.has_value());
        content->name = "Example Bank";
        window_->clocks().setSpeed(0);
        QVERIFY(window_->draft().create(folder, *content).has_value());
    }

    Driver person() const { return Driver(*window_); }
    template <class T>
    T* find(const char* name) const {
        return person().find<T>(name);
    }
    bool sees(const char* name) const { return person().sees(name); }
    bool asksForHostKeys() const { return person().asksForHostKeys(); }
    void click(const char* name) { QVERIFY2(person().click(name), name); }
    void type(const char* name, const QString& text) { person().type(name, text); }
    wizard::WizardStep current() const { return person().current(); }
    bool free(wizard::WizardStep step) const { return person().free(step); }
    QString reasonsOf(wizard::WizardStep step) const { return person().reasonsOf(step); }

    wizard::Theme theme_;
    wizard::Texts texts_;
    std::optional<deploy::Product> product_;
    QTemporaryDir folder_{inMemory()};
    std::unique_ptr<wizard::WizardWindow> window_;
};

#pragma once

#include <QAbstractButton>
#include <QTest>
#include <functional>

#include "wizard_window.h"

/// Takes a window through a whole practice job; each page is shown to a visitor as it is reached.
class PracticeJob {
public:
    using Visit = std::function<void(const char* page)>;

    explicit PracticeJob(wizard::WizardWindow& window) : window_(window) {}

    /// From the start page to the hand-over. False where it got stuck; `stuck` says where.
    bool walk(const Visit& visit) {
        wizard::Frame& frame = window_.frame();
        visit("start");
        frame.next();
        visit("servers");
        frame.next();
        visit("probe before");
        press("probeAll");
        auto* keys = find<QWidget>("hostKeys");
        if (!wait(
                [&] { return keys->isVisible() && find<QAbstractButton>("probeAll")->isEnabled(); },
                "host keys"))
            return false;
        visit("host keys");
        press("tickAllKeys");
        press("confirmKeys");
        if (!wait([&] { return settled(wizard::WizardStep::Probe); }, "probe"))
            return false;
        visit("probe");
        frame.next();
        visit("topology");
        frame.next();
        visit("settings");
        frame.next();
        visit("review");
        frame.next();
        if (!wait([&] { return settled(wizard::WizardStep::Install); }, "install"))
            return false;
        visit("install");
        frame.next();
        visit("hand-over");
        return frame.current() == wizard::WizardStep::HandOver;
    }
    QString stuck;

    template <class T>
    T* find(const char* name) const {
        return window_.findChild<T*>(QLatin1String(name));
    }
    void press(const char* name) const {
        if (auto* button = find<QAbstractButton>(name))
            button->click();
    }

private:
    bool settled(wizard::WizardStep step) const {
        return window_.frame().page(step)->reasons().empty();
    }
    template <class Done>
    bool wait(Done done, const char* what) {
        if (QTest::qWaitFor(done, 120000))
            return true;
        stuck = QLatin1String(what);
        return false;
    }

    wizard::WizardWindow& window_;
};

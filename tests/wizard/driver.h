#pragma once

#include <QAbstractButton>
#include <QLineEdit>
#include <QTest>

#include "wizard_window.h"

/// A person at the wizard: finds things by their names and uses mouse and keyboard only.
class Driver {
public:
    explicit Driver(wizard::WizardWindow& window) : window_(window) {}

    template <class T>
    T* find(const char* name) const {
        // Of several with one name (rows of a list) the first that can be seen.
        const QList<T*> all = window_.findChildren<T*>(QLatin1String(name));
        for (T* one : all)
            if (one->isVisible())
                return one;
        if (all.isEmpty())
            qFatal("no widget named %s", name);
        return all.front();
    }
    bool sees(const char* name) const {
        for (const QWidget* one : window_.findChildren<QWidget*>(QLatin1String(name)))
            if (one->isVisible())
                return true;
        return false;
    }
    /// The probe has ended, and the host keys of all servers that need it wait to be confirmed.
    bool asksForHostKeys() const {
        return sees("hostKeys") && find<QAbstractButton>("probeAll")->isEnabled();
    }
    /// False where the button cannot be seen or pressed.
    bool click(const char* name) const {
        auto* button = find<QAbstractButton>(name);
        if (!button->isVisible() || !button->isEnabled())
            return false;
        QTest::mouseClick(button, Qt::LeftButton, {}, {12, button->height() / 2});
        return true;
    }
    void type(const char* name, const QString& text) const {
        auto* edit = find<QLineEdit>(name);
        QTest::mouseClick(edit, Qt::LeftButton);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    wizard::WizardStep current() const { return window_.frame().current(); }
    wizard::Page* page(wizard::WizardStep step) const { return window_.frame().page(step); }
    bool free(wizard::WizardStep step) const { return page(step)->reasons().empty(); }
    QString reasonsOf(wizard::WizardStep step) const {
        QStringList all;
        for (const wizard::Reason& reason : page(step)->reasons())
            all << reason.text;
        return all.join(QStringLiteral("; "));
    }

private:
    wizard::WizardWindow& window_;
};

#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <vector>

#include "frame/theme.h"
#include "project/work.h"
#include "text/convert.h"
#include "text/texts.h"
#include "wizard_window.h"

/// Takes pictures of the real window in each look (a language and an appearance, such as en-light).
struct Camera {
    QDir out;
    wizard::WizardWindow& window;
    wizard::Texts& texts;
    wizard::Theme& theme;
    QStringList looks;

    void take(int number, const char* name) {
        for (const QString& look : looks) {
            const QString language = look.section(QLatin1Char('-'), 0, 0);
            const bool dark = look.endsWith(QLatin1String("dark"));
            if (!texts.setLanguage(language))
                return;
            theme.setAppearance(dark ? wizard::Appearance::Dark : wizard::Appearance::Light);
            // What a new look brings comes in several rounds, however slow the machine is.
            for (int round = 0; round < 6; ++round)
                QTest::qWait(40);
            const QString file = QStringLiteral("%1-%2-%3-%4x.png")
                                     .arg(number)
                                     .arg(QLatin1String(name), look)
                                     .arg(window.devicePixelRatioF());
            window.grab().save(out.filePath(file));
        }
    }
};

template <class Done>
bool waitFor(Done done, const char* what) {
    if (QTest::qWaitFor(done, 60000))
        return true;
    QTextStream(stderr) << "gave up waiting for " << what << Qt::endl;
    return false;
}

inline void press(const QWidget& inside, const char* name) {
    if (auto* button = inside.findChild<QAbstractButton*>(QLatin1String(name)))
        button->click();
}

inline bool create(Camera& camera, const QString& folder, const char* scenario) {
    auto content = deploy::practiceContent(scenario);
    if (content) {
        content->name = wizard::fromQt(QStringLiteral("某某银行 / Example Bank"));
        camera.window.clocks().setSpeed(0);
        camera.window.draft().close();
        if (camera.window.draft().create(folder, *content))
            return true;
    }
    QTextStream(stderr) << "no project of " << scenario << Qt::endl;
    return false;
}

/// From the confirmed keys to the checks; pictures on the way where they are wanted.
inline bool probe(Camera& camera, bool pictures) {
    wizard::Frame& frame = camera.window.frame();
    wizard::Page& page = *frame.page(wizard::WizardStep::Probe);
    while (frame.current() < wizard::WizardStep::Probe &&
           frame.page(frame.current())->reasons().empty())
        frame.next();
    if (pictures)
        camera.take(3, "probe-before");
    press(page, "probeAll");
    auto* table = page.findChild<QTableView*>(QStringLiteral("hostKeys"));
    const int servers = int(camera.window.draft().content().inventory.hosts.size());
    if (!waitFor([&] { return table->model()->rowCount() == servers; }, "the host keys"))
        return false;
    QTest::qWait(100);
    if (pictures)
        camera.take(3, "probe-host-keys");
    press(page, "tickAllKeys");
    press(page, "confirmKeys");
    const auto* again = page.findChild<QAbstractButton*>(QStringLiteral("probeAll"));
    return waitFor([&] { return again->isEnabled() && !table->isVisible(); }, "the probe");
}

/// What both programs of pictures do: OUT_FOLDER [WIDTHxHEIGHT] [LOOK...]; all four looks where
/// none is named. Each part has the window as the one before left it, and a folder of its own name.
inline int photograph(int argc, char** argv,
                      const std::vector<int (*)(Camera, const QString&)>& parts) {
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy-screenshots"));
    QSettings().clear();
    QStringList looks = QCoreApplication::arguments().mid(1);
    if (looks.isEmpty()) {
        QTextStream(stderr) << "usage: OUT_FOLDER [WIDTHxHEIGHT] [LOOK...]" << Qt::endl;
        return 2;
    }
    const QDir out(looks.takeFirst());
    out.mkpath(QStringLiteral("."));
    wizard::Texts texts;
    wizard::Theme theme;
    const auto product = deploy::Product::load();
    if (!texts.setLanguage(QStringLiteral("en")) || !product)
        return 1;
    theme.setAppearance(wizard::Appearance::Light);
    wizard::WizardWindow window(*product, theme, texts, deploy::systemClock());
    const QStringList size = looks.value(0).split(QLatin1Char('x'));
    if (size.size() == 2) {
        window.resize(size[0].toInt(), size[1].toInt());
        looks.removeFirst();
    }
    window.show();
    if (looks.isEmpty())
        for (const char* look : {"zh_CN-light", "zh_CN-dark", "en-light", "en-dark"})
            looks << QLatin1String(look);
    const QTemporaryDir project;
    for (const auto part : parts)
        if (const int ended = part({out, window, texts, theme, looks},
                                   project.filePath(QStringLiteral("project")));
            ended != 0)
            return ended;
    return 0;
}

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QScreen>
#include <QTextStream>

#include "base/core_dumps.h"
#include "base/resources.h"
#include "frame/remembered_look.h"
#include "frame/theme.h"
#include "text/convert.h"
#include "text/texts.h"
#include "wizard_window.h"

namespace {

int failWith(const wizard::Texts& texts, const deploy::Error& error) {
    QTextStream(stderr) << texts.describe(error) << Qt::endl;
    return static_cast<int>(deploy::exitClass(error.code));
}

}  // namespace

int main(int argc, char** argv) {
    deploy::forbidCoreDumps();
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("finclip-deploy"));
    QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy"));
    QCoreApplication::setApplicationVersion(wizard::toQt(deploy::programVersion()));
    QGuiApplication::setDesktopFileName(QStringLiteral("finclip-deploy"));

    wizard::Texts texts;
    if (const auto set = texts.setLanguage(wizard::toQt(deploy::languageFromEnvironment())); !set)
        return failWith(texts, set.error());
    const auto tr = [](const char* text) { return QCoreApplication::translate("main", text); };
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("project"),
                                 tr(QT_TRANSLATE_NOOP("main", "Project folder to open")),
                                 QStringLiteral("[PROJECT]"));
    const QCommandLineOption lang(QStringLiteral("lang"),
                                  tr(QT_TRANSLATE_NOOP("main", "Language: en or zh_CN")),
                                  QStringLiteral("language"));
    const QCommandLineOption theme(QStringLiteral("theme"),
                                   tr(QT_TRANSLATE_NOOP("main", "Appearance: light or dark")),
                                   QStringLiteral("name"));
    parser.addOptions({lang, theme});
    parser.process(app);
    if (parser.isSet(lang)) {
        if (const auto set = texts.setLanguage(parser.value(lang)); !set)
            return failWith(texts, set.error());
    } else if (const QString before = wizard::rememberedLanguage();
               !before.isEmpty() && before != texts.language()) {
        // One that this version does not have is no reason not to start.
        static_cast<void>(texts.setLanguage(before));
    }
    wizard::Theme look;
    const auto before = wizard::rememberedAppearance().value_or(wizard::Appearance::Light);
    look.setAppearance(!parser.isSet(theme)                           ? before
                       : parser.value(theme) == QLatin1String("dark") ? wizard::Appearance::Dark
                                                                      : wizard::Appearance::Light);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/finclip-deploy.svg")));

    const auto product = deploy::Product::load();
    if (!product)
        return failWith(texts, product.error());
    wizard::WizardWindow window(*product, look, texts, deploy::systemClock());
    if (!parser.positionalArguments().isEmpty())
        if (const auto opened = window.open(parser.positionalArguments().first()); !opened)
            return failWith(texts, opened.error());
    // With the title bar, which a window manager adds, it must fit on a laptop's screen.
    constexpr QSize kDecoration(8, 40);
    const QSize room = window.screen()->availableSize() - kDecoration;
    window.resize(window.size().boundedTo(room).expandedTo(window.minimumSize()));
    window.show();
    return QApplication::exec();
}

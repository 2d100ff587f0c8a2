#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTextStream>

#include "base/resources.h"
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
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("finclip-deploy"));
    QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy"));
    QCoreApplication::setApplicationVersion(wizard::toQt(deploy::programVersion()));
    QGuiApplication::setDesktopFileName(QStringLiteral("finclip-deploy"));

    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("project"), QStringLiteral("Project folder"),
                                 QStringLiteral("[PROJECT]"));
    const QCommandLineOption lang(QStringLiteral("lang"), QStringLiteral("en or zh_CN"),
                                  QStringLiteral("language"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light or dark"),
                                   QStringLiteral("name"), QStringLiteral("light"));
    parser.addOptions({lang, theme});
    parser.process(app);

    wizard::Texts texts;
    const QString language =
        parser.isSet(lang) ? parser.value(lang) : wizard::toQt(deploy::languageFromEnvironment());
    if (const auto set = texts.setLanguage(language); !set)
        return failWith(texts, set.error());
    wizard::Theme look;
    look.setAppearance(parser.value(theme) == QLatin1String("dark") ? wizard::Appearance::Dark
                                                                    : wizard::Appearance::Light);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/finclip-deploy.svg")));

    const auto product = deploy::Product::load();
    if (!product)
        return failWith(texts, product.error());
    wizard::WizardWindow window(*product, look, texts, deploy::systemClock());
    if (!parser.positionalArguments().isEmpty())
        if (const auto opened = window.open(parser.positionalArguments().first()); !opened)
            return failWith(texts, opened.error());
    window.show();
    return QApplication::exec();
}

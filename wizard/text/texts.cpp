#include "text/texts.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

#include "text/convert.h"

namespace wizard {

Texts::Texts(QObject* parent) : QObject(parent) {}

deploy::Result<void> Texts::setLanguage(const QString& language) {
    auto table = deploy::MessageTable::load(fromQt(language));
    if (!table)
        return tl::unexpected(table.error());
    table_ = std::move(*table);
    language_ = language;
    QLocale::setDefault(QLocale(language));
    QCoreApplication::removeTranslator(&translator_);
    QCoreApplication::removeTranslator(&qtTranslator_);
    if (language != QLatin1String("en")) {
        if (qtTranslator_.load(QStringLiteral("qtbase_") + language,
                               QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            QCoreApplication::installTranslator(&qtTranslator_);
        if (translator_.load(QStringLiteral(":/i18n/finclip_%1.qm").arg(language)))
            QCoreApplication::installTranslator(&translator_);
    }
    Q_EMIT changed();
    return {};
}

QString Texts::text(const std::string& key, const deploy::Args& args) const {
    return toQt(table_.text(key, args));
}

QString Texts::describe(const deploy::Error& error) const {
    const deploy::ErrorText words = deploy::describe(error, table_);
    if (words.remedy.empty())
        return toQt(words.what);
    return toQt(words.what) + QLatin1Char('\n') + toQt(words.remedy);
}

}  // namespace wizard

#include "frame/remembered_look.h"

#include <QSettings>

namespace wizard {

namespace {
const QLatin1String kLanguage("look/language");
const QLatin1String kAppearance("look/appearance");
const QLatin1String kDark("dark");
const QLatin1String kLight("light");
}  // namespace

QString rememberedLanguage() {
    return QSettings().value(kLanguage).toString();
}

std::optional<Appearance> rememberedAppearance() {
    const QString word = QSettings().value(kAppearance).toString();
    if (word == kDark)
        return Appearance::Dark;
    if (word == kLight)
        return Appearance::Light;
    return std::nullopt;
}

void rememberLanguage(const QString& language) {
    QSettings().setValue(kLanguage, language);
}

void rememberAppearance(Appearance appearance) {
    QSettings().setValue(kAppearance, QString(appearance == Appearance::Dark ? kDark : kLight));
}

}  // namespace wizard

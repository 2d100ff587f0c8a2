#pragma once

#include <QString>
#include <optional>

#include "frame/theme.h"

namespace wizard {

/// What a person switched to, kept in the application's settings for the next start. Empty where
/// nothing was ever switched.
QString rememberedLanguage();
std::optional<Appearance> rememberedAppearance();
void rememberLanguage(const QString& language);
void rememberAppearance(Appearance appearance);

}  // namespace wizard

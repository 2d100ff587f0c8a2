#pragma once

#include <QString>
#include <string>

#include "base/id.h"

namespace wizard {

inline QString toQt(const std::string& text) {
    return QString::fromStdString(text);
}
template <class Tag>
QString toQt(const deploy::StrongId<Tag>& id) {
    return QString::fromStdString(id.str());
}
inline std::string fromQt(const QString& text) {
    return text.toStdString();
}

}  // namespace wizard

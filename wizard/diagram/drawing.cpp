#include "diagram/drawing.h"

#include <QCoreApplication>

#include "text/convert.h"
#include "text/words.h"

namespace wizard {

QString roleName(const Texts& texts, const deploy::RoleId& role) {
    return texts.text("role." + role.str());
}

QString modeName(const Texts& texts, const deploy::ModeId& mode) {
    return texts.text("mode." + mode.str() + ".name");
}

QString sizeText(const deploy::Facts& facts) {
    QStringList parts;
    if (facts.cores)
        parts << QCoreApplication::translate("Drawing", "%1 cores").arg(*facts.cores);
    if (facts.memoryBytes)
        parts << bytesText(*facts.memoryBytes);
    if (facts.dataDirectory && facts.dataDirectory->totalBytes)
        parts << bytesText(*facts.dataDirectory->totalBytes);
    return joined(parts);
}

}  // namespace wizard

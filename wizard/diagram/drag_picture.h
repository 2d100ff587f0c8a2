#pragma once

#include <QPixmap>

#include "catalog/catalog.h"
#include "diagram/carried.h"
#include "frame/theme.h"
#include "text/texts.h"

namespace wizard {

/// What hangs at the cursor while a load is dragged.
QPixmap dragPicture(const Load& load, const Theme& theme, const Texts& texts,
                    const deploy::Catalog& catalog, qreal pixelRatio);

}  // namespace wizard

#pragma once

#include "assessment.h"
#include "diagram/drawing.h"

namespace wizard {

/// The drawing of the draft as it is now, with what the probe found and what the rules say. Empty
/// while no project is open.
Drawing drawingOf(const Draft& draft, const Assessment& assessment, const Texts& texts);

}  // namespace wizard

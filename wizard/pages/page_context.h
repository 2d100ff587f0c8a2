#pragma once

#include "assessment.h"
#include "clocks.h"
#include "draft.h"
#include "frame/questions.h"
#include "frame/theme.h"
#include "text/texts.h"

namespace wizard {

/// What every page works with; all outlive the pages.
struct PageContext {
    Draft& draft;
    Assessment& assessment;
    Theme& theme;
    Texts& texts;
    QuestionPanel& questions;
    Clocks& clocks;
};

}  // namespace wizard

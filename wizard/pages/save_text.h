#pragma once

#include <QString>
#include <string>

#include "frame/questions.h"

namespace wizard {

/// Writes the file as one act; says so in the queue of questions where it could not be written.
bool saveText(QuestionPanel& questions, const QString& file, const std::string& text);

}  // namespace wizard

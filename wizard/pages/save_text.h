#pragma once

#include <QString>
#include <string>

#include "frame/questions.h"

namespace wizard {

/// Says in the queue of questions that a file could not be written, and why.
void askNotSaved(QuestionPanel& questions, const QString& file, const QString& problem);

/// Writes the file as one act; says so in the queue of questions where it could not be written.
bool saveText(QuestionPanel& questions, const QString& file, const std::string& text);

}  // namespace wizard

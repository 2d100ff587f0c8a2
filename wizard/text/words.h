#pragma once

#include <QString>

#include "probe/checks.h"
#include "run/run_state.h"
#include "text/texts.h"

namespace wizard {

/// Words for values, in the language that is set now. A shape (an icon's name) goes with each
/// status, so that colour never tells alone.
QString wordOf(deploy::CheckStatus status);
QString shapeOf(deploy::CheckStatus status);
QString wordOf(deploy::StepStatus status);
QString shapeOf(deploy::StepStatus status);
QString wordOf(deploy::CheckCategory category);

/// "3.1 GB": powers of 2^10, as the catalogue counts.
QString bytesText(uint64_t bytes);
/// "6 min", "40 s".
QString durationText(qint64 seconds);
/// "a · b · c", leaving out what is empty.
QString joined(const QStringList& parts);
/// "a, b, c", as the language writes a list.
QString listed(const QStringList& parts);
/// "name: text".
QString labelled(const QString& name, const QString& text);

/// Title of a step in words, for example "Start the Docker engine on s1".
QString stepTitle(const deploy::Step& step, const Texts& texts);

}  // namespace wizard

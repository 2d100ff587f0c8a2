#pragma once

#include <QByteArray>
#include <QString>
#include <map>

#include "pages/page.h"
#include "project/project.h"

namespace wizard {

/// How far a person has come in a project, kept as wizard.json in its folder, so that reopening
/// comes back to the same place and later steps know when they are out of date.
struct StepRecord {
    WizardStep current = WizardStep::Start;
    std::map<WizardStep, QByteArray> passed;  ///< fingerprint of its inputs when it was passed
    std::map<QString, QByteArray> probed;     ///< by server name: how it was reached
    bool operator==(const StepRecord&) const = default;
};

/// A file that is missing or cannot be read gives the beginning: nothing of worth is in it.
StepRecord loadStepRecord(const QString& folder);
bool saveStepRecord(const QString& folder, const StepRecord& record);

/// Digest of what earlier steps decided and this step rests upon. Pure.
QByteArray inputsOf(WizardStep step, const deploy::ProjectContent& content);
/// Digest of the way in which a server is reached. Pure.
QByteArray reachOf(const deploy::Host& host);

}  // namespace wizard

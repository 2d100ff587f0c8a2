#pragma once

#include "report/report.h"

namespace deploy {

/// A report as a real job on one server leaves it: a warning and a waiver, an installation that was
/// cut off, resumed and decided, a verification. Every test changes what it is about.
Report sampleReport();

/// Events of a run in which every step of the plan goes well, from `begin` on, a second each.
std::vector<Event> smoothRun(const Plan& plan, const std::string& purpose, WallTime begin);

/// The run that these events tell of.
ReportRun reportRun(const std::string& id, const Plan& plan, std::vector<Event> events);

}  // namespace deploy

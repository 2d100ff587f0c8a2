#pragma once

#include "plan/drill.h"
#include "project/work.h"

namespace deploy {

/// What happens to the platform while the server is off, by the failure simulation: of the servers
/// that the drawing has. ValueInvalid for an unknown mode.
Result<FailureOutcome> lossOf(const Product& product, const ProjectContent& content,
                              const HostId& server);

/// makeDrillPlan() for what is installed, marked with the clock's time. NothingInstalled;
/// LastCopy (args service) for a server without which a service is lost, unless it is given up.
Result<Plan> drillPlan(const Product& product, const ProjectFolder& project, const HostId& server,
                       DrillKind kind, LastCopy last, const Clock& clock);

/// What a drill's run measured, from its logs.
DrillResult drillResultOf(const RunRecord& drill);
/// The last drill that was run; none: there was none.
Result<std::optional<RunRecord>> lastDrill(const ProjectFolder& project);

/// A drill in which a server was away, and whose own end nobody saw.
struct CutDrill {
    RunRecord run;
    HostId server;
    DrillKind kind;
    WallTime since;  ///< by this computer's clock
};
/// The newest run, where it is such a drill; none: it is not.
Result<std::optional<CutDrill>> cutDrill(const ProjectFolder& project);

/// How it left the server.
enum class DrillStand {
    Unbegun,  ///< as it was: it was cut before
    Stopped,  ///< its services start again by themselves within kDrillHold and a minute; one that
              ///< was powered off stays so
    Back
};
/// Asks the server, or who watches one that is powered off; changes nothing. Errors as reaching it.
Result<DrillStand> askDrill(RunWork& work, const CutDrill& drill, const std::stop_token& stop);

}  // namespace deploy

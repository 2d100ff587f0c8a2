#pragma once

#include <httplib.h>

#include "applets.h"

namespace business {

/// Adds every route to `server`. Both must outlive it.
void addRoutes(httplib::Server& server, const Config& config, Applets& applets);

}  // namespace business

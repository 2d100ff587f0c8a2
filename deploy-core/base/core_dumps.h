#pragma once

namespace deploy {

/// Secrets are in this process's memory: from now on the kernel writes none of it to a core file,
/// nor to a crash collector, and lets no other process of the user read it.
void forbidCoreDumps();

}  // namespace deploy

#include "base/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace deploy {

void forbidCoreDumps() {
    // A limit of 0 does not keep the kernel from feeding a collector through a pipe; the other
    // does.
    const rlimit none{0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace deploy

#!/usr/bin/env bash
# Installed below a prefix, started from another folder, without the source tree's resources: the whole practice job.
set -euo pipefail

prefix=$FINCLIP_WORK/prefix
cmake --install "$FINCLIP_BUILD" --prefix "$prefix" >/dev/null
mkdir -p "$FINCLIP_WORK/elsewhere"
cd "$FINCLIP_WORK/elsewhere"
strace=$(command -v strace || true)
if [ -n "$strace" ]; then
    "$strace" -f -e trace=openat -o opened "$prefix/bin/finclip-deployctl" practice project
    if grep -F "$(dirname "$FINCLIP_BUILD")/resources" opened; then
        echo "FAILED: the installed program reads the source tree" >&2
        exit 1
    fi
else
    "$prefix/bin/finclip-deployctl" practice project
fi
ls project/reports/*.html project/reports/*.json
"$prefix/bin/finclip-deployctl" --lang zh_CN status project

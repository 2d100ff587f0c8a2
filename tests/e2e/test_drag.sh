#!/usr/bin/env bash
# Roles dragged by the window system's own drag-and-drop: a virtual screen, a window manager and a pointer
# that another process moves.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"

for tool in Xvfb openbox xdotool xprop; do
    command -v "$tool" >/dev/null || give_up "needs $tool"
done
# shellcheck disable=SC2016
expect 0 xvfb-run -a -s "-screen 0 1600x1000x24" sh -c '
    openbox & wm=$!
    left=100
    until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q "window id"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { echo "openbox does not come up"; exit 1; }
        sleep 0.2
    done
    "$FINCLIP_BUILD/tests/wizard_real_drag"
    status=$?
    kill $wm
    exit $status'

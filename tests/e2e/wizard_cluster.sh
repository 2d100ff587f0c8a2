#!/usr/bin/env bash
# Not among the tests that run by themselves: tests/e2e/run.sh BUILD wizard_cluster.sh. May take 2400 s.
# The wizard on four real servers, from its first page to the report, driven by mouse and keyboard events on a (virtual) screen: the
# whole small cluster where FINCLIP_LAB_K3S names a k3s, else its data tier. FINCLIP_PICTURES: a folder that keeps the screenshots.
# shellcheck source=tests/e2e/cluster.sh
. "$(dirname "$0")/cluster.sh"

bare_servers
lab secrets 1 | python3 -c '
import sys, yaml
print(yaml.safe_load(sys.stdin)["s1"]["password"])' >"$FINCLIP_WORK/password"
without=
[ -n "${FINCLIP_LAB_K3S:-}" ] || without=k8s_agent,k8s_server # those that follow the agents go with them
began=$SECONDS
expect 0 xvfb-run -a -s "-screen 0 1600x1000x24" "$FINCLIP_BUILD/tests/wizard_real_walk" "$project" "$FINCLIP_BUNDLE" \
    "$net.11,$net.12,$net.13,$net.14" eng "$FINCLIP_WORK/password" "${FINCLIP_PICTURES:-$FINCLIP_WORK/pictures}" "$vip" "$without"
figure "the wizard from its first page to the report: $((SECONDS - began)) s"
critical_path
whole_within 60
[ -n "$without" ] || ready_within 60
grep -rqF "$(cat "$FINCLIP_WORK/password")" "$project" && give_up "the password stands in the project folder"
removed_without_trace

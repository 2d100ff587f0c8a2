#!/usr/bin/env bash
# Not among the tests that run by themselves: tests/e2e/run.sh BUILD wizard_cluster.sh. May take 2400 s.
# The wizard on four real servers, from its first page to the report, driven by mouse and keyboard events on a (virtual) screen: the
# whole small cluster where FINCLIP_LAB_K3S names a k3s, else its data tier. FINCLIP_PICTURES: a folder that keeps the screenshots.
# shellcheck source=tests/e2e/cluster.sh
. "$(dirname "$0")/cluster.sh"

bare_servers
began=$SECONDS
expect 0 wizard_walk "${FINCLIP_PICTURES:-$FINCLIP_WORK/pictures}"
figure "the wizard from its first page to the report: $((SECONDS - began)) s"
critical_path
whole_within 60
[ -z "${FINCLIP_LAB_K3S:-}" ] || ready_within 60
grep -rqF "$(cat "$FINCLIP_WORK/password")" "$project" && give_up "the password stands in the project folder"
removed_without_trace

#!/usr/bin/env bash
# Not among the tests that run by themselves: tests/e2e/run.sh BUILD lost_server.sh. May take 7200 s.
# The small cluster (without a k3s in FINCLIP_LAB_K3S its data tier) is installed on four servers; at ten points spread over the
# installation, and while the database comes together, a server loses its power (kill -9), or the command line or the wizard is killed,
# or both.
# What does not need the lost server goes on to its end; the finding names it; when it is back, `resume` ends like an installation
# that nobody disturbed.
# FINCLIP_POINTS: other points, as "hundredths:servers and/or ctl or wizard"; "joining:servers" is while the database's second member takes
# the data from the first.
# shellcheck source=tests/e2e/cluster.sh
. "$(dirname "$0")/cluster.sh"

points=${FINCLIP_POINTS:-5:s4 15:s1 25:ctl 35:s2 45:s3,ctl 52:s4 60:s2,ctl 70:s1 80:s3 90:s1,ctl joining:s3 joining:s2,ctl 40:wizard 65:s3,wizard}

until_joining() {
    until lab shell s2 'docker exec finclip-database sh /etc/finclip/state' 2>/dev/null | grep -q Donor; do
        kill -0 "$running" 2>/dev/null || give_up "the run ended before its point: $(tail -n 20 "$FINCLIP_WORK/running.log")"
        sleep 0.2
    done
}

# In the background as begin(); a project of its own from the first page on.
begin_wizard() {
    rm -rf "$project"
    wizard_walk "$FINCLIP_WORK/pictures" >"$FINCLIP_WORK/running.log" 2>&1 &
    running=$!
    until [ -d "$project/runs" ]; do
        kill -0 "$running" 2>/dev/null || give_up "the wizard ended: $(tail -n 20 "$FINCLIP_WORK/running.log")"
        sleep 1
    done
}

placed=("${data_tier[@]}")
[ -z "${FINCLIP_LAB_K3S:-}" ] || placed=(--suggest)
bare_servers
small_project "${placed[@]}"
for point in $points; do
    say "at ${point%%:*}: ${point#*:}"
    words=${point#*:}
    lost=()
    for word in ${words//,/ }; do [ "$word" = ctl ] || [ "$word" = wizard ] || lost+=("$word"); done
    began=$SECONDS
    case $words in
    *wizard*) begin_wizard ;;
    *) begin apply "$project" --yes ;;
    esac
    if [ "${point%%:*}" = joining ]; then until_joining; else until_done "${point%%:*}"; fi
    for server in "${lost[@]}"; do lab kill "$server"; done
    case $words in
    *ctl*)
        kill -9 "$running"
        wait "$running" || true
        ;;
    *wizard*)
        pkill -9 -f "^[^ ]*/wizard_real_walk $project "
        wait "$running" || true
        ;;
    *)
        goes_on_without "${lost[@]}"
        figure "$point: all that does not need ${lost[*]} was done after $((SECONDS - began)) s"
        # The engineer has waited enough.
        kill -INT "$running"
        sleep 1
        kill -INT "$running" 2>/dev/null || true
        ! wait "$running" || give_up "the installation succeeded without ${lost[*]}"
        ;;
    esac
    for server in "${lost[@]}"; do lab start "$server"; done
    began=$SECONDS
    expect 0 run resume "$project" >"$FINCLIP_WORK/resume.log" 2>&1
    figure "$point: resumed to the end in $((SECONDS - began)) s"
    whole_within 60
    [ -z "${FINCLIP_LAB_K3S:-}" ] || ready_within 60
    python3 "$here/journal_facts.py" "$project"
    [ "$point" = "${points##* }" ] || expect 0 run remove "$project" --yes --data >"$FINCLIP_WORK/remove.log" 2>&1
done
removed_without_trace

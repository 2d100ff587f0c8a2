# shellcheck shell=bash
# What the tests on real servers share. Sourced; FINCLIP_* come from run.sh.
set -euo pipefail
# Some words are expanded on the server.
# shellcheck disable=SC2016

ctl=$FINCLIP_BUILD/app/finclip-deployctl
server=${FINCLIP_LAB_NET:-10.77.0}.11
vault_passphrase='canary-Vault 7'
export LC_ALL=C.UTF-8 LANG=C.UTF-8

lab() { "$FINCLIP_LAB" "$@"; }
on_server() { lab shell s1 "$@"; }
say() { printf '\n--- %s\n' "$*"; }
figure() { echo "figure: $*"; }
# Begins a part of a long test; how long the one before it took is a figure. Without words: the last one has ended.
part() {
    [ -z "${part_now:-}" ] || figure "$((SECONDS - part_began)) s for: $part_now"
    part_now=${1:-} part_began=$SECONDS
    [ -z "$part_now" ] || say "$part_now"
}
give_up() {
    echo "FAILED: $*" >&2
    exit 1
}

# A fresh server s1, and the file with its secrets.
fresh_server() {
    lab up 1
    lab reset s1
    lab up 1
    lab inventory 1 eng >"$FINCLIP_WORK/servers.yaml"
    { lab secrets 1; printf "vault: {passphrase: '%s'}\n" "$vault_passphrase"; } >"$FINCLIP_WORK/secrets.yaml"
}

# The command line with the secrets on descriptor 3.
run() { "$ctl" --secret-fd 3 "$@" 3<"$FINCLIP_WORK/secrets.yaml"; }

expect() {  # STATUS COMMAND...: ends the test unless the command ends with that status
    local wanted=$1 got=0
    shift
    say "$* (expecting exit $wanted)"
    "$@" || got=$?
    [ "$got" -eq "$wanted" ] || give_up "'$*' ended with $got instead of $wanted"
}

new_project() {  # FOLDER: from an inventory to confirmed facts
    rm -rf "$1"
    expect 0 run new "$1" --inventory "$FINCLIP_WORK/servers.yaml" --bundle "$FINCLIP_BUNDLE"
    expect 0 run trust "$1" --accept-new
    expect 0 run probe "$1"
    waive_lab "$1"
    expect 0 run check "$1"
}

# A lab server is a container: what it cannot have is waived by name, as an engineer would do.
waive_lab() {
    local id
    for id in $("$ctl" --json check "$1" 2>/dev/null | python3 -c '
import json, sys
for check in json.load(sys.stdin)["result"]["checks"]:
    if check["status"] in ("failed", "could_not_check") and check["waivable"]: print(check["id"])'); do
        expect 0 run waive "$1" "$id" s1 --by "Test Engineer" --reason "a lab server is a container"
    done
}

wait_ready() {  # SECONDS
    local end=$((SECONDS + $1))
    until [ "$(curl -s -m 3 "http://$server:8000/ready" || true)" = ok ]; do
        [ $SECONDS -lt $end ] || give_up "http://$server:8000/ready does not say ok within $1 s"
        sleep 0.5
    done
}

create_record() {  # NAME
    curl -sf -m 10 -H 'Content-Type: application/json' -d "{\"name\": \"$1\"}" \
        "http://$server:8000/api/applets"
}

has_record() { curl -sf -m 10 "http://$server:8000/api/applets" | grep -qF "\"$1\""; }

# Checksums of every file and link in /etc, in a stable order.
etc_state() {
    on_server sh -c 'cd /etc && find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type l -printf "%p -> %l\n" | sort; find . -type d -printf "%p %m %u\n" | sort'
}

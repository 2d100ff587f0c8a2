# shellcheck shell=bash
# What the tests on four servers share; sourced in place of lib.sh, which it sources itself.
# shellcheck disable=SC2034 # some words are for those who source this
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

here=$(dirname "${BASH_SOURCE[0]}")
net=${FINCLIP_LAB_NET:-10.77.0}
vip=$net.100
servers=(s1 s2 s3 s4)
all=("${servers[@]}") # and an ops server, where a test adds one
project=$FINCLIP_WORK/project

each_server() { # COMMAND...: on every server at once
    local server jobs=()
    for server in "${all[@]}"; do
        "$@" "$server" &
        jobs+=($!)
    done
    for server in "${jobs[@]}"; do wait "$server"; done
}

etc_of() { # WHEN SERVER
    lab shell "$2" sh -c 'cd /etc && find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type l -printf "%p -> %l\n" | sort' \
        >"$FINCLIP_WORK/etc.$1.$2"
}

bare_servers() {
    # Quicker than to reset one after the other.
    lab down
    lab up ${#all[@]}
    lab inventory ${#all[@]} eng >"$FINCLIP_WORK/servers.yaml"
    { lab secrets ${#all[@]}; printf "vault: {passphrase: '%s'}\n" "$vault_passphrase"; } >"$FINCLIP_WORK/secrets.yaml"
    each_server etc_of before
}

# What a lab server cannot have is waived by name.
waive_all() {
    "$ctl" --json check "$project" 2>/dev/null | python3 -c '
import json, sys
for check in json.load(sys.stdin)["result"]["checks"]:
    if check["status"] in ("failed", "could_not_check") and check["waivable"]: print(check["id"], check["server"])' |
        sort -u >"$FINCLIP_WORK/waivable" || true
    while read -r id server; do
        run waive "$project" "$id" "$server" --by "Test Engineer" --reason "a lab server is a container" >/dev/null
    done <"$FINCLIP_WORK/waivable"
}

small_project() { # ASSIGN-ARGUMENT...: from an inventory to a plan
    rm -rf "$project"
    expect 0 run new "$project" --inventory "$FINCLIP_WORK/servers.yaml" --bundle "$FINCLIP_BUNDLE" --mode small
    expect 0 run trust "$project" --accept-new
    expect 0 run settings "$project" "virtual_address=$vip"
    expect 0 run assign "$project" "$@"
    expect 0 run probe "$project"
    waive_all
    expect 0 run check "$project"
    expect 0 run plan "$project"
}
# shellcheck disable=SC2054 # the commas are assign's
data_tier=(database=s2,s3,s4 cache=s1,s2,s3 load_balancer=s1,s4 k8s_server= k8s_agent= business= gateway=)

# Whole again without a hand: what is asked is what `verify` asks. Sets took.
whole_within() { # SECONDS
    local began=$SECONDS
    until run verify "$project" >"$FINCLIP_WORK/verify.log" 2>&1; do
        [ $((SECONDS - began)) -lt "$1" ] || { tail -n 60 "$FINCLIP_WORK/verify.log"; give_up "not whole within $1 s"; }
        sleep 1
    done
    took=$((SECONDS - began))
}

# The business service answers through the virtual address.
ready_within() { # SECONDS
    local end=$((SECONDS + $1))
    until [ "$(curl -s -m 3 "http://$vip/ready" || true)" = ok ]; do
        [ $SECONDS -lt $end ] || give_up "http://$vip/ready does not say ok within $1 s"
        sleep 0.5
    done
}

# A client writes through the virtual address, until it is told to end; then $FINCLIP_WORK/written.json says what became of it.
begin_writing() {
    rm -f "$FINCLIP_WORK/stop"
    lab shell s2 cat /opt/finclip/secrets/db_password >"$FINCLIP_WORK/password"
    python3 "$here/database_writer.py" "$vip" 3307 "$FINCLIP_WORK/password" written "$FINCLIP_WORK/stop" \
        >"$FINCLIP_WORK/written.json" 2>"$FINCLIP_WORK/writer.log" &
    writer=$!
}

end_writing() {
    touch "$FINCLIP_WORK/stop"
    wait "$writer" || { cat "$FINCLIP_WORK/writer.log"; give_up "the client failed"; }
}

hardly_noticed() { # WHAT: nothing is lost, and writes stood for 15 s at most
    python3 -c 'import json, sys
written = json.load(open(sys.argv[1]))
assert not written["lost"] and written["acknowledged"] > 50, written
longest = max([s for _, s in written["outages"]], default=0)
print(f"figure: {sys.argv[2]}: writes stood for at most {longest} s")
assert longest <= 15, written["outages"]' "$FINCLIP_WORK/written.json" "$1"
}

# Brings the database back where it cannot come back by itself. Sets took.
recovered_within() { # SECONDS
    local began=$SECONDS
    until run recover "$project" --yes; do
        [ $((SECONDS - began)) -lt "$1" ] || give_up "the database was not recovered within $1 s"
        sleep 2
    done
    took=$((SECONDS - began))
}

# Of the last run: how long it took, and the longest chain of its own steps.
critical_path() { python3 "$here/critical_path.py" "$project"; }

changed_steps() { # JSON-FILE: steps that did something, but for those that only ask
    python3 - "$1" <<'PY'
import json, sys
text = open(sys.argv[1]).read()
steps = json.loads(text[text.index("{"):])["result"]["steps"]
assert steps
print("\n".join(s["step"] for s in steps if s["status"] != "skipped" and not s["step"].endswith("verify")))
PY
}

# --- a run that is interrupted

journal() { find "$project/runs" -name journal 2>/dev/null | sort | tail -n 1; }

# In the background, so that the signal meets the program itself; its number is in running, its words in $FINCLIP_WORK/running.log.
begin() { # COMMAND WORD...
    "$ctl" --secret-fd 3 "$@" 3<"$FINCLIP_WORK/secrets.yaml" >"$FINCLIP_WORK/running.log" 2>&1 &
    running=$!
}

until_done() { # PERCENT: so many of the steps of the run that has begun
    python3 - "$project/runs" "$running" "$1" <<'PY' || give_up "the run ended before its point: $(tail -n 20 "$FINCLIP_WORK/running.log")"
import json, os, pathlib, sys, time
runs, pid, percent = pathlib.Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
began = time.time()
total = None
while os.path.exists(f"/proc/{pid}"):
    time.sleep(0.1)
    with open(f"/proc/{pid}/stat") as stat:
        if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
            break
    latest = max(runs.iterdir(), default=None) if runs.exists() else None
    if latest is None or not (latest / "journal").exists() or (latest / "journal").stat().st_mtime < began:
        continue
    total = total or len(json.loads((latest / "plan.json").read_text())["steps"])
    text = (latest / "journal").read_text()
    if (text.count('"step_succeeded"') + text.count('"step_skipped"')) * 100 >= total * percent:
        sys.exit(0)
sys.exit(1)
PY
}

# SERVER...: the run names each of them, as it hears nothing of it, and the others go on to where they need one of them. Sets waited.
goes_on_without() {
    local server end=$((SECONDS + 400)) began=$SECONDS
    for server in "$@"; do
        until grep -qE "^\[$server\] (says nothing|不再应答)" "$FINCLIP_WORK/running.log"; do
            kill -0 "$running" 2>/dev/null || give_up "the run ended without a word about $server: $(tail -n 20 "$FINCLIP_WORK/running.log")"
            [ $SECONDS -lt $end ] || give_up "nothing names $server: $(tail -n 20 "$FINCLIP_WORK/running.log")"
            sleep 0.5
        done
    done
    until went_on "$@" >"$FINCLIP_WORK/went_on" 2>&1; do
        [ $SECONDS -lt $end ] || give_up "$(cat "$FINCLIP_WORK/went_on")"
        sleep 1
    done
    waited=$((SECONDS - began))
    cat "$FINCLIP_WORK/went_on"
}

# The wizard on a (virtual) screen, from its first page to the report, driven by mouse and keyboard: the whole cluster, or without a
# k3s its data tier. The project must not exist.
wizard_walk() { # PICTURES: a folder
    local without=
    [ -n "${FINCLIP_LAB_K3S:-}" ] || without=k8s_agent,k8s_server # those that follow the agents go with them
    lab secrets 1 | python3 -c '
import sys, yaml
print(yaml.safe_load(sys.stdin)["s1"]["password"])' >"$FINCLIP_WORK/password"
    xvfb-run -a -s "-screen 0 1600x1000x24" "$FINCLIP_BUILD/tests/wizard_real_walk" "$project" "$FINCLIP_BUNDLE" \
        "$net.11,$net.12,$net.13,$net.14" eng "$FINCLIP_WORK/password" "$1" "$vip" "$without"
}

# What could still be done without the lost servers: by the plan's graph and the journal.
went_on() { # SERVER...
    python3 - "$(journal)" "$@" <<'PY'
import json, pathlib, sys
journal, lost = pathlib.Path(sys.argv[1]), set(sys.argv[2:])
plan = json.loads((journal.parent / "plan.json").read_text())["steps"]
done, failed = set(), set()
for line in journal.read_text().splitlines():
    event = json.loads(line[line.index("{"):])
    if event.get("event") in ("step_succeeded", "step_skipped"):
        done.add(event["step"])
    elif event.get("event") == "step_failed":
        failed.add(event["step"])
reachable = set()
for step in plan:
    free = step["host"] not in lost and step["id"] not in failed
    if step["id"] in done or (free and all(need in reachable for need in step["needs"])):
        reachable.add(step["id"])
# What was tried and failed asks the lost server for something; what only asks comes last.
left = [s for s in reachable - done if not s.endswith("verify")]
print(f"figure: {len(done)} of {len(plan)} steps are done; {len(plan) - len(reachable)} need {' '.join(sorted(lost))}")
if left:
    sys.exit(f"did not go on with {left}")
PY
}

removed_without_trace() {
    local left
    expect 0 run remove "$project" --yes --data
    each_server etc_of after
    for server in "${all[@]}"; do
        diff "$FINCLIP_WORK/etc.before.$server" "$FINCLIP_WORK/etc.after.$server" || give_up "/etc differs on $server after remove"
        left=$(lab shell "$server" 'ls -d /opt/finclip /data/finclip /var/lib/finclip-deploy /usr/local/bin/* /etc/docker /var/lib/rancher /var/lib/kubelet 2>/dev/null; ps -e -o comm= | grep -xE "dockerd|containerd|mariadbd|redis-server|haproxy|keepalived|prometheus|node_exporter|registry|k3s.*"; ip -o addr | grep -F "'"$vip"'"' || true)
        [ -z "$left" ] || give_up "left behind on $server: $left"
    done
}

#!/usr/bin/env bash
# The small cluster with a real k3s: from four bare servers and an ops server to a report; each server without power, then without its network, while a
# client writes and reads through the virtual address; every two servers off; all off; drift; drills; and back to bare servers.
# Needs FINCLIP_LAB_K3S and FINCLIP_LAB_K3S_IMAGES. FINCLIP_CLUSTER_PARTS names a part of its parts.
# May take 3600 s.
# shellcheck source=tests/e2e/cluster.sh
. "$(dirname "$0")/cluster.sh"
if [ -z "${FINCLIP_LAB_K3S:-}" ]; then
    figure "SKIPPED: FINCLIP_LAB_K3S names no k3s binary (and FINCLIP_LAB_K3S_IMAGES its archive of images)"
    exit 0
fi
all+=(s5)
parts=${FINCLIP_CLUSTER_PARTS:-install power network pairs all_off drift drills remove}

# under_load NAME COMMAND..: COMMAND while the client calls; its answer into $FINCLIP_WORK/NAME.json.
under_load() {
    local name=$1 client
    shift
    python3 "$here/entry_client.py" "http://$vip" "$FINCLIP_WORK/$name.json" &
    client=$!
    sleep 4
    "$@"
    kill -TERM "$client"
    wait "$client" || give_up "the client of $name ended with $?"
    figure "$name: $(cat "$FINCLIP_WORK/$name.json")"
    python3 - "$FINCLIP_WORK/$name.json" <<'PY'
import json, sys
answer = json.load(open(sys.argv[1]))
assert answer["acknowledged"] > 50, "the client hardly got through"
assert answer["lost"] == 0, "an acknowledged write is lost"
assert answer["twice"] == 0, "a write is there twice"
assert max(answer["outage_s"].values()) <= 15, "away for more than 15 s"
PY
}

holder() {
    local server
    for server in s1 s4; do
        ! lab shell "$server" ip -br addr | grep -qF "$vip/" || echo "$server"
    done
}

# --- parts

install() {
    say "five bare servers"
    bare_servers
    small_project --suggest
    began=$SECONDS
    expect 0 run apply "$project" --yes
    figure "apply on five bare servers: $((SECONDS - began)) s"
    critical_path
    ready_within 60
    expect 0 run verify "$project"
    expect 0 run report "$project"
    expect 0 run status "$project"
}

cut_power() {
    lab kill "$1"
    sleep 30
}

power() {
    for server in "${servers[@]}"; do
        say "$server without power ($(holder) holds $vip)"
        under_load "power-$server" cut_power "$server"
        lab start "$server"
        whole_within 300
        figure "$server has power again: whole after $took s"
    done
}

# Back while the client still calls: what returns must not be in the way either.
cut_network() {
    lab unplug "$1"
    sleep 40
    lab plug "$1"
    sleep 15
}

network() {
    for server in "${servers[@]}"; do
        say "$server without its network ($(holder) holds $vip)"
        under_load "network-$server" cut_network "$server"
        whole_within 300
        figure "$server has its network again: whole after $took s"
    done
}

# What lives on, service by service, asked of the servers that are left.
alive() { # SERVER...
    local server address entry=lost business=lost database=lost cache=lost kubernetes=lost platform=lost port
    ! curl -s -o /dev/null -m 5 "http://$vip/version" || entry=there
    for server in "$@"; do
        address=$net.1${server#s}
        ! curl -s -o /dev/null -m 5 "http://$address:30001/version" || business=there
        for port in "$vip:80" "$address:30001"; do
            ! curl -sf -o /dev/null -m 12 -H 'Content-Type: application/json' -d '{"name": "pair"}' "http://$port/api/applets" || platform=there
        done
        case $(lab shell "$server" 'docker exec finclip-database sh /etc/finclip/state 2>/dev/null' || true) in
        "Primary Synced ON"*) database=there ;;
        esac
        ! lab shell "$server" 'echo "CLUSTER INFO" | docker exec -i finclip-cache-7000 sh /etc/finclip/ask '"$address"' 7000 2>/dev/null' |
            grep -q cluster_state:ok || cache=there
        ! lab shell "$server" 'test -d /var/lib/rancher/k3s/server && timeout 20 k3s kubectl --request-timeout=15s get nodes' >/dev/null 2>&1 ||
            kubernetes=there
    done
    echo "platform $platform entry $entry business $business database $database cache $cache kubernetes $kubernetes"
}

predicted() { # SERVER...: as what-if says, in the words of alive
    local down=() server
    for server in "$@"; do down+=(--down "$server"); done
    run --json what-if "$project" "${down[@]}" 2>/dev/null | python3 -c '
import json, sys
text = sys.stdin.read()
answer = json.loads(text[text.index("{"):])["result"]
health = {s["service"]: s["health"] for s in answer["services"]} | {"platform": answer["platform"]}
print(" ".join(name + (" lost" if health[name] == "lost" else " there") for name in
               ("platform", "entry", "business", "database", "cache", "kubernetes")))'
}

pairs() {
    local a b left got wanted
    for a in 1 2 3; do
        for b in $(seq $((a + 1)) 4); do
            say "s$a and s$b off"
            wanted=$(predicted "s$a" "s$b")
            left=()
            for server in "${servers[@]}"; do
                [ "$server" = "s$a" ] || [ "$server" = "s$b" ] || left+=("$server")
            done
            lab kill "s$a" & lab kill "s$b"
            wait $!
            # Until the last of what is to take over has.
            for _ in 1 2 3 4 5 6; do
                sleep 8
                got=$(alive "${left[@]}")
                [ "$got" != "$wanted" ] || break
            done
            figure "s$a and s$b off: $got"
            [ "$got" = "$wanted" ] || give_up "what-if says: $wanted"
            lab start "s$a" & lab start "s$b"
            wait $!
            if [ "${wanted#*database lost}" != "$wanted" ]; then
                recovered_within 150
            fi
            whole_within 300
            figure "both have power again: whole after $took s"
        done
    done
}

all_off() {
    say "all four lose their power at once"
    under_load all-off-before sleep 5
    python3 "$here/entry_client.py" "http://$vip" "$FINCLIP_WORK/all-off.json" &
    client=$!
    sleep 6
    each_server lab kill
    each_server lab start
    began=$SECONDS
    recovered_within 150
    whole_within 300
    figure "all four have power again: whole after $((SECONDS - began)) s"
    sleep 3
    kill -TERM "$client"
    wait "$client"
    figure "all-off: $(cat "$FINCLIP_WORK/all-off.json")"
    python3 - "$FINCLIP_WORK/all-off.json" <<'PY'
import json, sys
answer = json.load(open(sys.argv[1]))
assert answer["acknowledged"] > 50 and answer["lost"] == 0 and answer["twice"] == 0, answer
PY
}

drifted() { # STEP COMMAND..: after the command on its server, status names what is wrong, and apply repairs it and nothing else
    local step=$1 changed
    shift
    say "drift: $*"
    lab shell "${step%%/*}" "$@" >/dev/null
    local status=0
    run status "$project" >"$FINCLIP_WORK/status.log" 2>&1 || status=$?
    [ "$status" -eq 1 ] || give_up "status ends with $status"
    grep -F "${step%%/*}" "$FINCLIP_WORK/status.log" | head -n 5
    expect 0 run --json apply "$project" --yes >"$FINCLIP_WORK/repair.json"
    changed=$(changed_steps "$FINCLIP_WORK/repair.json")
    [ "$changed" = "$step" ] || give_up "apply did '$changed' instead of '$step'"
    whole_within 120
    expect 0 run status "$project"
}

drift() {
    drifted s3/cache.node docker rm -f finclip-cache-7001
    drifted s4/balancer.pair sh -c 'echo "# mine" >>/opt/finclip/balancer/haproxy.cfg'
    drifted s2/database.member sh -c 'echo "# mine" >>/opt/finclip/database/member.cnf'
    drifted s1/kubernetes.node systemctl stop k3s-agent
    drifted s2/business.app k3s kubectl -n finclip delete deployment applet
    # Other settings of the cache: its processes are made anew one server after the other, and nobody notices.
    for server in s1 s2 s3; do
        lab shell "$server" 'cd /opt/finclip/cache && sed -i "s/max-size: 50m/max-size: 51m/" compose.yaml && docker compose -p finclip-cache up -d --pull never' >/dev/null 2>&1
        sleep 25
    done
    whole_within 120
    under_load "cache-made-anew" run apply "$project" --yes
    whole_within 120
}

drill_kept() { # FILE WHAT: its answer has every function, each within the promise
    python3 - "$@" <<'PY'
import json, sys
text = open(sys.argv[1]).read()
functions = {row["function"]: row for row in json.loads(text[text.index("{"):])["result"]["functions"]}
assert set(functions) == {"entry", "database", "cache"}, functions
for name, row in functions.items():
    assert row["kept"] and row["calls"] > 300 and row["lost"] == row["repeated"] == 0, row
    print(f"figure: drill, {sys.argv[2]}: {name} away for {row['outage_ms'] / 1000} s; said {row['expected']}, {row['expected_from_s']} to {row['expected_to_s']} s")
PY
}

until_said() { # WORDS: the command line asks this of whoever stands beside the servers
    local end=$((SECONDS + 120))
    until grep -qF "$1" "$FINCLIP_WORK/running.log"; do
        kill -0 "$running" 2>/dev/null || give_up "the drill ended: $(tail -n 20 "$FINCLIP_WORK/running.log")"
        [ $SECONDS -lt $end ] || give_up "nobody says: $1"
        sleep 0.2
    done
}

drills() {
    local server
    for server in s2 s4; do
        say "drill: the services of $server end"
        expect 0 run --json drill "$project" --server "$server" --yes >"$FINCLIP_WORK/drill.json"
        drill_kept "$FINCLIP_WORK/drill.json" "services of $server"
    done
    say "drill: a person powers s3 off and on"
    begin drill "$project" --server s3 --power --yes
    until_said "s3: power it off now"
    lab kill s3
    until_said "power it on again"
    lab start s3
    wait "$running" || give_up "the drill ended with $?: $(tail -n 30 "$FINCLIP_WORK/running.log")"
    [ "$(grep -c "the failure simulation said:.*as promised" "$FINCLIP_WORK/running.log")" = 3 ] || give_up "it does not tell of three functions: $(tail -n 20 "$FINCLIP_WORK/running.log")"
    grep "the failure simulation said:.*as promised" "$FINCLIP_WORK/running.log" | while read -r words; do figure "drill, power of s3: $words"; done
    say "drill: the command line is killed while s1 has no power"
    begin drill "$project" --server s1 --power --yes
    until_said "s1: power it off now"
    lab kill s1
    until_said "power it on again"
    kill -9 "$running"
    wait "$running" || true
    expect 1 run status "$project" >"$FINCLIP_WORK/status.log"
    grep -F "a drill was cut while this server was powered off" "$FINCLIP_WORK/status.log" || give_up "status does not speak of the drill"
    lab start s1
    expect 0 run resume "$project"
    expect 0 run status "$project"
    whole_within 120
}

remove() {
    say "remove"
    removed_without_trace
}

for part in $parts; do "$part"; done

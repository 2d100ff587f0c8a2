#!/usr/bin/env bash
# The small cluster with a real k3s: from four bare servers to a report, then each server without power while a client writes and
# reads through the virtual address, and back. Needs FINCLIP_LAB_K3S and FINCLIP_LAB_K3S_IMAGES.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
if [ -z "${FINCLIP_LAB_K3S:-}" ]; then
    figure "SKIPPED: FINCLIP_LAB_K3S names no k3s binary (and FINCLIP_LAB_K3S_IMAGES its archive of images)"
    exit 0
fi

net=${FINCLIP_LAB_NET:-10.77.0}
vip=$net.100
servers=(s1 s2 s3 s4)
kubectl() { lab shell s2 /usr/local/bin/k3s kubectl "$@"; }
project=$FINCLIP_WORK/project

cluster_ready() { # SECONDS
    local end=$((SECONDS + $1))
    until [ "$(curl -s -m 3 "http://$vip/ready" || true)" = ok ]; do
        [ $SECONDS -lt $end ] || give_up "http://$vip/ready does not say ok within $1 s"
        sleep 0.5
    done
}

# Whole again without a hand: what is asked is what `verify` asks.
whole() { # SECONDS
    local end=$((SECONDS + $1))
    until run verify "$project" >"$FINCLIP_WORK/verify.log" 2>&1; do
        [ $SECONDS -lt $end ] || give_up "not whole within $1 s: $(tail -n 40 "$FINCLIP_WORK/verify.log")"
        sleep 5
    done
}

# under_load NAME COMMAND..: COMMAND while the client calls; its answer into $FINCLIP_WORK/NAME.json.
under_load() {
    local name=$1 client
    shift
    python3 "$(dirname "$0")/entry_client.py" "http://$vip" "$FINCLIP_WORK/$name.json" &
    client=$!
    sleep 5
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

cut_power() {
    lab kill "$1"
    sleep 40
}

say "four bare servers"
lab up 4
for server in "${servers[@]}"; do lab reset "$server"; done
lab inventory 4 eng >"$FINCLIP_WORK/servers.yaml"
{ lab secrets 4; printf "vault: {passphrase: '%s'}\n" "$vault_passphrase"; } >"$FINCLIP_WORK/secrets.yaml"
for server in "${servers[@]}"; do lab shell "$server" sh -c 'find /etc -xdev | sort' >"$FINCLIP_WORK/etc.$server"; done
rm -rf "$project"
expect 0 run new "$project" --inventory "$FINCLIP_WORK/servers.yaml" --bundle "$FINCLIP_BUNDLE" --mode small
expect 0 run trust "$project" --accept-new
expect 0 run settings "$project" "virtual_address=$vip"
expect 0 run assign "$project" --suggest
expect 0 run probe "$project"
"$ctl" --json check "$project" 2>/dev/null | python3 -c '
import json, sys
for check in json.load(sys.stdin)["result"]["checks"]:
    if check["status"] in ("failed", "could_not_check") and check["waivable"]: print(check["id"], check["server"])' |
    while read -r id server; do
        run waive "$project" "$id" "$server" --by "Test Engineer" --reason "a lab server is a container" >/dev/null
    done
expect 0 run check "$project"
expect 0 run plan "$project"

say "apply"
began=$SECONDS
expect 0 run apply "$project" --yes
figure "apply on four bare servers: $((SECONDS - began)) s"
cluster_ready 60
expect 0 run verify "$project"
expect 0 run report "$project"
expect 0 run status "$project"

for server in "${servers[@]}"; do
    say "$server without power"
    under_load "power-$server" cut_power "$server"
    lab start "$server"
    whole 300
done

say "remove"
expect 0 run remove "$project" --yes --data
for server in "${servers[@]}"; do
    lab shell "$server" sh -c 'find /etc -xdev | sort' | diff "$FINCLIP_WORK/etc.$server" - || give_up "/etc of $server differs after remove"
    left=$(lab shell "$server" sh -c 'ls -d /opt/finclip /data/finclip /var/lib/finclip-deploy /var/lib/rancher /usr/local/bin/* /var/lib/kubelet 2>/dev/null; ps -e -o comm= | grep -xE "dockerd|containerd|k3s.*"' || true)
    [ -z "$left" ] || give_up "left on $server: $left"
done

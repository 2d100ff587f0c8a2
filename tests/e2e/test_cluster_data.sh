#!/usr/bin/env bash
# The data tier of a small cluster on four servers: any one of them may be off and on again while a client writes.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"

net=${FINCLIP_LAB_NET:-10.77.0}
vip=$net.100
servers="s1 s2 s3 s4"
project=$FINCLIP_WORK/project

each_server() {  # COMMAND...: on every server at once
    local server jobs=()
    for server in $servers; do
        "$@" "$server" &
        jobs+=($!)
    done
    for server in "${jobs[@]}"; do wait "$server"; done
}
etc_of() {
    lab shell "$1" sh -c 'cd /etc && find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type l -printf "%p -> %l\n" | sort' \
        >"$FINCLIP_WORK/etc.$when.$1"
}
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
whole_within() {  # SECONDS: verify says that all is well
    local began=$SECONDS
    until run verify "$project" >"$FINCLIP_WORK/verify.log" 2>&1; do
        [ $((SECONDS - began)) -lt "$1" ] || { cat "$FINCLIP_WORK/verify.log"; give_up "not whole within $1 s"; }
        sleep 1
    done
    took=$((SECONDS - began))
}

say "four bare servers"
lab up 4
for server in $servers; do lab reset "$server"; done
lab inventory 4 eng >"$FINCLIP_WORK/servers.yaml"
{ lab secrets 4; printf "vault: {passphrase: '%s'}\n" "$vault_passphrase"; } >"$FINCLIP_WORK/secrets.yaml"
when=before
each_server etc_of

say "plan"
expect 0 run new "$project" --inventory "$FINCLIP_WORK/servers.yaml" --bundle "$FINCLIP_BUNDLE" --mode small
expect 0 run trust "$project" --accept-new
expect 0 run settings "$project" "virtual_address=$vip"
expect 0 run assign "$project" database=s2,s3,s4 cache=s1,s2,s3 load_balancer=s1,s4 k8s_server= k8s_agent= business= gateway=
expect 0 run probe "$project"
waive_all
expect 0 run check "$project"
expect 0 run plan "$project"

say "install"
began=$SECONDS
expect 0 run apply "$project" --yes
figure "data tier on four bare servers: $((SECONDS - began)) s"
expect 0 run verify "$project"
expect 0 run status "$project"
on_server 'test ! -e /data/finclip/app/database/found' # nothing of the founding is left
for server in s2 s3 s4; do
    lab shell "$server" 'test ! -e /data/finclip/app/database/found' || give_up "$server could found a second cluster"
done

say "apply again changes nothing"
began=$(date +%s%N)
expect 0 run --json apply "$project" --yes >"$FINCLIP_WORK/again.json"
figure "apply again: $((($(date +%s%N) - began) / 1000000)) ms"
python3 - "$FINCLIP_WORK/again.json" <<'PY'
import json, sys
text = open(sys.argv[1]).read()
steps = json.loads(text[text.index("{"):])["result"]["steps"]
changed = [s["step"] for s in steps if s["status"] != "skipped" and not s["step"].endswith("verify")]
assert steps and not changed, changed
PY

say "each server loses its power while a client writes through the virtual address"
lab shell s2 cat /opt/finclip/secrets/db_password >"$FINCLIP_WORK/password"
python3 "$(dirname "$0")/database_writer.py" "$vip" 3307 "$FINCLIP_WORK/password" written "$FINCLIP_WORK/stop" \
    >"$FINCLIP_WORK/written.json" 2>"$FINCLIP_WORK/writer.log" &
writer=$!
sleep 3
: >"$FINCLIP_WORK/cuts"
for server in $servers; do
    printf '%s %s\n' "$server" "$(date +%s.%N)" >>"$FINCLIP_WORK/cuts"
    lab kill "$server"
    sleep 8
    lab start "$server"
    whole_within 120
    figure "$server was off for 8 s: whole again after $took s"
    kill -0 "$writer" || { cat "$FINCLIP_WORK/writer.log"; give_up "the client ended"; }
done
touch "$FINCLIP_WORK/stop"
wait "$writer" || { cat "$FINCLIP_WORK/writer.log"; give_up "the client failed"; }
python3 - "$FINCLIP_WORK/written.json" "$FINCLIP_WORK/cuts" <<'PY'
import json, sys
written = json.load(open(sys.argv[1]))
cuts = [line.split() for line in open(sys.argv[2])]
assert not written["lost"], written["lost"]
assert written["acknowledged"] > 200, written
for i, (server, at) in enumerate(cuts):
    until = float(cuts[i + 1][1]) if i + 1 < len(cuts) else float("inf")
    longest = max([s for start, s in written["outages"] if float(at) - 1.5 <= start < until - 1.5], default=0)
    print(f"figure: {server} off: writes stood for {longest} s")
    assert longest <= 15, (server, written["outages"])
PY

say "the cache's masters go back to their own servers"
expect 0 run rebalance "$project"
run verify "$project" | tee "$FINCLIP_WORK/verify.log"
expect 0 run status "$project"

say "all four lose their power at once while a client writes"
rm "$FINCLIP_WORK/stop"
python3 "$(dirname "$0")/database_writer.py" "$vip" 3307 "$FINCLIP_WORK/password" written "$FINCLIP_WORK/stop" \
    >"$FINCLIP_WORK/written.json" 2>"$FINCLIP_WORK/writer.log" &
writer=$!
sleep 5
each_server lab kill
each_server lab start
began=$SECONDS
until run recover "$project" --yes; do
    [ $((SECONDS - began)) -lt 120 ] || give_up "the database was not recovered within 120 s"
    sleep 2
done
whole_within 120
figure "all four were off: whole again after $((SECONDS - began)) s"
sleep 3
touch "$FINCLIP_WORK/stop"
wait "$writer" || { cat "$FINCLIP_WORK/writer.log"; give_up "the client failed"; }
python3 -c 'import json, sys
written = json.load(open(sys.argv[1]))
assert not written["lost"] and written["acknowledged"] > 50, written' "$FINCLIP_WORK/written.json"

say "drift: a container removed by hand is named and put back"
lab shell s3 'docker rm -f finclip-cache-7001' >/dev/null
expect 1 run status "$project"
expect 0 run apply "$project" --yes
whole_within 60

say "remove puts everything back"
expect 0 run remove "$project" --yes --data
when=after
each_server etc_of
for server in $servers; do
    diff "$FINCLIP_WORK/etc.before.$server" "$FINCLIP_WORK/etc.after.$server" || give_up "/etc differs on $server after remove"
    left=$(lab shell "$server" 'ls -d /opt/finclip /data/finclip /var/lib/finclip-deploy /usr/local/bin/dockerd /etc/docker 2>/dev/null; ps -e -o comm= | grep -xE "dockerd|containerd|mariadbd|redis-server|haproxy|keepalived"; ip -o addr | grep -F "'"$vip"'"' || true)
    [ -z "$left" ] || give_up "left behind on $server: $left"
done

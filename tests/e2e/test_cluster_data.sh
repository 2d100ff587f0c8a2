#!/usr/bin/env bash
# The data tier of a small cluster on four servers: any one of them may be off and on again while a client writes.
# shellcheck source=tests/e2e/cluster.sh
. "$(dirname "$0")/cluster.sh"

part "four new servers, and a project that may be installed"
bare_servers
small_project "${data_tier[@]}"

part "install; the command line is killed, then a server loses its power in the middle"
began=$SECONDS
begin apply "$project" --yes
until_done 25
kill -9 "$running"
wait "$running" || true
begin resume "$project"
until_done 60
lab kill s4
goes_on_without s4
lab start s4
# The run goes on with s4; what asked for all members meanwhile may have given up.
wait "$running" || expect 0 run resume "$project"
figure "data tier on four bare servers, interrupted twice: $((SECONDS - began)) s"
critical_path
expect 0 run verify "$project"
expect 0 run status "$project"
on_server 'test ! -e /data/finclip/app/database/found' # nothing of the founding is left
for server in s2 s3 s4; do
    lab shell "$server" 'test ! -e /data/finclip/app/database/found' || give_up "$server could found a second cluster"
done
weight=$(lab shell s2 "docker exec finclip-database mariadb --defaults-file=/etc/finclip/member.cnf -N -e 'SHOW STATUS LIKE \"wsrep_cluster_weight\"'" | cut -f2)
[ "$weight" = 3 ] || give_up "three members have $weight votes: the founder kept its second"

part "apply again changes nothing"
began=$(date +%s%N)
expect 0 run --json apply "$project" --yes >"$FINCLIP_WORK/again.json"
figure "apply again: $((($(date +%s%N) - began) / 1000000)) ms"
changed=$(changed_steps "$FINCLIP_WORK/again.json")
[ -z "$changed" ] || give_up "apply again did $changed"

part "each server loses its power while a client writes through the virtual address"
begin_writing
sleep 3
: >"$FINCLIP_WORK/cuts"
for server in "${servers[@]}"; do
    printf '%s %s\n' "$server" "$(date +%s.%N)" >>"$FINCLIP_WORK/cuts"
    lab kill "$server"
    sleep 6
    lab start "$server"
    whole_within 120
    figure "$server was off for 6 s: whole again after $took s"
    kill -0 "$writer" || { cat "$FINCLIP_WORK/writer.log"; give_up "the client ended"; }
done
end_writing
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

part "the cache's masters go back to their own servers"
expect 0 run rebalance "$project"
run verify "$project" | tee "$FINCLIP_WORK/verify.log"
expect 0 run status "$project"

part "all four lose their power at once while a client writes"
begin_writing
sleep 5
each_server lab kill
each_server lab start
began=$SECONDS
recovered_within 120
whole_within 120
figure "all four were off: whole again after $((SECONDS - began)) s"
sleep 3
end_writing
python3 -c 'import json, sys
written = json.load(open(sys.argv[1]))
assert not written["lost"] and written["acknowledged"] > 50, written' "$FINCLIP_WORK/written.json"

part "drift: a container removed by hand is named and put back"
lab shell s3 'docker rm -f finclip-cache-7001' >/dev/null
expect 1 run status "$project"
expect 0 run apply "$project" --yes
whole_within 60

part "members alone are brought back: one that stands still, and one that lost its data"
lab shell s3 'docker stop finclip-database' >/dev/null
lab shell s4 'docker stop finclip-database && rm -rf /data/finclip/app/database/*' >/dev/null
expect 0 run recover "$project" --yes
whole_within 60

part "a drill: the services of one server end while a client calls; it counts what users would notice, and all is whole again"
expect 0 run --json drill "$project" --server s3 --yes >"$FINCLIP_WORK/drill.json"
python3 - "$FINCLIP_WORK/drill.json" <<'PY'
import json, sys
text = open(sys.argv[1]).read()
functions = {row["function"]: row for row in json.loads(text[text.index("{"):])["result"]["functions"]}
assert set(functions) == {"database", "cache"}, functions
for name, row in functions.items():
    assert row["kept"] and row["calls"] > 300 and row["lost"] == row["repeated"] == 0, row
    print(f"figure: drill of s3: {name} away for {row['outage_ms'] / 1000} s; said {row['expected']}, {row['expected_from_s']} to {row['expected_to_s']} s")
assert functions["database"]["acknowledged"] > 200, functions
PY
for server in "${servers[@]}"; do
    left=$(lab shell "$server" 'systemctl list-units --no-legend "finclip-drill*"')
    [ -z "$left" ] || give_up "the drill left on $server: $left"
done

part "the cache and a balancer move, an ops server joins, while a client writes; what they leave is taken back"
begin_writing
# shellcheck disable=SC2016 # the server expands it
in_cache() { # reads commands
    lab shell s1 sh -c 'docker exec -i finclip-cache-7000 redis-cli -c -h '"$net.11"' -p 7000 --no-auth-warning -a "$(cat /opt/finclip/secrets/cache_password)"'
}
for i in $(seq 1 200); do echo "SET moved$i kept"; done | in_cache | grep -c OK
expect 0 run assign "$project" cache=s1,s2,s4 load_balancer=s1,s2 ops=s1 registry=s1
expect 0 run apply "$project" --yes
expect 0 run verify "$project"
expect 0 run status "$project"
end_writing
hardly_noticed "cache and balancer move"
kept=$(for i in $(seq 1 200); do echo "GET moved$i"; done | in_cache | grep -c kept)
[ "$kept" = 200 ] || give_up "of 200 values the cache kept $kept"
left=$(lab shell s3 docker ps -a --format '{{.Names}}' | grep cache || true)
[ -z "$left" ] || give_up "s3 still has $left"
lab shell s3 'test ! -e /opt/finclip/secrets/cache_password && test -f /opt/finclip/secrets/db_password' ||
    give_up "the password of the cache did not leave s3 with it"
left=$(lab shell s4 docker ps -a --format '{{.Names}}' | grep -E 'haproxy|keepalived' || true)
[ -z "$left" ] || give_up "s4 still has $left"

part "remove puts everything back"
removed_without_trace
part

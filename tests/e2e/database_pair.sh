#!/usr/bin/env bash
# Not among the tests that run by themselves: tests/e2e/run.sh BUILD database_pair.sh. May take 3000 s.
# The database as a primary and its replica: installed, switched over while a client writes, promoted after the primary lost its power,
# made whole again after the old primary came back, with and without writes that only it has.
# shellcheck source=tests/e2e/cluster.sh
. "$(dirname "$0")/cluster.sh"

# What the server says of itself: primary, replica, broken or waits.
role_of() { lab shell "$1" docker exec finclip-database sh /etc/finclip/pair role 2>/dev/null | cut -d' ' -f1; }

is_now() { # SERVER ROLE, within 60 s
    local end=$((SECONDS + 60))
    until [ "$(role_of "$1")" = "$2" ]; do
        [ $SECONDS -lt $end ] || give_up "$1 is $(role_of "$1") and not $2"
        sleep 0.5
    done
}

writes_begin() {
    rm -f "$FINCLIP_WORK/stop"
    python3 "$here/database_writer.py" "$vip" 3307 "$FINCLIP_WORK/password" written "$FINCLIP_WORK/stop" \
        >"$FINCLIP_WORK/written.json" 2>"$FINCLIP_WORK/writer.log" &
    writer=$!
    sleep 5
}

writes_end() { # WORDS MOST-SECONDS: none is lost
    sleep 5
    touch "$FINCLIP_WORK/stop"
    wait "$writer" || { cat "$FINCLIP_WORK/writer.log"; give_up "the client failed"; }
    python3 - "$FINCLIP_WORK/written.json" "$1" "$2" <<'PY'
import json, sys
written = json.load(open(sys.argv[1]))
longest = max([s for _, s in written["outages"]], default=0)
print(f"figure: {sys.argv[2]}: {written['acknowledged']} writes, {len(written['lost'])} lost, they stood for {longest} s")
assert not written["lost"] and written["acknowledged"] > 50, written
assert longest <= float(sys.argv[3]), written["outages"]
PY
}

part "install"
bare_servers
small_project database=s3,s4 load_balancer=s1,s2 cache= k8s_server= k8s_agent= business= gateway=
expect 0 run apply "$project" --yes
whole_within 60
expect 0 run status "$project"
is_now s3 primary
is_now s4 replica
lab shell s3 cat /opt/finclip/secrets/db_password >"$FINCLIP_WORK/password"

part "switched over and back while a client writes"
writes_begin
expect 0 run switch-over "$project" --yes
is_now s4 primary
is_now s3 replica
writes_end "switch-over to s4" 15
writes_begin
expect 0 run switch-over "$project" --to s3 --yes
writes_end "switch-over to s3" 15
whole_within 60
expect 0 run status "$project"
expect 0 run switch-over "$project" --to s3 --yes # it is already

part "the plan stays what it was"
expect 0 run switch-over "$project" --yes
expect 0 run --json apply "$project" --yes >"$FINCLIP_WORK/again.json"
changed=$(changed_steps "$FINCLIP_WORK/again.json")
[ -z "$changed" ] || give_up "apply again did $changed"
is_now s4 primary

part "what is refused: to promote beside a primary that writes, to hand over to a replica that does not follow"
expect 3 run switch-over "$project" --to s3 --force --yes
lab shell s3 'docker exec finclip-database mariadb --defaults-file=/etc/finclip/member.cnf -e "STOP SLAVE SQL_THREAD"'
expect 3 run switch-over "$project" --yes
lab shell s3 'docker exec finclip-database mariadb --defaults-file=/etc/finclip/member.cnf -e "START SLAVE"'
whole_within 60
is_now s4 primary

part "the primary loses its power while a client writes, and comes back"
writes_begin
lab kill s4
is_now s3 waits
began=$SECONDS
expect 0 run switch-over "$project" --force --yes
figure "promoted in $((SECONDS - began)) s"
is_now s3 primary
sleep 5
lab start s4
is_now s4 replica
whole_within 120
figure "the old primary was back: whole again after $took s"
is_now s3 primary
writes_end "primary lost, promoted by hand" 120

part "both lose their power"
writes_begin
lab kill s3 && lab kill s4
lab start s3 && lab start s4
whole_within 120
figure "both were off: whole again after $took s"
is_now s3 primary
writes_end "both off" 120

part "an old primary with writes that only it has is closed, named, and made a replica anew"
lab shell s3 "systemd-run --on-active=10 docker exec finclip-database mariadb --defaults-file=/etc/finclip/member.cnf -e 'CREATE TABLE finclip.only_here (id INT PRIMARY KEY); INSERT INTO finclip.only_here VALUES (1)'"
lab unplug s3
sleep 15
expect 0 run switch-over "$project" --to s4 --force --yes
is_now s4 primary
lab plug s3
is_now s3 broken
is_now s4 primary
expect 1 run verify "$project"
expect 0 run recover "$project" --yes
whole_within 120
is_now s3 replica
lab shell s3 'test -f /data/finclip/app/database/before/finclip/only_here.ibd && test ! -e /data/finclip/app/database/data/finclip/only_here.ibd'

part "remove puts everything back"
removed_without_trace
part

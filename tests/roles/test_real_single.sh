#!/usr/bin/env bash
# The role scripts of the single node on a real server: made, made again, cut, started anew, changed, taken back.
# shellcheck disable=SC2034,SC2016 # server.sh uses what is set here; expanded on the server
# shellcheck source=tests/roles/server.sh
. "$(dirname "$0")/server.sh"
trap 'lab down >/dev/null 2>&1; rm -rf "${work:?}"' EXIT

need_bundle
lab up 1
lab reset s1
# Its tables exist from the first question on, so that before and after compare.
state >/dev/null
state >"$work/before"
send_all

say "cut in the middle, and made in the end"
cut_off 0.2 host apply
expect_done host
expect 0 data apply
for seconds in 0.4 1 2 3 5; do cut_off "$seconds" engine apply; done
expect_done engine
for image in "${images[@]}"; do
    cut_off 0.7 image apply
    expect_done image
done
cut_off 0.3 config apply
expect_done config
expect 0 secrets apply
for seconds in 1 2; do cut_off "$seconds" start apply; done
expect_done start
ready() { expect 0 verify verify; }
wait_ready() {
    local end=$((SECONDS + 90))
    until (ready) 2>/dev/null; do [ $SECONDS -lt $end ] || ready; sleep 1; done
}
wait_ready
said "entry, port 8000: ready"
said "database: runs, healthy"
[ "$(curl -s -m 5 "http://$server:8000/ready")" = ok ] || give_up "the entry does not answer from outside"

say "again: nothing to do, and asked for quickly"
began=$(date +%s%N)
for step in host data engine config secrets start; do expect 100 "$step" apply; done
for image in "${images[@]}"; do expect 100 image apply; done
echo "figure: checks of 10 steps: $((($(date +%s%N) - began) / 1000000)) ms with their connections"
expect 0 engine check ASKED=engine
expect 0 engine check ASKED=compose
expect 0 image check ASKED=content
[ -z "$(on_server 'find /var/lib/finclip-deploy/files -size +100k')" ] || give_up "archives are left behind"

say "secrets are root's alone"
[ "$(on_server 'stat -c "%a %U" /opt/finclip/secrets /opt/finclip/secrets/* | sort -u' | tr '\n' ,)" = '600 root,700 root,' ] ||
    give_up "others can read secrets"
[ "$(on_server 'cat /opt/finclip/secrets/db_password')" = 'canary-b $(id) "' ] || give_up "a secret was not written as it is"
! on_server 'grep -rl canary- /var/lib/finclip-deploy /etc /var/log /opt/finclip --exclude-dir=secrets' || give_up "a secret lies about"

say "a power cut"
curl -sf -m 10 -d '{"name": "before the cut"}' "http://$server:8000/api/applets" >/dev/null
lab kill s1
lab start s1
wait_ready
for step in host data engine config secrets start; do expect 0 "$step" check; done
curl -sf -m 10 "http://$server:8000/api/applets" | grep -q 'before the cut' || give_up "a record was lost"

say "drift is seen and repaired"
on_server 'docker rm -f finclip-gateway-1' >/dev/null
expect 1 start check
said "containers are not those that were started"
(expect 1 verify verify)
expect 0 start apply
wait_ready
on_server 'echo "# by hand" >>/opt/finclip/.env'
expect 1 config check
expect 0 config apply

say "a new port makes only the gateway anew"
on_server 'docker ps --format "{{.ID}} {{.Names}}" | sort -k2' >"$work/containers"
port=8001
expect 1 start check
expect 0 config apply
expect 0 start apply
on_server 'docker ps --format "{{.ID}} {{.Names}}" | sort -k2' | diff "$work/containers" - >"$work/diff" || true
[ "$(sed -n 's/^> [^ ]* //p' "$work/diff")" = finclip-gateway-1 ] || give_up "other containers were made: $(cat "$work/diff")"
wait_ready

say "another engine takes over while the containers run"
started() { on_server 'docker inspect -f "{{.Name}} {{.State.StartedAt}}" $(docker ps -q) | sort'; }
started >"$work/started"
gzip -dc "$FINCLIP_BUNDLE"/docker/*.tgz | gzip -1 >"$work/other.tgz"
other=/var/lib/finclip-deploy/files/$(sha256sum <"$work/other.tgz" | cut -d' ' -f1)
on_server "cat >$other" <"$work/other.tgz"
pid=$(on_server 'systemctl show -p MainPID docker')
expect 0 engine apply "ARCHIVE=$other"
[ "$(on_server 'systemctl show -p MainPID docker')" != "$pid" ] || give_up "the engine was not started anew"
started | diff "$work/started" - || give_up "containers were stopped"
wait_ready

say "an engine that others use too is not removed"
on_server 'docker run -d --name of-others --pull never finclip/cache:7.0 sleep 600' >/dev/null
expect 0 start remove
expect 3 engine remove
said "container of-others"
on_server 'docker rm -f of-others' >/dev/null

say "taken back, cut in between"
cut_off 0.2 secrets remove
expect 0 secrets remove
expect 0 config remove
for image in "${images[@]}"; do expect 0 image remove; done
for seconds in 0.5 1; do cut_off "$seconds" engine remove; done
expect 0 engine remove
expect 0 data remove
expect 0 host remove
for step in start secrets config engine data host; do expect 0 "$step" remove; done
on_server 'rmdir /var/lib/finclip-deploy/ledger && rmdir /var/lib/finclip-deploy' || give_up "something is left in the state folder"
state | diff "$work/before" - || give_up "not all is as it was before"
echo PASS

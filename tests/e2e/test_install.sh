#!/usr/bin/env bash
# From a bare server to a report, again without change, a changed value, a power cut, and back.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"

fresh_server
etc_state >"$FINCLIP_WORK/etc.before"
project=$FINCLIP_WORK/project
new_project "$project"
expect 0 run plan "$project"
began=$SECONDS
expect 0 run apply "$project" --yes
figure "apply on a bare server: $((SECONDS - began)) s"
expect 0 run verify "$project"
expect 0 run report "$project"
wait_ready 5
create_record before-the-cut
has_record before-the-cut || give_up "the new record is not listed"

say "apply again changes nothing"
began=$(date +%s%N)
expect 0 run --json apply "$project" --yes >"$FINCLIP_WORK/again.json"
took=$((($(date +%s%N) - began) / 1000000))
figure "apply again: $took ms"
python3 - "$FINCLIP_WORK/again.json" <<'PY'
import json, sys
text = open(sys.argv[1]).read()
steps = json.loads(text[text.index("{"):])["result"]["steps"]
changed = [s["step"] for s in steps if s["status"] != "skipped" and not s["step"].endswith("verify")]
assert steps and not changed, changed
PY
[ "$took" -lt 8000 ] || give_up "apply again took $took ms"

say "status finds no drift, then a removed container"
expect 0 run status "$project"
# shellcheck disable=SC2016 # expanded on the server
on_server sh -c 'docker rm -f $(docker ps -q --filter label=finclip.role=gateway)' >/dev/null
expect 1 run status "$project"
expect 0 run apply "$project" --yes
wait_ready 60

say "a changed value touches just what it must"
expect 0 run settings "$project" admin_account=operator
expect 0 run --json plan "$project" >"$FINCLIP_WORK/changed.json"
python3 - "$FINCLIP_WORK/changed.json" <<'PY'
import json, sys
text = open(sys.argv[1]).read()
steps = json.loads(text[text.index("{"):])["result"]["steps"]
changed = [s["step"] for s in steps if s["change"] != "same"]
assert changed and all("/app." in s for s in changed), changed
PY
expect 0 run apply "$project" --yes
wait_ready 60

say "a power cut"
lab kill s1
lab start s1
wait_ready 120
has_record before-the-cut || give_up "the record was lost in the power cut"
expect 0 run verify "$project"

say "secrets"
bash "$(dirname "$0")/canary.sh" "$project"

say "remove"
expect 0 run remove "$project" --yes --data
etc_state >"$FINCLIP_WORK/etc.after"
diff "$FINCLIP_WORK/etc.before" "$FINCLIP_WORK/etc.after" || give_up "/etc differs after remove"
left=$(on_server sh -c 'ls -d /opt/finclip /data/finclip /var/lib/finclip-deploy /usr/local/bin/dockerd /usr/local/lib/docker /run/docker.sock /etc/docker 2>/dev/null; systemctl list-unit-files | grep -iE "docker|finclip|containerd"; ps -e -o comm= | grep -xE "dockerd|containerd"; ip link show docker0 2>/dev/null' || true)
[ -z "$left" ] || give_up "left behind: $left"

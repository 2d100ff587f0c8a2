#!/usr/bin/env bash
# What must be refused is refused by name, with the right exit status, and the server stays untouched.
# Words in single quotes are expanded on the server.
# shellcheck disable=SC2016
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"

fresh_server
project=$FINCLIP_WORK/project

check_names() {  # CHECK-ID: `check` ends with 1 and says that this one failed; so does apply
    expect 0 run probe "$project"
    expect 1 run --json check "$project" >"$FINCLIP_WORK/check.json"
    python3 - "$FINCLIP_WORK/check.json" "$1" <<'PY' || give_up "the check $1 did not fail"
import json, sys
text = open(sys.argv[1]).read()
checks = json.loads(text[text.index("{"):])["result"]["checks"]
failed = [c["id"] for c in checks if c["status"] == "failed"]
assert sys.argv[2] in failed, failed
PY
    expect 1 run apply "$project" --yes
}
error_is() {  # CODE COMMAND...: the JSON document names this error
    local code=$1
    shift
    "$@" >"$FINCLIP_WORK/error.json" 2>/dev/null || true
    grep -qF "\"$code\"" "$FINCLIP_WORK/error.json" || give_up "$* did not name $code"
}
untouched() {
    etc_state >"$FINCLIP_WORK/etc.after"
    diff "$FINCLIP_WORK/etc.before" "$FINCLIP_WORK/etc.after" || give_up "/etc was changed"
    on_server 'test ! -e /var/lib/finclip-deploy && test ! -e /opt/finclip && test ! -e /data/finclip' ||
        give_up "files of ours are on the server"
}

say "unknown host key"
etc_state >"$FINCLIP_WORK/etc.before"
expect 0 run new "$project" --inventory "$FINCLIP_WORK/servers.yaml" --bundle "$FINCLIP_BUNDLE"
expect 3 run probe "$project"
expect 3 run trust "$project" --fingerprint s1=SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
expect 0 run trust "$project" --accept-new
untouched

say "too small a server (the seed's least is 4 cores)"
if [ "$(nproc)" -lt 4 ]; then
    check_names resources.cpu
fi
expect 0 run probe "$project"
waive_lab "$project"
expect 0 run check "$project"

say "busy port"
on_server systemd-run --quiet --unit=busy-port /usr/sbin/sshd -D -p 8000 -o PidFile=none
sleep 1
check_names network.ports
on_server systemctl stop busy-port

say "wrong system"
on_server 'cp -a /etc/os-release /run/os-release.kept; rm /etc/os-release; printf "ID=other\nVERSION_ID=1\n" >/etc/os-release'
rm -f "$project/waivers.yaml"
check_names system.os
on_server 'rm /etc/os-release; cp -a /run/os-release.kept /etc/os-release'
expect 0 run probe "$project"
waive_lab "$project"
expect 0 run check "$project"

say "wrong password: named, tried once, nothing done"
sed "s/^s1:.*/s1: {password: wrong, sudo: wrong}/" "$FINCLIP_WORK/secrets.yaml" >"$FINCLIP_WORK/wrong.yaml"
expect 1 "$ctl" --secret-fd 3 probe "$project" 3<"$FINCLIP_WORK/wrong.yaml"
error_is ssh.auth_failed "$ctl" --json --secret-fd 3 probe "$project" 3<"$FINCLIP_WORK/wrong.yaml"
sed "s/^s1:.*/s1: {password: \"eng-Pass'1 word\", sudo: wrong}/" "$FINCLIP_WORK/secrets.yaml" >"$FINCLIP_WORK/wrong.yaml"
error_is sudo.password_wrong "$ctl" --json --secret-fd 3 probe "$project" 3<"$FINCLIP_WORK/wrong.yaml"

say "one flipped byte in the bundle"
cp -r "$FINCLIP_BUNDLE" "$FINCLIP_WORK/flipped"
file=$(find "$FINCLIP_WORK/flipped/images" -name '*.tar' | head -n 1)
printf '\377' | dd of="$file" bs=1 seek=100000 conv=notrunc status=none
if cmp -s "$file" "$FINCLIP_BUNDLE/images/$(basename "$file")"; then
    printf '\000' | dd of="$file" bs=1 seek=100000 conv=notrunc status=none
fi
expect 1 run bundle verify "$FINCLIP_WORK/flipped" --cache "$FINCLIP_WORK/cache"
error_is bundle.digest_mismatch run --json bundle verify "$FINCLIP_WORK/flipped" --cache "$FINCLIP_WORK/cache"
cp -r "$project" "$FINCLIP_WORK/other"
sed -i "s|$FINCLIP_BUNDLE|$FINCLIP_WORK/flipped|" "$FINCLIP_WORK/other/project.yaml"
expect 1 run apply "$FINCLIP_WORK/other" --yes
untouched

say "stale plan"
expect 3 run apply "$project" --digest 0000000000000000000000000000000000000000000000000000000000000000
untouched

say "changed host key, between probe and apply"
on_server 'mkdir /run/keys.kept; cp -a /etc/ssh/ssh_host_* /run/keys.kept
    rm /etc/ssh/ssh_host_*_key*; ssh-keygen -q -A; systemctl restart ssh'
expect 3 run probe "$project"
error_is ssh.host_key_changed run --json probe "$project"
expect 3 run apply "$project" --yes
expect 3 run trust "$project" --accept-new
lab_state=${FINCLIP_LAB_STATE:-${FINCLIP_CACHE:-$HOME/.cache/finclip-deploy-lab}/lab-${FINCLIP_LAB_NET:-10.77.0}}
# Whoever knows the server puts the old ones back; the lab itself does not log in where keys changed.
ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -i "$lab_state/id_ed25519" "root@$server" \
    'rm /etc/ssh/ssh_host_*; cp -a /run/keys.kept/* /etc/ssh/; rm -r /run/keys.kept; systemctl restart ssh'
expect 0 run probe "$project"
untouched

say "full disk"
FINCLIP_LAB_DISK=3G lab reset s1
lab start s1
etc_state >"$FINCLIP_WORK/etc.before"
rm -rf "$project"
expect 0 run new "$project" --inventory "$FINCLIP_WORK/servers.yaml" --bundle "$FINCLIP_BUNDLE"
expect 0 run trust "$project" --accept-new
on_server 'free=$(df --output=avail -B1 /data | tail -n 1); fallocate -l $((free - 300000000)) /var/filler'
check_names disk.free
on_server rm /var/filler
untouched

#!/usr/bin/env bash
# canary.sh PROJECT: no secret stands where it must not.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
project=$1

secrets=("eng-Pass'1 word" "$vault_passphrase")
# shellcheck disable=SC2016 # expanded on the server
mapfile -t generated < <(on_server sh -c 'for f in /opt/finclip/secrets/*; do cat "$f"; echo; done')
for value in "${generated[@]}"; do
    [ -z "$value" ] || secrets+=("$value")
done
[ ${#secrets[@]} -ge 5 ] || give_up "the server's generated secrets were not found"

for value in "${secrets[@]}"; do
    # The pattern goes in a file: on a command line it would find itself.
    printf '%s\n' "$value" >"$FINCLIP_WORK/pattern"
    if grep -rlF -f "$FINCLIP_WORK/pattern" "$project"; then
        give_up "a secret stands in the project folder"
    fi
    if cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | grep -qaF -f "$FINCLIP_WORK/pattern"; then
        give_up "a secret stands in a process's arguments or environment"
    fi
    # Where it may stand: the root-only files made for it, and the users' own password hashes (which do not hold it).
    found=$(on_server sh -c 'cat >/run/pattern; grep -rlF -f /run/pattern /etc /opt /root /home /tmp /var/lib/finclip-deploy /var/log /run/log 2>/dev/null | grep -v "^/opt/finclip/secrets/"; rm -f /run/pattern' <"$FINCLIP_WORK/pattern" || true)
    [ -z "$found" ] || give_up "a secret stands on the server in: $found"
    # shellcheck disable=SC2016 # expanded on the server
    if on_server sh -c 'docker inspect $(docker ps -aq)' | grep -qF -f "$FINCLIP_WORK/pattern"; then
        give_up "docker inspect shows a secret"
    fi
done
modes=$(on_server sh -c 'stat -c "%a %U %n" /opt/finclip/secrets /opt/finclip/secrets/*')
if grep -vE '^(700|600|400) root ' <<<"$modes"; then
    give_up "secret files that others than root may read"
fi

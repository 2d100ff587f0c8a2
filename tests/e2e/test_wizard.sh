#!/usr/bin/env bash
# The wizard on a real server, from its first page to the report, driven by mouse and keyboard events on
# a real (virtual) screen; then the platform answers from outside and nothing holds the password.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"

fresh_server
lab secrets 1 | python3 -c '
import sys, yaml
print(yaml.safe_load(sys.stdin)["s1"]["password"])' >"$FINCLIP_WORK/password"

expect 0 xvfb-run -a -s "-screen 0 1600x1000x24" "$FINCLIP_BUILD/tests/wizard_real_walk" \
    "$FINCLIP_WORK/project" "$FINCLIP_BUNDLE" "$server" eng "$FINCLIP_WORK/password" "$FINCLIP_WORK/pictures"
wait_ready 30
create_record "made-after-the-wizard"
has_record "made-after-the-wizard" || give_up "the record is not there"
if grep -rqF "$(cat "$FINCLIP_WORK/password")" "$FINCLIP_WORK/project"; then
    give_up "the password stands in the project folder"
fi
if grep -rqF "$vault_passphrase" "$FINCLIP_WORK/project"; then
    give_up "the vault's passphrase stands in the project folder"
fi

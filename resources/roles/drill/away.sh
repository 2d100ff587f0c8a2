# shellcheck shell=sh
# drill/away: waits until another server is off and until it is there again; changes nothing but a note.
# Values: MARK (of this drill), SERVER (its name), ADDRESS, PORT (of its SSH), LEAVES and RETURNS (seconds that are waited).
# shellcheck disable=SC2154  # values and what lib.sh defines

folder=$home/drill

answers() { timeout 2 bash -c ": <>/dev/tcp/$ADDRESS/$PORT" 2>/dev/null; }
is_off() { ! answers && sleep 1 && ! answers; }

check() { [ "$(cat "$folder/away" 2>/dev/null)" = "$MARK" ] || no "$SERVER was not off and on yet"; }

apply() {
    mkdir -p "$folder" || return
    say "waiting for $SERVER to be powered off"
    wait_for "$LEAVES" is_off || cannot "$SERVER was not powered off within $LEAVES s" || return
    say "$SERVER is off: power it on again"
    wait_for "$RETURNS" answers || cannot "$SERVER did not come back within $RETURNS s" || return
    say "$SERVER is there again"
    say "$MARK" >"$folder/away"
}

verify() { check; }

remove() { rm -f "$folder/away"; }

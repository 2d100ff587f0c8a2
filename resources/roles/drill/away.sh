# shellcheck shell=sh
# drill/away: waits until another server is off and until it is there again; changes nothing but two notes.
# Values: MARK (of this drill), SERVER (its name), ADDRESS, PORT (of its SSH), LEAVES and RETURNS (seconds that are waited).
# shellcheck disable=SC2154  # values and what lib.sh defines

folder=$home/drill

answers() { timeout 2 bash -c ": <>/dev/tcp/$ADDRESS/$PORT" 2>/dev/null; }
is_off() { ! answers && sleep 1 && ! answers; }

# Its first word is what became of this drill, also where whoever asked for it was cut off.
check() {
    [ "$(cat "$folder/off" 2>/dev/null)" = "$MARK" ] || no "unbegun: $SERVER was not powered off" || return
    answers || no "stopped: $SERVER is off" || return
    [ "$(cat "$folder/away" 2>/dev/null)" = "$MARK" ] || no "back: $SERVER answers, and the step was ended" || return
    say "back: $SERVER was off and is there again"
}

apply() {
    mkdir -p "$folder" || return
    # Cut after it had begun: nobody is asked to power the server off again.
    if [ "$(cat "$folder/off" 2>/dev/null)" != "$MARK" ]; then
        say "waiting for $SERVER to be powered off"
        wait_for "$LEAVES" is_off || cannot "$SERVER was not powered off within $LEAVES s" || return
        say "$MARK" >"$folder/off"
    fi
    answers || say "$SERVER is off: power it on again"
    wait_for "$RETURNS" answers || cannot "$SERVER did not come back within $RETURNS s" || return
    say "$SERVER is there again"
    say "$MARK" >"$folder/away"
}

verify() { check; }

remove() { rm -f "$folder/off" "$folder/away"; }

# shellcheck shell=sh
# drill/outage: this server's services end without warning, as a power cut would end them, and start again after HOLD seconds. The
# step does both, here: whoever asked for it may be gone meanwhile. Should it be ended itself, a timer starts them.
# Values: MARK (of this drill), HOLD, UNITS (of Kubernetes, one a line), KILLER (ends what Kubernetes leaves running; may be missing),
# VIRTUAL_ADDRESS (may be empty).
# shellcheck disable=SC2154  # values and what lib.sh defines

folder=$home/drill
timer=finclip-drill-back

# What runs in the Docker engine and is ours.
containers() {
    command -v docker >/dev/null || return 0
    docker ps --format '{{.ID}} {{.Label "com.docker.compose.project"}}' | sed -n 's/ finclip.*//p'
}

back_text() {
    for unit in $UNITS; do say "systemctl start --no-block $unit"; done
    for id in $(containers); do say "docker start $id"; done
    say "rm -f '$folder/back'"
}

bring_back() {
    [ ! -f "$folder/back" ] || sh "$folder/back" || return
    systemctl stop "$timer.timer" 2>/dev/null || :
}

# Its first word is what became of this drill, also where whoever asked for it was cut off.
check() {
    [ "$(cat "$folder/begun" 2>/dev/null)" = "$MARK" ] || no "unbegun: nothing was stopped" || return
    [ ! -f "$folder/back" ] || no "stopped: the services of this server are ended" || return
    [ "$(cat "$folder/outage" 2>/dev/null)" = "$MARK" ] || no "back: the services were started again, and the step was ended" || return
    say "back: the services were started again"
}

end_all() {
    for unit in $UNITS; do
        systemctl kill --signal=KILL "$unit"
        systemctl stop "$unit"
    done
    [ ! -x "$KILLER" ] || "$KILLER" </dev/null >/dev/null 2>&1
    for id in $(containers); do docker kill "$id" >/dev/null & done
    wait
    # Nobody is left who would take it off, as a server without power has none.
    [ -z "$VIRTUAL_ADDRESS" ] || ip -o -4 addr show | awk -v address="$VIRTUAL_ADDRESS" '{ split($4, part, "/") } part[1] == address { print $4, $2 }' |
        while read -r address device; do ip addr del "$address" dev "$device"; done
}

apply() {
    umask 077
    mkdir -p "$folder" || return
    # Cut after it had begun: they are only brought back.
    if [ "$(cat "$folder/begun" 2>/dev/null)" != "$MARK" ]; then
        bring_back || cannot "what an earlier drill stopped does not start" || return
        back_text >"$folder/back.new" && say "$MARK" >"$folder/begun" && to_disk "$folder/begun" || return
        systemctl reset-failed "$timer.timer" "$timer.service" 2>/dev/null
        systemd-run --quiet --unit="$timer" --on-active="$((HOLD + 60))" --timer-property=AccuracySec=1 /bin/sh "$folder/back" ||
            cannot "no timer can be set that brings the services back" || return
        mv "$folder/back.new" "$folder/back" || return
        say "the services of this server end now"
        end_all
        sleep "$HOLD"
        say "and start again"
    fi
    bring_back || cannot "the services do not start again; see: systemctl status $timer" || return
    say "$MARK" >"$folder/outage"
}

verify() { check; }

remove() { bring_back && rm -rf "$folder"; }

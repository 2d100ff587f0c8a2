# shellcheck shell=sh
# ops/exporter: tells the ops server how this server is: node_exporter as a service of the system, on every server.
# Values: SENT (the sent program, named by its digest; gone after it was placed), ADDRESS and PORT (where it answers), FOLDER (where
# the program lies). With ASKED=content the check is whether the program is there: then it need not be sent.
# shellcheck disable=SC2154  # values and what lib.sh defines

unit=finclip-node-exporter.service
unit_file=$systemd_units/$unit
program=$FOLDER/node_exporter

unit_text() {
    cat <<UNIT
[Unit]
Description=FinClip: state of this server for the ops server
After=network.target

[Service]
User=nobody
ExecStart=$program --web.listen-address=$ADDRESS:$PORT
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
UNIT
}

# What was placed is known again by its size and time.
placed() { say "${SENT##*/} $(stat -c '%s %Y' "$program")"; }

has_program() {
    [ -f "$program" ] || no "$program is missing" || return
    has_text "$book/placed" "$(placed)" || no "$program is another than the bundle's"
}

check() {
    ledger ops.exporter
    has_program || return
    [ "${ASKED:-}" != content ] || return 0
    ledger_is_done "$(unit_text)" || no "not made yet, or for other settings" || return
    is_written "$unit_file" "$(unit_text)" || return
    systemctl -q is-enabled "$unit" || no "$unit does not start at boot" || return
    systemctl -q is-active "$unit" || no "$unit does not run; see: journalctl -u $unit"
}

place_program() {
    [ -f "$SENT" ] || cannot "the program node_exporter was not sent" || return
    put_file "$program" 0755 <"$SENT" && placed >"$book/placed"
}

tells() { http_get "$PORT" /metrics "$ADDRESS" | grep -q '^node_'; }

apply() {
    ledger ops.exporter
    make_folder "$FOLDER" 0755 || return
    has_program >/dev/null || place_program || return
    rm -f "$SENT"
    unit_text | put_file "$unit_file" 0644 && ledger_keep_unit "$unit" || return
    systemctl daemon-reload && systemctl enable "$unit" && systemctl restart "$unit" || cannot "$unit does not start; see: journalctl -u $unit" || return
    wait_for 30 tells || cannot "nothing answers on port $PORT; see: journalctl -u $unit" || return
    ledger_done "$(unit_text)"
}

verify() { tells || no "the state of this server cannot be asked on port $PORT"; }

remove() {
    ledger ops.exporter
    ledger_restore || return
    systemctl daemon-reload
    systemctl reset-failed "$unit" 2>/dev/null || :
}

# shellcheck shell=sh
# app/start: the application's containers, started at boot and stopped in order.
# Values: INSTALL_DIR, CONFIG (digest of all that the containers are made from), MOUNTED (digest of the files that compose mounts
# but does not compare).
# shellcheck disable=SC2154  # values and what lib.sh defines

unit_file=$systemd_units/finclip.service
project=finclip

unit() {
    cat <<UNIT
[Unit]
Description=FinClip platform
Documentation=file://$INSTALL_DIR/compose.yaml
After=docker.service network-online.target
Wants=docker.service network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
Environment=PATH=$PATH DOCKER_CONFIG=$DOCKER_CONFIG
WorkingDirectory=$INSTALL_DIR
ExecStart=$(command -v docker) compose --project-name $project --file $INSTALL_DIR/compose.yaml up --detach --pull never
ExecStop=$(command -v docker) compose --project-name $project --file $INSTALL_DIR/compose.yaml stop
TimeoutStartSec=900
TimeoutStopSec=300

[Install]
WantedBy=multi-user.target
UNIT
}

check() {
    ledger app.start
    command -v docker >/dev/null || no "there is no Docker engine yet" || return
    ledger_is_done "$CONFIG" || no "not started yet, or with other settings" || return
    is_written "$unit_file" "$(unit)" || return
    systemctl -q is-enabled finclip.service || no "finclip.service does not start at boot" || return
    are_as_started "$project"
}

apply() {
    ledger app.start
    volumes=$(compose_in "$project" "$INSTALL_DIR" config --volumes) || cannot "$INSTALL_DIR/compose.yaml cannot be read" || return
    [ -z "$volumes" ] ||
        cannot "the bundle's compose file keeps data in volumes; all data must lie below DATA_DIR" || return
    make_folder "$systemd_units" 0755 && unit | put_file "$unit_file" 0644 || return
    systemctl daemon-reload && ledger_keep_unit finclip.service || return
    set --
    [ "$(cat "$book/mounted" 2>/dev/null || say "$MOUNTED")" = "$MOUNTED" ] || set -- --force-recreate
    start_project "$project" "$INSTALL_DIR" "$@" || return
    say "$MOUNTED" >"$book/mounted"
    systemctl enable finclip.service && systemctl start finclip.service || return
    containers_of "$project" >"$book/containers" || return
    ledger_done "$CONFIG"
}

verify() { check; }

remove() {
    ledger app.start
    ledger_restore || return
    systemctl daemon-reload
    systemctl reset-failed finclip.service 2>/dev/null || :
}

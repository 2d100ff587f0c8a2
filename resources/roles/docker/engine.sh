# shellcheck shell=sh
# docker/engine: a Docker engine with its compose plugin, started at boot.
# Values: EXISTING (refuse, reuse: what to do about an engine that is not ours), ARCHIVE (sent .tgz with members
# docker/<program>) and COMPOSE_PLUGIN (sent file), both gone after they were installed, DATA_ROOT, DAEMON_JSON (whole text),
# DAEMON_JSON_WAS (digest of the text it was merged from, without its last line ends, or "none").
# With ASKED=engine or ASKED=compose the check is only whether that file's content is there (or not needed).
# shellcheck disable=SC2154  # values and what lib.sh defines

# In /usr/local, which no package manager writes to, and where `docker` is in everybody's path.
programs=/usr/local/bin
unpacked=$programs/.finclip-new
plugin=/usr/local/lib/docker/cli-plugins/docker-compose
daemon_json=/etc/docker/daemon.json
containerd_toml=/etc/containerd/config.toml

containerd_unit() {
    cat <<UNIT
[Unit]
Description=containerd (FinClip Deploy)
After=network.target local-fs.target remote-fs.target

[Service]
Type=notify
ExecStart=$programs/containerd --config $containerd_toml
Environment=PATH=$programs:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
KillMode=process
Delegate=yes
Restart=always
RestartSec=5
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
UNIT
}

docker_unit() {
    cat <<UNIT
[Unit]
Description=Docker engine (FinClip Deploy)
After=network-online.target containerd.service firewalld.service local-fs.target remote-fs.target
Wants=network-online.target containerd.service

[Service]
Type=notify
ExecStart=$programs/dockerd --containerd=/run/containerd/containerd.sock
ExecReload=/bin/kill -s HUP \$MAINPID
Environment=PATH=$programs:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
TimeoutStartSec=0
KillMode=process
Delegate=yes
Restart=always
RestartSec=2
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
OOMScoreAdjust=-500

[Install]
WantedBy=multi-user.target
UNIT
}

# What a containerd of its own would put elsewhere lies below the data root; Kubernetes' part of it is not used.
containerd_config() {
    cat <<CONFIG
version = 2
root = "$DATA_ROOT/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri"]

[plugins."io.containerd.internal.v1.opt"]
  path = "$DATA_ROOT/containerd/opt"
CONFIG
}

is_ours() { ledger_find file "$systemd_units/docker.service" >/dev/null; }

# Says what there is of an engine that is not ours.
foreign_engine() (
    is_ours && exit 1
    for program in dockerd containerd; do
        command -v "$program" && exit 0
    done
    for unit in docker containerd; do
        systemctl cat "$unit.service" >/dev/null 2>&1 && say "the unit $unit.service" && exit 0
    done
    exit 1
)

answers() { docker version -f '{{.Server.Version}}' 2>/dev/null; }

compose_works() { docker compose version >/dev/null 2>&1; }

# shellcheck disable=SC2153 # $daemon_json is another thing
made_of() { digest_of_text "$ARCHIVE $COMPOSE_PLUGIN $DATA_ROOT $DAEMON_JSON $(containerd_unit) $(docker_unit)"; }

# Each installed program and its size, as the last installation from this archive wrote it down.
programs_there() {
    [ -f "$book/programs" ] && [ "$(sed -n 1p "$book/programs")" = "$ARCHIVE" ] || no "the engine's programs are not those of the bundle" || return
    sed 1d "$book/programs" | while read -r size program; do
        [ "$(stat -c %s "$programs/$program" 2>/dev/null)" = "$size" ] || no "$programs/$program is missing or another" || exit
    done
}

installed_plugin() { say "$COMPOSE_PLUGIN $(stat -c %s "$plugin")"; }

plugin_there() {
    [ -x "$plugin" ] || no "$plugin is missing" || return
    has_text "$book/plugin" "$(installed_plugin)" || no "$plugin is another than the bundle's"
}

check_reused() {
    case ${ASKED:-} in
    engine) return 0 ;;
    compose) compose_works || plugin_there || return ;;
    *)
        answers >/dev/null || no "the existing engine does not answer" || return
        compose_works || no "the existing engine has no compose plugin" || return
        ledger_is_done reused || no "the existing engine is not taken into use yet"
        ;;
    esac
}

check() {
    ledger docker.engine
    if [ "$EXISTING" = reuse ] && foreign_engine >/dev/null; then
        check_reused
        return
    fi
    case ${ASKED:-} in
    engine) programs_there ;;
    compose) plugin_there ;;
    *)
        ledger_is_done "$(made_of)" || no "not installed yet, or with other settings" || return
        programs_there || return
        plugin_there || return
        is_written "$systemd_units/containerd.service" "$(containerd_unit)" || return
        is_written "$systemd_units/docker.service" "$(docker_unit)" || return
        is_written "$containerd_toml" "$(containerd_config)" || return
        is_written "$daemon_json" "$DAEMON_JSON" || return
        systemctl -q is-enabled docker containerd || no "the engine does not start at boot" || return
        answers >/dev/null || no "the engine does not answer"
        ;;
    esac
}

reuse() {
    say "using the engine that is here: $(foreign_engine)"
    ledger_keep_unit docker.service || return
    systemctl -q is-active docker || systemctl start docker || cannot "the existing engine does not start" || return
    systemctl -q is-enabled docker || systemctl enable docker || return
    wait_for 60 answers || cannot "the existing engine does not answer" || return
    # Images are known by their configuration's digest; that store names them by another one.
    ! docker info -f '{{.DriverStatus}}' | grep -q io.containerd.snapshotter ||
        cannot "the existing engine keeps images in containerd's store; switch that off in $daemon_json, or remove the engine" || return
    compose_works || install_plugin || return
    compose_works || cannot "the existing engine does not take the compose plugin" || return
    ledger_done reused
}

install_plugin() {
    ! plugin_there >/dev/null || return 0
    [ -f "$COMPOSE_PLUGIN" ] || cannot "the compose plugin was not sent: $COMPOSE_PLUGIN" || return
    make_folder "$(dirname "$plugin")" 0755 && put_file "$plugin" 0755 <"$COMPOSE_PLUGIN" && installed_plugin >"$book/plugin"
}

# The text was merged with what the probe saw: on anything else it would take away somebody's newer change.
daemon_json_as_seen() (
    now=none
    [ ! -f "$daemon_json" ] || now=$(digest_of_text "$(cat "$daemon_json")")
    [ "$now" != "$DAEMON_JSON_WAS" ] && ! has_text "$daemon_json" "$DAEMON_JSON" || exit 0
    if entry=$(ledger_find file "$daemon_json") && grep -qxF "$(digest_of_file "$daemon_json" 2>/dev/null)" "$entry/wrote"; then
        exit 0
    fi
    cannot "$daemon_json was changed since the server was probed; probe it again and review the plan"
)

install_programs() {
    ! programs_there >/dev/null || return 0
    [ -f "$ARCHIVE" ] || cannot "the engine's archive was not sent: $ARCHIVE" || return
    rm -rf "$unpacked"
    mkdir -m 0700 "$unpacked" || return
    tar -xzf "$ARCHIVE" -C "$unpacked" --no-same-owner docker || cannot "the engine's archive cannot be unpacked" || return
    listed=$ARCHIVE
    for new in "$unpacked"/docker/*; do
        program=${new##*/}
        [ -f "$new" ] || cannot "$ARCHIVE holds no programs of Docker" || return
        chmod 0755 "$new" && place_file "$new" "$programs/$program" || return
        listed="$listed
$(stat -c %s "$programs/$program") $program"
    done
    rm -rf "$unpacked"
    say "$listed" >"$book/programs.new" && mv "$book/programs.new" "$book/programs"
}

forward_policy() { "$1" -S FORWARD | sed -n 's/^-P FORWARD //p'; }

# The engine may forbid what the server forwarded before.
keep_forward_policies() {
    for command in iptables ip6tables; do
        command -v "$command" >/dev/null || continue
        ledger_keep policy "$command" forward_policy "$command" || return
    done
}

undo_policy() { [ ! -s "$1/was" ] || "$2" -P FORWARD "$(cat "$1/was")"; }

start_engine() {
    systemctl daemon-reload && systemctl enable containerd.service docker.service || return
    # What runs was started with the present files only if it was written down after that start.
    if [ "$(cat "$book/runs" 2>/dev/null)" != "$(made_of)" ]; then
        systemctl restart containerd.service && systemctl restart docker.service
    else
        systemctl start containerd.service && systemctl start docker.service
    fi || cannot "the engine does not start; see: journalctl -u docker -u containerd" || return
    wait_for 60 answers || cannot "the engine does not answer; see: journalctl -u docker" || return
    made_of >"$book/runs"
}

apply() {
    ledger docker.engine
    if there=$(foreign_engine); then
        [ "$EXISTING" = reuse ] || cannot "an engine that is not ours is here ($there); choose to use it, or remove it" || return
        reuse
        return
    fi
    daemon_json_as_seen || return
    make_folder "$programs" 0755 || return
    # First of all, as it is what tells our engine from another.
    make_folder "$systemd_units" 0755 && containerd_unit | put_file "$systemd_units/containerd.service" 0644 &&
        docker_unit | put_file "$systemd_units/docker.service" 0644 || return
    install_programs && install_plugin || return
    make_folder "$DATA_ROOT" 0710 || return
    make_folder "$(dirname "$containerd_toml")" 0755 && containerd_config | put_file "$containerd_toml" 0644 || return
    make_folder "$(dirname "$daemon_json")" 0755 && say "$DAEMON_JSON" | put_file "$daemon_json" 0644 || return
    ledger_keep_file /etc/docker/key.json && keep_forward_policies || return
    ledger_keep_unit containerd.service && ledger_keep_unit docker.service || return
    start_engine || return
    rm -f "$ARCHIVE" "$COMPOSE_PLUGIN"
    ledger_done "$(made_of)"
}

verify() { check; }

# --- remove

# Containers and volumes that are left when the platform's own are gone belong to somebody.
nothing_of_others() {
    left=$(docker ps -a --format 'container {{.Names}}' && docker volume ls --format 'volume {{.Name}}') || return
    [ -z "$left" ] || cannot "the engine is used by others too; it stays until these are gone:
$left"
}

forget_rules() { # COMMAND TABLE
    "$1" -t "$2" -S 2>/dev/null | sed -n '/DOCKER\|docker0/s/^-A/-D/p' | while read -r rule; do
        # shellcheck disable=SC2086  # a rule's words
        "$1" -t "$2" $rule
    done
    chains=$("$1" -t "$2" -S 2>/dev/null | sed -n 's/^-N \(DOCKER.*\)/\1/p')
    for chain in $chains; do "$1" -t "$2" -F "$chain"; done
    for chain in $chains; do "$1" -t "$2" -X "$chain"; done
}

# What a stopped engine leaves in the kernel and in /run.
forget_runtime() {
    ! ip link show docker0 >/dev/null 2>&1 || ip link del docker0 || return
    for command in iptables ip6tables; do
        command -v "$command" >/dev/null || continue
        for table in filter nat raw; do forget_rules "$command" "$table"; done
    done
    sed -n "s|^[^ ]* \($DATA_ROOT/[^ ]*\) .*|\1|p; s|^[^ ]* \(/run/docker/[^ ]*\) .*|\1|p" /proc/mounts | sort -r |
        while IFS= read -r mounted; do umount "$mounted"; done
    ! grep -q " $DATA_ROOT/" /proc/mounts || cannot "something is still mounted below $DATA_ROOT" || return
    rm -rf /run/docker /run/containerd
    rm -f /run/docker.sock /run/docker.pid
}

remove_engine() {
    if answers >/dev/null || { systemctl start docker.service 2>/dev/null && wait_for 30 answers; }; then
        nothing_of_others || return
        docker network ls -q -f type=custom | while read -r network; do docker network rm "$network" || exit; done || return
    fi
    systemctl stop docker.service containerd.service 2>/dev/null || :
    ! systemctl -q is-active docker.service || cannot "docker.service does not stop" || return
    forget_runtime || return
    # Only what was made for this engine; what was there before stays.
    if ledger_find folder "$DATA_ROOT" >/dev/null; then rm -rf "$DATA_ROOT" || return; fi
}

remove() {
    ledger docker.engine
    [ -d "$book" ] || return 0
    if is_ours; then
        rm -f "$book/done"
        rm -rf "$unpacked"
        remove_engine || return
    fi
    ledger_restore || return
    systemctl daemon-reload
    systemctl reset-failed docker.service containerd.service 2>/dev/null || :
}

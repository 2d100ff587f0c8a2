# shellcheck shell=bash disable=SC2034,SC2016,SC2001 # tests use what is set here; scripts expand on the server
# Sourced by the tests on a real server: puts texts of role scripts together as run/script_text does, and runs them on the lab
# server $on with the values that a plan of the sample bundle has.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
roles=$here/../../resources/roles
lab() { "$here/../lab/lab.sh" "$@"; }
on=s1
on_server() { lab shell "$on" "$@"; }
cache=${FINCLIP_CACHE:-$HOME/.cache/finclip-deploy-lab}
work=$(mktemp -d)
server=${FINCLIP_LAB_NET:-10.77.0}.11

say() { printf '\n--- %s s: %s\n' "$SECONDS" "$*"; }
give_up() {
    echo "FAILED: $*" >&2
    exit 1
}

need_bundle() {
    if [ -z "${FINCLIP_BUNDLE:-}" ]; then
        "$here/../lab/bundle/make_bundle.sh" "$cache/bundle" || give_up "the sample bundle could not be made"
        FINCLIP_BUNDLE=$(find "$cache/bundle" -maxdepth 2 -name bundle.yaml -printf '%h\n' | head -n 1)
    fi
}

quoted() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

text() { # SCRIPT ACTION [NAME=VALUE..]
    local script=$1 action=$2 value
    shift 2
    printf '#: script %s\n#: action %s\n' "$script" "$action"
    cat "$roles/lib.sh" "$roles/$script.sh"
    for value in "FINCLIP_ACTION=$action" "$@"; do
        printf '%s=%s\n' "${value%%=*}" "$(quoted "${value#*=}")"
    done
    cat "$roles/main.sh"
}

secrets=
# expect STATUS STEP ACTION [NAME=VALUE..]: the step of the plan below, on the server; what it says goes into $work/said.
expect() {
    local wanted=$1 step=$2 action=$3 got=0
    shift 3
    "values_of_$step"
    text "$script" "$action" "${values[@]}" "$@" | on_server 'cat >/root/text'
    printf '%s' "$secrets" | on_server 'sh /root/text' >"$work/said" 2>&1 || got=$?
    secrets=
    [ "$got" = "$wanted" ] || give_up "$step $action ends with $got instead of $wanted: $(cat "$work/said")"
}

# After a cut: done now, or found to have been done in that time.
expect_done() { (expect 0 "$1" apply) 2>/dev/null || expect 100 "$1" apply; }

# cut_off SECONDS STEP ACTION: as expect, but power is taken from its processes after a while.
cut_off() {
    local after=$1 step=$2 action=$3
    "values_of_$step"
    text "$script" "$action" "${values[@]}" | on_server 'cat >/root/text'
    on_server "setsid sh /root/text </dev/null >/dev/null 2>&1 & sleep $after; kill -KILL -\$! 2>/dev/null" || true
}

said() { grep -qF -- "$1" "$work/said" || give_up "it was not said: $1
$(cat "$work/said")"; }

digest() { sha256sum <"$FINCLIP_BUNDLE/$1" | cut -d' ' -f1; }
sent() { echo "/var/lib/finclip-deploy/files/$(digest "$1")"; }
send() {
    local to
    to=$(sent "$1")
    on_server "umask 077; mkdir -p ${to%/*} && cat >$to.new && mv $to.new $to" <"$FINCLIP_BUNDLE/$1"
}

values_of_host() {
    script=host/prepare
    values=("SYSCTLS=net.ipv4.ip_forward 1
net.core.somaxconn 32768")
}
values_of_data() {
    script=app/data
    values=(DATA_DIR=/data/finclip/app DATA_PARENT=/data/finclip)
}
existing=refuse
daemon_json='{
  "data-root": "/data/finclip/docker",
  "live-restore": true,
  "log-driver": "json-file",
  "log-opts": {
    "max-size": "50m",
    "max-file": "3"
  }
}'
daemon_json_was=none
values_of_engine() {
    script=docker/engine
    values=("EXISTING=$existing" "ARCHIVE=$(sent "$(cd "$FINCLIP_BUNDLE" && echo docker/*.tgz)")"
        "COMPOSE_PLUGIN=$(sent docker/docker-compose)" DATA_ROOT=/data/finclip/docker "DAEMON_JSON=$daemon_json"
        "DAEMON_JSON_WAS=$daemon_json_was")
}
image=database
values_of_image() {
    local line
    line=$(grep "role: $image," "$FINCLIP_BUNDLE/bundle.yaml")
    script=docker/image
    values=("IMAGE_ID=$(sed 's/.* id: "\([^"]*\)".*/\1/' <<<"$line")"
        "IMAGE_REFERENCE=$(sed 's/.*reference: "\([^"]*\)".*/\1/' <<<"$line")" "ARCHIVE=$(sent "images/$image.tar")")
}
port=8000
environment() {
    echo "ENTRY_PORT=$port
ENTRY_ADDRESS=$server
DATA_DIR=/data/finclip/app
SECRETS_DIR=/opt/finclip/secrets
ADMIN_ACCOUNT=admin
LICENCE_FILE=/dev/null"
}
values_of_config() {
    script=app/config
    values=(INSTALL_DIR=/opt/finclip "ENVIRONMENT=$(environment)" "VERSION=finclip-sample 1.0.0"
        "FILES=$(digest app/compose/compose.yaml) compose.yaml
$(digest app/compose/gateway.conf) gateway.conf")
}
values_of_secrets() {
    script=app/secrets
    values=(SECRETS_DIR=/opt/finclip/secrets "SECRETS=db_root_password ROOT_PASSWORD
db_password DB_PASSWORD
cache_password CACHE_PASSWORD
admin_password ADMIN_PASSWORD")
    secrets="ROOT_PASSWORD='canary-a'
DB_PASSWORD='canary-b \$(id) \"'
CACHE_PASSWORD='canary-c'
ADMIN_PASSWORD='canary-d'
"
}
values_of_start() {
    script=app/start
    values=(INSTALL_DIR=/opt/finclip "CONFIG=$port" MOUNTED=1)
}
values_of_verify() {
    script=app/verify
    values=("ENTRY_PORT=$port")
}

images=(database cache gateway business)

# What one server gets of the bundle; the clusters' images stay at home.
send_all() {
    local file
    for file in "$FINCLIP_BUNDLE"/docker/* "$FINCLIP_BUNDLE"/app/compose/*; do send "${file#"$FINCLIP_BUNDLE/"}"; done
    for file in "${images[@]}"; do send "images/$file.tar"; done
}

# What a removal must leave as it was.
state() {
    on_server 'cd /etc && find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type l -printf "%p -> %l\n" | sort
        find . -type d -printf "%p %m %u\n" | sort; find . -type f -printf "%p %m %u %TY\n" | sort
        ls -lA /opt /data /usr/local/bin /usr/local/lib /srv
        for t in filter nat; do iptables -t $t -S; ip6tables -t $t -S; done
        ip -o link | cut -d" " -f2 | cut -d@ -f1; systemctl list-unit-files --no-legend | grep -v ^session- | sort
        cat /proc/sys/net/core/somaxconn /proc/sys/net/ipv4/ip_forward; sed "s,^/dev/loop[0-9]*,loop," /proc/mounts | grep -v /run/user | sort
        ls -A /root /var/lib /run/docker /run/containerd /run/docker.sock 2>&1 | grep -v -e finclip-deploy -e text'
}

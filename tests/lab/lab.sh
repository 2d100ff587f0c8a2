#!/bin/sh
# lab.sh: real servers on this machine. See README.md beside it.
set -eu

usage() {
    cat >&2 <<'USAGE'
usage: lab.sh up N            servers s1..sN exist and run
       lab.sh down            every server, its disk and its network are gone
       lab.sh list            name, address, state
       lab.sh stop|start S    orderly power-off; power-on with its disk as it was left
       lab.sh kill S          power cut
       lab.sh reset S         a new disk, as after `up` (and a new machine-id and host keys)
       lab.sh unplug|plug S   the server's network cable
       lab.sh shell S [CMD..] a root shell, or one command
       lab.sh inventory N [eng|nop|root]   inventory of the first N servers
       lab.sh secrets N       their passwords, as --secret-fd reads them
       lab.sh clean           down, and what is cached for the next time is removed too
USAGE
    exit 2
}

die() {
    echo "lab.sh: $*" >&2
    exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/server.sh"

cache=${FINCLIP_CACHE:-$HOME/.cache/finclip-deploy-lab}
net=${FINCLIP_LAB_NET:-10.77.0}
state=${FINCLIP_LAB_STATE:-$cache/lab-$net}
disk_size=${FINCLIP_LAB_DISK:-200G}
bridge=lab$net
export net state bridge

need_root() {
    [ "$(id -u)" = 0 ] || die "needs root: servers are containers with networks and disks of their own"
    for tool in debootstrap systemd-nspawn ip iptables losetup resize2fs flock ssh-keygen; do
        command -v "$tool" >/dev/null || die "$tool is missing; install the packages of $here/packages.txt"
    done
    [ -e /dev/loop-control ] || die "this machine has no loop devices, which the servers' disks need"
}

count_of() {
    case ${1:-} in '' | *[!0-9]* | 0*) usage ;; esac
    [ "$1" -le 200 ] || die "at most 200 servers"
    echo "$1"
}

server_of() {
    case ${1:-} in s[1-9] | s[1-9][0-9] | s1[0-9][0-9] | s200) ;; *) usage ;; esac
    [ -f "$state/$1/disk.img" ] || die "there is no server $1; make it with: lab.sh up ${1#s}"
    echo "$1"
}

servers() {
    for disk in "$state"/s*/disk.img; do
        [ -f "$disk" ] && basename "$(dirname "$disk")"
    done | sort -V
}

network_up() {
    if ! ip link show "$bridge" >/dev/null 2>&1; then
        ip link add "$bridge" type bridge
        ip addr add "$net.1/24" dev "$bridge"
        ip link set "$bridge" up
    fi
    # A Docker engine on this machine drops what is forwarded, and bridged traffic counts as forwarded.
    iptables -C FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null ||
        iptables -I FORWARD -i "$bridge" -o "$bridge" -j ACCEPT
}

network_down() {
    while iptables -D FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null; do :; done
    ip link del "$bridge" 2>/dev/null || :
}

down() {
    for server in $(servers); do
        power_cut "$server"
    done
    network_down
    rm -rf "$state"
}

up() {
    base=$("$here/base_root.sh" "$cache")
    mkdir -p "$state"
    chmod 0700 "$state"
    [ -f "$state/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -C lab -f "$state/id_ed25519"
    network_up
    i=1
    while [ "$i" -le "$1" ]; do
        [ -f "$state/s$i/disk.img" ] || make_disk "s$i" "$base" "$disk_size"
        is_running "s$i" || power_on "s$i"
        i=$((i + 1))
    done
    i=1
    while [ "$i" -le "$1" ]; do
        wait_until_up "s$i"
        i=$((i + 1))
    done
}

list() {
    for server in $(servers); do
        if ! is_running "$server"; then
            status=stopped
        elif [ "$(cat "/sys/class/net/$(cable "$server")/brport/state" 2>/dev/null)" = 3 ]; then
            status=running
        else
            status=unplugged
        fi
        printf '%s\t%s\t%s\n' "$server" "$(address "$server")" "$status"
    done
}

inventory() {
    case $2 in
    eng) login='user: eng, auth: password, sudo: password' ;;
    nop) login='user: nop, auth: password, sudo: nopasswd' ;;
    root) login="user: root, auth: key, key_file: $state/id_ed25519, sudo: none" ;;
    *) usage ;;
    esac
    echo 'format: 1'
    echo 'servers:'
    i=1
    while [ "$i" -le "$1" ]; do
        echo "  - {name: s$i, address: $(address "s$i"), port: 22, $login, datacenter: dc1}"
        i=$((i + 1))
    done
}

secrets() {
    i=1
    while [ "$i" -le "$1" ]; do
        echo "s$i: {password: \"eng-Pass'1 word\", sudo: \"eng-Pass'1 word\"}"
        i=$((i + 1))
    done
}

# Words as the shell at the other end reads them back.
quoted() {
    for word in "$@"; do
        printf "'%s' " "$(printf '%s' "$word" | sed "s/'/'\\\\''/g")"
    done
}

# One change of the lab at a time; who only looks does not wait.
exclusive() {
    need_root
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock 9
}

[ $# -gt 0 ] || usage
verb=$1
shift
case $verb in
up)
    count=$(count_of "${1:-}")
    exclusive
    up "$count"
    ;;
down)
    exclusive
    down
    ;;
clean)
    exclusive
    down
    rm -rf "$cache"/base-* "$cache/bundle-parts"
    ;;
list)
    list
    ;;
stop)
    server=$(server_of "${1:-}")
    exclusive
    power_off "$server"
    ;;
start)
    server=$(server_of "${1:-}")
    exclusive
    network_up
    is_running "$server" || power_on "$server"
    wait_until_up "$server"
    ;;
kill)
    server=$(server_of "${1:-}")
    exclusive
    power_cut "$server"
    ;;
reset)
    server=$(server_of "${1:-}")
    exclusive
    power_cut "$server"
    rm -rf "${state:?}/$server"
    make_disk "$server" "$("$here/base_root.sh" "$cache")" "$disk_size"
    network_up
    power_on "$server"
    wait_until_up "$server"
    ;;
unplug)
    server=$(server_of "${1:-}")
    ip link set "$(cable "$server")" down
    ;;
plug)
    server=$(server_of "${1:-}")
    ip link set "$(cable "$server")" up
    ;;
shell)
    server=$(server_of "${1:-}")
    shift
    if [ $# -gt 1 ]; then
        set -- "$(quoted "$@")"
    fi
    log_in root "$server" "$@"
    ;;
inventory)
    inventory "$(count_of "${1:-}")" "${2:-eng}"
    ;;
secrets)
    secrets "$(count_of "${1:-}")"
    ;;
*) usage ;;
esac

#!/bin/sh
# supervise.sh SERVER ADDRESS: runs one server until it is powered off; a reboot inside starts it again. Started by lab.sh
# only, which exports net, state and bridge.
# shellcheck disable=SC2154
set -eu

server=$1 address=$2
dir=$state/$server
cable=v$address
namespace=lab-$net-$server

if [ "${IN_OWN_NAMESPACE:-}" != yes ]; then
    exec 8>"$dir/running"
    # Who asks whether the server runs holds it for a moment.
    flock --timeout 10 8
    IN_OWN_NAMESPACE=yes exec unshare --mount --propagation private "$0" "$@"
fi
echo $$ >"$dir/supervisor.pid"
mkdir -p "$dir/root"
mount -o loop,discard "$dir/disk.img" "$dir/root"
# systemd-nspawn leaves its lock files here when its power is cut.
mkdir -p /run/systemd/nspawn
mount -t tmpfs tmpfs /run/systemd/nspawn

# A fresh namespace for each boot, as a kernel that was started anew has no address, rule or interface left over.
connect() {
    ip link del "$cable" 2>/dev/null || :
    ip netns del "$namespace" 2>/dev/null || :
    ip netns add "$namespace"
    ip link add "$cable" type veth peer name eth0 netns "$namespace" \
        address "$(echo "$address" | awk -F. '{ printf "02:77:%02x:%02x:%02x:%02x", $1, $2, $3, $4 }')"
    ip link set "$cable" master "$bridge" up
    ip -n "$namespace" link set lo up
    ip -n "$namespace" addr add "$address/24" dev eth0
    ip -n "$namespace" link set eth0 up
    ip -n "$namespace" route add default via "$net.1"
}

# The control groups of this server, one in each hierarchy, and this process into them. They lie below the caller's own,
# except under cgroup v2, where only a group without processes may hand controllers on.
enter_cgroups() {
    : >"$dir/cgroups"
    while IFS=: read -r _ controllers path; do
        case $controllers in
        '') parent=/sys/fs/cgroup/unified$path ; [ -d /sys/fs/cgroup/unified ] || parent=/sys/fs/cgroup ;;
        name=*) parent=/sys/fs/cgroup/${controllers#name=}$path ;;
        *) parent=/sys/fs/cgroup/$controllers$path ;;
        esac
        group=${parent%/}/$namespace
        mkdir -p "$group" || continue
        echo "$group" >>"$dir/cgroups"
        for setting in cpuset.cpus cpuset.mems; do
            [ ! -f "$parent/$setting" ] || [ "$parent" = /sys/fs/cgroup ] || cat "$parent/$setting" >"$group/$setting"
        done
        echo "$1" >"$group/cgroup.procs"
    done </proc/self/cgroup
}

boot() {
    enter_cgroups "$(exec sh -c 'echo $PPID')"
    exec systemd-nspawn --quiet --register=no --keep-unit --machine="$namespace" --hostname="$server" \
        --directory="$dir/root" --network-namespace-path="/run/netns/$namespace" --boot \
        --capability=all --system-call-filter='@raw-io @mount bpf keyctl add_key request_key' \
        --bind=/dev/kmsg --bind=/dev/net/tun --resolv-conf=off --timezone=off --link-journal=no
}

rebooted=133
status=$rebooted
while [ "$status" = "$rebooted" ]; do
    connect
    status=0
    boot &
    echo $! >"$dir/nspawn.pid"
    wait $! || status=$?
done
exit "$status"

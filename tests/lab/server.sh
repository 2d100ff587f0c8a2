# shellcheck shell=sh
# Sourced by lab.sh: one server. Uses $here, $net, $state, $bridge.
#
# A server is: $state/sN/disk.img (its disk), a network namespace with a cable to the bridge, and, while it runs, one
# supervisor (supervise.sh) with a systemd-nspawn below it. The disk is mounted in the supervisor's private mount namespace
# only, so that nothing stays mounted when they end, however they end. They all hold the lock $state/sN/running.
# shellcheck disable=SC2154

number() { echo "${1#s}"; }
address() { echo "$net.$((10 + $(number "$1")))"; }
cable() { echo "v$(address "$1")"; }
namespace() { echo "lab-$net-$1"; }

make_disk() {
    dir=$state/$1
    rm -rf "$dir"
    mkdir -p "$dir"
    cp --sparse=always --reflink=auto "$2" "$dir/disk.new"
    truncate -s "$3" "$dir/disk.new"
    e2fsck -fp "$dir/disk.new" >"$dir/mkdisk.log" 2>&1 || [ $? -le 1 ] || die "disk of $1: see $dir/mkdisk.log"
    resize2fs "$dir/disk.new" >>"$dir/mkdisk.log" 2>&1 || die "disk of $1 with size $3: see $dir/mkdisk.log"
    unshare --mount --propagation private sh -eu -s "$dir" "$1" "$state/id_ed25519.pub" "$here/server_files" <<'IN_OWN_NAMESPACE'
dir=$1 name=$2 key=$3 files=$4
mkdir -p "$dir/root"
mount -o loop "$dir/disk.new" "$dir/root"
cd "$dir/root"
cp -R "$files/." .
tr -d - </proc/sys/kernel/random/uuid >etc/machine-id
echo "$name" >etc/hostname
printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n' "$name" >etc/hosts
ssh-keygen -A -f . >/dev/null
for user in root eng nop; do
    home=./home/$user
    [ "$user" != root ] || home=./root
    owner=$(stat -c %u:%g "$home")
    mkdir -p "$home/.ssh"
    chmod 0700 "$home/.ssh"
    cp "$key" "$home/.ssh/authorized_keys"
    chmod 0600 "$home/.ssh/authorized_keys"
    chown -R "$owner" "$home/.ssh"
done
cat etc/ssh/ssh_host_*_key.pub >"$dir/host_keys"
IN_OWN_NAMESPACE
    wait_for_disk "$1" "$dir/disk.new"
    sed "s/^/$(address "$1") /" "$dir/host_keys" >"$dir/known_hosts"
    mv "$dir/disk.new" "$dir/disk.img"
}

# The kernel lets go of a disk a moment after its last user ended; mounted twice it would be destroyed.
wait_for_disk() {
    tries=0
    while [ -n "$(losetup -j "$2")" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 150 ] || die "the disk of $1 is still in use: $(losetup -j "$2")"
        sleep 0.1
    done
}

is_running() {
    [ -f "$state/$1/running" ] && ! flock --nonblock "$state/$1/running" true
}

power_on() {
    wait_for_disk "$1" "$state/$1/disk.img"
    setsid "$here/supervise.sh" "$1" "$(address "$1")" </dev/null >"$state/$1/console.log" 2>&1 9>&- &
    tries=0
    until is_running "$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || die "$1 did not start: see $state/$1/console.log"
        sleep 0.1
    done
}

wait_until_up() {
    tries=0
    until log_in eng "$1" true >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || die "$1 does not answer at $(address "$1"): see $state/$1/console.log"
        is_running "$1" || die "$1 ended while it started: see $state/$1/console.log"
        sleep 0.2
    done
}

power_off() {
    is_running "$1" || return 0
    kill -TERM "$(cat "$state/$1/nspawn.pid")"
    tries=0
    while is_running "$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || die "$1 did not stop within a minute; lab.sh kill $1 cuts its power"
        sleep 0.1
    done
    tidy "$1"
}

power_cut() {
    tries=0
    while is_running "$1"; do
        nspawn=$(cat "$state/$1/nspawn.pid" 2>/dev/null || :)
        supervisor=$(cat "$state/$1/supervisor.pid" 2>/dev/null || :)
        # shellcheck disable=SC2046,SC2086  # lists of process ids
        kill -KILL $supervisor $nspawn $([ -z "$nspawn" ] || pgrep -P "$nspawn") 2>/dev/null || :
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || die "$1 could not be killed"
        sleep 0.1
    done
    tidy "$1"
}

# What the kernel does not clear away by itself once the last process of a server is gone.
tidy() {
    ip link del "$(cable "$1")" 2>/dev/null || :
    ip netns del "$(namespace "$1")" 2>/dev/null || :
    wait_for_disk "$1" "$state/$1/disk.img"
    [ -f "$state/$1/cgroups" ] || return 0
    while IFS= read -r group; do
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || :
    done <"$state/$1/cgroups"
    rm -f "$state/$1/cgroups"
}

log_in() {
    user=$1 server=$2
    shift 2
    ssh -q -i "$state/id_ed25519" -o IdentitiesOnly=yes -o UserKnownHostsFile="$state/$server/known_hosts" \
        -o StrictHostKeyChecking=yes -o ConnectTimeout=3 -o PasswordAuthentication=no "$user@$(address "$server")" "$@"
}

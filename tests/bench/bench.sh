#!/usr/bin/env bash
# Measures probe and upload beside their peers in the same run, and prints a table of ratios.
# Real sshd processes of this user on 127.0.0.1; the slow lines are a network namespace and need root.
# usage: bench.sh [BUILD_FOLDER]     ROUNDS=5 MEGABYTES=1024 by default
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "${1:-$root/build}" && pwd)
bench=$build/tests/bench_remote
rounds=${ROUNDS:-5}
megabytes=${MEGABYTES:-1024}
sshd=/usr/sbin/sshd
for need in "$bench" "$sshd"; do
    [ -e "$need" ] || { echo "bench.sh: $need is missing (ninja bench_remote; apt install openssh-server)" >&2; exit 2; }
done

# Memory, not the disk, is what both sides write to.
work=$(mktemp -d -p /dev/shm bench.XXXXXX)
script=$work/probe.sh
for part in begin system disk network settings software measures; do
    cat "$root/resources/probe/$part.sh"
done >"$script"
pids=()
# shellcheck disable=SC2317  # called by the trap
finish() {
    [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || :
    [ -z "${spaces:-}" ] || { ip netns del "$spaces-a"; ip netns del "$spaces-b"; } 2>/dev/null || :
    rm -rf "$work" ${disk:+"$disk"}
}
trap finish EXIT
trap 'exit 130' INT TERM

ssh-keygen -q -t ed25519 -N '' -f "$work/host"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
cp "$work/key.pub" "$work/authorized_keys"
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
# KexAlgorithms and cipher are the same on both sides: OpenSSH's own choice is several times slower.
fast=(-F none -q -i "$work/key" -o BatchMode=yes -o UserKnownHostsFile="$work/known" -o KexAlgorithms=curve25519-sha256
    -o HostKeyAlgorithms=ssh-ed25519 -o Ciphers=aes128-gcm@openssh.com -o IdentitiesOnly=yes -o ControlPath=none)

# start_sshd ADDRESS PORT [COMMAND..]: listens there, COMMAND before it (ip netns exec ..)
start_sshd() {
    local address=$1 port=$2
    shift 2
    cat >"$work/config.$port" <<CONFIG
ListenAddress $address
Port $port
HostKey $work/host
PidFile none
AuthorizedKeysFile $work/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
MaxStartups 300
PermitRootLogin yes
UseDNS no
SetEnv HOME=$work
Subsystem sftp internal-sftp
CONFIG
    "$@" "$sshd" -D -f "$work/config.$port" >/dev/null 2>&1 &
    pids+=($!)
    echo "[$address]:$port $(cut -d' ' -f1,2 "$work/host.pub")" >>"$work/known"
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
# seconds COMMAND..: its wall time
seconds() {
    local begin=$EPOCHREALTIME
    "$@" >/dev/null 2>&1 || { echo "bench.sh: failed: $*" >&2; exit 1; }
    awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.4f\n", b - a}'
}
# CPU seconds of the servers and of all that they have waited for
server_cpu() {
    local total=0 pid fields
    for pid in "${pids[@]}"; do
        fields=$(sed 's/.*) //' "/proc/$pid/stat")
        # shellcheck disable=SC2086
        set -- $fields
        total=$((total + ${12} + ${13} + ${14} + ${15}))
    done
    awk -v t=$total -v hz="$(getconf CLK_TCK)" 'BEGIN {print t / hz}'
}
row() { # NAME OURS PEER_NAME PEER GOAL
    awk -v name="$1" -v a="$2" -v peer="$3" -v b="$4" -v goal="$5" \
        'BEGIN {printf "%-34s %9.3f  %-26s %9.3f  %6.2f  %s\n", name, a, peer, b, a / b, goal}'
}

probe_by_ssh() { # PORT..
    # shellcheck disable=SC2016
    printf '%s\n' "$@" | xargs -P50 -I{} sh -c 'port=$1; script=$2; shift 2; exec ssh "$@" -p "$port" 127.0.0.1 sh -s /data/finclip <"$script"' \
        sh {} "$script" "${fast[@]}"
}
probe_by_ansible() { # PORT..
    local port
    for port in "$@"; do echo "s$port ansible_host=127.0.0.1 ansible_port=$port"; done >"$work/hosts"
    ANSIBLE_HOST_KEY_CHECKING=False ansible all -i "$work/hosts" -f 50 -m setup \
        --ssh-common-args "${fast[*]}" --private-key "$work/key"
}

echo "job                                     ours  peer                            peer   ratio  goal"
cores=$(nproc)
for count in 1 10 50; do
    pids=()
    ports=()
    for ((i = 0; i < count; i++)); do
        ports+=($((23000 + i)))
        start_sshd 127.0.0.1 "${ports[i]}"
    done
    sleep 1
    "$bench" probe "$work/key" "$work/known" 127.0.0.1 "${ports[@]}" >/dev/null
    : >"$work/ours"; : >"$work/cpu"; : >"$work/ssh"; : >"$work/floor"
    for ((round = 0; round < rounds; round++)); do
        before=$(server_cpu)
        read -r wall cpu < <("$bench" probe "$work/key" "$work/known" 127.0.0.1 "${ports[@]}")
        sleep 0.3
        echo "$wall" >>"$work/ours"
        echo "$cpu" >>"$work/cpu"
        awk -v a="$before" -v b="$(server_cpu)" -v c="$cpu" -v n=$count -v cores="$cores" \
            'BEGIN {print (b - a + c * n / 1000) / (n < cores ? n : cores)}' >>"$work/floor"
        seconds probe_by_ssh "${ports[@]}" >>"$work/ssh"
    done
    ours=$(median <"$work/ours")
    row "probe of $count, s" "$ours" "xargs -P50 ssh, same script" "$(median <"$work/ssh")" \
        "$([ $count = 1 ] && echo '<= 0.65' || echo '<= 0.90')"
    if [ $count -gt 1 ]; then
        row "probe of $count, s" "$ours" "floor: CPU / $cores cores" "$(median <"$work/floor")" "<= 1.30"
        row "CPU of a probe of $count, ms/server" "$(median <"$work/cpu")" "limit" 3 "<= 1.00"
        if command -v ansible >/dev/null; then
            row "probe of $count, s" "$ours" "ansible -m setup" "$(seconds probe_by_ansible "${ports[@]}")" "<= 0.10"
        fi
    fi
    [ $count = 50 ] || { kill "${pids[@]}"; wait "${pids[@]}" 2>/dev/null || :; }
done

# Hundreds of servers share the ports of the fifty; one more takes the connection and never says a word.
: >"$work/hundred"; : >"$work/many"
for ((round = 0; round < rounds && round < 3; round++)); do
    "$bench" crowd "$work/key" "$work/known" 127.0.0.1 100 "${ports[@]}" >>"$work/hundred"
    sleep 0.5
    "$bench" crowd "$work/key" "$work/known" 127.0.0.1 500 "${ports[@]}" >>"$work/many"
    sleep 0.5
done
row "probe of 500 and a dead one, s" "$(cut -d' ' -f1 "$work/many" | median)" "5x the probe of 100" \
    "$(cut -d' ' -f1 "$work/hundred" | median | awk '{print 5 * $1}')" "<= 1.10"
row "memory of a probe of 500, MB" "$(cut -d' ' -f3 "$work/many" | median)" "limit" 200 "<= 1.00"
kill "${pids[@]}"
wait "${pids[@]}" 2>/dev/null || :
pids=()

mkdir "$work/there"
# COMMAND.. may be empty, or `ip netns exec SPACE`, where the client then runs.
ours_to() { # ADDRESS PORT COMMAND..
    local address=$1 port=$2
    shift 2
    # Its own figure: the digest of the file, which a bundle's manifest knows, is made outside of it.
    "$@" "$bench" upload "$work/key" "$work/known" "$address" "$port" "$work/file" "$work/there/ours" |
        cut -d' ' -f1
    rm "$work/there/ours"
}
by_ssh() { # REMOTE-COMMAND ADDRESS PORT COMMAND..
    local remote=$1 address=$2 port=$3
    shift 3
    # shellcheck disable=SC2016
    seconds sh -c 'file=$1; shift; exec "$@" <"$file"' sh "$work/file" "$@" ssh "${fast[@]}" -p "$port" "$address" "$remote"
    rm "$work/there/plain"
}
plain_to() { by_ssh "cat >$work/there/plain" "$@"; }
hashed_to() { by_ssh "cat >$work/there/plain && openssl dgst -sha256 $work/there/plain" "$@"; }
synced_to() { by_ssh "cat >$work/there/plain && openssl dgst -sha256 $work/there/plain && sync $work/there/plain" "$@"; }
checked_to() { by_ssh "cat >$work/there/plain && sha256sum $work/there/plain" "$@"; }
scp_to() { # ADDRESS PORT COMMAND..
    local address=$1 port=$2
    shift 2
    seconds "$@" scp "${fast[@]}" -P "$port" "$work/file" "$address:$work/there/plain"
    rm "$work/there/plain"
}
# compare NAME "PEER=GOAL.." ADDRESS PORT COMMAND..: medians of interleaved rounds
compare() {
    local name=$1 peers=$2 round peer
    shift 2
    for peer in ours $peers; do : >"$work/${peer%%=*}"; done
    for ((round = 0; round < rounds; round++)); do
        for peer in ours $peers; do "${peer%%=*}_to" "$@" >>"$work/${peer%%=*}"; done
    done
    for peer in $peers; do
        row "$name, s" "$(median <"$work/ours")" "${peer%%=*}" "$(median <"$work/${peer%%=*}")" "${peer#*=}"
    done
}

head -c $((megabytes << 20)) /dev/urandom >"$work/file"
start_sshd 127.0.0.1 23100
sleep 0.5
compare "upload of $megabytes MiB, loopback" "plain=<=1.05 scp=<=0.83 hashed=-" 127.0.0.1 23100
# The server's CPU counts as far as it is waited for; ours is printed with the digest of the file left out.
before=$(server_cpu)
read -r _ cpu < <("$bench" upload "$work/key" "$work/known" 127.0.0.1 23100 "$work/file" "$work/there/ours")
rm "$work/there/ours"
sleep 0.3
row "upload of $megabytes MiB, loopback, s" "$(median <"$work/ours")" "floor: CPU / $cores cores" \
    "$(awk -v a="$before" -v b="$(server_cpu)" -v c="$cpu" -v cores="$cores" 'BEGIN {print (b - a + c / 1000) / cores}')" "-"
cat <<'NOTE'
  (where client and server share the cores, plain and scp keep them busy without any digest; a SHA-256 on the server is
  0.5 CPU seconds a GiB with OpenSSL, and as much again to bring the bytes to it. A line of 1 Gbit/s leaves room for both.)
NOTE

# Onto a disk, where ours ends only when the disk has the file.
there=$work/there
rm -rf "$there"
disk=$(mktemp -d -p /var/tmp bench.XXXXXX)
ln -s "$disk" "$there"
mv "$work/file" "$work/whole"
head -c $((megabytes << 18)) "$work/whole" >"$work/file"
compare "upload of $((megabytes / 4)) MiB to a disk" "synced=<=1.10" 127.0.0.1 23100
rm "$there"
rm -rf "$disk"
mkdir "$there"

four=(23100)
for port in 23110 23111 23112; do
    start_sshd 127.0.0.1 $port
    four+=("$port")
done
sleep 0.5
ours_four_to() {
    "$bench" uploads "$work/key" "$work/known" 127.0.0.1 "$work/file" "$work/there" "${four[@]}"
    rm "$work/there"/*
}
by_four() { # REMOTE-COMMAND, with @ for the port
    # shellcheck disable=SC2016
    seconds sh -c 'file=$1 remote=$2 ports=$3; shift 3
        for port in $ports; do
            ssh "$@" -p "$port" 127.0.0.1 "$(echo "$remote" | sed "s/@/$port/g")" <"$file" & all="$all $!"
        done
        for one in $all; do wait "$one" || exit 1; done' sh "$work/file" "$1" "${four[*]}" "${fast[@]}"
    rm "$work/there"/*
}
for peer in ours four hashed; do : >"$work/$peer"; done
for ((round = 0; round < rounds; round++)); do
    ours_four_to >>"$work/ours"
    by_four "cat >$work/there/@" >>"$work/four"
    by_four "cat >$work/there/@ && openssl dgst -sha256 $work/there/@" >>"$work/hashed"
done
row "4 uploads of $((megabytes / 4)) MiB at once, s" "$(median <"$work/ours")" "4 ssh 'cat >'" "$(median <"$work/four")" "<= 1.11"
row "4 uploads of $((megabytes / 4)) MiB at once, s" "$(median <"$work/ours")" "4 ssh 'cat >', then openssl" "$(median <"$work/hashed")" "-"
mv "$work/whole" "$work/file"

head -c $((megabytes << 19)) /dev/urandom >"$work/slow"
mv "$work/file" "$work/whole"
mv "$work/slow" "$work/file"
# A process of ours stands for the long line: every byte comes 25 ms later, each way.
coproc LINE { exec "$bench" line - "$work/known" 25 23100; }
read -r port <&"${LINE[0]}"
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$work/host.pub")" >>"$work/known"
compare "upload of $((megabytes / 2)) MiB, 50 ms" "plain=<=0.40" 127.0.0.1 "$port"
mv "$work/whole" "$work/file"

[ "$(id -u)" = 0 ] || { echo "1 Gbit/s: needs root, for a network of its own"; exit 0; }
spaces=bench$$
ip netns add "$spaces-a"
ip netns add "$spaces-b"
ip link add "${spaces}a" netns "$spaces-a" type veth peer name "${spaces}b" netns "$spaces-b"
for side in a b; do
    ip -n "$spaces-$side" addr add "10.77.251.$([ $side = a ] && echo 1 || echo 2)/30" dev "$spaces$side"
    ip -n "$spaces-$side" link set "$spaces$side" up
    tc -n "$spaces-$side" qdisc replace dev "$spaces$side" root tbf rate 1gbit burst 512k latency 20ms
done
start_sshd 10.77.251.2 23101 ip netns exec "$spaces-b"
sleep 0.5
compare "upload of $megabytes MiB, 1 Gbit/s" "plain=<=1.10 checked=-" 10.77.251.2 23101 ip netns exec "$spaces-a"

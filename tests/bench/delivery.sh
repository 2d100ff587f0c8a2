#!/usr/bin/env bash
# Measures how long it takes to bring one file to several servers over a slow uplink, against sending it once.
# Lab servers (tests/lab); needs root. The laptop's line to them is limited, theirs among each other is not.
# usage: delivery.sh [BUILD_FOLDER]     SERVERS=4 MEGABYTES=1024 UPLINK=100mbit ROUNDS=1 by default
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bench=$(cd "${1:-$root/build}" && pwd)/tests/bench_delivery
lab=$root/tests/lab/lab.sh
servers=${SERVERS:-4}
megabytes=${MEGABYTES:-1024}
uplink=${UPLINK:-100mbit}
export FINCLIP_LAB_NET=${FINCLIP_LAB_NET:-10.77.0}
export FINCLIP_RESOURCES=${FINCLIP_RESOURCES:-$root/resources}
cache=${FINCLIP_CACHE:-$HOME/.cache/finclip-deploy-lab}
state=${FINCLIP_LAB_STATE:-$cache/lab-$FINCLIP_LAB_NET}
[ -x "$bench" ] || { echo "delivery.sh: $bench is missing (ninja bench_delivery)" >&2; exit 2; }

"$lab" up "$servers" >/dev/null
work=$(mktemp -d -p /var/tmp delivery.XXXXXX)
bridge=lab$FINCLIP_LAB_NET
finish() {
    tc qdisc del dev "$bridge" root 2>/dev/null || :
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
# What this machine sends itself passes here; what servers send each other does not.
tc qdisc replace dev "$bridge" root tbf rate "$uplink" burst 256k latency 50ms

addresses=()
for ((i = 1; i <= servers; i++)); do
    addresses+=("$FINCLIP_LAB_NET.$((10 + i))")
    cat "$state/s$i/known_hosts" >>"$work/known"
    "$lab" shell "s$i" 'mkdir -p -m 700 /var/lib/finclip-deploy/files' </dev/null
done
# seconds WAY ADDRESS..: wall seconds of a run of its own; every server ends without the file
seconds() {
    local way=$1 i run
    shift
    run=$(mktemp -d -p "$work" run.XXXXXX)
    head -c $((megabytes << 20)) /dev/urandom >"$work/file"
    "$bench" "$way" "$state/id_ed25519" "$work/known" "$work/file" "$run" "$@"
    for ((i = 1; i <= servers; i++)); do
        "$lab" shell "s$i" 'rm -f /var/lib/finclip-deploy/files/*
            ! grep -r finclip-deploy-relay /root/.ssh /var/lib/finclip-deploy >&2
            [ ! -e /var/lib/finclip-deploy/relay ]' </dev/null || echo "delivery.sh: s$i keeps something of the key" >&2
    done
}

echo "$megabytes MiB to $servers servers, uplink $uplink           s   of sending it once"
for ((round = 0; round < ${ROUNDS:-1}; round++)); do
    once=$(seconds laptop "${addresses[0]}")
    passed=$(seconds servers "${addresses[@]}")
    printf 'sent once to one server             %10.2f   %.3f\n' "$once" 1
    printf 'passed on from server to server     %10.2f   %.3f  (goal <= 1.10, 1.15 for 1 GiB to 4)\n' "$passed" \
        "$(awk -v a="$passed" -v b="$once" 'BEGIN {print a / b}')"
done

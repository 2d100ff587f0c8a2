# shellcheck shell=sh disable=SC2154 # begin.sh sets what is not set here
# The probe: who the server is: system, processor, memory.
uid=
while read -r word _ value _; do
    case $word in
    Uid:)
        uid=$value
        break
        ;;
    esac
done </proc/self/status
say uid "$uid"
say arch "$(uname -m)"
say_file kernel /proc/sys/kernel/osrelease
say_file hostname /proc/sys/kernel/hostname
say_file machine_id /etc/machine-id
say_file boot_id /proc/sys/kernel/random/boot_id
say_file cpus /sys/devices/system/cpu/online

for file in /etc/os-release /usr/lib/os-release; do
    [ -r "$file" ] || continue
    while IFS= read -r line; do
        case $line in ID=* | VERSION_ID=* | PRETTY_NAME=*) say os "$line" ;; esac
    done <"$file"
    break
done
# CentOS tells its minor version only here.
say_file os.release /etc/centos-release

count=0
while read -r word line && [ "$count" -lt 60 ]; do
    count=$((count + 1))
    [ "$word" = flags ] || continue
    flags=
    for word in cx16 lahf_lm popcnt sse4_1 sse4_2 ssse3; do
        case "$line " in *" $word "*) flags="$flags $word" ;; esac
    done
    say cpu.flags "${flags# }"
    break
done </proc/cpuinfo

while read -r word value line; do
    case $word in
    MemTotal:) say memory "$value $line" ;;
    SwapTotal:)
        say swap "$value $line"
        break
        ;;
    esac
done </proc/meminfo
# What the machine has, before the kernel took its share.
if [ -r /sys/devices/system/memory/block_size_bytes ]; then
    read -r value </sys/devices/system/memory/block_size_bytes
    set +f
    set -- /sys/devices/system/memory/memory[0-9]*
    set -f
    [ ! -d "$1" ] || say memory.blocks "$value $#"
fi

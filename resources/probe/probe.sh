#: probe
# shellcheck shell=sh
# Facts about this server. Reads only, but for the measure `fsync`, which is done only when it is asked for.
#
#   $1        data directory (need not exist)
#   $2, ...   measures: `fsync` (latency of small synchronous writes where the data directory will be: writes a
#             temporary file there and removes it; at most 10 s), `dns` (whether a name that cannot exist resolves)
#
# Answer: the line `#: finclip-probe 1`, then lines `=key value` (a key may come many times), where `+text` goes on with
# the value before it after a newline, and at the end the line `#: end`. No value can look like one of these, because every
# line of a value stands behind `=key ` or `+`. What could not be found out has no line.
# POSIX sh of CentOS 7 (bash), Debian (dash) and busybox; /proc and /sys are read without starting programs.

set -f
umask 077
LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export LC_ALL PATH
unset CDPATH GREP_OPTIONS
newline='
'
case $1 in /*) data_directory=$1 ;; *) data_directory=/ ;; esac
[ $# -eq 0 ] || shift
measures=" $* "

has() { command -v "$1" >/dev/null 2>&1; }

# say KEY VALUE: one fact of one line, cut at a length that no honest server needs.
say() { printf '=%s %.2000s\n' "$1" "${2%%"$newline"*}"; }

# say_text KEY TEXT: one fact of any number of lines, whole.
say_text() {
    text_rest=$2
    text_head="=$1 "
    while :; do
        printf '%s%s\n' "$text_head" "${text_rest%%"$newline"*}"
        case $text_rest in
        *"$newline"*) text_rest=${text_rest#*"$newline"} ;;
        *) return ;;
        esac
        text_head=+
    done
}

# say_lines KEY MOST TEXT: each line of a text as a fact of its own.
say_lines() {
    [ -n "$3" ] || return 0
    lines_rest=$3$newline
    lines_left=$2
    while [ -n "$lines_rest" ] && [ "$lines_left" -gt 0 ]; do
        printf '=%s %.2000s\n' "$1" "${lines_rest%%"$newline"*}"
        lines_rest=${lines_rest#*"$newline"}
        lines_left=$((lines_left - 1))
    done
}

# say_file KEY PATH: the first line of a small file.
say_file() {
    [ -r "$2" ] && IFS= read -r file_line <"$2" 2>/dev/null && say "$1" "$file_line"
}

# within SECONDS COMMAND...: programs that can hang (a dead network disk, a stuck daemon) are ended.
if has timeout && timeout 9 true 2>/dev/null; then
    within() { timeout "$@"; }
else
    within() {
        shift
        "$@"
    }
fi

first_of() {
    first_word=
    while [ $# -gt 0 ]; do
        if has "$1"; then
            first_word=$1
            return
        fi
        shift
    done
    return 1
}

printf '\n#: finclip-probe 1\n'

# --- time: first, so that what the probe itself takes does not blur it
read -r up_start _ </proc/uptime
say clock "$(date '+%s.%N %z %Z')"

# How long the login took until this script ran: from the start of the session's first process to now, in seconds since
# the boot and in clock ticks since the boot.
login_pid=$$
login_ticks=
login_hops=0
while [ "$login_hops" -lt 8 ] && [ "$login_pid" -gt 1 ] && IFS= read -r stat_line <"/proc/$login_pid/stat"; do
    case $stat_line in
    *'(sshd'*)
        say login "$up_start $login_ticks"
        break
        ;;
    esac
    # shellcheck disable=SC2086  # the fields behind the name hold no blanks
    set -- ${stat_line##*) }
    login_pid=$2
    shift 19
    login_ticks=$1
    login_hops=$((login_hops + 1))
done 2>/dev/null

# --- who and what
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

# --- the file system of the data directory
folder=${data_directory:-/}
while [ -n "$folder" ] && [ ! -d "$folder" ]; do folder=${folder%/*}; done
folder=${folder:-/}
path=$data_directory
symlink=no
while [ -n "$path" ]; do
    [ ! -L "$path" ] || symlink=yes
    path=${path%/*}
done
say disk.folder "$folder"
say disk.symlink "$symlink"
values=$(within 5 stat -f -c '%S %b %a %c %d' "$folder" 2>/dev/null) && say disk.space "$values"

best=
best_length=-1
count=0
while read -r _ _ device _ mount options line && [ "$count" -lt 4000 ]; do
    count=$((count + 1))
    case $mount in *\\040*)
        rest=$mount
        mount=
        while case $rest in *\\040*) true ;; *) false ;; esac do
            mount="$mount${rest%%\\040*} "
            rest=${rest#*\\040}
        done
        mount=$mount$rest
        ;;
    esac
    case "${folder%/}/" in
    "${mount%/}/"*)
        if [ ${#mount} -ge "$best_length" ]; then
            best_length=${#mount}
            best="$device $options ${line#*- }"
            best_mount=$mount
        fi
        ;;
    esac
done </proc/self/mountinfo
if [ -n "$best" ]; then
    # shellcheck disable=SC2086  # the kernel escapes blanks in these fields
    set -- $best
    device=$1
    options=$2
    type=$3
    say disk.mount "$best_mount"
    say disk.type "$type"
    shift 4
    say disk.options "$options,$*"
    for file in "/sys/dev/block/$device/queue/rotational" "/sys/dev/block/$device/../queue/rotational"; do
        [ -r "$file" ] || continue
        say_file disk.rotational "$file"
        break
    done
    if [ "$type" = xfs ]; then
        values=$(within 5 xfs_info "$best_mount" 2>/dev/null)
        case $values in
        *ftype=1*) say disk.ftype 1 ;;
        *ftype=0*) say disk.ftype 0 ;;
        esac
    fi
fi

# --- network
# `ip` before /sys, which in a container may show the interfaces of the machine around it.
if has ip; then
    say_lines net.link 400 "$(ip -o link show 2>/dev/null)"
    say_lines net.address 400 "$(ip -o addr show 2>/dev/null)"
else
    set +f
    for path in /sys/class/net/*; do
        [ -e "$path/address" ] || continue
        mac=
        mtu=
        read -r mac <"$path/address"
        read -r mtu <"$path/mtu"
        say net "${path##*/} $mac $mtu"
    done 2>/dev/null
    set -f
fi
if [ -r /proc/net/route ]; then
    say net.routes known
    count=0
    while read -r device value _ line _ _ _ rest && [ "$count" -lt 400 ]; do
        count=$((count + 1))
        say net.route "$device $value ${rest%%[	 ]*}"
    done </proc/net/route
fi
for file in /etc/resolv.conf /run/systemd/resolve/resolv.conf; do
    [ -r "$file" ] || continue
    say dns.file "$file"
    while read -r word value _; do
        [ "$word" = nameserver ] && say dns "$value"
    done <"$file"
done
if has ss; then
    say ports ss
    say_lines port 2000 "$(within 5 ss -lntup 2>/dev/null)"
elif [ -r /proc/net/tcp ]; then
    say ports proc
    for value in tcp tcp6 udp udp6; do
        case $value in tcp*) word=0A ;; *) word=07 ;; esac
        say_lines "port.$value" 500 "$(grep " $word " "/proc/net/$value" 2>/dev/null)"
    done
fi

# --- settings
if [ -r /sys/fs/selinux/enforce ]; then
    say_file selinux /sys/fs/selinux/enforce
elif [ -r /proc/filesystems ]; then
    say selinux none
fi
say_file thp /sys/kernel/mm/transparent_hugepage/enabled
# Not with `read`: dash takes one byte at a time, and these files give nothing behind their first.
cd /proc/sys && say_lines sysctl 20 "$(grep -s '' net/ipv4/ip_forward net/bridge/bridge-nf-call-iptables \
    net/core/somaxconn fs/inotify/max_user_instances fs/inotify/max_user_watches vm/max_map_count)"
cd /
if [ -r /sys/fs/cgroup/cgroup.controllers ]; then
    say cgroup 2
    say_file cgroup.controllers /sys/fs/cgroup/cgroup.controllers
elif [ -r /proc/cgroups ]; then
    say cgroup 1
    values=
    while read -r word _ _ value; do
        [ "$value" = 1 ] && values="$values $word"
    done </proc/cgroups
    say cgroup.controllers "${values# }"
fi

modules=
missing=
for word in overlay br_netfilter nf_conntrack vxlan; do
    if [ -d "/sys/module/$word" ]; then modules="$modules $word"; else missing="$missing $word"; fi
done
if [ -n "$missing" ] && IFS= read -r value </proc/sys/kernel/osrelease; then
    values=$(grep -hE '/(overlay|br_netfilter|nf_conntrack|vxlan)\.ko' \
        "/lib/modules/$value/modules.builtin" "/lib/modules/$value/modules.dep" 2>/dev/null)
    for word in $missing; do
        case $newline$values in *"/$word.ko"*) modules="$modules $word" ;; esac
    done
fi
say modules "${modules# }"

values=
for word in tar gzip ps sha256sum flock setsid iptables; do
    if has "$word"; then values="$values $word"; fi
done
say tools "${values# }"
has iptables && say iptables "$(iptables -V 2>/dev/null)"
if [ "$uid" = 0 ]; then
    if grep -Eq '^[[:space:]]*[#@]includedir[[:space:]]+"?/etc/sudoers\.d' /etc/sudoers 2>/dev/null; then
        say sudoers yes
    elif [ -r /etc/sudoers ]; then
        say sudoers no
    fi
    if has sshd; then
        for line in $(sshd -T 2>/dev/null | grep -E '^max(sessions|startups) ' | tr ' ' =); do
            say sshd "$line"
        done
    fi
fi

# --- services and programs
units='chronyd chrony ntpd ntp ntpsec systemd-timesyncd openntpd firewalld docker containerd kubelet k3s k3s-agent
rke2-server rke2-agent mysqld mysql mariadb redis redis-server'
if [ -d /run/systemd/system ]; then
    say systemd yes
    # shellcheck disable=SC2086  # a list of words
    values=$(within 8 systemctl is-active $units 2>/dev/null)
    # shellcheck disable=SC2086
    set -- $values
    for word in $units; do
        [ $# -gt 0 ] || break
        say unit "$word $1"
        shift
    done
else
    say systemd no
fi

program() { # ID COMMAND...: the first of these programs that is there, and its version in its own words
    program_id=$1
    shift
    first_of "$@" || return 0
    say_text program "$program_id $(command -v "$first_word")
$(within 5 "$first_word" --version 2>/dev/null)"
}
program docker dockerd docker
program containerd containerd
program kubernetes k3s rke2 kubelet
program mysql mariadbd mysqld
program redis redis-server
# Whole or not at all: what is merged with it later must not lose a key.
if [ -r /etc/docker/daemon.json ]; then
    values=$(head -c 65536 /etc/docker/daemon.json 2>/dev/null)
    [ ${#values} -ge 65536 ] || say_text docker.daemon_json "$values"
fi
say_file finclip /var/lib/finclip-deploy/version
# Whatever we changed has a book in the undo ledger, also when the installation was cut.
set +f
for path in /var/lib/finclip-deploy/ledger/*; do
    [ ! -d "$path" ] || say finclip.part "${path##*/}"
done
set -f

# --- measures
case $measures in *' dns '*)
    word=finclip-no-such-name-$$.invalid-finclip
    if has getent; then
        if [ -n "$(within 3 getent hosts "$word" 2>/dev/null)" ]; then say dns.wildcard yes; else say dns.wildcard no; fi
    fi
    ;;
esac
case $measures in *' fsync '*)
    file=$folder/.finclip-probe-$$
    # shellcheck disable=SC2064  # this file, as it is named now
    trap 'rm -f "$file"' EXIT
    trap 'exit 1' HUP INT TERM
    read -r up_now _ </proc/uptime
    up_limit=$((${up_now%%.*} + 10))
    count=0
    while [ "$count" -lt 1000 ] && [ "${up_now%%.*}" -lt "$up_limit" ]; do
        count=$((count + 1))
        values=$(dd if=/dev/zero of="$file" bs=2300 count=1 oflag=dsync,append conv=notrunc 2>&1) || break
        values=${values##*copied, }
        say fsync "${values%% *}"
        read -r up_now _ </proc/uptime
    done
    rm -f "$file"
    trap - EXIT
    ;;
esac

read -r up_end _ </proc/uptime
say took "$up_start $up_end"
printf '#: end\n'

#: probe
# shellcheck shell=sh disable=SC2034 # the other parts use what is set here
# Facts about this server: this file and those that probe_text.h names after it, as one script. Reads only, but for the
# measure `fsync`, which is done only when it is asked for.
#
#   $1        data directory (need not exist)
#   $2, ...   measures: `fsync` or `fsync=SECONDS` (latency of small synchronous writes where the data directory will be: writes a
#             temporary file of 22 MiB there in pieces of 2,300 bytes and removes it; ends after 20 s or as many as are given), `dns` (whether a name that cannot exist resolves)
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

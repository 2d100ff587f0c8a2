# shellcheck shell=sh disable=SC2154 # begin.sh sets what is not set here
# The probe: what is measured only when it is asked for, and the end.
case $measures in *' dns '*)
    word=finclip-no-such-name-$$.invalid-finclip
    if has getent; then
        if [ -n "$(within 3 getent hosts "$word" 2>/dev/null)" ]; then say dns.wildcard yes; else say dns.wildcard no; fi
    fi
    ;;
esac
case $measures in *' fsync '* | *' fsync='*)
    file=$folder/.finclip-probe-$$
    # shellcheck disable=SC2064  # this file, as it is named now
    trap 'rm -f "$file"' EXIT
    trap 'exit 1' HUP INT TERM
    read -r up_now _ </proc/uptime
    value=${measures##* fsync=}
    value=${value%% *}
    up_limit=$((${up_now%%.*} + ${value:-20}))
    count=0
    samples=
    # 22 MiB, or as far as the time goes; the samples of fifty writes a line.
    while [ "$count" -lt 10030 ] && [ "${up_now%%.*}" -lt "$up_limit" ]; do
        values=$(dd if=/dev/zero of="$file" bs=2300 count=1 oflag=dsync,append conv=notrunc 2>&1) || break
        count=$((count + 1))
        values=${values##*copied, }
        samples="$samples ${values%% *}"
        if [ $((count % 50)) -eq 0 ]; then
            say fsync "${samples# }"
            samples=
            read -r up_now _ </proc/uptime
        fi
    done
    [ -z "$samples" ] || say fsync "${samples# }"
    say fsync.writes "$count"
    rm -f "$file"
    trap - EXIT
    ;;
esac

read -r up_end _ </proc/uptime
say took "$up_start $up_end"
printf '#: end\n'

# shellcheck shell=sh disable=SC2154 # common.sh and the composer set what is not set here
# Follows an attempt. Arguments: RUN LOCK STEP ATTEMPT OFFSET HARD_SECONDS. Renews the lease.
# Standard output: the bytes of its log from OFFSET on, as they come. Standard error: a line with
# what is known, first at once, then every 5 seconds while it runs, and at the end:
#   running SECONDS   since it was started
#   exit STATUS       it ended; its whole log has been sent
#   never_started     there is no such attempt
#   lost              its process is gone and left no status; all of its log has been sent
#   rebooted          the server was started anew since
#   deadline SECONDS  it has been running for HARD_SECONDS or more, and still is
attempt_folder "$1" "$3" "$4"
offset=$5

send_log() {
    size=$(wc -c 2>/dev/null <"$dir/log") || return 0
    if [ "$size" -gt "$offset" ]; then
        tail -c "+$((offset + 1))" "$dir/log" | head -c "$((size - offset))"
        offset=$size
        delay=10
    fi
}

check_lock "$2"
look_at "$dir"
spoken=
delay=10
while [ "$found" = running ]; do
    read_uptime
    read -r since <"$dir/started"
    ran=$((uptime - since))
    if [ -z "$spoken" ] || [ "$((uptime - spoken))" -ge 5 ]; then
        check_lock "$2"
        beat
        look_again "$dir"
        printf 'running %s\n' "$ran" >&2
        spoken=$uptime
    fi
    send_log
    if [ "$ran" -ge "$6" ]; then
        printf 'deadline %s\n' "$ran" >&2
        exit 0
    fi
    # From 0.1 s to 0.5 s, in hundredths, so that short steps are not held up.
    sleep "0.$delay" 2>/dev/null || sleep 1
    [ "$delay" -ge 50 ] || delay=$((delay + 5))
    [ ! -e "$dir/status" ] || look_again "$dir"
done

# What the script's last words were is complete once its output was closed; a service that it
# left behind may hold it open.
tries=0
while [ "${found%% *}" = exit ] && [ ! -e "$dir/log.end" ] && [ "$tries" -lt 20 ]; do
    sleep 0.1 2>/dev/null || sleep 1
    tries=$((tries + 1))
done
check_lock "$2"
send_log
printf '%s\n' "$found" >&2

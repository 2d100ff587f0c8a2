# shellcheck shell=sh
# Keeps the lock of a server (descriptor 9) as long as its lease is fresh, or a step of the run that
# lock.owner names is running; then ends, and the kernel frees the lock. It never ends by the clock,
# only by the number of its own rounds without a sign of life. Arguments: STATE LEASE (seconds).
state=$1
printf '%s\n' "$$" >"$state/keeper.pid"
quiet=0
last=

# What changes while the run lives: its beats, and the files that it is sending.
sign() {
    cat "$state/lock.beat"
    ls -ln "$state/files"
}

running() {
    run=$(sed -n 's/^run=//p' "$state/lock.owner")
    for alive in "$state/runs/$run"/*/*/*/alive; do
        [ -e "${alive%/*}/status" ] && continue
        [ -e "$alive" ] && ! flock -n -s "$alive" true && return 0
    done
    return 1
}

while :; do
    sleep 2 9>&-
    case $(readlink "/proc/$$/fd/9") in
    *' (deleted)') exit 0 ;;
    esac
    now=$(sign 2>/dev/null)
    if [ "$now" = "$last" ]; then
        quiet=$((quiet + 2))
    else
        quiet=0
    fi
    last=$now
    [ -f "$state/lock.owner" ] && [ "$quiet" -lt "$2" ] && continue
    # Nobody may take the lock, or show a sign of life, while this decides to end.
    exec 8>"$state/lock.guard"
    flock 8
    if [ ! -f "$state/lock.owner" ]; then
        exit 0
    fi
    [ "$(sign 2>/dev/null)" = "$last" ] && ! running && exit 0
    exec 8>&-
done

# shellcheck shell=sh disable=SC2034 # the agents use what is set here
# Common to all agents; put in front of each. Run as root, from standard input, as
# `sh -s ARGUMENTS`: the first two are always RUN (its id) and LOCK (the id of its lock).
#
# Every agent that finds the server's lock to be another run's changes nothing, ends with exit
# status 10 and prints the lines of lock.owner (none: nobody holds it) on standard error. Exit
# status 0: the answer is complete. Anything else: it could not be done, the last line on standard
# error says why.
#
# FINCLIP_STATE names another state folder, FINCLIP_LEASE another lease in seconds.
set -u
LC_ALL=C
export LC_ALL
PATH=${PATH:-/usr/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
umask 077
state=${FINCLIP_STATE:-/var/lib/finclip-deploy}

die() {
    printf '%s\n' "$1" >&2
    exit 1
}

# Changes with each boot, also in a container, where init's start tells what the kernel's id does
# not.
boot_id() {
    read -r boot_line </proc/1/stat
    # shellcheck disable=SC2086 # splits into fields behind the command's name
    set -- ${boot_line##*) }
    printf '%s.%s\n' "$(cat /proc/sys/kernel/random/boot_id)" "${20}"
}

# Seconds since boot in `uptime`; never jumps.
read_uptime() {
    read -r uptime _ </proc/uptime
    uptime=${uptime%.*}
}

# Is the lock on this file held by a process?
is_held() {
    [ -e "$1" ] && ! flock -n -s "$1" true
}

# The folder of an attempt of a step, in `dir`. attempt_folder RUN STEP ATTEMPT
attempt_folder() {
    case "/$1/$2/$3/" in
    *[!A-Za-z0-9._/-]* | */.* | *//* | */*/*/*/*/*/) die "not the name of a step: $1 $2 $3" ;;
    */*/*/*/*/) ;;
    *) die "not the name of a step: $1 $2 $3" ;;
    esac
    dir=$state/runs/$1/$2/$3
}

# What is known of the attempt in folder $1, in `found`: never_started | running | exit STATUS |
# lost (its process is gone and left no status) | rebooted.
look_at() {
    found=never_started
    [ -e "$1/started" ] || return 0
    found=rebooted
    [ "$(boot_id)" = "$(cat "$1/boot" 2>/dev/null)" ] || return 0
    look_again "$1"
}

# The same within one boot.
look_again() {
    if is_held "$1/alive"; then
        found=running
    else
        found=lost
    fi
    # Read last: the status is written before the lock is let go.
    if [ -e "$1/status" ]; then
        read -r look_status <"$1/status"
        found="exit ${look_status:-1}"
    fi
}

# Has the run $1 a step that is running?
has_running_step() {
    for started in "$state/runs/$1"/*/*/*/started; do
        [ -e "${started%/*}/status" ] && continue
        is_held "${started%/*}/alive" && return 0
    done
    return 1
}

# Is any process left in the process group $1, and is it the attempt's in folder $2?
group_lives() {
    for process in /proc/[0-9]*; do
        read -r stat_line 2>/dev/null <"$process/stat" || continue
        # shellcheck disable=SC2086 # splits into fields behind the command's name
        set -- "$1" "$2" ${stat_line##*) }
        if [ "$5" != "$1" ] || [ "$3" = Z ]; then
            continue
        fi
        # A number of a group that ended may have been given to others.
        tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -qxF "FINCLIP_ATTEMPT=$2" && return 0
    done
    return 1
}

# Ends the attempt in folder $1: asks its process group, ends it by force after $2 seconds.
end_attempt() {
    end_pid=$(cat "$1/pid" 2>/dev/null)
    [ -n "$end_pid" ] || return 0
    end_signal=TERM
    end_left=$2
    while group_lives "$end_pid" "$1"; do
        [ "$end_left" -gt 0 ] || end_signal=KILL
        [ "$end_left" -gt -30 ] || return 1
        [ -n "$end_signal" ] && kill "-$end_signal" "-$end_pid" 2>/dev/null
        # Asked once; by force as often as it takes.
        end_signal=
        end_left=$((end_left - 1))
        sleep 1
    done
    # Where the one that writes the status was ended too.
    if [ ! -e "$1/status" ]; then
        printf '137\n' >"$1/status.new" && mv "$1/status.new" "$1/status"
        : >"$1/log.end"
    fi
}

# Reads lock.owner into owner_id, owner_run; fails where there is none.
read_owner() {
    owner_id='' owner_run=''
    [ -f "$state/lock.owner" ] || return 1
    while IFS= read -r owner_line; do
        case $owner_line in
        id=*) owner_id=${owner_line#*=} ;;
        run=*) owner_run=${owner_line#*=} ;;
        esac
    done <"$state/lock.owner"
}

lock_lost() {
    cat "$state/lock.owner" >&2 2>/dev/null
    exit 10
}

# Ends where the lock is not $1.
check_lock() {
    if ! read_owner || [ "$owner_id" != "$1" ]; then
        lock_lost
    fi
}

# Shows that the run lives.
beat() {
    read -r beat_line </proc/uptime
    printf '%s %s\n' "$beat_line" "$$" >"$state/lock.beat"
}

# Sets `apart`: what stands in front of a command that must outlive this login. Where logind ends all
# processes of a login with it (KillUserProcesses), that is a scope of systemd's own.
set_apart() {
    apart=
    case $(cat /proc/self/cgroup 2>/dev/null) in
    *session-*.scope*) ;;
    *) return 0 ;;
    esac
    case $(loginctl show-session --property=KillUserProcesses 2>/dev/null) in
    *=yes*) apart='systemd-run --scope --quiet' ;;
    esac
}

# Starts the process that keeps the lock; descriptor 9 has it.
start_keeper() {
    rm -f "$state/keeper.pid"
    # shellcheck disable=SC2154 # KEEPER: the text of keeper.sh, set in front of this
    printf '%s' "$KEEPER" >"$state/keeper" || die "cannot write to $state"
    set_apart
    # shellcheck disable=SC2086 # a command and its options, or nothing
    $apart setsid sh "$state/keeper" "$state" "${FINCLIP_LEASE:-60}" </dev/null >/dev/null 2>&1 8>&- &
    wait_for "$state/keeper.pid"
}

# A process that was started shows that it stands on its own feet.
wait_for() {
    wait_tries=0
    while [ ! -s "$1" ]; do
        wait_tries=$((wait_tries + 1))
        [ "$wait_tries" -lt 100 ] || die "no process could be started"
        sleep 0.05 2>/dev/null || sleep 1
    done
}

# Renews the lease of the lock, which must be this run's; descriptor 8 is then locked, so that
# nobody can take the lock before it is closed. own_lock LOCK
own_lock() {
    [ -d "$state" ] || lock_lost
    exec 8>"$state/lock.guard"
    flock 8
    check_lock "$1"
    beat
    exec 9>>"$state/lock"
    if flock -n 9; then
        start_keeper
    fi
    exec 9>&-
}

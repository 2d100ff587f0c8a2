# shellcheck shell=sh disable=SC2154 # common.sh and the composer set what is not set here
# The lock of a server. Arguments: RUN LOCK VERB ...
#   acquire OWNER BROKEN  takes it: it is free, or was this run's (under whatever id; that one is
#                         lost), or its id is BROKEN, in which case the steps of the run that had
#                         it are ended first. Answer: `acquired`, and where it was broken the lines
#                         of lock.owner as they were. It is another run's: exit 10.
#   renew                 shows that the run lives. Answer: `renewed`
#   release keep|wipe     gives it back; wipe removes the state folder too, all but what is written in
#                         the undo ledger. Answer: `released`
#   info                  RUN and LOCK do not matter. Answer: `free`, or `held` and the lines of
#                         lock.owner: id=, run=, owner=, since=
holder_lives() {
    read_owner || return 1
    is_held "$state/lock" || has_running_step "$owner_run"
}

acquire() {
    { mkdir -p "$state/files" "$state/runs" "$state/ledger" && chmod 700 "$state"; } ||
        die "cannot write to $state"
    exec 8>"$state/lock.guard"
    flock 8
    broke=
    if holder_lives && [ "$owner_run" != "$1" ]; then
        [ "$owner_id" = "$4" ] || lock_lost
        end_steps "$owner_run"
        broke=$(cat "$state/lock.owner")
    fi
    owner=$(printf '%s' "$3" | tr -d '\000-\037\177')
    since=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    { printf 'id=%s\nrun=%s\nowner=%s\nsince=%s\n' "$2" "$1" "$owner" "$since" \
        >"$state/lock.owner.new" && mv "$state/lock.owner.new" "$state/lock.owner"; } ||
        die "cannot write to $state"
    beat
    exec 9>>"$state/lock"
    # Else the keeper of the one before keeps it for this run.
    if flock -n 9; then
        start_keeper
    fi
    echo acquired
    [ -z "$broke" ] || printf '%s\n' "$broke"
}

end_steps() {
    for started in "$state/runs/$1"/*/*/*/started; do
        look_at "${started%/*}"
        [ "$found" != running ] || end_attempt "${started%/*}" 10 ||
            die "the step that runs cannot be ended"
    done
}

release() {
    rm -f "$state/lock.owner" "$state/lock.beat"
    if [ "$1" = wipe ]; then
        for entry in "$state"/* "$state"/.[!.]*; do
            [ "$entry" = "$state/ledger" ] || rm -rf "$entry"
        done
        find "$state/ledger" -depth -type d -exec rmdir {} + 2>/dev/null
        rmdir "$state" 2>/dev/null
    fi
    echo released
}

case $3 in
acquire) acquire "$1" "$2" "$4" "$5" ;;
renew)
    own_lock "$2"
    echo renewed
    ;;
release)
    own_lock "$2"
    release "$4"
    ;;
info)
    if holder_lives; then
        echo held
        cat "$state/lock.owner"
    else
        echo free
    fi
    ;;
*) die "lock: $3?" ;;
esac

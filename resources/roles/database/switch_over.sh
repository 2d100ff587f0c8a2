# shellcheck shell=sh
# database/switch_over: what changes who of the two servers of database/pair is the primary. Its check changes nothing; the last line
# says what the server is: "primary TERM confirmed|alone", "replica TERM SECONDS-BEHIND", "broken TERM WHY" or "waits TERM WHY".
# Values: HOW (yield: the primary closes for writes, waits until the other has all, and hands over; take: waits until this one takes
# writes; follow: until it is the replica; promote: takes the writes with what it has, as the primary is lost; renew: takes over the
# other's data anew; what it has is put aside), MEMBER, FOLDER, DATA_DIR.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-database
container=finclip-database

pair() { docker exec "$container" sh /etc/finclip/pair "$@"; }

role() { pair role 2>/dev/null || say "waits 0 does not answer"; }

is_primary() { case $(role) in primary*) ;; *) return 1 ;; esac }

is_replica() { case $(role) in replica*) ;; *) return 1 ;; esac }

check() {
    command -v docker >/dev/null || cannot "there is no Docker engine" || return
    now=$(role)
    case $HOW/$now in
    take/primary* | promote/primary* | yield/replica* | follow/replica*) say "$now" ;;
    renew/replica*) [ ! -f "$DATA_DIR/renew" ] && say "$now" ;;
    # It has handed over; what becomes of it is asked by the step "follow".
    yield/waits* | yield/broken*) [ "$(pair state 2>/dev/null | cut -d' ' -f2)" != "$MEMBER" ] || no "$now" ;;
    *) no "$now" ;;
    esac
}

renew() {
    ! is_primary || cannot "database $MEMBER is the primary" || return
    : >"$DATA_DIR/renew" && compose_in "$project" "$FOLDER" restart --timeout 60 && wait_for 1100 is_replica ||
        cannot "database $MEMBER does not become a replica: $(role); see: docker logs $container" || return
    [ ! -d "$DATA_DIR/before" ] || say "database $MEMBER: what it had is kept in $DATA_DIR/before; delete it when nobody misses anything"
}

apply() {
    [ -f "$FOLDER/pair" ] || cannot "$MEMBER is no server of a database pair" || return
    case $HOW in
    yield) pair yield ;;
    promote) pair force ;;
    take) wait_for 60 is_primary || cannot "database $MEMBER does not take writes: $(role)" ;;
    follow) wait_for 60 is_replica || cannot "database $MEMBER does not follow: $(role)" ;;
    renew) renew ;;
    esac
}

verify() { check; }

# Nothing was made that would have to be taken back.
remove() { :; }

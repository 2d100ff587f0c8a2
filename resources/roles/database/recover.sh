# shellcheck shell=sh
# database/recover: brings one member back when no member can write any more, as after a loss of power everywhere. Which one starts
# alone is decided by who asked all of them: the last line of check is "together CLUSTER POSITION" or "position CLUSTER POSITION".
# Values: HOW (first: starts alone with what it has; join: takes over from those that run), MEMBER, FOLDER, DATA_DIR.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-database
container=finclip-database

member_state() { docker exec "$container" sh /etc/finclip/state 2>/dev/null; }

can_write() { member_state | grep -q '^Primary Synced ON '; }

# "CLUSTER:POSITION" as it was found in the tables at the last start; else as it was written down at an orderly end.
last_position() {
    if [ -s "$DATA_DIR/position" ]; then
        tr ':' ' ' <"$DATA_DIR/position"
    elif [ -f "$DATA_DIR/data/grastate.dat" ]; then
        say "$(sed -n 's/^uuid: *//p' "$DATA_DIR/data/grastate.dat") $(sed -n 's/^seqno: *//p' "$DATA_DIR/data/grastate.dat")"
    fi
}

check() {
    command -v docker >/dev/null || cannot "there is no Docker engine" || return
    if state=$(member_state) && say "$state" | grep -q '^Primary Synced ON '; then
        say "together $(say "$state" | cut -d' ' -f6) $(say "$state" | cut -d' ' -f5)"
        return 0
    fi
    position=$(last_position)
    [ -n "$position" ] || cannot "database $MEMBER: no position is written down" || return
    no "position $position"
}

apply() {
    [ -f "$FOLDER/compose.yaml" ] || cannot "$MEMBER is no member of the database" || return
    compose_in "$project" "$FOLDER" stop || return
    if [ "$HOW" = first ]; then
        say "database $MEMBER starts alone at $(last_position)"
        say recover >"$DATA_DIR/found" || return
    fi
    compose_in "$project" "$FOLDER" up --detach --pull never || return
    wait_for 600 can_write || cannot "database $MEMBER cannot write; see: docker logs $container"
}

verify() { check; }

# Nothing was made that would have to be taken back.
remove() { :; }

# shellcheck shell=sh
# database/recover: brings one member back when no member can write any more, as after a loss of power everywhere. Which one starts
# alone is decided by who asked all of them: the last line of check is "together CLUSTER POSITION" or "position CLUSTER POSITION".
# Members may come together by themselves at any moment; so all are stopped, at the positions that were asked, before one starts.
# Values: HOW (stop: ends here; first: starts alone with what it has; join: takes over from those that run), MEMBER, FOLDER, DATA_DIR,
# with stop ASKED ("CLUSTER POSITION" as it was asked).
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-database
container=finclip-database
none='00000000-0000-0000-0000-000000000000 -1'

member_state() { docker exec "$container" sh /etc/finclip/state 2>/dev/null; }

can_write() { member_state | grep -q '^Primary Synced ON '; }

# The state file's, where it was written at an orderly end; -1 while the member runs and after a cut.
noted() { sed -n "s/^$1: *//p" "$DATA_DIR/data/grastate.dat" 2>/dev/null; }

ended_orderly() { [ "$(noted seqno)" -ge 0 ] 2>/dev/null; }

# "CLUSTER POSITION": as the running member knows it, as it noted it at its end, or as it was found in the tables at its last start.
# A member without any data, as after its disk was replaced, has no history; nor has one that was cut while it took them from another.
last_position() {
    live=$(member_state | awk '$6 ~ /[1-9a-f].*-/ && $5 ~ /^[0-9]+$/ && length($5) < 19 { print $6, $5 }')
    if [ -n "$live" ]; then
        say "$live"
    elif [ ! -d "$DATA_DIR/data/mysql" ] || [ -e "$DATA_DIR/data/sst_in_progress" ]; then
        say "$none"
    elif ended_orderly; then
        say "$(noted uuid) $(noted seqno)"
    elif [ -s "$DATA_DIR/position" ]; then
        tr ':' ' ' <"$DATA_DIR/position"
    elif [ -f "$DATA_DIR/data/grastate.dat" ]; then
        say "$(noted uuid) -1"
    fi
}

# In an installation that was cut some members are still to be set up.
is_member() { [ -f "$FOLDER/compose.yaml" ]; }

is_stopped() { ! is_member || [ "$(docker inspect -f '{{.State.Running}}' "$container" 2>/dev/null)" = false ]; }

# One that is just starting does not hear that it is to stop; its tables bear to be cut off.
end_container() { compose_in "$project" "$FOLDER" stop --timeout 20; }

check_stopped() {
    is_stopped || no "database $MEMBER runs" || return
    [ "$(last_position)" = "$ASKED" ] || no "database $MEMBER was at $ASKED when it was asked and is at $(last_position) now: recover anew"
}

check() {
    command -v docker >/dev/null || cannot "there is no Docker engine" || return
    [ "$HOW" != stop ] || { check_stopped; return; }
    # After a power cut members that all came back find each other by themselves within seconds; that is the best recovery.
    if ! is_stopped && wait_for 12 can_write; then
        say "together $(last_position)"
        return 0
    fi
    position=$(last_position)
    [ -n "$position" ] || cannot "database $MEMBER: no position is written down" || return
    # The installation sets it up; until then there is nothing that could join.
    if [ "$HOW" = join ] && ! is_member; then
        say "position $position"
        return 0
    fi
    no "position $position"
}

# What it knows of the others goes too, so that it waits for those who run.
stop_here() {
    ! can_write || cannot "database $MEMBER writes: the members came together by themselves; recover anew" || return
    end_container && rm -f "$DATA_DIR/data/gvwstate.dat" || return
    ended_orderly || compose_in "$project" "$FOLDER" run --rm -T --name "$container-position" database position
}

apply() {
    is_member || cannot "$MEMBER is no member of the database" || return
    # Who starts is decided here, no more by whoever founded.
    rm -f "$DATA_DIR/alone" || return
    [ "$HOW" != stop ] || { stop_here; return; }
    end_container || return
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

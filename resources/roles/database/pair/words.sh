# shellcheck shell=sh
# Part of database/pair, of the program that runs in the container: what this server says that it is.

pair_words() {
    cat <<'PAIR'
# Term and reason of what this server is to the other: primary, replica, broken, waits.
tell_role() {
    look || { say "waits 0 does not answer"; exit 1; }
    now=$(replication)
    if [ "$term" = 0 ] || [ -f "$home/taking" ]; then
        say "waits 0 has no data of its own; it takes over ${other}'s when that answers"
    elif [ "$closed" = 0 ]; then
        [ "$(here "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_MASTER_STATUS'") $(here "SELECT VARIABLE_VALUE > 0 FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_MASTER_CLIENTS'")" = "ON 1" ] &&
            say "primary $term confirmed" || say "primary $term alone"
    elif [ -n "$theirs" ] && [ "$their_term" != 0 ] && [ "$their_history" != "$history" ]; then
        say "broken $term has data of another installation than $other"
    elif [ "$writer" = "$me" ] && [ "$their_term" -le "$term" ]; then
        if [ -z "$theirs" ]; then
            say "waits $term was the primary and does not know whether $other was promoted meanwhile, as that does not answer"
        elif [ "$their_term" = "$term" ] && [ "$their_writer" != "$me" ]; then
            say "waits $term both were made the primary; promote one"
        else
            say "waits $term is about to open for writes"
        fi
    elif [ "$(said Slave_IO_Running) $(said Slave_SQL_Running)" = "Yes Yes" ]; then
        say "replica $term $(said Seconds_Behind_Master)"
    elif [ -z "$theirs" ] && [ "$(said Last_SQL_Errno)" = 0 ]; then
        say "waits $term follows $other, and that does not answer"
    else
        case $(said Last_IO_Errno) in 1236 | 1945) why="has writes that $other lacks, or was away for too long" ;; *) why= ;; esac
        [ -n "$why" ] || why=$(said Last_SQL_Error)
        [ -n "$why" ] || why=$(said Last_IO_Error)
        say "broken $term $(say "${why:-does not follow $other yet}" | tr '\n' ' ')"
    fi
}

PAIR
}

# shellcheck shell=sh
# Part of database/pair, of the program that runs in the container: what this server does by itself. It opens and closes for
# writes, follows the other one, and takes over its data.

pair_guard() {
    cat <<'PAIR'
# Its connections end: what they had begun is not written any more.
close_here() {
    [ "$closed" = 1 ] || {
        say "closes for writes: term $their_term is $their_writer's"
        here "SET GLOBAL read_only = 1"
    }
}

open_here() {
    [ "$closed" = 0 ] || {
        say "opens for writes in term $term"
        here "STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only = 0"
    }
}

replication() { timeout 20 mariadb --defaults-file=/etc/finclip/member.cnf --connect-timeout=3 -e 'SHOW SLAVE STATUS\G' </dev/null 2>/dev/null; }

said() { say "$now" | sed -n "s/^ *$1: *//p"; }

# It goes on from where it is. What stopped on an error stays as it is until a person looks.
follow() {
    now=$(replication)
    if [ "$(said Master_Host)" = "$other_address" ]; then
        [ "$(said Slave_IO_Running) $(said Slave_SQL_Running) $(said Last_IO_Errno) $(said Last_SQL_Errno)" = "No No 0 0" ] || return 0
        here "SET GLOBAL rpl_semi_sync_slave_enabled = ON; START SLAVE"
        return
    fi
    say "follows $other"
    {
        say "STOP SLAVE; RESET SLAVE ALL; SET GLOBAL rpl_semi_sync_slave_enabled = ON; SET GLOBAL gtid_slave_pos = @@global.gtid_current_pos;"
        say "CHANGE MASTER TO MASTER_HOST = '$other_address', MASTER_PORT = 3306, MASTER_USER = 'finclip_replica', MASTER_PASSWORD = $(quoted),"
        say "MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 2, MASTER_HEARTBEAT_PERIOD = 1; START SLAVE;"
    } | timeout 20 mariadb --defaults-file=/etc/finclip/member.cnf
}

dump() {
    databases=$(there "SELECT schema_name FROM information_schema.SCHEMATA WHERE schema_name NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')") || return
    # shellcheck disable=SC2086  # a list of names
    mariadb-dump --defaults-file=/tmp/other.cnf --single-transaction --master-data=1 --gtid --routines --events --triggers --skip-add-locks --databases $databases &&
        say "USE mysql;" &&
        mariadb-dump --defaults-file=/tmp/other.cnf --no-create-info --replace --skip-add-locks --skip-lock-tables \
            mysql global_priv db tables_priv columns_priv procs_priv proxies_priv roles_mapping
}

# Whole is what both ended well of: the dump and its reading.
take_over() {
    say "takes over the data of $other"
    here "STOP SLAVE; RESET SLAVE ALL; RESET MASTER; SET GLOBAL gtid_slave_pos = ''" && : >"$home/taking" && rm -f "$home/dumped" || return
    { dump && : >"$home/dumped"; } | mariadb --defaults-file=/etc/finclip/member.cnf --init-command='SET sql_log_bin = 0' &&
        [ -f "$home/dumped" ] && position=$(here 'SELECT @@global.gtid_slave_pos') &&
        here "SET GLOBAL gtid_binlog_state = '$position'; FLUSH LOCAL PRIVILEGES" && rm "$home/taking" "$home/dumped" &&
        say "has the data of $other, up to $position"
}

one_look() {
    look || return 0
    if [ "$term" = 0 ] || [ -f "$home/taking" ]; then
        [ "$their_term" = 0 ] || [ "$their_writer" != "$other" ] || take_over
    elif [ -n "$theirs" ] && [ "$their_term" != 0 ] && [ "$their_history" != "$history" ]; then
        close_here
    elif [ "$their_term" -gt "$term" ]; then
        close_here
        follow
    elif [ -n "$theirs" ] && [ "$their_term" = "$term" ] && [ "$their_writer" != "$writer" ]; then
        close_here
    elif [ "$writer" != "$me" ]; then
        close_here
        [ -z "$theirs" ] || [ "$their_term" != "$term" ] || follow
    # Alone it only goes on: the other one may have been promoted while this server was off.
    elif [ -n "$theirs" ] && { [ "$their_closed" = 1 ] || [ "$their_term" = 0 ]; }; then
        open_here
    fi
}

alone_for_a_moment() (
    exec 9>>"$home/decision"
    flock 9
    "$@"
)

PAIR
}

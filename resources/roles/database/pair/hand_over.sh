# shellcheck shell=sh
# Part of database/pair, of the program that runs in the container: what people decide. Who begins as the primary, who takes over
# from whom, and the account by which one reads the other.

pair_hand_over() {
    cat <<'PAIR'
name_writer() { # MEMBER TERM-AT-LEAST
    here "INSERT INTO finclip_deploy.writer SELECT GREATEST(MAX(term), $2) + 1, '$1', MAX(history) FROM finclip_deploy.writer"
}

within() { # SECONDS COMMAND...
    tries=$(($1 * 5))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.2
    done
}

has_all() { [ "$(there 'SELECT @@global.gtid_slave_pos' 2>/dev/null)" = "$position" ]; }

has_opened() { [ "$(there 'SELECT IF(@@global.read_only = 0, 0, 1)' 2>/dev/null)" = 0 ]; }

# While it holds the guard off nobody opens this server again; where this ends early, the guard does.
yield() {
    look || cannot "the database does not answer"
    [ "$writer $closed" = "$me 0" ] || cannot "$me is not the primary"
    [ "$their_term $their_writer $their_history $their_closed" = "$term $me $history 1" ] || cannot "$other is no replica of $me"
    say "closes for writes"
    here "SET GLOBAL read_only = 1"
    position=$(here 'SELECT @@global.gtid_binlog_pos')
    if ! within 20 has_all; then
        here "SET GLOBAL read_only = 0"
        cannot "$other does not have all writes after 20 s (up to $position): $me goes on as the primary"
    fi
    say "$other has all writes, up to $position"
    name_writer "$other" "$term"
    within 30 has_opened || cannot "$other does not open for writes; nobody writes now: see there"
    say "$other takes the writes"
}

has_applied() {
    now=$(replication)
    [ -z "$(said Gtid_IO_Pos)" ] || [ "$(said Gtid_IO_Pos)" = "$(here 'SELECT @@global.gtid_slave_pos')" ]
}

# What had arrived from the other is applied before this server opens; what had not is not here.
force() {
    look || cannot "the database does not answer"
    [ "$term" != 0 ] && [ ! -f "$home/taking" ] || cannot "$me has no whole data"
    [ "$their_closed" != 0 ] || cannot "$other writes: switch over instead"
    [ "$closed $writer" != "0 $me" ] || { say "$me is the primary"; exit 0; }
    here "STOP SLAVE IO_THREAD" || :
    within 600 has_applied || cannot "what arrived from $other is not applied"
    say "has all that arrived from $other, up to $(here 'SELECT @@global.gtid_current_pos')"
    here "STOP SLAVE; RESET SLAVE ALL"
    name_writer "$me" "$their_term"
    here "SET GLOBAL read_only = 0"
    say "$me takes the writes"
}

# The first of the two begins the history, where neither has one.
found() {
    look || cannot "the database does not answer"
    [ "$term $their_term" = "0 0" ] || { say "there is data already"; exit 0; }
    say "begins as the primary"
    here "INSERT INTO finclip_deploy.writer VALUES (1, '$me', UUID()); SET GLOBAL read_only = 0"
}

# A replica gets its accounts from the primary.
account() { # ADDRESS
    say "CREATE OR REPLACE USER 'finclip_replica'@'$1' IDENTIFIED BY $(quoted);
GRANT SELECT, RELOAD, PROCESS, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES, BINLOG MONITOR, REPLICATION SLAVE ON *.* TO 'finclip_replica'@'$1';" |
        timeout 20 mariadb --defaults-file=/etc/finclip/member.cnf
}

PAIR
}

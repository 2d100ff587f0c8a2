# shellcheck shell=sh
# database/pair: one of two database servers, a primary that takes all writes and its replica, in a container on the server's own
# network. Which of the two is the primary stands in their data and changes with database/switch_over, not with this script.
# Values: IMAGE, IMAGE_ID, MEMBER (its name), MEMBER_ADDRESS, MEMBERS (two lines "name address"), FOUNDS (yes, no), BALANCERS (their
# addresses, one a line), DATA_DIR (of the database), FOLDER (its configuration), SECRETS_DIR.
# The image has mariadbd, mariadb, mariadb-dump and mariadb-install-db.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-database
container=finclip-database

server_id() { say "$MEMBER_ADDRESS" | awk -F. '{ printf "%.0f", (($1 * 256 + $2) * 256 + $3) * 256 + $4 }'; }

# It always starts closed for writes: who may open it is decided by the text "pair". A write is confirmed when the replica has it,
# as long as there is one.
configuration() {
    cat <<CONFIG
[mariadbd]
user = mysql
datadir = /var/lib/mysql/data
socket = /run/mysqld/mysqld.sock
pid-file = /run/mysqld/mysqld.pid
bind-address = $MEMBER_ADDRESS
port = 3306
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
skip-name-resolve
log-warnings = 1
max-connections = 600
innodb-buffer-pool-size = 1G
innodb-flush-log-at-trx-commit = 1
default-storage-engine = InnoDB
server-id = $(server_id)
read-only = ON
skip-slave-start
log-bin = binlog
log-slave-updates
binlog-format = ROW
sync-binlog = 1
expire-logs-days = 3
max-binlog-size = 256M
relay-log = relay
gtid-strict-mode = ON
slave-parallel-threads = 4
slave-net-timeout = 4
rpl-semi-sync-master-enabled = ON
rpl-semi-sync-master-wait-point = AFTER_SYNC
rpl-semi-sync-master-timeout = 2000
rpl-semi-sync-master-wait-no-slave = OFF

[client]
socket = /run/mysqld/mysqld.sock
CONFIG
}

# The member itself and the other one.
members_text() {
    say "$MEMBERS" | grep "^$MEMBER "
    say "$MEMBERS" | grep -v "^$MEMBER "
}

# Runs in the container. The file "renew" puts the present data aside: the server takes over the other's.
start_text() {
    cat <<'START'
#!/bin/sh
set -eu
home=/var/lib/mysql
data=$home/data
configuration=--defaults-file=/etc/finclip/member.cnf

quoted() { printf "'%s'" "$(sed -e 's/\\/\\\\/g' -e "s/'/''/g" "$1")"; }

# Under another name until it is whole, so that one that was cut is made anew.
make_data() {
    rm -rf "$home/new"
    install -d -o mysql -g mysql -m 0700 "$home/new"
    mariadb-install-db "$configuration" --skip-log-bin --datadir="$home/new" --skip-test-db >/dev/null
    mariadbd "$configuration" --skip-log-bin --datadir="$home/new" --bootstrap <<SQL
FLUSH PRIVILEGES;
ALTER USER 'root'@'localhost' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD($(quoted /run/secrets/db_root_password));
CREATE DATABASE finclip CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER 'finclip'@'%' IDENTIFIED BY $(quoted /run/secrets/db_password);
GRANT ALL PRIVILEGES ON finclip.* TO 'finclip'@'%';
CREATE DATABASE finclip_deploy CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE finclip_deploy.writer (term INT UNSIGNED PRIMARY KEY, member VARCHAR(255) NOT NULL, history CHAR(36) NOT NULL) ENGINE=InnoDB;
SQL
    sync -f "$home/new"
    mv "$home/new" "$data"
}

install -d -o mysql -g mysql -m 0755 /run/mysqld
chown mysql:mysql "$home"
# What was put aside is the last of its kind.
if [ -f "$home/renew" ]; then
    [ ! -d "$data" ] || { rm -rf "$home/before" && mv "$data" "$home/before"; }
    rm -f "$home/renew"
fi
[ -d "$data" ] || make_data
while :; do
    sh /etc/finclip/pair guard || :
    sleep 1
done &
exec mariadbd "$configuration"
START
}

# Runs in the container. The table finclip_deploy.writer says who is to write: the member of the highest term. It is replicated as all
# else is, so whoever is named there and has read it has all that was written before.
pair_text() {
    cat <<'PAIR'
#!/bin/sh
# pair WORD: guard (for ever: opens and closes this server for writes, and lets it follow the other one), role, state,
# found, yield, force, account ADDRESS.
set -eu
home=/var/lib/mysql
{
    read -r me own_address
    read -r other other_address
} </etc/finclip/members

say() { printf '%s\n' "$*"; }

cannot() {
    say "$*"
    exit 3
}

quoted() { printf "'%s'" "$(sed -e 's/\\/\\\\/g' -e "s/'/''/g" /run/secrets/db_replication_password)"; }

# The other's password stands in no argument.
other_login() {
    (
        umask 077
        printf '[client]\nhost = %s\nport = 3306\nuser = finclip_replica\npassword = "%s"\n' "$other_address" \
            "$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' /run/secrets/db_replication_password)" >"/tmp/other.cnf.$$"
        mv "/tmp/other.cnf.$$" /tmp/other.cnf
    )
}

here() { timeout 20 mariadb --defaults-file=/etc/finclip/member.cnf --connect-timeout=3 -N -B -e "$1" </dev/null; }

there() { timeout 5 mariadb --defaults-file=/tmp/other.cnf --connect-timeout=1 -N -B -e "$1" </dev/null; }

# Term, who writes in it, history, closed for writes (1) or not, last position written here, last position taken over.
question="SELECT CONCAT_WS(' ', IFNULL(w.term, 0), IFNULL(w.member, '-'), IFNULL(w.history, '-'), IF(@@global.read_only = 0, 0, 1),
IF(@@global.gtid_binlog_pos = '', '-', @@global.gtid_binlog_pos), IF(@@global.gtid_slave_pos = '', '-', @@global.gtid_slave_pos))
FROM (SELECT 1) one LEFT JOIN (SELECT * FROM finclip_deploy.writer ORDER BY term DESC LIMIT 1) w ON 1 = 1"

field() { say "$1" | cut -d' ' -f"$2"; }

# Sets mine, theirs (empty: it does not answer) and what is in them.
look() {
    mine=$(here "$question" 2>/dev/null) || return 1
    theirs=$(there "$question" 2>/dev/null) || theirs=
    term=$(field "$mine" 1) writer=$(field "$mine" 2) history=$(field "$mine" 3) closed=$(field "$mine" 4)
    their_term=$(field "$theirs" 1) their_writer=$(field "$theirs" 2) their_history=$(field "$theirs" 3) their_closed=$(field "$theirs" 4)
    their_term=${their_term:-0}
}

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

other_login
case $1 in
guard)
    while :; do
        alone_for_a_moment one_look || :
        sleep 0.5
    done
    ;;
role) tell_role ;;
state) look && say "$mine" ;;
account) account "$2" ;;
found | yield | force) alone_for_a_moment "$1" ;;
*) exit 2 ;;
esac
PAIR
}

compose_text() {
    cat <<COMPOSE
services:
  database:
    image: "$IMAGE"
    pull_policy: never
    container_name: $container
    network_mode: host
    restart: always
    entrypoint: [sh, /etc/finclip/start]
    command: []
    labels: {finclip.role: database, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$(configuration) $(start_text) $(pair_text) $(members_text)")"}
    volumes: ["$DATA_DIR:/var/lib/mysql", "$FOLDER:/etc/finclip:ro", "$SECRETS_DIR/db_root_password:/run/secrets/db_root_password:ro", "$SECRETS_DIR/db_password:/run/secrets/db_password:ro", "$SECRETS_DIR/db_replication_password:/run/secrets/db_replication_password:ro"]
    tmpfs: [/tmp]
    healthcheck: {test: ["CMD-SHELL", "sh /etc/finclip/pair role | grep -qE '^(primary|replica) '"], interval: 10s, timeout: 8s, retries: 3, start_period: 120s}
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
    stop_grace_period: 90s
COMPOSE
}

files_are_as_wished() {
    is_written "$FOLDER/member.cnf" "$(configuration)" &&
        is_written "$FOLDER/members" "$(members_text)" &&
        is_written "$FOLDER/start" "$(start_text)" &&
        is_written "$FOLDER/pair" "$(pair_text)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)"
}

wished() { digest_of_text "$BALANCERS $(compose_text)"; }

pair() { docker exec "$container" sh /etc/finclip/pair "$@"; }

role() { pair role 2>/dev/null || :; }

check() {
    ledger database.pair
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

other_answers() {
    address=$(members_text | sed -n '2s/.* //p')
    timeout 3 bash -c ": <>/dev/tcp/$address/3306" 2>/dev/null
}

# Where a new member comes in for one that leaves, the one that stays must be the primary.
writer_stays() {
    writer=$(pair state 2>/dev/null | cut -d' ' -f2)
    [ -z "$writer" ] || [ "$writer" = - ] || say "$MEMBERS" | grep -q "^$writer " ||
        cannot "$writer is the primary and leaves: switch over to $MEMBER first"
}

# A primary that is alone after it was off waits for the other one, which may only be installed after it.
has_its_role() {
    case $(role) in
    primary* | replica*) return 0 ;;
    waits*) lonely=$((lonely + 1)) ;;
    *) lonely=0 ;;
    esac
    return 1
}

comes_to_its_role() (
    left=1100 lonely=0
    until has_its_role; do
        left=$((left - 1))
        if other_answers; then lonely=0; elif [ "$lonely" -ge 15 ]; then exit 2; fi
        [ "$left" -gt 0 ] || exit 1
        case $(role) in broken*) broken=$((${broken:-0} + 1)) ;; *) broken=0 ;; esac
        [ "$broken" -lt 20 ] || exit 1
        sleep 1
    done
)

# Those that only ask whether a server may take writes have no password and may do nothing else.
accounts() {
    case $(role) in primary*) ;; *) return 0 ;; esac
    say "$BALANCERS" | while read -r address; do
        [ -z "$address" ] || say "CREATE USER IF NOT EXISTS 'finclip_check'@'$address' WITH MAX_USER_CONNECTIONS 20;"
    done | docker exec -i "$container" mariadb --defaults-file=/etc/finclip/member.cnf || return
    say "$MEMBERS" | cut -d' ' -f2 | while read -r address; do pair account "$address" </dev/null || exit; done
}

answers() { pair state; }

apply() {
    ledger database.pair
    make_folder "$FOLDER" 0755 && make_folder "$DATA_DIR" 0755 && writer_stays || return
    configuration | put_file "$FOLDER/member.cnf" 0644 && members_text | put_file "$FOLDER/members" 0644 &&
        start_text | put_file "$FOLDER/start" 0755 && pair_text | put_file "$FOLDER/pair" 0755 &&
        compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    start_project "$project" "$FOLDER" || return
    wait_for 120 answers || cannot "the database does not answer; see: docker logs $container" || return
    if [ "$FOUNDS" = yes ] && [ ! -f "$book/founded" ]; then pair found || return; fi
    comes_to_its_role
    case $? in
    0) : >"$book/founded" && accounts || cannot "the accounts of the balancers and the replica cannot be made" || return ;;
    2) [ -f "$DATA_DIR/data/finclip_deploy/writer.ibd" ] && say "database $MEMBER: $(role)" ;;
    *) cannot "database $MEMBER: $(role); see: docker logs $container" || return ;;
    esac
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

verify() {
    state=$(role)
    what=${state#* } && what=${what#* }
    other=$(members_text | sed -n '2s/ .*//p')
    case $state in
    'primary '*confirmed) say "database $MEMBER: primary, can write; $other confirms each write" ;;
    'primary '*) no "database $MEMBER: primary, can write; no replica confirms its writes, so they are on this server alone" ;;
    'replica '*)
        say "database $MEMBER: replica of $other, $what s behind"
        [ "$what" -le 10 ] 2>/dev/null || no "it lags too far behind"
        ;;
    'broken '*) no "database $MEMBER: does not follow $other: $what; recover makes it a replica again" ;;
    *) no "database $MEMBER: cannot write: ${what:-does not answer}; if $other is lost, promote $MEMBER with switch-over --force" ;;
    esac
}

remove() {
    ledger database.pair
    ledger_restore && drop_secrets db_root_password db_password db_replication_password
}

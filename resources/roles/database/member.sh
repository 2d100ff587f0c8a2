# shellcheck shell=sh
# database/member: one member of a Galera cluster, in a container on the server's own network. The first of MEMBERS founds the
# cluster, once; all others, and it too from then on, join those that run.
# Values: IMAGE, IMAGE_ID, MEMBER (its name), MEMBER_ADDRESS, MEMBERS (lines "name address", in the order in which they are to be the writer), FOUNDS
# (yes, no), BALANCERS (their addresses, one a line), DATA_DIR (of the database), FOLDER (its configuration), SECRETS_DIR.
# The image has mariadbd with Galera, mariadb, mariadb-install-db and mariabackup.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-database
container=finclip-database

addresses() { say "$MEMBERS" | cut -d' ' -f2 | paste -sd, -; }

# The state is given by those that are the writer last.
donors() { say "$MEMBERS" | cut -d' ' -f1 | grep -vxF "$MEMBER" | tac | paste -sd, -; }

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
max-connections = 600
innodb-buffer-pool-size = 1G
innodb-flush-log-at-trx-commit = 1
default-storage-engine = InnoDB
innodb-autoinc-lock-mode = 2
binlog-format = ROW
wsrep-cluster-name = finclip
wsrep-cluster-address = gcomm://$(addresses)
wsrep-node-name = $MEMBER
wsrep-node-address = $MEMBER_ADDRESS
wsrep-sst-method = mariabackup
wsrep-sst-auth = mysql:
wsrep-sst-donor = $(donors),
wsrep-slave-threads = 4
wsrep-provider-options = "gcache.size=512M;evs.keepalive_period=PT0.5S;evs.inactive_check_period=PT0.5S;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT6S;evs.install_timeout=PT6S"

[sst]
sockopt = keepalive,keepidle=5,keepintvl=5,keepcnt=3

[client]
socket = /run/mysqld/mysqld.sock
CONFIG
}

# Runs in the container. The file "found" is used up before the cluster is founded, so nothing founds a second one. With the word
# "position" it only writes down the position that stands in the tables.
start_text() {
    cat <<'START'
#!/bin/sh
set -eu
task=${1:-run}
home=/var/lib/mysql
data=$home/data
configuration=--defaults-file=/etc/finclip/member.cnf

quoted() { printf "'%s'" "$(sed -e 's/\\/\\\\/g' -e "s/'/''/g" "$1")"; }

# Under another name until it is whole, so that one that was cut is made anew.
make_data() {
    rm -rf "$home/new"
    install -d -o mysql -g mysql -m 0700 "$home/new"
    mariadb-install-db "$configuration" --wsrep-on=OFF --datadir="$home/new" --skip-test-db >/dev/null
    mariadbd "$configuration" --wsrep-on=OFF --datadir="$home/new" --bootstrap <<SQL
FLUSH PRIVILEGES;
ALTER USER 'root'@'localhost' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD($(quoted /run/secrets/db_root_password));
CREATE USER IF NOT EXISTS 'mysql'@'localhost' IDENTIFIED VIA unix_socket;
GRANT RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR ON *.* TO 'mysql'@'localhost';
CREATE DATABASE finclip CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER 'finclip'@'%' IDENTIFIED BY $(quoted /run/secrets/db_password);
GRANT ALL PRIVILEGES ON finclip.* TO 'finclip'@'%';
SQL
    sync -f "$home/new"
    mv "$home/new" "$data"
}

# Whoever founds has two votes until all are there. A member that is lost while it takes the data must not take the quorum with it:
# a giver without quorum never learns that its giving has ended, and gives nobody anything any more.
one_vote_when_all_are_there() {
    members=$(sed -n 's/^wsrep-cluster-address = //p' /etc/finclip/member.cnf | tr , '\n' | grep -c .)
    until [ "$(sh /etc/finclip/state 2>/dev/null | cut -d' ' -f4)" = "$members" ] && rm -f "$home/alone" && sync -f "$home" &&
        mariadb "$configuration" --connect-timeout=5 -e "SET GLOBAL wsrep_provider_options='pc.weight=1'" 2>/dev/null; do
        sleep 1
    done
}

# With two votes nobody can write without it: where it was cut meanwhile (the file "alone"), it founds again what it founded. One
# that ended in order while others went on joins them.
founds_again() {
    [ -f "$home/alone" ] && grep -Eqs '^(seqno: *-1|safe_to_bootstrap: *1)$' "$data/grastate.dat"
}

# A giver that is lost before it gives would be waited for without end: where nobody comes to port 4444 for a minute, taking fails
# and begins anew.
begin_anew_without_giver() {
    waited=0
    while sleep 5; do
        waited=$((waited + 5))
        grep -qs ':115C [0:]* 0A ' /proc/net/tcp /proc/net/tcp6 || waited=0
        [ "$waited" -ge 60 ] || continue
        for process in /proc/[0-9]*; do
            ! tr '\0' ' ' <"$process/cmdline" | grep -q '^socat .*TCP-LISTEN:4444' || kill "${process#/proc/}" || :
        done
        waited=0
    done
}

install -d -o mysql -g mysql -m 0755 /run/mysqld
chown mysql:mysql "$home"
for provider in /usr/lib/galera/libgalera_smm.so /usr/lib64/galera-4/libgalera_smm.so /usr/lib/libgalera_smm.so; do
    [ ! -f "$provider" ] || break
done
set -- --wsrep-on=ON --wsrep-provider="$provider"
how=join
if [ "$task" = run ]; then
    if [ -f "$home/found" ]; then
        how=$(cat "$home/found")
    elif founds_again; then
        how=again
    fi
    # What a person's recovery starts may be written to at once, and others may know more than this one.
    case $how in
    install | again) : >"$home/alone" ;;
    *) rm -f "$home/alone" ;;
    esac
    rm -f "$home/found"
    sync -f "$home"
fi
if [ "$how" != join ]; then
    [ -d "$data" ] || make_data
    # It is decided that this one starts, whatever the member itself knows of the others.
    if [ "$how" != install ]; then
        rm -f "$data/gvwstate.dat"
        sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 1/' "$data/grastate.dat"
    fi
    set -- "$@" --wsrep-new-cluster \
        --wsrep-provider-options="$(sed -n 's/^wsrep-provider-options = "\(.*\)"$/\1/p' /etc/finclip/member.cnf);pc.weight=2"
    one_vote_when_all_are_there </dev/null >/dev/null 2>&1 &
fi
[ -d "$data" ] || install -d -o mysql -g mysql -m 0700 "$data"
# After a cut the position stands in the tables only.
if [ -d "$data/mysql" ] && [ -f "$data/grastate.dat" ]; then
    position=$(mariadbd "$configuration" "$@" --wsrep-recover --log-error=/dev/stderr 2>&1 | sed -n 's/.*Recovered position: *//p' | tail -n 1)
    printf '%s\n' "$position" >"$home/position.new"
    mv "$home/position.new" "$home/position"
    [ -z "$position" ] || set -- "$@" --wsrep-start-position="$position"
fi
[ "$task" = run ] || exit 0
begin_anew_without_giver </dev/null >/dev/null 2>&1 &
exec mariadbd "$configuration" "$@"
START
}

# One line: cluster status, node's state, ready, members, last position, the cluster's id.
state_text() {
    cat <<'STATE'
#!/bin/sh
exec mariadb --defaults-file=/etc/finclip/member.cnf --connect-timeout=5 -N -B -e "SELECT CONCAT_WS(' ',
MAX(IF(VARIABLE_NAME='WSREP_CLUSTER_STATUS',VARIABLE_VALUE,NULL)), MAX(IF(VARIABLE_NAME='WSREP_LOCAL_STATE_COMMENT',REPLACE(VARIABLE_VALUE,' ','_'),NULL)),
MAX(IF(VARIABLE_NAME='WSREP_READY',VARIABLE_VALUE,NULL)), MAX(IF(VARIABLE_NAME='WSREP_CLUSTER_SIZE',VARIABLE_VALUE,NULL)),
MAX(IF(VARIABLE_NAME='WSREP_LAST_COMMITTED',VARIABLE_VALUE,NULL)), MAX(IF(VARIABLE_NAME='WSREP_CLUSTER_STATE_UUID',VARIABLE_VALUE,NULL)))
FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME LIKE 'WSREP%'"
STATE
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
    labels: {finclip.role: database, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$(configuration) $(start_text)")"}
    volumes: ["$DATA_DIR:/var/lib/mysql", "$FOLDER:/etc/finclip:ro", "$SECRETS_DIR/db_root_password:/run/secrets/db_root_password:ro", "$SECRETS_DIR/db_password:/run/secrets/db_password:ro"]
    healthcheck: {test: ["CMD-SHELL", "sh /etc/finclip/state | grep -q '^Primary [^ ]* ON '"], interval: 10s, timeout: 8s, retries: 3, start_period: 120s}
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
    stop_grace_period: 90s
COMPOSE
}

files_are_as_wished() {
    is_written "$FOLDER/member.cnf" "$(configuration)" &&
        is_written "$FOLDER/start" "$(start_text)" &&
        is_written "$FOLDER/state" "$(state_text)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)"
}

wished() { digest_of_text "$FOUNDS $BALANCERS $(compose_text)"; }

member_state() { docker exec "$container" sh /etc/finclip/state; }

can_write() { member_state 2>/dev/null | grep -q '^Primary Synced ON '; }

check() {
    ledger database.member
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

# Does another member run? A server that is asked may be slow, but one that is off says nothing for ever.
another_runs() {
    say "$MEMBERS" | while read -r name address; do
        [ "$name" = "$MEMBER" ] || ! timeout 3 bash -c ": <>/dev/tcp/$address/4567" 2>/dev/null || say "$name"
    done | grep .
}

# The cluster is founded where it never was: neither by this server nor, as one of them would run, by another.
found_once() {
    [ "$FOUNDS" = yes ] && [ ! -f "$book/founded" ] || return 0
    if there=$(another_runs); then
        say "a member runs already ($there): this one joins"
        return
    fi
    say "founding the cluster"
    alone=yes
    ledger_keep project "$project" : && compose_in "$project" "$FOLDER" stop && say install >"$DATA_DIR/found"
}

# Where nobody is there to join, waiting is of no use; a moment without an answer is no such case.
comes_to_write() (
    left=600 lonely=0
    until can_write; do
        left=$((left - 1))
        if [ "$alone" = yes ] || another_runs >/dev/null; then lonely=0; else lonely=$((lonely + 1)); fi
        [ "$left" -gt 0 ] && [ "$lonely" -lt 15 ] || exit 1
        sleep 1
    done
)

# Those that only ask whether a member may take writes have no password and may do nothing else.
check_accounts() {
    say "$BALANCERS" | while read -r address; do
        [ -z "$address" ] || say "CREATE USER IF NOT EXISTS 'finclip_check'@'$address' WITH MAX_USER_CONNECTIONS 20;"
    done | docker exec -i "$container" mariadb --defaults-file=/etc/finclip/member.cnf
}

apply() {
    ledger database.member
    make_folder "$FOLDER" 0755 && make_folder "$DATA_DIR" 0755 || return
    configuration | put_file "$FOLDER/member.cnf" 0644 && start_text | put_file "$FOLDER/start" 0755 &&
        state_text | put_file "$FOLDER/state" 0755 && compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    alone=no
    found_once && start_project "$project" "$FOLDER" || return
    comes_to_write || cannot "this member does not come to where it can write ($(member_state 2>&1 | tail -n 1)); if no
member does, use recover; see: docker logs $container" || return
    : >"$book/founded"
    check_accounts || cannot "the balancers' accounts cannot be made" || return
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

verify() {
    state=$(member_state 2>&1 | tail -n 1)
    case $state in
    'Primary Synced ON '*) say "database $MEMBER: can write, $(say "$state" | cut -d' ' -f4) of $(say "$MEMBERS" | wc -l) members are together" ;;
    'Primary '*) no "database $MEMBER: is catching up ($state)" ;;
    *) no "database $MEMBER: cannot write ($state); if no member can, use recover" || return ;;
    esac
    [ "$(say "$state" | cut -d' ' -f4)" = "$(say "$MEMBERS" | wc -l)" ] || no "members are missing"
}

remove() {
    ledger database.member
    ledger_restore && drop_secrets db_root_password db_password
}

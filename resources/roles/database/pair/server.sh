# shellcheck shell=sh
# Part of database/pair: the database server itself, its configuration and its start.
# shellcheck disable=SC2154  # values

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

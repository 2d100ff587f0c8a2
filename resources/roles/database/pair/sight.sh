# shellcheck shell=sh
# Part of database/pair, of the program that runs in the container: what this server sees of itself and of the other one.

pair_sight() {
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

PAIR
}

# shellcheck shell=sh
# drill/client: calls one function of the platform 20 times a second from this server while another one is stopped, and counts: how
# long no call got a good answer, and which acknowledged writes are lost or there twice.
# Values: HOW (begin, end), FUNCTION (entry, database, cache), MARK (of this drill), MOST (seconds after which it ends by itself and
# leaves nothing), ADDRESS and PORT of what is called, PATH_READY (of the entry), EXPECTED (what the failure simulation says: up,
# degraded or lost, and from how many to how many seconds the outage takes; for the log).
# A call is good when it is answered well within three seconds. The programs of the calls are those in the roles' containers.
# shellcheck disable=SC2154  # values and what lib.sh defines

# The values stand behind this text.
place() { folder=$home/drill/$FUNCTION unit=finclip-drill-$FUNCTION; }

container() {
    case $FUNCTION in
    database) say finclip-database ;;
    cache) docker ps --filter label=com.docker.compose.project=finclip-cache --format '{{.Names}}' | sort | head -n 1 ;;
    esac
}

# Lines "begun ended good part number", times in hundredths of a second since the server's start, which no clock that is set changes.
# The cache's keys take turns in its three parts: a part that is away is an outage, whatever the others do.
calls_text() {
    cat <<'CALLS'
now() { read -r up _ </proc/uptime && up=${up%.*}${up#*.}; }
call() {
    now && begun=$up good=0
    ! one "$1" "$2" >/dev/null 2>&1 || good=1
    now && printf '%s %s %s %s %s\n' "$begun" "$up" "$good" "$2" "$1"
}
now
start=$up n=0
while [ ! -e "$stop" ] && [ $((up - start)) -lt $((most * 100)) ]; do
    case $parts$((n % 3)) in 30) part=b ;; 31) part=c ;; *) part=a ;; esac
    call "$n" "$part" &
    n=$((n + 1))
    now
    early=$((start + n * 5 - up))
    [ "$early" -lt 1 ] || sleep "0.0$early"
    now
done
wait
CALLS
}

database_text() {
    cat <<'DATABASE'
password=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' /run/secrets/db_password)
sql() {
    timeout "$1" mariadb --defaults-file=/dev/fd/3 -h "$address" -P "$port" --connect-timeout=3 -N -B finclip -e "$2" 3<<CLIENT
[client]
user=finclip
password="$password"
CLIENT
}
one() { sql 3 "INSERT INTO finclip_drill (n) VALUES ($1)"; }
DATABASE
}

cache_text() {
    cat <<'CACHE'
one() {
    { cat /run/secrets/cache_password; echo; } | timeout 3 redis-cli --askpass --no-auth-warning -c -h "$address" -p "$port" \
        SET "finclip-drill:{$2}" "$1" EX 600 | grep -q '^OK'
}
CACHE
}

entry_text() {
    cat <<'ENTRY'
one() {
    if command -v curl >/dev/null; then
        answer=$(curl -fsS --noproxy '*' --max-time 3 "http://$address:$port$path")
    else
        answer=$(timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$3" "$1" >&3 &&
            cat <&3' one "$address" "$port" "$path" | tr -d '\r' | sed '1,/^$/d')
    fi
    [ "$(printf '%s\n' "$answer" | head -n 1)" = ok ]
}
ENTRY
}

# Where the calls are made from, and what they are made with.
settings_text() {
    say "address=$ADDRESS port=$PORT path=${PATH_READY:-/ready} most=$MOST"
    if [ "$FUNCTION" = cache ]; then say parts=3; else say parts=1; fi
    if [ "$FUNCTION" = entry ]; then say "stop=$folder/stop"; else say "stop=/tmp/$unit.stop"; fi
}

# SECONDS SQL
sql() { { settings_text && database_text && printf 'sql %s "%s"\n' "$1" "$2"; } | docker exec -i "$(container)" sh; }

# Nobody came to end it: what it made goes as well.
client_text() {
    say "docker_container=$(container)"
    if [ "$FUNCTION" = entry ]; then say "sh '$folder/calls' >'$folder/said'"; else
        say "docker exec -i \"\$docker_container\" sh -s <'$folder/calls' >'$folder/said'"
    fi
    say "[ ! -e '$folder/stop' ] || exit 0"
    [ "$FUNCTION" != database ] || say "{ cat '$folder/base'; echo 'sql 20 \"DROP TABLE IF EXISTS finclip_drill\"'; } | docker exec -i \"\$docker_container\" sh -s"
    say "rm -rf '$folder'"
}

is_mine() { [ "$(cat "$folder/mark" 2>/dev/null)" = "$MARK" ]; }

check() {
    place
    if [ "$HOW" = begin ]; then
        { is_mine && systemctl -q is-active "$unit"; } || no "no client calls yet"
    else
        { is_mine && [ -f "$folder/result" ]; } || no "not counted yet" || return
        cat "$folder/result"
    fi
}

end_client() {
    [ -d "$folder" ] || return 0
    : >"$folder/stop"
    [ "$FUNCTION" = entry ] || docker exec "$(container)" touch "/tmp/$unit.stop" || return
    wait_for 20 is_over || systemctl stop "$unit"
    [ "$FUNCTION" = entry ] || docker exec "$(container)" rm -f "/tmp/$unit.stop"
}

is_over() { ! systemctl -q is-active "$unit"; }

begin() {
    [ "$FUNCTION" = entry ] || [ -n "$(container)" ] || cannot "no container of the $FUNCTION runs here" || return
    end_client
    rm -rf "$folder"
    umask 077
    mkdir -p "$folder" || return
    [ "$FUNCTION" != database ] ||
        sql 20 'DROP TABLE IF EXISTS finclip_drill; CREATE TABLE finclip_drill (id BIGINT AUTO_INCREMENT PRIMARY KEY, n BIGINT NOT NULL)' ||
        cannot "the database does not take a table at $ADDRESS:$PORT" || return
    { settings_text && "${FUNCTION}_text"; } >"$folder/base" && { cat "$folder/base" && calls_text; } >"$folder/calls" &&
        client_text >"$folder/client" && say "$MARK" >"$folder/mark" || return
    systemctl reset-failed "$unit" 2>/dev/null
    systemd-run --quiet --unit="$unit" /bin/sh "$folder/client" || cannot "the client does not start" || return
    wait_for 20 calls_well || cannot "the $FUNCTION gives no good answer before anything is stopped: $ADDRESS:$PORT"
}

# The last second's calls.
calls_well() { [ "$(tail -n 20 "$folder/said" 2>/dev/null | awk '$3 == 1' | wc -l)" -ge 18 ]; }

# The longest time without a good answer, in thousandths of a second; short gaps count only where a call failed in them.
outage() {
    sort -n -k 2 "$folder/said" | awk '
        { if (!($4 in last)) last[$4] = $1; end = $2 }
        $3 != 1 { failed[$4] = 1; next }
        { gap = $2 - last[$4]; if ((gap > 50 || failed[$4]) && gap > most) most = gap; last[$4] = $2; failed[$4] = 0 }
        END { for (part in last) if (failed[part] && end - last[part] > most) most = end - last[part]; print most * 10 }'
}

count() {
    awk '$3 == 1 { print $5 }' "$folder/said" | sort >"$folder/acknowledged"
    lost=0 repeated=0
    if [ "$FUNCTION" = database ]; then
        wait_for 60 list_rows || cannot "the database does not tell what was written" || return
        sort -u "$folder/rows" >"$folder/there"
        lost=$(comm -23 "$folder/acknowledged" "$folder/there" | wc -l)
        repeated=$(sort "$folder/rows" | uniq -d | wc -l)
        sql 20 'DROP TABLE IF EXISTS finclip_drill' || cannot "the drill's table cannot be dropped" || return
    fi
    say "drill $FUNCTION calls $(wc -l <"$folder/said") failed $(awk '$3 != 1' "$folder/said" | wc -l) outage_ms $(outage)" \
        "acknowledged $(wc -l <"$folder/acknowledged") lost $lost repeated $repeated" >"$folder/result.new" &&
        mv "$folder/result.new" "$folder/result"
}

list_rows() { sql 20 'SELECT n FROM finclip_drill' >"$folder/rows"; }

end() {
    is_mine || cannot "the client of this drill is gone" || return
    say "the failure simulation says of the $FUNCTION: $EXPECTED"
    wait_for 120 calls_well || say "the $FUNCTION does not answer well"
    end_client && count && rm -f "$folder/said" "$folder/rows" "$folder/there" "$folder/acknowledged"
}

apply() {
    place
    if [ "$HOW" = begin ]; then begin; else end; fi
}

verify() { check; }

remove() { place && end_client && rm -rf "$folder"; }

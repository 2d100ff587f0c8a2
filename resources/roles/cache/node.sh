# shellcheck shell=sh
# cache/node: this server's processes of a Redis cluster, in containers on the server's own network. cache/cluster joins them.
# Values: IMAGE, IMAGE_ID, NODE_ADDRESS, PORTS (one a line), DATA_DIR (of the cache), FOLDER (its configuration), SECRETS_DIR.
# The image has redis-server and redis-cli, 6.2 or newer.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-cache
master_port=7000

configuration() {
    cat <<CONFIG
bind $NODE_ADDRESS
dir /data
daemonize no
appendonly yes
appendfsync everysec
save ""
maxmemory 1gb
maxmemory-policy allkeys-lru
cluster-enabled yes
cluster-config-file nodes.conf
cluster-node-timeout 2000
cluster-announce-ip $NODE_ADDRESS
CONFIG
}

# Runs in the container. The password is handed on through a pipe.
start_text() {
    cat <<'START'
#!/bin/sh
set -eu
id redis >/dev/null 2>&1 && chown redis:redis /data && set -- setpriv --reuid=redis --regid=redis --clear-groups "$@"
password=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' /run/secrets/cache_password)
[ "$PORT" != "$MASTER_PORT" ] || sh /etc/finclip/take_back </dev/null >/dev/null 2>&1 &
exec "$@" <<CONFIGURATION
$(cat /etc/finclip/redis.conf)
port $PORT
requirepass "$password"
masterauth "$password"
CONFIGURATION
START
}

# Runs beside a process that is a master by the plan: when it has come back as a replica and has caught up, it takes its place
# again, which loses nothing. So the loss of another server never meets two masters on one.
take_back_text() {
    cat <<'TAKE_BACK'
#!/bin/sh
seen=0
while sleep 2; do
    state=$(echo 'INFO replication' | sh /etc/finclip/ask "$ADDRESS" "$PORT" | tr -d '\r')
    case $state in
    *role:slave*master_link_status:up*master_sync_in_progress:0*) seen=$((seen + 1)) ;;
    *) seen=0 ;;
    esac
    [ "$seen" -lt 2 ] || { echo 'CLUSTER FAILOVER' | sh /etc/finclip/ask "$ADDRESS" "$PORT"; seen=0; }
done
TAKE_BACK
}

# ask ADDRESS PORT: hands the commands on its standard input to one process; prints its answers.
ask_text() {
    cat <<'ASK'
#!/bin/sh
set -eu
password=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' /run/secrets/cache_password)
{ printf 'AUTH "%s"\n' "$password"; cat; } | timeout 20 redis-cli -h "$1" -p "$2" | sed 1d
ASK
}

service_text() { # PORT
    cat <<SERVICE
  cache-$1:
    image: "$IMAGE"
    pull_policy: never
    container_name: finclip-cache-$1
    network_mode: host
    restart: always
    entrypoint: [sh, /etc/finclip/start, redis-server, "-"]
    command: []
    environment: {ADDRESS: "$NODE_ADDRESS", PORT: "$1", MASTER_PORT: "$master_port"}
    labels: {finclip.role: cache, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$(configuration) $(start_text) $(take_back_text)")"}
    volumes: ["$DATA_DIR/$1:/data", "$FOLDER:/etc/finclip:ro", "$SECRETS_DIR/cache_password:/run/secrets/cache_password:ro"]
    healthcheck: {test: ["CMD-SHELL", "echo PING | sh /etc/finclip/ask $NODE_ADDRESS $1 | grep -qx PONG"], interval: 10s, timeout: 5s, retries: 3, start_period: 60s}
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
    stop_grace_period: 60s
SERVICE
}

each_port() { # COMMAND: is called with the port
    for port in $PORTS; do "$1" "$port" || return; done
}

compose_text() {
    say 'services:'
    each_port service_text
}

files_are_as_wished() {
    is_written "$FOLDER/redis.conf" "$(configuration)" &&
        is_written "$FOLDER/start" "$(start_text)" &&
        is_written "$FOLDER/take_back" "$(take_back_text)" &&
        is_written "$FOLDER/ask" "$(ask_text)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)"
}

wished() { digest_of_text "$(compose_text)"; }

check() {
    ledger cache.node
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

answers() { [ "$(say PING | docker exec -i "finclip-cache-$1" sh /etc/finclip/ask "$NODE_ADDRESS" "$1" 2>/dev/null)" = PONG ]; }

# --- made anew while the cluster serves: one server after the other, as the plan says

ask() { # PORT COMMAND: the answer of this server's process
    ask_at "$1" "$NODE_ADDRESS" "$1" "$2"
}

ask_at() { # PORT ADDRESS PORT COMMAND: the answer of a process, asked by the one here
    say "$4" | docker exec -i "finclip-cache-$1" sh /etc/finclip/ask "$2" "$3" 2>/dev/null | tr -d '\r'
}

is_member() { ask "$1" 'CLUSTER INFO' | sed -n 's/^cluster_known_nodes://p' | grep -qvx 1; }

is_master() { ask "$1" 'CLUSTER NODES' | grep -q ' [a-z,]*myself,master'; }

is_no_master() { ! is_master "$1"; }

some_serve() {
    for port in $PORTS; do
        ! is_member "$port" || return 0
    done
    return 1
}

# A master that ends in order lets its replica take its place first, so that nobody waits until it is found dead.
hand_over() {
    is_member "$1" && is_master "$1" || return 0
    own=$(ask "$1" 'CLUSTER MYID')
    replica=$(ask "$1" 'CLUSTER NODES' | sed -n "/ slave $own .* connected/s/^[^ ]* \([^@ ]*\).*/\1/p" | head -n 1)
    [ -n "$replica" ] || return 0
    say "port $1 hands over to $replica"
    ask_at "$1" "${replica%:*}" "${replica##*:}" 'CLUSTER FAILOVER' >/dev/null
    wait_for 15 is_no_master "$1" || say "the replica did not take over"
}

# In its place again, with all writes: the next server's processes may end now.
is_settled() {
    is_member "$1" || return 0
    state=$(ask "$1" 'INFO replication') && ask "$1" 'CLUSTER INFO' | grep -qx cluster_state:ok || return
    case $state in
    *role:master*) ;;
    *master_link_status:up*master_sync_in_progress:0*) [ "$1" != "$master_port" ] ;;
    *) return 1 ;;
    esac
}

settles() {
    wait_for 120 is_settled "$1" || cannot "the cache on port $1 does not come back to its place in the cluster; the other servers are left as they are"
}

comes_up() { wait_for 120 answers "$1" || cannot "the cache on port $1 does not answer; see: docker logs finclip-cache-$1"; }

make_data() { make_folder "$DATA_DIR/$1" 0755; }

apply() {
    ledger cache.node
    make_folder "$FOLDER" 0755 && make_folder "$DATA_DIR" 0755 && each_port make_data || return
    if some_serve; then serves=yes; else serves=no; fi
    is_written "$FOLDER/compose.yaml" "$(compose_text)" >/dev/null || each_port hand_over || return
    configuration | put_file "$FOLDER/redis.conf" 0644 && start_text | put_file "$FOLDER/start" 0755 &&
        take_back_text | put_file "$FOLDER/take_back" 0755 && ask_text | put_file "$FOLDER/ask" 0755 && compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    start_project "$project" "$FOLDER" || return
    each_port comes_up || return
    [ "$serves" = no ] || each_port settles || return
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

tell() {
    answers "$1" || no "cache, port $1: does not answer" || return
    say "cache, port $1: answers"
}

verify() { each_port tell; }

remove() {
    ledger cache.node
    ledger_restore && drop_secrets cache_password
}

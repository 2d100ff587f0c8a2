# shellcheck shell=sh
# balancer/pair: one of the two load balancers. HAProxy takes what comes to the virtual address; keepalived gives that address to one
# of the two. Both run in containers on the server's own network.
# Values: IMAGE, IMAGE_ID, MEMBER (its name), MEMBER_ADDRESS, PEERS (addresses of the others), VIRTUAL_ADDRESS, VRRP_ID, PRIORITY,
# WORKERS (lines "name address", reached by NODE_PORT), NODE_PORT, DATABASE (lines "name address", in the order in which they are to
# be the writer; may be empty), WRITER_PORT (leads to the one that is), FOLDER.
# The image has haproxy, keepalived and bash.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-balancer
own_port=8405

interface() { ip -o -4 addr show | awk -v address="$MEMBER_ADDRESS" '{ split($4, part, "/") } part[1] == address { print $2; exit }'; }

hexadecimal() { od -An -v -tx1 | tr -d ' \n'; }

# A packet of the database's protocol: length, number, content.
packet() { # NUMBER HEX
    length=$((${#2} / 2))
    printf '%02x%02x%02x%02x%s' $((length % 256)) $((length / 256 % 256)) $((length / 65536)) "$1" "$2"
}

# Answer to the greeting: protocol 4.1 with plugin names, at most 16 MiB, utf8; the account without a password.
login() {
    packet 1 "018208000000000121$(printf '%046d' 0)$(printf finclip_check | hexadecimal)0000$(printf mysql_native_password | hexadecimal)00"
}

# Put together, so that the answer cannot be the question's echo.
role_query() {
    printf '\003%s' "SELECT IF(@@read_only=0 AND (@@wsrep_on=0 OR (SELECT COUNT(*) FROM information_schema.GLOBAL_STATUS WHERE (VARIABLE_NAME='WSREP_CLUSTER_STATUS' AND VARIABLE_VALUE='Primary') OR (VARIABLE_NAME='WSREP_LOCAL_STATE' AND VARIABLE_VALUE IN ('2','4')) OR (VARIABLE_NAME='WSREP_READY' AND VARIABLE_VALUE='ON'))=3),CONCAT('finclip','-writes'),'no') AS r"
}

workers() {
    say "$WORKERS" | while read -r name address; do
        [ -z "$name" ] || say "    server $name $address:$NODE_PORT check"
    done
}

# One writer at a time: the first that may write; the others stand by.
members() {
    standby=
    say "$DATABASE" | while read -r name address; do
        [ -n "$name" ] || continue
        say "    server $name $address:3306 check$standby"
        standby=' backup'
    done
}

# The old primary of a pair may come back open for writes; before it is used again it has had the time to see the new one.
checks_until_up() { if [ "$(say "$DATABASE" | wc -l)" = 2 ]; then say 5; else say 2; fi; }

haproxy_text() {
    cat <<HAPROXY
global
    maxconn 8000
    no strict-limits
    log stdout format raw local0 notice

defaults
    log global
    timeout connect 2s
    timeout check 2s

frontend own
    bind 127.0.0.1:$own_port
    mode http
    timeout client 5s
    monitor-uri /alive
    stats enable
    stats uri /state

frontend entry
    bind $VIRTUAL_ADDRESS:80 transparent
    mode http
    option forwardfor
    timeout client 60s
    timeout http-request 10s
    default_backend business

backend business
    mode http
    balance roundrobin
    option redispatch 1
    retries 3
    timeout server 60s
    timeout queue 10s
    default-server inter 1s fastinter 500ms fall 2 rise 1
$(workers)
HAPROXY
    [ -n "$DATABASE" ] || return 0
    cat <<HAPROXY

frontend database
    bind $VIRTUAL_ADDRESS:$WRITER_PORT transparent
    mode tcp
    timeout client 8h
    default_backend database

backend database
    mode tcp
    timeout server 8h
    option tcp-check
    tcp-check connect
    tcp-check expect rbinary ^......000A
    tcp-check send-binary $(login)
    tcp-check expect rbinary ^......0200
    tcp-check send-binary $(packet 0 "$(role_query | hexadecimal)")
    tcp-check expect string finclip-writes
    tcp-check send-binary 0100000001
    default-server inter 1s fastinter 500ms fall 2 rise $(checks_until_up) on-marked-down shutdown-sessions on-marked-up shutdown-backup-sessions
$(members)
HAPROXY
}

peers() { say "$PEERS" | sed '/./!d; s/^/        /'; }

keepalived_text() {
    cat <<KEEPALIVED
global_defs {
    router_id $MEMBER
    vrrp_version 3
    # While a balancer moves to another server, two may hold the address for a moment: the one that stays says so again.
    vrrp_garp_master_refresh 5
    script_user root
    enable_script_security
}

vrrp_script balancer {
    script "/etc/finclip/alive"
    interval 1
    timeout 2
    fall 2
    rise 1
}

vrrp_instance finclip {
    state BACKUP
    nopreempt
    interface $(interface)
    virtual_router_id $VRRP_ID
    priority $PRIORITY
    advert_int 0.5
    unicast_src_ip $MEMBER_ADDRESS
    unicast_peer {
$(peers)
    }
    virtual_ipaddress {
        $VIRTUAL_ADDRESS/32 dev $(interface)
    }
    track_script {
        balancer
    }
}
KEEPALIVED
}

alive_text() {
    cat <<ALIVE
#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/$own_port && printf 'GET /alive HTTP/1.0\r\n\r\n' >&3 && read -r -t 1 answer <&3 && [[ \$answer == *' 200 '* ]]
ALIVE
}

service_text() { # NAME COMMAND
    cat <<SERVICE
  $1:
    image: "$IMAGE"
    pull_policy: never
    container_name: finclip-$1
    network_mode: host
    restart: always
    entrypoint: $2
    command: []
    cap_add: [NET_ADMIN, NET_RAW, NET_BROADCAST]
    labels: {finclip.role: load_balancer, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$3")"}
    volumes: ["$FOLDER:/etc/finclip:ro"]
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
    tmpfs: [/run] # what a power cut leaves there says that it runs already
    stop_grace_period: 10s
SERVICE
}

compose_text() {
    say 'services:'
    service_text haproxy '[haproxy, -W, -db, -f, /etc/finclip/haproxy.cfg]' "$(haproxy_text)"
    service_text keepalived '[keepalived, --dont-fork, --log-console, --use-file=/etc/finclip/keepalived.conf]' "$(keepalived_text) $(alive_text)"
}

files_are_as_wished() {
    is_written "$FOLDER/haproxy.cfg" "$(haproxy_text)" &&
        is_written "$FOLDER/keepalived.conf" "$(keepalived_text)" &&
        is_written "$FOLDER/alive" "$(alive_text)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)"
}

wished() { digest_of_text "$(compose_text)"; }

check() {
    ledger balancer.pair
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

alive() { http_get "$own_port" /alive >/dev/null; }

holds_address() { ip -o -4 addr show | grep -q " $VIRTUAL_ADDRESS/"; }

# Some balancer answers for the virtual address: this one, or the other by way of the network.
address_answers() { holds_address || ping -c 1 -W 1 "$VIRTUAL_ADDRESS"; }

apply() {
    ledger balancer.pair
    [ -n "$(interface)" ] || cannot "no network interface has the address $MEMBER_ADDRESS" || return
    make_folder "$FOLDER" 0755 || return
    haproxy_text | put_file "$FOLDER/haproxy.cfg" 0644 && keepalived_text | put_file "$FOLDER/keepalived.conf" 0644 &&
        alive_text | put_file "$FOLDER/alive" 0755 && compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    start_project "$project" "$FOLDER" || return
    wait_for 60 alive || cannot "HAProxy does not answer; see: docker logs finclip-haproxy" || return
    wait_for 60 address_answers || cannot "nobody holds $VIRTUAL_ADDRESS; see: docker logs finclip-keepalived" || return
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

# Servers of a backend that are up, one a line; the one that is used first.
up_in() { # STATE BACKEND
    say "$1" | awk -F, -v backend="$2" '$1 == backend && $2 != "FRONTEND" && $2 != "BACKEND" && $18 ~ /^UP/ { print $2 }'
}

verify() {
    alive || no "load balancer $MEMBER: HAProxy does not answer" || return
    address_answers >/dev/null 2>&1 || no "load balancer $MEMBER: nobody answers at $VIRTUAL_ADDRESS" || return
    state=$(http_get "$own_port" '/state;csv')
    if holds_address; then say "load balancer $MEMBER: holds $VIRTUAL_ADDRESS"; else say "load balancer $MEMBER: stands by"; fi
    if [ -n "$DATABASE" ]; then
        up=$(up_in "$state" database)
        [ -n "$up" ] || no "load balancer $MEMBER: no database member can take writes" || return
        say "load balancer $MEMBER: writes go to the database on $(say "$up" | head -n 1), $(say "$up" | wc -l) of $(say "$DATABASE" | wc -l) members can take them"
        # Of a primary and its replica one may.
        [ "$(checks_until_up)" = 2 ] || [ "$(say "$up" | wc -l)" = 1 ] || no "load balancer $MEMBER: two database servers take writes" || return
    fi
    [ -n "$WORKERS" ] || return 0
    up=$(up_in "$state" business)
    [ -n "$up" ] || say "load balancer $MEMBER: no worker answers on port $NODE_PORT"
    [ -z "$up" ] || say "load balancer $MEMBER: $(say "$up" | wc -l) of $(say "$WORKERS" | wc -l) workers answer on port $NODE_PORT"
}

remove() {
    ledger balancer.pair
    ledger_restore
}

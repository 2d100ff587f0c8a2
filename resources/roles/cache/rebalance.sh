# shellcheck shell=sh
# cache/rebalance: after fail-overs two masters may share a server; each master goes back to its own place. Nothing stops meanwhile:
# the cluster hands over when the replica has all writes.
# Values: NODES (lines "name address port shard master|replica").
# shellcheck disable=SC2154  # values and what lib.sh defines

way() { docker ps --filter label=com.docker.compose.project=finclip-cache --format '{{.Names}}' | sort | head -n 1; }

ask() { # ADDRESS PORT COMMAND: its answer
    say "$3" | docker exec -i "$(way)" sh /etc/finclip/ask "$1" "$2" | tr -d '\r'
}

each_master() { # COMMAND: is called with address and port
    while read -r _ address port _ kind; do
        [ "$kind" != master ] || "$1" "$address" "$port" </dev/null || return
    done <<NODES
$NODES
NODES
}

is_master() { ask "$1" "$2" 'CLUSTER NODES' | grep -q ' [a-z,]*myself,master' || no "$1:$2 is not a master"; }

check() {
    command -v docker >/dev/null && [ -n "$(way)" ] || no "no cache runs here" || return
    each_master is_master
}

take_over() {
    ! is_master "$1" "$2" >/dev/null || return 0
    say "$1:$2 becomes the master of its part"
    [ "$(ask "$1" "$2" 'CLUSTER FAILOVER')" = OK ] || cannot "$1:$2 cannot take over; see verify" || return
    wait_for 60 is_master "$1" "$2" || cannot "$1:$2 did not become a master within 60 s"
}

apply() { each_master take_over; }

verify() { check; }

# Nothing was made that would have to be taken back.
remove() { :; }

# shellcheck shell=sh
# cache/cluster: joins the cache's processes to one cluster, with each replica on another server than its master. After a fail-over
# the process that is the master by the plan takes its place again by itself (cache/node). Where processes of an earlier plan serve
# still, those of this plan take over from them with all that they hold.
# Values: NODES (lines "name address port shard master|replica"; shards from 0 on).
# shellcheck disable=SC2154  # values and what lib.sh defines

slots=16384

# A process of this server, through which all others are reached.
way() { docker ps --filter label=com.docker.compose.project=finclip-cache --format '{{.Names}}' | sort | head -n 1; }

ask() { # ADDRESS PORT COMMAND: its answer
    say "$3" | docker exec -i "$(way)" sh /etc/finclip/ask "$1" "$2" | tr -d '\r'
}

each_node() { # COMMAND: is called with name, address, port, shard, kind
    while read -r name address port shard kind; do
        [ -z "$name" ] || "$1" "$name" "$address" "$port" "$shard" "$kind" </dev/null || return
    done <<NODES
$NODES
NODES
}

count() { say "$NODES" | grep -c .; }
shards() { say "$NODES" | grep -c ' master$'; }

first() { say "$NODES" | sed -n 1p; }

ask_first() { # COMMAND
    first | {
        read -r _ address port _
        ask "$address" "$port" "$1"
    }
}

# The cluster as its first process sees it: a line "id address:port flags master" for each.
members() {
    ask_first 'CLUSTER NODES' | sed 's/@[^ ]*//' | while read -r id where flags master _ _ _ link _; do
        say "$id $where $flags $master $link"
    done
}

value() { sed -n "s/^$1://p"; }

check() {
    ledger cache.cluster
    ledger_is_done "$NODES" || no "not joined yet, or with other processes" || return
    is_whole
}

is_whole() {
    command -v docker >/dev/null && [ -n "$(way)" ] || no "no cache runs here yet" || return
    info=$(ask_first 'CLUSTER INFO')
    [ "$(say "$info" | value cluster_state)" = ok ] || no "cluster_state is $(say "$info" | value cluster_state)" || return
    [ "$(say "$info" | value cluster_slots_ok)" = "$slots" ] ||
        no "$(say "$info" | value cluster_slots_ok) of $slots slots are served" || return
    each_node is_member || return
    seen=$(members)
    ! say "$seen" | grep -q 'fail' || no "processes that do not answer: $(say "$seen" | sed -n '/fail/s/^[^ ]* \([^ ]*\) .*/\1/p' | paste -sd, -)" || return
    no_pair_on_one_server
}

is_member() { members | cut -d' ' -f2 | grep -qxF "$2:$3" || no "$2:$3 does not belong to the cluster"; }

no_pair_on_one_server() {
    seen=$(members)
    masters=0
    for id in $(say "$seen" | sed -n '/ [a-z,]*master/s/ .*//p'); do
        masters=$((masters + 1))
        here=$(say "$seen" | sed -n "s/^$id \([^:]*\):.*/\1/p")
        say "$seen" | sed -n "/ $id /s/^[^ ]* \([^:]*\):.*/\1/p" | grep -qvxF "$here" ||
            no "the master $here has no replica on another server" || return
    done
    [ "$masters" = "$(shards)" ] || no "$masters masters in place of $(shards)"
}

# Those that it does not know yet, whose greeting is not over, or in whose place it knows one that is gone.
unknown_to() { # ADDRESS PORT
    known=$(ask "$1" "$2" 'CLUSTER NODES' | grep -vE '(handshake|noaddr|fail) ' | cut -d' ' -f2 | cut -d@ -f1)
    say "$NODES" | while read -r _ address port _; do
        say "$known" | grep -qxF "$address:$port" || say "$address:$port"
    done
}

knows_all() { [ -z "$(unknown_to "$1" "$2")" ]; }

answers() { [ "$(ask "$2" "$3" PING)" = PONG ]; }

is_up() { wait_for 60 answers "$@" || cannot "$2:$3 does not answer"; }

meet() { [ "$(ask_first "CLUSTER MEET $2 $3")" = OK ] || cannot "$2:$3 cannot be met"; }

has_met() { wait_for 60 knows_all "$2" "$3" || cannot "$2:$3 does not know all the others"; }

myself() { ask "$1" "$2" 'CLUSTER NODES' | grep ' [a-z,]*myself'; }

serves() { [ -n "$(myself "$1" "$2" | served)" ]; }

# The first slot of each range that has a server.
served() {
    while read -r _ _ _ _ _ _ _ _ ranges; do
        for range in $ranges; do say "${range%%-*}"; done
    done
}

is_master_by_plan() { say "$NODES" | grep -q "^[^ ]* ${1%:*} ${1##*:} [0-9]* master$"; }
is_in_plan() { say "$NODES" | grep -q "^[^ ]* ${1%:*} ${1##*:} "; }

# Processes that serve a part and are no masters by the plan: "id address:port" each, those first that the plan does not have.
givers() { # ADDRESS PORT
    ask "$1" "$2" 'CLUSTER NODES' | while read -r id where flags _ _ _ _ _ ranges; do
        where=${where%%@*}
        case $flags in *fail* | *handshake* | *noaddr*) continue ;; *master*) ;; *) continue ;; esac
        if [ -z "$ranges" ] || is_master_by_plan "$where"; then continue; fi
        if is_in_plan "$where"; then say "2 $id $where"; else say "1 $id $where"; fi
    done | sort | cut -d' ' -f2-
}

has_caught_up() {
    case $(ask "$1" "$2" 'INFO replication') in *role:slave*master_link_status:up*master_sync_in_progress:0*) ;; *) return 1 ;; esac
}

# Asked without a pause: whoever gave up the place may want it back in two seconds.
has_taken_over() {
    ! serves "$1" "$2" || return 0
    ask "$1" "$2" 'CLUSTER FAILOVER'
    for _ in 1 2 3 4 5 6 7 8; do
        ! serves "$1" "$2" || return 0
    done
    return 1
}

# Nothing stops meanwhile: the cluster hands over when the replica has all writes. One that leaves would take its place back when it
# can: the new master is the first not to know it any more.
take_over() { # ADDRESS PORT ID, which it follows
    where=$(ask "$1" "$2" 'CLUSTER NODES' | sed -n "s/^$3 \([^@]*\).*/\1/p")
    say "$1:$2 takes over from $where"
    wait_for 300 has_caught_up "$1" "$2" || cannot "$1:$2 does not catch up with $where" || return
    wait_for 20 has_taken_over "$1" "$2" || cannot "$1:$2 cannot take over from $where" || return
    is_in_plan "$where" || ask "$1" "$2" "CLUSTER FORGET $3"
}

# A master by the plan in whose place another one serves.
take_back() {
    [ "$5" = master ] || return 0
    follows=$(myself "$2" "$3" | sed -n 's/^[^ ]* [^ ]* [a-z,]*slave[a-z,]* \([0-9a-f]*\) .*/\1/p')
    [ -z "$follows" ] || take_over "$2" "$3" "$follows"
}

# A master's part: what nobody serves, or that of a process which leaves or only stands in for another.
take_part() {
    [ "$5" = master ] && ! serves "$2" "$3" || return 0
    from=$(($4 * slots / $(shards)))
    to=$((($4 + 1) * slots / $(shards) - 1))
    giver=$(givers "$2" "$3" | head -n 1)
    if ! ask "$2" "$3" 'CLUSTER NODES' | served | grep -qx "$from"; then
        say "slots $from to $to: $2:$3"
        [ "$(ask "$2" "$3" "CLUSTER ADDSLOTS $(seq -s ' ' "$from" "$to")")" = OK ] || cannot "$2:$3 does not take its slots"
    elif [ -n "$giver" ]; then
        wait_for 30 becomes_replica "$2" "$3" "${giver%% *}" || cannot "$2:$3 does not follow ${giver##* }" || return
        take_over "$2" "$3" "${giver%% *}"
    else
        cannot "there is no part of the cache for $2:$3"
    fi
}

# Only one that serves nothing may become a replica.
follow() {
    [ "$5" = replica ] && ! serves "$2" "$3" || return 0
    shard_of_replica=$4
    master=$(say "$NODES" | while read -r _ address port shard kind; do
        [ "$shard $kind" != "$shard_of_replica master" ] || ask "$address" "$port" 'CLUSTER MYID' </dev/null
    done)
    ! myself "$2" "$3" | grep -q "slave[a-z,]* $master " || return 0
    say "$2:$3 follows $master"
    wait_for 30 becomes_replica "$2" "$3" "$master" || cannot "$2:$3 does not become a replica"
}

becomes_replica() { [ "$(ask "$1" "$2" "CLUSTER REPLICATE $3")" = OK ]; }

id_of() { ask "$2" "$3" 'CLUSTER MYID'; }

does_not_know() { # NAME ADDRESS PORT: none of $others
    for id in $others; do
        ! ask "$2" "$3" 'CLUSTER NODES' | grep -q "^$id " || [ "$(ask "$2" "$3" "CLUSTER FORGET $id")" = OK ] || return
    done
}

forget() { wait_for 20 does_not_know "$@" || cannot "$2:$3 does not forget the processes that left"; }

# Processes that the plan does not have: they leave, or are gone for ever.
forget_others() {
    own=$(each_node id_of)
    others=$(members | cut -d' ' -f1 | grep -vxF "$own")
    [ -z "$others" ] || each_node forget
}

apply() {
    ledger cache.cluster
    each_node is_up || return
    each_node meet && each_node has_met && each_node take_back && each_node take_part && each_node follow && forget_others || return
    wait_for 60 is_whole || { is_whole || cannot "the cluster does not come together"; } || return
    ledger_done "$NODES"
}

verify() {
    is_whole || return
    seen=$(members)
    on=$(say "$seen" | sed -n '/ [a-z,]*master/s/^[^ ]* \([^:]*\):.*/\1/p' | sort -u | wc -l)
    say "cache: $(count) processes are together, all $slots slots are served, $(shards) masters on $on servers"
    # The loss of that server would leave no majority to go on with.
    [ "$on" = "$(shards)" ] || no "two masters share a server after a fail-over; one that came back takes its place again in some seconds, or by rebalance"
}

# The processes are removed, each by its own server, with all that they know of each other.
remove() {
    ledger cache.cluster
    ledger_restore
}

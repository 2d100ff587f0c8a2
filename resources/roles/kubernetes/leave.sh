# shellcheck shell=sh
# kubernetes/leave: what a server of the cluster that stays does about a node that leaves. Only taking back changes something: its
# check says whether that is still to be done. A drained node that is to be a member again is opened by kubernetes/node.
# Values: KUBECTL, NODE, HOW (drain: it gets no new pods, and those that it has move; delete: the cluster forgets it, and with a
# server its vote).
# shellcheck disable=SC2154,SC2086  # values and what lib.sh defines; KUBECTL is a program and its first words

cluster() { $KUBECTL --request-timeout=20s "$@"; }

# "NAME MARK", or nothing where there is no such node.
found() { cluster get node "$NODE" --ignore-not-found -o 'jsonpath={.metadata.name} {.metadata.annotations.finclip\.com/leaves}'; }

mark() { cluster annotate node "$NODE" --overwrite "finclip.com/leaves=$1"; }

check() {
    now=$(found) || cannot "the cluster does not answer" || return
    case $HOW/$now in
    */) no "there is no node $NODE" ;;
    "drain/$NODE drained") no "node $NODE is drained" ;;
    *) say "node $NODE is there" ;;
    esac
}

apply() { cannot "a node joins with kubernetes/node alone"; }

verify() { check; }

# A server that left without a word takes the cluster's own services down for half a minute: what is asked is asked again.
asked() { wait_for 90 "$@"; }

drain() {
    asked mark leaving && asked cluster cordon "$NODE" || cannot "node $NODE cannot be closed for new pods" || return
    # One that does not answer any more never says that its pods have ended.
    timeout 300 $KUBECTL drain "$NODE" --ignore-daemonsets --delete-emptydir-data --force --timeout=120s ||
        say "not all pods moved away from $NODE in time; they end with it"
    asked mark drained
}

# A server is gone when its vote is: whoever sees to that may have been the lost one itself.
delete() { timeout 150 $KUBECTL delete node "$NODE" --ignore-not-found --timeout=120s || let_go; }

# k3s may never come to its own last word about a node (after its leader's power cut its controller is not there). When nothing but
# that is left, the vote is gone; what it would have done is that the name can join again.
let_go() {
    [ "$(cluster get node "$NODE" -o 'jsonpath={.metadata.deletionTimestamp} {.metadata.finalizers[*]}' | cut -d' ' -f2-)" = wrangler.cattle.io/node ] || return
    cluster -n kube-system delete secret "$NODE.node-password.k3s" "$NODE.node-password.rke2" --ignore-not-found &&
        cluster patch node "$NODE" --type=merge -p '{"metadata":{"finalizers":null}}'
}

remove() {
    asked found
    now=$(found) || cannot "the cluster does not answer" || return
    [ -n "$now" ] || return 0
    case $HOW in
    drain) drain ;;
    delete) asked delete || cannot "node $NODE cannot be deleted from the cluster" ;;
    esac
}

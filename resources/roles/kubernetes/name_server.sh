# shellcheck shell=sh
# kubernetes/name_server: the cluster's own name server on two servers in place of one, so that names are found whichever server is
# lost. Only the number of its copies and their places are set; the rest stays the distribution's, which leaves these two alone.
# Done on one of the cluster's servers.
# Values: KUBECTL, DEPLOYMENT (of the name server, in kube-system), MOVED_TO (the server that does this from now on: remove leaves
# what the cluster holds).
# shellcheck disable=SC2154  # values and what lib.sh defines

copies=2

in_system() { $KUBECTL --namespace kube-system --request-timeout=20s "$@"; }

# Never two on one server: those that follow a lost one would else stay together.
wished() {
    say '{"spec": {"replicas": '"$copies"', "template": {"spec": {"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}]}}}}}}'
}

as_it_was() { say '{"spec": {"replicas": 1, "template": {"spec": {"affinity": null}}}}'; }

is_there() { in_system get deployment "$DEPLOYMENT" -o name; }

# How many are wished, how many are ready, how they are kept apart.
state() {
    in_system get deployment "$DEPLOYMENT" -o \
        'jsonpath={.spec.replicas} {.status.readyReplicas} {.spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey}'
}

check() {
    ledger kubernetes.name_server
    ledger_is_done "$(wished)" || no "the name server is not on $copies servers yet" || return
    found=$(state 2>/dev/null) || cannot "the cluster does not answer" || return
    case $found in
    "$copies "*" kubernetes.io/hostname") ;;
    *) no "the name server has other copies or places: $found" ;;
    esac
}

apply() {
    ledger kubernetes.name_server
    # The first server makes it some moments after it runs.
    wait_for 120 is_there || cannot "the cluster has no name server $DEPLOYMENT" || return
    ledger_keep copies "$DEPLOYMENT" : && in_system patch deployment "$DEPLOYMENT" --patch "$(wished)" ||
        cannot "the name server cannot be given $copies copies" || return
    ledger_done "$(wished)"
}

verify() {
    check || return
    ready=$(state | cut -d' ' -f2)
    [ "${ready:-0}" -ge "$copies" ] || no "name server: ${ready:-0} of $copies copies are ready" || return
    say "name server: $ready copies are ready, on $copies servers"
}

# A cluster that does not answer any more takes its name server with it.
undo_copies() { [ -n "${MOVED_TO-}" ] || in_system patch deployment "$2" --patch "$(as_it_was)" || say "left as it is, the cluster does not answer"; }

remove() {
    ledger kubernetes.name_server
    ledger_restore
}

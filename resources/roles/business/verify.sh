# shellcheck shell=sh
# business/verify: do the business services work, from the entry inwards? Changes nothing.
# Values: KUBECTL, ENTRIES (lines "name address port": the entry, then each server's own), READY_PATH, LEAST (instances of each
# service).
# shellcheck disable=SC2154  # values and what lib.sh defines

namespace=finclip

check() { verify; }

apply() { :; }

remove() { :; }

verify() {
    well=0
    while read -r name address port; do
        [ -z "$name" ] || entry "$name" "$address" "$port" || well=1
    done <<ENTRIES
$ENTRIES
ENTRIES
    workloads || well=1
    others || well=1
    [ "$well" = 0 ] || no "the platform is not ready"
}

entry() { # NAME ADDRESS PORT
    if answer=$(http_get "$3" "$READY_PATH" "$2" 2>&1) && [ "$(printf '%s' "$answer" | head -n 1)" = ok ]; then
        say "entry $1, $2:$3: ready"
    else
        no "entry $1, $2:$3: not ready: $(printf '%s' "$answer" | head -c 300)"
    fi
}

# A line in words for each service: how many of its instances are ready, and where they are.
workloads() {
    listed=$($KUBECTL --namespace "$namespace" --request-timeout=20s get deployments,daemonsets,statefulsets -o \
        jsonpath='{range .items[*]}{.kind} {.metadata.name} {.spec.replicas}{.status.desiredNumberScheduled} {.status.readyReplicas}{.status.numberReady}{"\n"}{end}') &&
        [ -n "$listed" ] || no "no service runs on Kubernetes" || return
    pods=$($KUBECTL --namespace "$namespace" --request-timeout=20s get pods -o \
        jsonpath='{range .items[*]}{.metadata.name} {.spec.nodeName} {.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}')
    say "$listed" | {
        bad=0
        while read -r kind name wanted ready; do
            where=$(say "$pods" | sed -n "s/^$name-[^ ]* \([^ ]*\) True$/\1/p" | sort -u | paste -s -d' ' -)
            if [ "${ready:-0}" -lt "$wanted" ]; then
                bad=1
                say "$name: ${ready:-0} of $wanted instances are ready${where:+, on $where}; see: $KUBECTL -n $namespace get pods"
            elif [ "$kind" = Deployment ] && [ "$wanted" -lt "$LEAST" ]; then
                bad=1
                say "$name: has $wanted instances, needed are $LEAST"
            else
                say "$name: $ready of $wanted instances are ready, on $where"
                [ "$kind" != Deployment ] || case $where in *' '*) ;; *) say "$name: all of its instances are on one server" ;; esac
            fi
        done
        [ "$bad" = 0 ]
    }
}

# From this server to instances on all others, through the network of the pods.
others() {
    $KUBECTL --namespace "$namespace" --request-timeout=20s get pods -l finclip.role=business -o \
        jsonpath='{range .items[?(@.status.podIP)]}{.metadata.name} {.spec.nodeName} {.status.podIP} {.spec.containers[0].ports[0].containerPort}{"\n"}{end}' | {
        bad=0
        while read -r pod node address port; do
            [ -n "$port" ] || continue
            if answer=$(http_get "$port" "$READY_PATH" "$address" 2>&1); then
                say "$pod on $node: answers through the pod network"
            else
                bad=1
                say "$pod on $node, $address:$port: does not answer through the pod network: $(printf '%s' "$answer" | head -c 200)"
            fi
        done
        [ "$bad" = 0 ]
    }
}

# shellcheck shell=sh
# kubernetes/node: this server as a member of the cluster: configuration, service, and joining.
# Values: what the distribution's row of the planner's table says: DISTRIBUTION, UNIT, CONFIG_DIR, STATE_DIR (its data), INSTALLER,
# INSTALL_ENVIRONMENT (lines NAME=value), UNINSTALLER, KUBECTL, JOIN_PORT, FIRST_CONFIG (what the first server says besides);
# KIND (server or agent), NODE (name in the cluster), CONFIG (configuration without how to join), ENVIRONMENT (of the service),
# FIRST (yes: founds the cluster), PEERS (addresses of the servers to join, in their order), POD_CIDR.
# Secrets: CLUSTER_TOKEN.
# shellcheck disable=SC2154  # values and what lib.sh defines

config_file() { say "$CONFIG_DIR/config.yaml"; }
defaults_file() { say "/etc/default/$UNIT"; }

as_node() { $KUBECTL --kubeconfig "$STATE_DIR/agent/kubelet.kubeconfig" --request-timeout=10s "$@"; }

ready_condition='{range .status.conditions[?(@.type=="Ready")]}{.status}{end}'
is_ready() {
    systemctl -q is-active "$UNIT" || no "$UNIT.service does not run; see: journalctl -u $UNIT" || return
    [ "$(as_node get node "$NODE" -o jsonpath="$ready_condition" 2>/dev/null)" = True ] || no "node $NODE is not ready yet"
}

wished_config() {
    say "$CONFIG"
    cat "$book/join"
    # JSON's way of quoting is YAML's too; a token is letters and digits.
    printf 'token: "%s"\n' "$CLUSTER_TOKEN"
}

config_as_wished() { [ -f "$(config_file)" ] && [ "$(mode_of "$(config_file)")" = 600 ] && wished_config 2>/dev/null | cmp -s - "$(config_file)"; }

made_of() { digest_of_text "$KIND $UNIT $INSTALLER $INSTALL_ENVIRONMENT $CONFIG $ENVIRONMENT"; }

is_ours() { [ -f "$book/join" ]; }

check() {
    ledger kubernetes.node
    ledger_is_done "$(made_of)" || no "not a member of the cluster yet, or with other settings" || return
    config_as_wished || no "$(config_file) is not as wished" || return
    is_written "$(defaults_file)" "$ENVIRONMENT" || return
    systemctl -q is-enabled "$UNIT" || no "$UNIT.service does not start at boot" || return
    is_ready && stays
}

# Drained by kubernetes/leave, and then it did not leave.
stays() { [ -z "$(as_node get node "$NODE" -o 'jsonpath={.metadata.annotations.finclip\.com/leaves}' 2>/dev/null)" ] || no "node $NODE is drained, as it was to leave"; }

open_again() { as_node uncordon "$NODE" && as_node annotate node "$NODE" finclip.com/leaves-; }

# --- joining

answers_at() { # ADDRESS
    if command -v curl >/dev/null; then
        curl -ks --noproxy '*' --max-time 5 -o /dev/null "https://$1:$JOIN_PORT/ping"
    else
        # shellcheck disable=SC2016  # for bash to expand
        timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2"' answers_at "$1" "$JOIN_PORT" 2>/dev/null
    fi
}

first_that_answers() {
    for peer in $PEERS; do
        answers_at "$peer" && say "$peer" && return 0
    done
    return 1
}

# What a server or an agent has from its first moment as a member on.
membership() { if [ "$KIND" = server ]; then say "$STATE_DIR/server/db"; else say "$STATE_DIR/agent/kubelet.kubeconfig"; fi; }

# Decided once: a server that is a member already keeps its own data and its way, one without joins what is there, and only where
# nobody is there the first one founds a cluster. So a first server that lost its disk never founds a second cluster.
decide_join() {
    [ ! -s "$book/join" ] || [ ! -e "$(membership)" ] || return 0
    if peer=$(first_that_answers); then
        say "joining the cluster of $peer"
        say "server: https://$peer:$JOIN_PORT" >"$book/join.new"
    elif [ "$FIRST" = yes ]; then
        say "founding the cluster"
        say "$FIRST_CONFIG" >"$book/join.new"
    else
        cannot "none of the cluster's servers answers at port $JOIN_PORT: $PEERS" || return
    fi
    to_disk "$book/join.new" && mv "$book/join.new" "$book/join"
}

# --- what there was before

tree_was() { if [ -e "$1" ]; then say there; else say none; fi; }
ledger_keep_tree() { ledger_keep tree "$1" tree_was "$1"; }
undo_tree() { [ "$(cat "$1/was")" != none ] || rm -rf "$2"; }
sysctl_was() { cat "$(sysctl_path "$1")"; }

nothing_foreign() {
    ! is_ours || return 0
    for there in "$systemd_units/k3s.service" "$systemd_units/k3s-agent.service" /etc/kubernetes/kubelet.conf \
        /usr/local/lib/systemd/system/rke2-server.service "$STATE_DIR/server" "$STATE_DIR/agent/kubelet.kubeconfig"; do
        [ ! -e "$there" ] || cannot "a Kubernetes that is not ours is here ($there); remove it, or take another server" || return
    done
}

keep_what_was() {
    for tree in /var/lib/kubelet /var/log/pods /var/log/containers /var/lib/cni "/run/$DISTRIBUTION" /run/flannel; do
        ledger_keep_tree "$tree" || return
    done
    for key in vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops; do
        [ ! -f "$(sysctl_path "$key")" ] || ledger_keep sysctl "$key" sysctl_was "$key" || return
    done
    ledger_keep_unit "$UNIT.service"
}

# --- apply

install_service() (
    [ "$(cat "$book/installed" 2>/dev/null)" != "$(digest_of_text "$INSTALLER $INSTALL_ENVIRONMENT")" ] || exit 0
    set -f
    while IFS= read -r line; do
        # shellcheck disable=SC2163  # NAME=value
        [ -z "$line" ] || export "$line"
    done <<ENVIRONMENT
$INSTALL_ENVIRONMENT
ENVIRONMENT
    sh "$INSTALLER" </dev/null || { cannot "the installer of $DISTRIBUTION failed"; exit; }
    digest_of_text "$INSTALLER $INSTALL_ENVIRONMENT" >"$book/installed"
)

start_service() {
    systemctl daemon-reload && systemctl enable "$UNIT" || return
    # What runs was started with the present files only if it was written down after that start.
    if [ "$(cat "$book/runs" 2>/dev/null)" = "$(running_with)" ] && systemctl -q is-active "$UNIT"; then return 0; fi
    rm -f "$book/runs"
    systemctl restart --no-block "$UNIT" || return
    wait_for 300 is_ready || cannot "$(is_ready); see: journalctl -u $UNIT" || return
    running_with >"$book/runs"
}

running_with() { say "$(made_of) $(digest_of_file "$(config_file)")"; }

apply() {
    ledger kubernetes.node
    nothing_foreign && keep_what_was && decide_join || return
    [ -n "$CLUSTER_TOKEN" ] || cannot "the cluster's token did not arrive" || return
    make_folder "$CONFIG_DIR" 0755 && wished_config | put_file "$(config_file)" 0600 || return
    make_folder /etc/default 0755 && say "$ENVIRONMENT" | put_file "$(defaults_file)" 0600 || return
    install_service && start_service || return
    stays || open_again || cannot "node $NODE cannot be opened for pods again" || return
    ledger_done "$(made_of)"
}

verify() {
    ledger kubernetes.node
    is_ready && say "node $NODE: ready"
}

# --- remove

has_left() { [ -z "$($KUBECTL --request-timeout=5s get node "$NODE" --ignore-not-found -o name 2>/dev/null)" ]; }

# So that the other servers do not count on a member that never comes back. With its vote goes its own view of the cluster: then it
# gets no answer any more.
leave_cluster() {
    [ "$KIND" = server ] && systemctl -q is-active "$UNIT" || return 0
    others=$($KUBECTL --request-timeout=10s get nodes -l node-role.kubernetes.io/control-plane -o name 2>/dev/null | grep -vcx "node/$NODE")
    [ "${others:-0}" -gt 0 ] || return 0
    # shellcheck disable=SC2086  # a program and its first words
    if ! $KUBECTL --request-timeout=20s delete node "$NODE" --ignore-not-found --wait=false || ! wait_for 30 has_left; then
        say "the node $NODE could not be deleted from the cluster"
    fi
}

forget_rules() {
    for table in filter nat; do
        iptables -w -t "$table" -S 2>/dev/null | grep -F -e "$POD_CIDR" -e FLANNEL- -e KUBE- -e CNI- | grep '^-A' | sed 's/^-A/-D/' |
            while read -r rule; do
                # shellcheck disable=SC2086  # a rule's words
                iptables -w -t "$table" $rule 2>/dev/null
            done
        iptables -w -t "$table" -S 2>/dev/null | sed -n 's/^-N \(\(FLANNEL\|KUBE\|CNI\)-.*\)/\1/p' | while read -r chain; do
            iptables -w -t "$table" -F "$chain" && iptables -w -t "$table" -X "$chain"
        done
    done
    return 0
}

remove() {
    ledger kubernetes.node
    [ -d "$book" ] || return 0
    rm -f "$book/done" "$book/runs"
    if is_ours; then
        leave_cluster
        if [ -x "$UNINSTALLER" ]; then
            "$UNINSTALLER" </dev/null || cannot "the uninstaller of $DISTRIBUTION failed: $UNINSTALLER" || return
        fi
        rm -rf "$STATE_DIR" /etc/rancher/node || return
        ! systemctl -q is-active "$UNIT" || systemctl stop "$UNIT" || cannot "$UNIT.service does not stop" || return
        ! command -v iptables >/dev/null || forget_rules
    fi
    ledger_restore || return
    systemctl daemon-reload
    systemctl reset-failed "$UNIT.service" 2>/dev/null || :
}

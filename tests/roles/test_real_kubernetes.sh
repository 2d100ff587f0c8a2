#!/bin/bash
# test_real_kubernetes.sh: the role scripts of Kubernetes on three lab servers with a real k3s: founding, joining, an agent, images,
# a name that is asked through the network of the pods, drift, and removal with nothing left. Needs FINCLIP_LAB_K3S (a k3s binary,
# install.sh beside it) and FINCLIP_LAB_K3S_IMAGES (its archive of images).
# shellcheck disable=SC2154 # set by server.sh
set -euo pipefail
if [ -z "${FINCLIP_LAB_K3S:-}" ]; then
    echo "SKIPPED: FINCLIP_LAB_K3S names no k3s binary"
    exit 0
fi
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/roles/server.sh
. "$here/server.sh"
trap 'lab down; rm -rf "$work"' EXIT
need_bundle

net=${server%.*}
values_of_file() {
    script=kubernetes/file
    case $placing in
    k3s) to=/usr/local/bin/k3s mode=0755 ;;
    install.sh) to=/var/lib/finclip-deploy/kubernetes/install.sh mode=0700 ;;
    *) to=/var/lib/rancher/k3s/agent/images/$placing mode=0644 ;;
    esac
    values=("SENT=$(sent "k8s/k3s/$placing")" "DESTINATION=$to" "MODE=$mode")
}
kind=server first=no peers=
values_of_node() {
    local unit=k3s
    [ "$kind" = server ] || unit=k3s-agent
    script=kubernetes/node
    values=(DISTRIBUTION=k3s "KIND=$kind" "UNIT=$unit" CONFIG_DIR=/etc/rancher/k3s STATE_DIR=/var/lib/rancher/k3s
        INSTALLER=/var/lib/finclip-deploy/kubernetes/install.sh "INSTALL_ENVIRONMENT=INSTALL_K3S_SKIP_DOWNLOAD=true
INSTALL_K3S_SKIP_SELINUX_RPM=true
INSTALL_K3S_SKIP_START=true
INSTALL_K3S_EXEC=$kind" "UNINSTALLER=/usr/local/bin/$unit-uninstall.sh" "KUBECTL=/usr/local/bin/k3s kubectl" JOIN_PORT=6443
        "FIRST_CONFIG=cluster-init: true" "NODE=$on" "FIRST=$first" "PEERS=$peers" POD_CIDR=10.42.0.0/16
        "ENVIRONMENT=HTTP2_READ_IDLE_TIMEOUT_SECONDS=4"
        "CONFIG=node-name: \"$on\"
node-ip: \"$net.1${on#s}\"
node-label: [\"finclip.com/business=true\"]
kube-proxy-arg: [\"conntrack-max-per-core=0\"]$([ "$kind" = agent ] || echo "
disable: [traefik, servicelb, local-storage, metrics-server]")")
    secrets="CLUSTER_TOKEN='canarytoken1'
"
}
values_of_leave() {
    script=kubernetes/leave
    values=("KUBECTL=/usr/local/bin/k3s kubectl" "NODE=$node" "HOW=$how")
}
# leaving HOW NODE: what s1 does about a node that leaves.
leaving() {
    local how=$1 node=$2 was=$on
    on=s1
    expect 0 leave check
    expect 0 leave remove
    expect 1 leave check
    on=$was
}
image=business
values_of_pod_image() {
    values_of_image
    script=kubernetes/image
    values+=("CTR=/usr/local/bin/k3s ctr" "CRICTL=/usr/local/bin/k3s crictl" "UNIT=$([ "$on" = s3 ] && echo k3s-agent || echo k3s)")
}
kubectl() { lab shell s1 /usr/local/bin/k3s kubectl "$@"; }
place_all() {
    for placing in k3s install.sh k3s-airgap-images-amd64.tar; do
        expect 1 file check
        send "k8s/k3s/$placing"
        expect 0 file apply
        expect 100 file apply
        ! on_server test -e "$(sent "k8s/k3s/$placing")" || give_up "the sent $placing is still there"
    done
}
# What the server is like: files, units, interfaces, rules, settings; what changes by itself is left out.
picture() {
    # shellcheck disable=SC2016 # for the server to expand
    on_server 'find /etc /usr/local /opt /var/lib /run/systemd/system -xdev \( -path /var/lib/systemd -o -path /var/lib/chrony \
        -o -path /var/lib/finclip-deploy -o -path /var/lib/private \) -prune -o \( -type f -o -type l -o -type d \) -printf "%p %y %m %s\n" | grep -v -E "^/(etc|var/lib) d|systemd/system d" | sort
        systemctl list-unit-files --no-legend --state=enabled | sort
        ip -br link | sed "s/@.*//" | cut -d" " -f1 | sort
        for table in filter nat mangle; do iptables -t $table -S | sort; done
        sysctl -n vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops'
}

say "three servers"
lab up 3
for on in s1 s2 s3; do picture >"$work/before-$on"; done

say "the first founds the cluster"
on=s1
place_all
first=yes peers="$net.12"
expect 1 node check
expect 0 node apply
said "founding the cluster"
expect 100 node apply
[ "$(on_server stat -c %a /etc/rancher/k3s/config.yaml)" = 600 ] || give_up "the configuration is not root's alone"

say "another server joins, then an agent"
first=no peers="$net.11"
on=s2
place_all
expect 0 node apply
said "joining the cluster of $net.11"
on=s3 kind=agent
place_all
expect 0 node apply
[ "$(kubectl get nodes -l finclip.com/business=true -o name | wc -l)" = 3 ] || give_up "$(kubectl get nodes --show-labels)"

say "images on a node"
send images/business.tar
expect 1 pod_image check
expect 0 pod_image apply
expect 100 pod_image apply

say "drift is seen and repaired"
on_server 'echo changed >>/etc/rancher/k3s/config.yaml'
expect 1 node check
said "is not as wished"
expect 0 node apply
on_server 'systemctl stop k3s-agent'
expect 1 node check
expect 0 node apply

say "a node that was drained is opened again where it stays"
on=s3
leaving drain s3
[ "$(kubectl get node s3 -o 'jsonpath={.spec.unschedulable}')" = true ] || give_up "s3 still gets pods"
expect 1 node check
said "is drained, as it was to leave"
expect 0 node apply
[ -z "$(kubectl get node s3 -o 'jsonpath={.spec.unschedulable}')" ] || give_up "s3 stays closed for pods"

say "removal: nothing is left"
members() { kubectl get nodes -o name | sed 's,node/,,' | sort | paste -sd' ' -; }
for on in s3 s2 s1; do
    [ $on = s1 ] || leaving drain $on
    if [ $on = s3 ]; then kind=agent; else kind=server; fi
    first=no peers="$net.11"
    [ $on != s1 ] || first=yes peers="$net.12"
    [ $on != s3 ] || expect 0 pod_image remove
    expect 0 node remove
    case $on in
    # An agent cannot delete itself.
    s3)
        [ "$(members)" = "s1 s2 s3" ] || give_up "nodes are $(members)"
        leaving delete s3
        [ "$(members)" = "s1 s2" ] || give_up "nodes are $(members)"
        ;;
    # A server does; its vote is gone too, else the one that is left could not write.
    s2)
        [ "$(members)" = s1 ] || give_up "nodes are $(members)"
        kubectl create configmap still-writes
        ;;
    esac
    for placing in k3s install.sh k3s-airgap-images-amd64.tar; do expect 0 file remove; done
    picture >"$work/after"
    diff -u "$work/before-$on" "$work/after" || give_up "$on is not as it was"
done
say "all as promised"

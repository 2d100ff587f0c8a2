#!/usr/bin/env bash
# A server of a small cluster is lost for ever while a client writes, and another takes its place: what it was to the others is
# forgotten, and any one server may fail again. Without a k3s in FINCLIP_LAB_K3S the cluster's data tier.
# May take 2400 s.
# shellcheck source=tests/e2e/cluster.sh
. "$(dirname "$0")/cluster.sh"

all+=(s5)
placed=("${data_tier[@]}")
# shellcheck disable=SC2054 # the commas are assign's
moved=(database=s2,s4,s5 cache=s1,s2,s5)
if [ -n "${FINCLIP_LAB_K3S:-}" ]; then
    placed=(--suggest)
    moved=(--suggest)
fi

part "four servers, and a spare one that the project does not know"
bare_servers
cp "$FINCLIP_WORK/servers.yaml" "$FINCLIP_WORK/five.yaml"
without() { grep -v "name: $1," "$FINCLIP_WORK/five.yaml"; }
without s5 >"$FINCLIP_WORK/servers.yaml"
small_project "${placed[@]}"
expect 0 run apply "$project" --yes
whole_within 60

part "s3 is lost while a client writes, and s5 takes its place"
begin_writing
sleep 3
lab kill s3
without s3 >"$FINCLIP_WORK/servers.yaml"
expect 0 run inventory replace "$project" "$FINCLIP_WORK/servers.yaml"
expect 0 run trust "$project" --accept-new
expect 0 run probe "$project"
expect 0 run assign "$project" "${moved[@]}"
waive_all
began=$SECONDS
expect 0 run apply "$project" --yes
figure "s5 in the place of s3: $((SECONDS - began)) s"
expect 0 run verify "$project"
expect 0 run status "$project"
if [ -n "${FINCLIP_LAB_K3S:-}" ]; then
    nodes=$(lab shell s2 k3s kubectl get nodes -o name | sort | paste -sd' ')
    [ "$nodes" = "node/s1 node/s2 node/s4 node/s5" ] || give_up "the cluster has $nodes"
    servers_now=$(lab shell s2 k3s kubectl get nodes -l node-role.kubernetes.io/etcd=true -o name | sort | paste -sd' ')
    figure "servers of Kubernetes: $servers_now"
    [ "$(wc -w <<<"$servers_now")" = 3 ] || give_up "the cluster decides by $servers_now"
fi

part "and any one server may fail again"
for server in s2 s5; do
    lab kill "$server"
    sleep 6
    lab start "$server"
    whole_within 300
    figure "$server was off for 6 s: whole again after $took s"
done

part "s5 gets a new disk, and is one of them again"
lab kill s5
lab reset s5
etc_of before s5
fingerprint=$(lab shell s5 ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | awk '{ print $2 }')
expect 3 run trust "$project" --accept-new
expect 0 run trust "$project" --fingerprint "s5=$fingerprint"
expect 0 run remove "$project" --server s5 --yes
expect 0 run probe "$project"
waive_all
began=$SECONDS
expect 0 run apply "$project" --yes
figure "s5 with a new disk: $((SECONDS - began)) s"
expect 0 run verify "$project"
expect 0 run status "$project"
end_writing
hardly_noticed "s3 replaced, s2 and s5 off in turn, a new disk"

part "remove puts every server back but the lost one"
all=(s1 s2 s4 s5)
removed_without_trace
part

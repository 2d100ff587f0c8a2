#!/usr/bin/env bash
# Four servers ask each other: one port that is blocked in one direction, a way that takes no large packets, and a
# virtual address that somebody has are each found, on the right server and nowhere else; nothing stays behind.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"

net=${FINCLIP_LAB_NET:-10.77.0}
project=$FINCLIP_WORK/project
lab down
lab up 4
lab inventory 4 eng >"$FINCLIP_WORK/servers.yaml"
{ lab secrets 4; printf "vault: {passphrase: '%s'}\n" "$vault_passphrase"; } >"$FINCLIP_WORK/secrets.yaml"
restore() {
    for server in s1 s2 s3 s4; do
        lab shell "$server" sh -c 'iptables -F INPUT; iptables -F OUTPUT; ip link set eth0 mtu 1500; ip addr del '"$net"'.200/24 dev eth0' 2>/dev/null || true
    done
}
restore

found() {  # CHECK: the servers on which it failed, in order
    "$ctl" --json check "$project" >"$FINCLIP_WORK/check.json" 2>/dev/null || true
    python3 - "$FINCLIP_WORK/check.json" "$1" <<'PY'
import json, sys
text = open(sys.argv[1]).read()
checks = json.loads(text[text.index("{"):])["result"]["checks"]
for check in checks:
    if check["id"] == sys.argv[2] and check["status"] not in ("pass", "not_applicable"):
        print(check["server"], check["status"], check["measured"])
PY
}
expect_found() {  # CHECK TEXT
    local got
    got=$(found "$1")
    [ "$got" = "$2" ] || give_up "$1 says '$got' instead of '$2'"
}
nothing_left() {
    for server in s1 s2 s3 s4; do
        lab shell "$server" sh -c '! pgrep -x peers && ! ls -d /run/.finclip-peers.* /tmp/.finclip-peers.* /var/tmp/.finclip-peers.* /root/.finclip-peers.* 2>/dev/null' >/dev/null ||
            give_up "something of the round is left on $server"
    done
}

expect 0 run new "$project" --inventory "$FINCLIP_WORK/servers.yaml" --mode small
expect 0 run trust "$project" --accept-new
expect 0 run settings "$project" "virtual_address=$net.200"

say "nothing in the way"
began=$SECONDS
expect 0 run probe "$project"
figure "probe of four servers with all they ask each other: $((SECONDS - began)) s"
for check in network.reachable network.rtt network.loss network.mtu network.vip; do
    expect_found "$check" ""
done
nothing_left

say "one port, one direction; one UDP port; large packets; an address that somebody has"
lab shell s3 iptables -A INPUT -p tcp --dport 3306 -s "$net.11" -j DROP
lab shell s2 iptables -A OUTPUT -p udp --dport 8472 -d "$net.14" -j DROP
lab shell s1 ip link set eth0 mtu 1400
lab shell s4 ip addr add "$net.200/24" dev eth0
expect 0 run probe "$project"
expect_found network.reachable "s3 failed s1 → tcp 3306
s4 failed s2 → udp 8472"
case $(found network.mtu) in
"s1 failed 140"*) ;;
*) give_up "network.mtu says '$(found network.mtu)'" ;;
esac
# Neither of the two balancers can take the address: one hears whose it is, the other has it itself.
mac=$(lab shell s4 'ip -br link show eth0' | awk '{print $3}')
expect_found network.vip "s1 failed $net.200 $mac
s4 failed $net.200"
nothing_left

say "a line that is cut leaves nothing"
restore
run probe "$project" >/dev/null 2>&1 &
pid=$!
end=$((SECONDS + 120))
until lab shell s1 pgrep -x peers >/dev/null; do
    [ $SECONDS -lt $end ] || give_up "no round has begun"
    sleep 0.3
done
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
# What listens ends by its alarm after two minutes; it comes now.
end=$((SECONDS + 30))
for server in s1 s2 s3 s4; do
    while lab shell "$server" 'pkill -ALRM -x peers || pgrep -f "[f]inclip-peers"' >/dev/null; do
        [ $SECONDS -lt $end ] || break
        sleep 1
    done
done
nothing_left

# shellcheck shell=sh disable=SC2154 # begin.sh sets what is not set here
# The probe: interfaces, routes, name servers, ports in use.
# `ip` before /sys, which in a container may show the interfaces of the machine around it.
if has ip; then
    say_lines net.link 400 "$(ip -o link show 2>/dev/null)"
    say_lines net.address 400 "$(ip -o addr show 2>/dev/null)"
else
    set +f
    for path in /sys/class/net/*; do
        [ -e "$path/address" ] || continue
        mac=
        mtu=
        read -r mac <"$path/address"
        read -r mtu <"$path/mtu"
        say net "${path##*/} $mac $mtu"
    done 2>/dev/null
    set -f
fi
if [ -r /proc/net/route ]; then
    say net.routes known
    count=0
    while read -r device value _ _ _ _ _ rest && [ "$count" -lt 400 ]; do
        count=$((count + 1))
        say net.route "$device $value ${rest%%[	 ]*}"
    done </proc/net/route
fi
for file in /etc/resolv.conf /run/systemd/resolve/resolv.conf; do
    [ -r "$file" ] || continue
    say dns.file "$file"
    while read -r word value _; do
        [ "$word" = nameserver ] && say dns "$value"
    done <"$file"
done
if has ss; then
    say ports ss
    say_lines port 2000 "$(within 5 ss -lntup 2>/dev/null)"
elif [ -r /proc/net/tcp ]; then
    say ports proc
    for value in tcp tcp6 udp udp6; do
        case $value in tcp*) word=0A ;; *) word=07 ;; esac
        say_lines "port.$value" 500 "$(grep " $word " "/proc/net/$value" 2>/dev/null)"
    done
fi

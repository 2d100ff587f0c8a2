# shellcheck shell=sh disable=SC2154 # begin.sh sets what is not set here
# The probe: kernel settings, modules, tools, sudo and sshd.
if [ -r /sys/fs/selinux/enforce ]; then
    say_file selinux /sys/fs/selinux/enforce
elif [ -r /proc/filesystems ]; then
    say selinux none
fi
say_file thp /sys/kernel/mm/transparent_hugepage/enabled
# Not with `read`: dash takes one byte at a time, and these files give nothing behind their first.
cd /proc/sys && say_lines sysctl 20 "$(grep -s '' net/ipv4/ip_forward net/bridge/bridge-nf-call-iptables \
    net/core/somaxconn fs/inotify/max_user_instances fs/inotify/max_user_watches vm/max_map_count)"
cd /
if [ -r /sys/fs/cgroup/cgroup.controllers ]; then
    say cgroup 2
    say_file cgroup.controllers /sys/fs/cgroup/cgroup.controllers
elif [ -r /proc/cgroups ]; then
    say cgroup 1
    values=
    while read -r word _ _ value; do
        [ "$value" = 1 ] && values="$values $word"
    done </proc/cgroups
    say cgroup.controllers "${values# }"
fi

modules=
missing=
for word in overlay br_netfilter nf_conntrack vxlan; do
    if [ -d "/sys/module/$word" ]; then modules="$modules $word"; else missing="$missing $word"; fi
done
if [ -n "$missing" ] && IFS= read -r value </proc/sys/kernel/osrelease; then
    values=$(grep -hE '/(overlay|br_netfilter|nf_conntrack|vxlan)\.ko' \
        "/lib/modules/$value/modules.builtin" "/lib/modules/$value/modules.dep" 2>/dev/null)
    for word in $missing; do
        case $newline$values in *"/$word.ko"*) modules="$modules $word" ;; esac
    done
fi
say modules "${modules# }"

values=
for word in tar gzip ps sha256sum flock setsid iptables; do
    if has "$word"; then values="$values $word"; fi
done
say tools "${values# }"
has iptables && say iptables "$(iptables -V 2>/dev/null)"
if [ "$uid" = 0 ]; then
    if grep -Eq '^[[:space:]]*[#@]includedir[[:space:]]+"?/etc/sudoers\.d' /etc/sudoers 2>/dev/null; then
        say sudoers yes
    elif [ -r /etc/sudoers ]; then
        say sudoers no
    fi
    if has sshd; then
        for line in $(sshd -T 2>/dev/null | grep -E '^max(sessions|startups) ' | tr ' ' =); do
            say sshd "$line"
        done
    fi
fi

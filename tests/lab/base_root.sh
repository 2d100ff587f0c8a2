#!/bin/sh
# base_root.sh CACHE: prints the path of the disk image every lab server starts from; builds it when missing.
# The image is one plain ext4 file system holding Debian 12. Its name carries a digest of this script and of the mirror.
set -eu

cache=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/debian_mirror.sh"

mirror=$(debian_mirror)
packages=systemd,systemd-sysv,dbus,libpam-systemd,openssh-server,sudo,iproute2,iptables,iputils-ping,procps,kmod
packages=$packages,xz-utils,ca-certificates,chrony
digest=$({ cat "$0"; echo "$mirror"; } | sha256sum | cut -c1-12)
image=$cache/base-$digest.img
if [ -f "$image" ]; then
    echo "$image"
    exit 0
fi

mkdir -p "$cache"
rm -rf "$cache"/base-*
work=$cache/base-$digest.work
root=$work/root
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"

# Whatever goes wrong is in this log; it is shown on failure only.
if ! debootstrap --variant=minbase --include="$packages" bookworm "$root" "$mirror" >"$work/log" 2>&1; then
    tail -n 20 "$work/log" >&2
    echo "base_root.sh: debootstrap of Debian 12 from $mirror failed; set FINCLIP_DEBIAN_MIRROR to a reachable mirror" >&2
    exit 1
fi
chroot "$root" apt-get clean
rm -rf "$root"/var/lib/apt/lists/* "$root"/etc/ssh/ssh_host_*
: >"$root/etc/machine-id"

chroot "$root" useradd --create-home --shell /bin/bash --groups sudo eng
chroot "$root" useradd --create-home --shell /bin/bash nop
chroot "$root" chpasswd <<'PASSWORDS'
root:root-Pass'1 word
eng:eng-Pass'1 word
nop:nop-Pass'1 word
PASSWORDS
echo 'nop ALL=(ALL:ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/nop"
chmod 0440 "$root/etc/sudoers.d/nop"
cat >"$root/etc/ssh/sshd_config.d/lab.conf" <<'SSHD'
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication yes
SSHD
# The clock is the machine's: the time service runs but never sets it.
echo 'DAEMON_OPTS="-F 1 -x"' >"$root/etc/default/chrony"
echo 'nameserver 10.77.0.1' >"$root/etc/resolv.conf"

# What a container lacks of a real boot is made up for by one unit, outside of /etc and named apart from anything installed.
mkdir -p "$root/usr/lib/lab-server" "$root/usr/lib/systemd/system/sysinit.target.wants" "$root/data"
cat >"$root/usr/lib/lab-server/boot" <<'BOOT'
#!/bin/sh
# Gives this server the kernel settings and control groups that a machine of its own may write.
mount -o remount,rw /proc/sys
[ "$(findmnt -no FSTYPE /sys/fs/cgroup)" != tmpfs ] || mount -o remount,rw /sys/fs/cgroup
findmnt -rno TARGET | while IFS= read -r target; do
    case $target in /sys/fs/cgroup | /sys/fs/cgroup/*) mount -o remount,bind,rw "$target" ;; esac
done
BOOT
chmod 0755 "$root/usr/lib/lab-server/boot"
cat >"$root/usr/lib/systemd/system/lab-server.service" <<'UNIT'
[Unit]
Description=Lab server: writable kernel settings and control groups
DefaultDependencies=no
Before=sysinit.target systemd-sysctl.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/lib/lab-server/boot
UNIT
ln -s ../lab-server.service "$root/usr/lib/systemd/system/sysinit.target.wants/lab-server.service"

truncate -s 2G "$work/disk.img"
mkfs.ext4 -q -F -m 0 -J size=64 -d "$root" "$work/disk.img"
mv "$work/disk.img" "$image"
echo "$image"

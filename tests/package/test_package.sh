#!/usr/bin/env bash
# test_package.sh [BUILD-TYPE]: builds the Debian package, installs it with apt on a clean Debian 12 (a root of its own, made by
# debootstrap and kept in $FINCLIP_CACHE), uses both programs there as a user without rights, and purges it. Needs root.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/tests/package
type=${1:-RelWithDebInfo}
cache=${FINCLIP_CACHE:-$HOME/.cache/finclip-deploy-lab}
[ "$(id -u)" -eq 0 ] || { echo "needs root (chroot)"; exit 77; }
command -v debootstrap >/dev/null || { echo "needs debootstrap"; exit 77; }
# shellcheck source=tests/lab/debian_mirror.sh
. "$here/../lab/debian_mirror.sh"

say() { printf -- '-- %s\n' "$*"; }

say "package ($type)"
cmake -S . -B build-package -G Ninja -DCMAKE_BUILD_TYPE="$type" -DFINCLIP_TESTS=OFF >/dev/null
cmake --build build-package
rm -rf build-package/packages
cpack --config build-package/CPackConfig.cmake -B build-package/packages >/dev/null
deb=$(echo build-package/packages/*.deb)
dpkg-deb --info "$deb" | sed -n '/Depends/p;/Installed-Size/p'

say "clean Debian 12"
mkdir -p "$cache"
if [ ! -e "$cache/clean-bookworm.tar" ]; then
    made=$(mktemp -d "$cache/clean.XXXXXX")
    debootstrap --variant=minbase bookworm "$made" "$(debian_mirror)" >/dev/null
    tar -C "$made" -cf "$cache/clean-bookworm.tar.part" .
    mv "$cache/clean-bookworm.tar.part" "$cache/clean-bookworm.tar"
    rm -rf --one-file-system "$made"
fi
root=$(mktemp -d "$cache/package-root.XXXXXX")
finish() {
    umount -l "$root/proc" "$root/dev" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap finish EXIT
tar -C "$root" -xf "$cache/clean-bookworm.tar"
# A folder of mktemp's is root's alone, and so would be the whole of it.
chmod 0755 "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do cp -a "/dev/$device" "$root/dev/"; done
mkdir "$root/dev/shm"
chmod 1777 "$root/dev/shm"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
# Not among a user's own programs.
chroot=$(command -v chroot)
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$chroot" "$root" "$@"; }
user() { env -i PATH=/usr/bin:/bin HOME=/home/eng LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen "$chroot" --userspec=1000:1000 "$root" "$@"; }

say "install"
inside useradd --create-home --uid 1000 eng
inside apt-get update -qq
count() { inside dpkg -l | grep -c '^ii'; }
before=$(count)
cp "$deb" "$root/tmp/finclip-deploy.deb"
inside apt-get install -y -qq --no-install-recommends /tmp/finclip-deploy.deb >"$root/tmp/apt.log" 2>&1 || {
    cat "$root/tmp/apt.log"
    exit 1
}
echo "$(($(count) - before)) packages"
inside dpkg -L finclip-deploy >"$root/tmp/files"

say "command line: the whole practice job"
user finclip-deployctl --version
user finclip-deployctl practice /home/eng/practice >"$root/tmp/practice.log" 2>&1 || {
    tail -20 "$root/tmp/practice.log"
    exit 1
}
ls "$root"/home/eng/practice/reports/*.html

say "wizard: starts, opens the project, and stays"
user finclip-deploy --version
status=0
user timeout 10 finclip-deploy --lang zh_CN /home/eng/practice 2>"$root/tmp/wizard.log" || status=$?
cat "$root/tmp/wizard.log"
[ "$status" -eq 124 ] || { echo "the wizard ended by itself: $status"; exit 1; }

say "purge"
inside apt-get purge -y -qq finclip-deploy >/dev/null 2>&1
left=0
while read -r file; do
    if [ -f "$root$file" ]; then
        echo "left behind: $file"
        left=1
    fi
done <"$root/tmp/files"
[ "$left" -eq 0 ] && [ ! -e "$root/usr/share/finclip-deploy" ]
say "all well"

# shellcheck shell=sh
# Sourced: container images from Debian packages, without a container engine. Equal inputs give equal bytes.
#
# An image here is two layers, the base that all share and its own, in a docker archive with gzip layers. Its id is, as
# everywhere, the sha256 of its configuration, which names the digests of the unpacked layers.
# shellcheck disable=SC2154  # $mirror is the caller's

image_epoch=2024-01-01T00:00:00Z

# layer ROOT OUT: OUT.gz, the layer of the files below ROOT, and OUT.id, the digest of it unpacked.
layer() {
    # What overlayfs keeps as a device is a removed file; in a layer that is an empty file of another name.
    find "$1" -type c -size 0 | while IFS= read -r gone; do
        rm "$gone"
        : >"$(dirname "$gone")/.wh.$(basename "$gone")"
    done
    tar --create --directory "$1" --sort=name --mtime="$image_epoch" --numeric-owner --format=gnu --one-file-system \
        --file "$2" .
    sha256sum "$2" | cut -d' ' -f1 >"$2.id"
    gzip -n -6 "$2"
}

# Traces of the making, different each time, and what a container never reads.
clean_root() {
    rm -rf "$1"/var/cache/apt "$1"/var/lib/apt/lists "$1"/var/cache/debconf "$1"/var/cache/ldconfig "$1"/var/log \
        "$1"/var/lib/dpkg/*-old "$1"/var/lib/dpkg/lock* "$1"/var/lib/dpkg/triggers/Lock "$1"/etc/*- "$1"/tmp/* \
        "$1"/usr/share/man "$1"/usr/share/locale "$1"/usr/share/info "$1"/usr/share/lintian
    [ ! -d "$1/usr/share/doc" ] || find "$1/usr/share/doc" ! -type d ! -name copyright -delete
    [ ! -d "$1/usr/share/doc" ] || find "$1/usr/share/doc" -type d -empty -delete
    # The third field is the day the account was made on.
    [ ! -f "$1/etc/shadow" ] || sed -i -E 's/^([^:]*:[^:]*):[0-9]*:/\1:19700:/' "$1/etc/shadow"
}

# base_image DIR: DIR/root, a small Debian 12, and its layer DIR/layer.gz.
base_image() {
    debootstrap --variant=minbase bookworm "$1/root" "$mirror" >"$1/log" 2>&1 || { tail -n 20 "$1/log" >&2; return 1; }
    rm -rf "$1/root/var/cache/apt" "$1/root"/dev/* "$1/root/etc/hostname" "$1/root/etc/resolv.conf" \
        "$1/root/etc/apt/sources.list"
    : >"$1/root/etc/machine-id"
    clean_root "$1/root"
    mkdir -m 0755 "$1/root/var/log"
    layer "$1/root" "$1/layer"
}

# in_overlay BASE WORK COMMAND..: COMMAND with the root $1/root under a new layer WORK/upper at WORK/merged, apt usable there.
in_overlay() {
    mkdir -p "$2/upper" "$2/overlay" "$2/merged"
    mount -t overlay -o "lowerdir=$1/root,upperdir=$2/upper,workdir=$2/overlay" overlay "$2/merged"
    merged=$2/merged
    shift 2
    mount -t proc proc "$merged/proc"
    mount -t tmpfs tmpfs "$merged/dev"
    for device in null zero random urandom; do
        : >"$merged/dev/$device"
        mount --bind "/dev/$device" "$merged/dev/$device"
    done
    mount -t tmpfs tmpfs "$merged/run"
    cp /etc/resolv.conf "$merged/run/resolv.conf"
    mount -t tmpfs tmpfs "$merged/tmp"
    "$@"
    umount --recursive "$merged"
}

# install_packages ROOT PACKAGE..
install_packages() {
    root=$1
    shift
    cat >"$root/tmp/install" <<INSTALL
set -eu
mkdir -p /var/cache/apt/archives/partial /var/lib/apt/lists/partial /var/cache/debconf /var/log/apt
ln -s /run/resolv.conf /etc/resolv.conf
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d
echo 'deb $mirror bookworm main' >/etc/apt/sources.list
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y -o Dpkg::Options::=--force-unsafe-io --no-install-recommends install "\$@"
rm -f /usr/sbin/policy-rc.d /etc/resolv.conf /etc/apt/sources.list
INSTALL
    chroot "$root" /bin/sh /tmp/install "$@" >"$root/tmp/log" 2>&1 || { tail -n 20 "$root/tmp/log" >&2; return 1; }
}

# fill_image ROOT RECIPE VERSION [PROGRAM]: the packages, files and setup of the folder RECIPE, and PROGRAM, into ROOT; the
# version of the first package into the file VERSION.
fill_image() {
    # shellcheck disable=SC2046  # a list of names
    install_packages "$1" $(cat "$2/packages")
    # shellcheck disable=SC2016  # a field of dpkg's own format
    chroot "$1" dpkg-query --show --showformat='${source:Upstream-Version}\n' "$(head -n 1 "$2/packages")" >"$3"
    [ ! -d "$2/files" ] || cp -R --preserve=mode "$2/files/." "$1/"
    [ -z "${4:-}" ] || install -m 0755 "$4" "$1/usr/local/bin/"
    cp "$2/setup" "$1/tmp/setup"
    chroot "$1" /tmp/setup
}

# image BASE RECIPE REFERENCE DIR [PROGRAM]: DIR/image.tar, a docker archive of REFERENCE, DIR/id, and DIR/version of
# what is in it.
image() {
    in_overlay "$1" "$4/work" fill_image "$4/work/merged" "$2" "$4/version" "${5:-}"
    clean_root "$4/work/upper"
    mkdir "$4/archive"
    layer "$4/work/upper" "$4/layer"
    base_id=$(cat "$1/layer.id")
    own_id=$(cat "$4/layer.id")
    cat >"$4/config" <<CONFIG
{
  "architecture": "amd64",
  "os": "linux",
  "created": "$image_epoch",
  "config": $(cat "$2/config.json"),
  "rootfs": {"type": "layers", "diff_ids": ["sha256:$base_id", "sha256:$own_id"]},
  "history": [
    {"created": "$image_epoch", "created_by": "Debian 12"},
    {"created": "$image_epoch", "created_by": "$3"}
  ]
}
CONFIG
    id=$(sha256sum "$4/config" | cut -d' ' -f1)
    echo "sha256:$id" >"$4/id"
    mv "$4/config" "$4/archive/$id.json"
    cp "$1/layer.gz" "$4/archive/$base_id.tar.gz"
    mv "$4/layer.gz" "$4/archive/$own_id.tar.gz"
    printf '[{"Config": "%s.json", "RepoTags": ["%s"], "Layers": ["%s.tar.gz", "%s.tar.gz"]}]\n' \
        "$id" "$3" "$base_id" "$own_id" >"$4/archive/manifest.json"
    tar --create --directory "$4/archive" --sort=name --mtime="$image_epoch" --owner=0 --group=0 --numeric-owner \
        --format=gnu --mode=0644 --file "$4/image.tar" .
    rm -rf "$4/archive" "$4/work"
}

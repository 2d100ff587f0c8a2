#!/bin/sh
# make_bundle.sh OUT_DIR: OUT_DIR/finclip-sample-1.0.0, the bundle that tests and practice install, from Debian packages
# alone. Parts whose sources did not change come from the cache. Needs root (chroot, overlay mounts) and packages.txt.
set -eu

product=finclip-sample
version=1.0.0
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cache=${FINCLIP_CACHE:-$HOME/.cache/finclip-deploy-lab}/bundle-parts

die() {
    echo "make_bundle.sh: $*" >&2
    exit 1
}

[ $# = 1 ] || die "usage: make_bundle.sh OUT_DIR"
[ "$(id -u)" = 0 ] || die "needs root: it fills file systems of other machines"
for tool in debootstrap dpkg-deb apt-get chroot unshare flock; do
    command -v "$tool" >/dev/null || die "$tool is missing; install the packages of $(dirname "$here")/packages.txt"
done
mkdir -p "$cache" "$1"

# All that is mounted is so in a namespace that ends with the work; only then is what it left removed.
if [ "${IN_OWN_NAMESPACE:-}" != yes ]; then
    exec 9>"$cache/lock"
    flock 9
    status=0
    IN_OWN_NAMESPACE=yes unshare --mount --propagation private "$0" "$1" 9>&- || status=$?
    rm -rf "$cache"/*.new
    exit "$status"
fi

# shellcheck source=/dev/null
. "$here/../debian_mirror.sh"
# shellcheck source=/dev/null
. "$here/image.sh"
# shellcheck source=/dev/null
. "$here/engine.sh"
mirror=$(debian_mirror)

# part NAME INPUT.. -- COMMAND..: sets $part to a folder that COMMAND filled (it is given the folder as last argument), now or
# in an earlier run with the same INPUT files.
part() {
    name=$1
    shift
    inputs=
    while [ "$1" != -- ]; do
        inputs="$inputs
$(cd "$here/.." && find "$1" -type f ! -name '*.md' | LC_ALL=C sort | xargs sha256sum)"
        shift
    done
    shift
    part=$cache/$name-$(echo "$mirror $version $* $inputs" | sha256sum | cut -c1-12)
    [ -d "$part" ] && return
    echo "making $name" >&2
    rm -rf "$cache/$name".new "$cache/$name"-*
    mkdir "$cache/$name.new"
    "$@" "$cache/$name.new"
    mv "$cache/$name.new" "$part"
}

compile() {
    in_overlay "$1" "$2/work" compile_in "$2/work/merged"
    install -m 0755 "$2/work/upper/usr/local/bin/business" "$2/business"
    rm -rf "$2/work"
}

compile_in() {
    # shellcheck disable=SC2046  # a list of names
    install_packages "$1" $(cat "$here/../service/build_packages")
    mkdir "$1/tmp/service"
    cp "$here"/../service/* "$1/tmp/service/"
    chroot "$1" /tmp/service/build.sh /tmp/service /usr/local/bin/business "$version"
}

# The program that every server runs for the ops server.
exporter() {
    in_overlay "$1" "$2/work" exporter_in "$2/work/merged"
    install -m 0755 "$2/work/upper/usr/bin/prometheus-node-exporter" "$2/node_exporter"
    rm -rf "$2/work"
}

exporter_in() { install_packages "$1" prometheus-node-exporter; }

make_image() {
    [ "$1" != business ] || program=$program_part/business
    image "$base_part" "$here/images/$1" "$2" "$3" "${program:-}"
}

# The files of a real k3s, as they lie in a bundle: name in the bundle, where it is. Nothing without FINCLIP_LAB_K3S.
kubernetes_files() {
    [ -n "${FINCLIP_LAB_K3S:-}" ] || return 0
    echo "k3s $FINCLIP_LAB_K3S"
    echo "k3s-airgap-images-amd64.tar ${FINCLIP_LAB_K3S_IMAGES:?names the archive of the images that k3s needs}"
    echo "install.sh ${FINCLIP_LAB_K3S_INSTALL:-$(dirname "$FINCLIP_LAB_K3S")/install.sh}"
}

# bundle KUBERNETES DIR: KUBERNETES only tells one bundle from another.
bundle() {
    folder=$2/$product-$version
    mkdir -p "$folder/images" "$folder/app/compose" "$folder/app/k8s" "$folder/licences"
    install -m 0644 "$here"/k8s/* "$folder/app/k8s/"
    kubernetes_files | while read -r name from; do
        install -D -m 0644 "$from" "$folder/k8s/k3s/$name"
    done
    cp -R "$engine_part/docker" "$folder/"
    cp "$engine_part"/licences/* "$folder/licences/"
    install -m 0644 "$here"/compose/* "$folder/app/compose/"
    install -D -m 0644 "$exporter_part/node_exporter" "$folder/ops/node_exporter"
    components=$(sed -E 's/^(\S+) (\S+) (\S+)$/  - {id: \1, version: "\2", licence: "\3"}/' "$engine_part/components")
    images=
    while read -r role reference licence; do
        from=
        eval "from=\$${role}_part"
        cp "$from/image.tar" "$folder/images/$role.tar"
        images="$images
  - {reference: \"$reference\", id: \"$(cat "$from/id")\", role: $role, file: images/$role.tar}"
        contained=$(cat "$from/version")
        [ "$role" != business ] || contained=$version
        case $contained in "${reference##*:}"*) ;; *) die "$reference holds $contained: the name is no longer true" ;; esac
        components="$components
  - {id: $role, version: \"$contained\", licence: \"$licence\"}"
    done <<IMAGES
$image_list
IMAGES
    files=$(cd "$folder" && find . -type f | LC_ALL=C sort | while IFS= read -r path; do
        path=${path#./}
        case $path in
        docker/docker-compose) kind=docker_compose ;;
        docker/*) kind=docker_engine ;;
        images/*) kind=image ;;
        app/compose/*) kind=compose ;;
        app/k8s/*) kind=kubernetes ;;
        k8s/*/install.sh) kind=kubernetes_install ;;
        k8s/*/*images*) kind=kubernetes_images ;;
        k8s/*) kind=kubernetes_binary ;;
        *) kind=other ;;
        esac
        echo "  - {path: $path, size: $(stat -c %s "$path"), sha256: \"$(sha256sum "$path" | cut -d' ' -f1)\", kind: $kind}"
    done)
    cat >"$folder/bundle.yaml" <<BUNDLE
format: 1
product: $product
version: $version
arch: x86_64
minimum_wizard: 0.1.0
kernel_minimum: "3.10"
os: [{id: debian, versions: ["12"]}, {id: ubuntu, versions: ["22.04", "24.04"]}]
modes: [single, small, large]
components:
$components
images:$images
files:
$files
BUNDLE
    (cd "$folder" && find . -type f ! -name 'SHA256SUMS*' -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
}

image_list="database finclip/database:10.11 GPL-2.0-only
cache finclip/cache:7.0 BSD-3-Clause
load_balancer finclip/load_balancer:2.6 GPL-2.0-or-later
gateway finclip/gateway:1.22 BSD-2-Clause
ops finclip/ops:2.42 Apache-2.0
registry finclip/registry:2.8 Apache-2.0
business finclip/business:$version LicenseRef-FinClip-Deploy"

part engine bundle/engine.sh -- engine
engine_part=$part
part base bundle/image.sh -- base_image
base_part=$part
part program service bundle/image.sh -- compile "$base_part"
program_part=$part
part exporter bundle/image.sh -- exporter "$base_part"
exporter_part=$part
while read -r role reference _; do
    case $role in
    business) part "$role" "bundle/images/$role" bundle/image.sh service -- make_image "$role" "$reference" ;;
    *) part "$role" "bundle/images/$role" bundle/image.sh -- make_image "$role" "$reference" ;;
    esac
    eval "${role}_part=\$part"
done <<IMAGES
$image_list
IMAGES
kubernetes=$(kubernetes_files | while read -r name from; do sha256sum <"$from"; done | sha256sum | cut -c1-12)
part whole bundle service -- bundle "$kubernetes"

made=$part/$product-$version
given=$1/$product-$version
# What is there is kept only if every byte of it is as it should be, and nothing is there beside it.
if ! { cmp -s "$made/SHA256SUMS" "$given/SHA256SUMS" && (cd "$given" && sha256sum --check --quiet SHA256SUMS) >/dev/null 2>&1 &&
    [ "$(cd "$made" && find . | sort)" = "$(cd "$given" && find . | sort)" ]; }; then
    rm -rf "$given"
    cp -R "$made" "$given"
fi
echo "$given"

# shellcheck shell=sh
# Sourced: the Docker engine from Debian packages, in the form that upstream gives it: one archive of plain binaries.
# shellcheck disable=SC2154  # $mirror is the caller's

# download DIR SUITE PACKAGE..: DIR/PACKAGE (unpacked) and DIR/PACKAGE.version, with package lists of its own.
download() {
    folder=$1 suite=$2
    shift 2
    apt=$folder/apt-$suite
    mkdir -p "$apt/lists/partial" "$apt/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$apt/sources.list"
    cat >"$apt/conf" <<CONF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt";
APT::Architecture "amd64";
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
    APT_CONFIG=$apt/conf apt-get -qq update
    (cd "$apt/archives" && APT_CONFIG=$apt/conf apt-get -qq download "$@")
    for package in "$@"; do
        set -- "$apt/archives/${package}"_*.deb
        dpkg -x "$1" "$folder/$package"
        dpkg -f "$1" Version | sed -E 's/^[0-9]+://; s/[-+~].*//' >"$folder/$package.version"
    done
}

# engine DIR: DIR/docker/docker-VERSION.tgz, DIR/docker/docker-compose, DIR/licences, and DIR/components with a line
# "id version licence" each.
engine() {
    work=$1/work
    mkdir -p "$work/docker" "$1/docker" "$1/licences"
    download "$work" trixie docker.io docker-cli containerd docker-compose
    # The C library of Debian 12 is what the binaries must run with; Debian 13's runc asks for more.
    download "$work" bookworm runc tini
    install -m 0755 "$work/docker.io/usr/sbin/dockerd" "$work/docker.io/usr/sbin/docker-proxy" \
        "$work/docker-cli/usr/bin/docker" "$work/containerd/usr/bin/containerd" \
        "$work/containerd/usr/bin/containerd-shim-runc-v2" "$work/containerd/usr/bin/ctr" "$work/runc/usr/sbin/runc" \
        "$work/docker"
    install -m 0755 "$work/tini/usr/bin/tini-static" "$work/docker/docker-init"
    tar --create --directory "$work" --sort=name --mtime=2024-01-01T00:00:00Z --owner=0 --group=0 --numeric-owner \
        --format=gnu docker | gzip -n -6 >"$1/docker/docker-$(cat "$work/docker.io.version").tgz"
    install -m 0755 "$work/docker-compose/usr/libexec/docker/cli-plugins/docker-compose" "$1/docker/docker-compose"
    while read -r id package licence; do
        echo "$id $(cat "$work/$package.version") $licence"
        cp "$work/$package/usr/share/doc/$package/copyright" "$1/licences/$id.txt"
    done >"$1/components" <<COMPONENTS
docker docker.io Apache-2.0
containerd containerd Apache-2.0
docker-compose docker-compose Apache-2.0
runc runc Apache-2.0
tini tini MIT
COMPONENTS
    rm -rf "$work"
}

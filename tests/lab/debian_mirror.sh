# shellcheck shell=sh
# Sourced, not run.

# debian_mirror: the address packages are taken from: $FINCLIP_DEBIAN_MIRROR, else this machine's own first Debian archive
# that carries Debian 12, else Debian's.
debian_mirror() {
    if [ -n "${FINCLIP_DEBIAN_MIRROR:-}" ]; then
        echo "$FINCLIP_DEBIAN_MIRROR"
        return
    fi
    # shellcheck disable=SC2016  # the words in $() are fields of apt's own format
    found=$(apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        sed -n 's/^Debian bookworm //p' | head -n 1)
    echo "${found:-http://deb.debian.org/debian/}"
}

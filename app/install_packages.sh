#!/bin/sh
# install_packages.sh LIST...: installs those packages of the lists that are missing (Debian, Ubuntu).
# "a|b" in a list means the first of these that the system knows.
set -eu

installed() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }
known() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'; }
choices() { echo "$1" | tr '|' ' '; }

missing=
words=$(cat "$@")
for word in $words; do
    found=
    for package in $(choices "$word"); do
        ! installed "$package" || found=yes
    done
    [ -n "$found" ] || missing="$missing $word"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "Please install these packages, then start again:$missing" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
chosen=
for word in $missing; do
    for package in $(choices "$word"); do
        if known "$package"; then
            chosen="$chosen $package"
            break
        fi
    done
done
echo "Installing:$chosen"
# shellcheck disable=SC2086 # one word a package
$as_root apt-get install -y -qq --no-install-recommends $chosen >/dev/null

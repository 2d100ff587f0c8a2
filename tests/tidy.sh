#!/usr/bin/env bash
# tidy.sh BUILD: clang-tidy over every source; a file that was clean is not read again while it, the headers that it
# includes (as the build found them) and the rules are the same.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
cache=${FINCLIP_TIDY_CACHE:-$HOME/.cache/finclip-tidy}
mkdir -p "$cache"

rules=$(cat .clang-tidy "$(command -v clang-tidy)" | sha256sum | cut -c1-16)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=$work/failed
: >"$failed"

# "SOURCE FILE" for every file of ours that a source is built from.
ninja -C "$build" -t deps | awk -v root="$PWD/" '
    /^[^ ]/ { source = "" }
    /^ / {
        sub(/^ +/, "")
        if (index($0, root) == 1) $0 = substr($0, length(root) + 1)
        else if (!sub(/^\.\.\//, "")) next
        if (source == "") source = $0
        print source, $0
    }' | sort -u >"$work/parts"
export build cache rules work failed

one() {
    local key
    # A source that is not built is as new as the newest header.
    awk -v source="$1" '$1 == source { print $2 }' "$work/parts" >"$work/of.$$"
    [ -s "$work/of.$$" ] || git ls-files "$1" '*.h' '*.def' >"$work/of.$$"
    key=$({ echo "$rules $1"; xargs cat <"$work/of.$$"; } | sha256sum | cut -c1-32)
    [ -e "$cache/$key" ] && return 0
    # The build speaks to GCC; a warning that only GCC knows is none of ours.
    if clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p "$build" "$1" 2>/dev/null; then
        touch "$cache/$key"
    else
        echo "$1" >>"$failed"
    fi
}
export -f one
# shellcheck disable=SC2016 # expanded by the inner shell
git ls-files 'deploy-core/*.cpp' 'app/*.cpp' 'wizard/*.cpp' | xargs -P "$(nproc)" -I{} bash -c 'one "$1"' _ {}
if [ -s "$failed" ]; then
    sort "$failed" | sed 's/^/clang-tidy: /' >&2
    exit 1
fi

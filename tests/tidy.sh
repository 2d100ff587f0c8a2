#!/usr/bin/env bash
# tidy.sh BUILD: clang-tidy over every source; a file that was clean is not read again while it, its
# headers and the rules are the same.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
cache=${FINCLIP_TIDY_CACHE:-$HOME/.cache/finclip-tidy}
mkdir -p "$cache"

rules=$(cat .clang-tidy "$(command -v clang-tidy)" | sha256sum | cut -c1-16)
headers=$(git ls-files -s '*.h' '*.def' | sha256sum | cut -c1-16)
export build cache rules headers

one() {
    local key
    key=$(cat "$1" <(echo "$rules $headers $1") | sha256sum | cut -c1-32)
    [ -e "$cache/$key" ] && return 0
    # The build speaks to GCC; a warning that only GCC knows is none of ours.
    if clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p "$build" "$1" 2>/dev/null; then
        touch "$cache/$key"
    else
        echo "$1" >>"$failed"
    fi
}
export -f one
failed=$(mktemp)
export failed
trap 'rm -f "$failed"' EXIT
# shellcheck disable=SC2016 # expanded by the inner shell
git ls-files 'deploy-core/*.cpp' 'app/*.cpp' 'wizard/*.cpp' | xargs -P "$(nproc)" -I{} bash -c 'one "$1"' _ {}
if [ -s "$failed" ]; then
    sort "$failed" | sed 's/^/clang-tidy: /' >&2
    exit 1
fi

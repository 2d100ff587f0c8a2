#!/usr/bin/env bash
# run.sh BUILD [TEST...]: the tests of the whole product on real servers (root). It makes the lab and the
# sample bundle, runs tests/e2e/test_*.sh one after the other, and leaves no server behind.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
shift
export FINCLIP_BUILD=$build
export FINCLIP_LAB=$root/tests/lab/lab.sh
# Windows are shown on a (virtual) screen, whatever other tests are told.
export QT_QPA_PLATFORM=xcb
work=$(mktemp -d)
cleanup() {
    "$FINCLIP_LAB" down >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT

cache=${FINCLIP_CACHE:-$HOME/.cache/finclip-deploy-lab}
"$root/tests/lab/bundle/make_bundle.sh" "$cache/bundle" >"$work/bundle.log" 2>&1 ||
    { tail -40 "$work/bundle.log"; echo "the sample bundle could not be made"; exit 1; }
FINCLIP_BUNDLE=$(find "$cache/bundle" -maxdepth 2 -name bundle.yaml -printf '%h\n' | head -n 1)
export FINCLIP_BUNDLE

passed=0
failed=0
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(cd "$here" && ls test_*.sh)
for name in "${names[@]}"; do
    began=$SECONDS
    export FINCLIP_WORK=$work/${name%.sh}
    mkdir -p "$FINCLIP_WORK"
    limit=$(sed -n 's/^# .*May take \([0-9]*\) s\.$/\1/p' "$here/$name")
    if timeout "${limit:-1500}" bash "$here/$name" >"$work/${name%.sh}.log" 2>&1; then
        passed=$((passed + 1))
        echo "PASS $name ($((SECONDS - began)) s)"
        grep '^figure:' "$work/${name%.sh}.log" | sed 's/^figure:/    /' || true
    else
        failed=$((failed + 1))
        echo "FAIL $name ($((SECONDS - began)) s)"
        tail -n 60 "$work/${name%.sh}.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# Format, shell, and the rules of structure that a script can check.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files '*.cpp' '*.h')
clang-format --dry-run --Werror "${sources[@]}"

mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
shellcheck -x "${scripts[@]}"

status=0
complain() {
    echo "lint: $*" >&2
    status=1
}
if git grep -nE '#include *<(Q[A-Z]|Qt)' -- deploy-core; then
    complain "deploy-core knows no Qt"
fi
if git grep -nIwE 'TODO|FIXME|XXX|HACK' -- app wizard deploy-core resources tests ':!tests/lint.sh'; then
    complain "nothing unfinished is kept"
fi
for file in "${sources[@]}" "${scripts[@]}"; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 400 ] || complain "$file has $lines lines; 400 at most"
done
allowed='^(CMakeLists.txt|README.md|app|wizard|resources|deploy-core|tests|\..*)$'
extra=$(git ls-tree --name-only HEAD | grep -vE "$allowed" || true)
[ -z "$extra" ] || complain "the top level is fixed; too much: $extra"
exit $status

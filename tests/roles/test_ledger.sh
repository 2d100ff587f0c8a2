#!/bin/sh
# test_ledger.sh SHELL [STEP]: what lib.sh promises, under this shell (dash, "bash --posix", "busybox sh"): files appear whole,
# and after a cut at any command (each STEPth is tried) making goes on, and taking back gives exactly what was there before.
# shellcheck disable=SC2016 # scripts expand where they run
set -eu

shell=$1
every=${2:-1}
lib=$(CDPATH='' cd -- "$(dirname -- "$0")/../../resources/roles" && pwd)/lib.sh
base=/tmp
[ ! -w /dev/shm ] || base=/dev/shm
work=$(mktemp -d "$base/finclip-ledger.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED ($shell): $*" >&2
    exit 1
}

# Every program that lib.sh uses, counted; the one at which $CUT stands kills the script instead of being run.
mkdir "$work/bin"
for program in mv cp rm cat chmod mkdir rmdir grep cmp stat sha256sum dirname basename sort cut sed; do
    cat >"$work/bin/$program" <<PROGRAM
#!/bin/sh
read -r count <"$work/count"
count=\$((count + 1))
echo "\$count" >"$work/count"
[ "\$count" != "\${CUT:-}" ] || { kill -KILL 0; sleep 5; }
exec $(command -v "$program") "\$@"
PROGRAM
done
printf '#!/bin/sh\n' >"$work/bin/sync"
chmod 0755 "$work/bin"/*

before() {
    rm -rf "$work/root" "$work/state"
    mkdir -p "$work/root/etc/ours"
    printf 'theirs\n' >"$work/root/etc/shared"
    chmod 0640 "$work/root/etc/shared"
    touch -d '2020-02-02 02:02:02' "$work/root/etc/shared"
    ln -s shared "$work/root/etc/link"
    printf 'kept\n' >"$work/root/etc/ours/same"
}

make='
ledger test
make_folder "$root/opt/deep" 0700 || exit 1
printf "one\n" | put_file "$root/opt/deep/file" 0600 || exit 1
printf "ours\n" | put_file "$root/etc/shared" 0644 || exit 1
printf "ours\n" | put_file "$root/etc/link" 0644 || exit 1
printf "kept\n" | put_file "$root/etc/ours/same" 0644 || exit 1
ledger_done "all of it" || exit 1
'
take_back='
ledger test
ledger_restore || exit 1
'

# run TEXT: in a process group of its own, so that a cut ends all of it. Status 137 for a cut.
run() {
    printf '%s\n' "root=$work/root" "$1" >"$work/script"
    echo 0 >"$work/count"
    status=0
    # shellcheck disable=SC2086,SC2016  # a command line; expanded there
    FINCLIP_STATE=$work/state LIB=$lib FAKE=$work/bin setsid -w $shell -c \
        '. "$LIB"; PATH=$FAKE:$PATH; . "$0"' "$work/script" >"$work/log" 2>&1 || status=$?
    commands=$(cat "$work/count")
}

tree() { (cd "$work/root" && find . -printf '%p %y %m %l\n' | sort && find . -type f -exec sha256sum {} + | sort -k2); }
stamps() { find "$work/root" -type f -printf '%p %T@\n' | sort; }
same() { [ "$1" = "$2" ] || fail "$3
--- wanted
$1
--- found
$2
--- log
$(cat "$work/log")"; }

before
original=$(tree)
original_times=$(stamps)
run "$make"
[ "$status" = 0 ] || fail "making ends with $status: $(cat "$work/log")"
made=$(tree)
make_commands=$commands
[ "$(cat "$work/root/etc/link" "$work/root/etc/shared" | uniq)" = ours ] || fail "files are not as put"
[ "$(stat -c %a "$work/root/opt/deep")" = 700 ] || fail "the folder's mode"
made_times=$(stamps)
run "$make"
same "$made" "$(tree)" "making again changes something"
same "$made_times" "$(stamps)" "making again writes files anew"
run "$take_back"
back_commands=$commands
same "$original" "$(tree)" "taking back"
same "$original_times" "$(stamps)" "taking back keeps the times"
[ ! -e "$work/state/ledger/test" ] || fail "the book is still there"
run "$take_back"
[ "$status" = 0 ] || fail "taking back twice"

tried=0
cut=1
while [ "$cut" -le "$make_commands" ]; do
    before
    CUT=$cut
    export CUT
    run "$make"
    unset CUT
    # Programs of one pipe are counted in any order, so that the last cuts may come too late.
    [ "$status" = 137 ] || break
    [ "$((cut % 2))" = 0 ] || run "$make"
    run "$take_back"
    [ "$status" = 0 ] || fail "cut at $cut: taking back ends with $status: $(cat "$work/log")"
    same "$original" "$(tree)" "cut at command $cut of making, then taken back"
    before
    CUT=$cut
    export CUT
    run "$make"
    unset CUT
    run "$make"
    same "$made" "$(tree)" "cut at command $cut of making, then made"
    tried=$((tried + 1))
    cut=$((cut + every))
done
cut=1
while [ "$cut" -le "$back_commands" ]; do
    before
    run "$make"
    CUT=$cut
    export CUT
    run "$take_back"
    unset CUT
    [ "$status" = 137 ] || break
    run "$take_back"
    same "$original" "$(tree)" "cut at command $cut of taking back"
    tried=$((tried + 1))
    cut=$((cut + every))
done
[ "$((tried * every))" -ge 60 ] || fail "only $tried cuts were tried"
echo "cuts: $tried"

# What somebody else did meanwhile is theirs.
before
run "$make"
printf 'changed by hand\n' >"$work/root/etc/shared"
: >"$work/root/opt/deep/of_others"
run "$take_back"
[ "$(cat "$work/root/etc/shared")" = 'changed by hand' ] || fail "a change by others was taken away"
[ -e "$work/root/opt/deep/of_others" ] || fail "a file of others was taken away"
grep -q 'somebody changed it since: .*/etc/shared' "$work/log" || fail "nothing is said of the change by others"
grep -q 'holds what is not ours: .*/opt/deep' "$work/log" || fail "nothing is said of the folder that stays"
[ ! -e "$work/root/opt/deep/file" ] || fail "our file stays"

# A later version of our file is still ours.
before
run "$make"
run 'ledger test; printf "two\n" | put_file "$root/etc/shared" 0644'
run "$take_back"
same "$original" "$(tree)" "taking back a second version"

# A folder that two made things in goes with the last of them, whoever made it, and also after a cut.
two='
ledger one
make_folder "$root/opt/one" 0755 || exit 1
printf "1\n" | put_file "$root/opt/one/file" 0644 || exit 1
ledger_done one || exit 1
ledger two
make_folder "$root/opt/two" 0755 || exit 1
printf "2\n" | put_file "$root/opt/two/file" 0644 || exit 1
ledger_done two || exit 1
'
cut=0
while :; do
    before
    run "$two"
    if [ "$cut" -gt 0 ]; then
        CUT=$cut
        export CUT
    fi
    run 'ledger one; ledger_restore || exit 1'
    unset CUT
    [ "$cut" = 0 ] || [ "$status" = 137 ] || break
    [ "$status" = 0 ] || run 'ledger one; ledger_restore || exit 1'
    [ "$status" = 0 ] || fail "cut at $cut: taking back the first of two ends with $status: $(cat "$work/log")"
    [ ! -e "$work/root/opt/one" ] || fail "cut at $cut: the first's own folder stays"
    [ -e "$work/root/opt/two/file" ] || fail "cut at $cut: the second's file is gone"
    # The first comes again, into the folder that is there.
    if [ "$cut" = 0 ]; then
        run "$two"
        [ "$status" = 0 ] || fail "the first does not come again: $(cat "$work/log")"
        run 'ledger two; ledger_restore || exit 1'
        run 'ledger one; ledger_restore || exit 1'
        same "$original" "$(tree)" "two in one folder, made again, taken back"
    else
        run 'ledger two; ledger_restore || exit 1'
        same "$original" "$(tree)" "cut at command $cut of taking back the first of two in one folder"
    fi
    cut=$((cut + every))
done
[ "$cut" -gt 10 ] || fail "taking back the first of two was not cut"

# A write that fails leaves the old file.
before
run 'ledger test; printf "x\n" | put_file "$root/missing/folder/file" 0644'
[ "$status" = 3 ] || fail "a file in a missing folder: status $status"

run 'wait_for 1 false'
[ "$status" = 1 ] || fail "wait_for waits for ever"
# Ten tries would take half a minute.
run 'slow() { sleep 3; echo tried >>"$root/../tries"; false; }; wait_for 4 slow'
[ "$status" = 1 ] || fail "wait_for waits for ever for what is slow to say no"
[ "$(grep -c tried "$work/tries")" -le 3 ] || fail "wait_for does not look at the time"
echo "PASS ($shell)"

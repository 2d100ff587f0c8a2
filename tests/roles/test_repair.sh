#!/bin/sh
# test_repair.sh SHELL: each repair on a server made of files, under this shell: it is made, holds, changes nothing when it is made
# again, and taking it back gives exactly what was there before, also after a restart in between.
# shellcheck disable=SC2016 # scripts expand where they run
set -eu

shell=$1
roles=$(CDPATH='' cd -- "$(dirname -- "$0")/../../resources/roles" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/finclip-repair.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root

fail() {
    echo "FAILED ($shell): $*" >&2
    [ ! -f "$work/log" ] || sed 's/^/    /' "$work/log" >&2
    exit 1
}

# What the kernel and its tools do with swap space, on the file that stands for /proc/swaps.
swap_tools='
swapoff() { [ ! -e "$root/full" ] && sed -i 2,\$d "$root/swaps"; }
swapon() {
    if [ "$1" = -p ]; then priority=$2; shift 2; else priority=-2; fi
    printf "%s\tpartition\t1024\t0\t%s\n" "$1" "$priority" >>"$root/swaps"
}
'

# run SCRIPT ACTION: as on a server; the paths are those of the root here.
run() {
    status=0
    {
        cat "$roles/lib.sh" "$roles/repair/$1.sh"
        echo "root='$root'"
        case $1 in
        swap) echo 'fstab=$root/fstab swaps=$root/swaps'; echo "$swap_tools" ;;
        thp) echo 'pages=$root/pages at_boot=$root/tmpfiles.d/finclip-hugepages.conf' ;;
        selinux) echo 'config=$root/config enforce=$root/enforce' ;;
        esac
        echo "FINCLIP_ACTION='$2'"
        cat "$roles/main.sh"
    } >"$work/script"
    # shellcheck disable=SC2086  # a command line
    FINCLIP_STATE=$work/state $shell "$work/script" </dev/null >"$work/log" 2>&1 || status=$?
}
ends() { [ "$status" = "$1" ] || fail "$2: status $status instead of $1"; }
tree() { (cd "$root" && find . -printf '%p %y %m\n' | sort && find . -type f -exec sha256sum {} + | sort -k2); }
same() { [ "$1" = "$2" ] || fail "$3: wanted
$1
found
$2"; }

fstab='# <file system> <mount point> <type>
UUID=1 / ext4 defaults 0 1
/dev/sda2 none swap sw 0 0
	/swapfile  swap	swap defaults,pri=5 0 0
# /dev/old none swap sw 0 0
tmpfs /swap tmpfs size=1g 0 0'
before_swap() {
    printf '%s\n' "$fstab" >"$root/fstab"
    printf 'Filename\tType\tSize\tUsed\tPriority\n/dev/sda2\tpartition\t1024\t0\t-2\n/swapfile\tpartition\t1024\t0\t5\n' >"$root/swaps"
}
after_swap() {
    [ "$(wc -l <"$root/swaps")" = 1 ] || fail "swap is still on"
    same "$(printf '%s\n' "$fstab" | sed '3,4s/^/# finclip: /')" "$(cat "$root/fstab")" "the lines of /etc/fstab"
}
before_thp() { echo '[always] madvise never' >"$root/pages"; }
after_thp() {
    [ "$(cat "$root/pages")" = madvise ] || fail "the kernel was not told"
    echo 'always [madvise] never' >"$root/pages"
    grep -qx "w $root/pages - - - - madvise" "$root/tmpfiles.d/finclip-hugepages.conf" || fail "nothing is set for the next start"
}
before_selinux() {
    printf '# comment\nSELINUX=enforcing\nSELINUXTYPE=targeted\n' >"$root/config"
    printf 1 >"$root/enforce"
}
after_selinux() {
    [ "$(cat "$root/enforce")" = 0 ] || fail "the kernel was not told"
    same "$(printf '# comment\nSELINUX=permissive\nSELINUXTYPE=targeted\n')" "$(cat "$root/config")" "the configuration"
}

for name in swap thp selinux; do
    rm -rf "$root" "$work/state"
    mkdir -p "$root"
    "before_$name"
    wanted=$(tree)
    run $name check
    ends 1 "$name: check before"
    run $name apply
    ends 0 "$name: apply"
    "after_$name"
    run $name check
    ends 0 "$name: check after"
    made=$(tree)
    run $name apply
    ends 100 "$name: apply again"
    same "$made" "$(tree)" "$name: made again"
    # As after a restart of a server on which somebody set it back: it is put right anew, and the first state is what is kept.
    if [ $name != swap ]; then "before_$name"; else printf '/dev/sda2\tpartition\t1024\t0\t-2\n' >>"$root/swaps"; fi
    run $name check
    ends 1 "$name: check of what came back"
    run $name apply
    ends 0 "$name: apply of what came back"
    "after_$name"
    run $name remove
    ends 0 "$name: remove"
    case $name in
    # The kernel puts the brackets itself.
    thp) [ "$(cat "$root/pages")" = always ] || fail "huge pages are not as before" && before_thp ;;
    selinux) [ "$(cat "$root/enforce")" = 1 ] && printf 1 >"$root/enforce" ;;
    esac
    same "$wanted" "$(tree)" "$name: taken back"
    [ ! -e "$work/state/ledger/repair.$name" ] || fail "$name: its book is still there"
    run $name remove
    ends 0 "$name: remove again"
done

# Swap that is in use stays, and the repair says why.
rm -rf "$root" "$work/state"
mkdir -p "$root"
before_swap
touch "$root/full"
run swap apply
ends 3 "swap in use"
grep -q 'does not fit into the memory' "$work/log" || fail "nothing is said of swap in use"
run swap remove
ends 0 "taking back half a repair"
same "$fstab" "$(cat "$root/fstab")" "taking back half a repair"
echo "PASS ($shell)"

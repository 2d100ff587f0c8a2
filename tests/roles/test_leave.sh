#!/bin/sh
# test_leave.sh SHELL: kubernetes/leave under this shell, against a stand-in for the cluster with the command line of kubectl: what is
# asked of it and in which order, also where pods do not move, the node is gone already, or the cluster does not answer.
set -eu

shell=$1
roles=$(CDPATH='' cd -- "$(dirname -- "$0")/../../resources/roles" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/finclip-leave.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED ($shell): $*" >&2
    sed 's/^/    /' "$work/log" "$work/asked" >&2
    exit 1
}

# A node is a file that holds its mark. Words that kubectl does not know end it with 2.
mkdir "$work/bin" "$work/nodes"
cat >"$work/bin/k3s" <<'STAND_IN'
#!/bin/sh
cd "$(dirname "$0")/.."
[ "$1" = kubectl ] || exit 2
shift
case $1 in --request-timeout=*) shift ;; esac
{ [ ! -e silent ] && [ ! -e busy ]; } || { echo "the server does not answer" >&2; exit 1; }
[ "$1" = get ] || echo "$*" >>asked
case "$*" in
"get node "*" --ignore-not-found -o jsonpath={.metadata.name} {.metadata.annotations.finclip\.com/leaves}")
    [ ! -e "nodes/$3" ] || printf '%s %s' "$3" "$(cat "nodes/$3")" ;;
"annotate node "*" --overwrite finclip.com/leaves="*) printf %s "${5#*=}" >"nodes/$3" ;;
"cordon "*) [ -e "nodes/$2" ] ;;
"drain "*" --ignore-daemonsets --delete-emptydir-data --force --timeout=120s") [ ! -e stuck ] ;;
"delete node "*" --ignore-not-found --timeout=120s") [ ! -s kept ] && rm -f "nodes/$3" ;;
"get node "*" -o jsonpath={.metadata.deletionTimestamp} {.metadata.finalizers[*]}") printf '2026-11-23T08:48:05Z %s' "$(cat kept)" ;;
"-n kube-system delete secret s4.node-password.k3s s4.node-password.rke2 --ignore-not-found") : ;;
"patch node "*" --type=merge -p "*'"finalizers":null'*) rm -f "nodes/$3" kept ;;
*) exit 2 ;;
esac
STAND_IN
chmod +x "$work/bin/k3s"

# leave STATUS ACTION HOW: as a plan asks for it.
leave() {
    : >"$work/asked"
    status=0
    {
        cat "$roles/lib.sh" "$roles/kubernetes/leave.sh"
        echo "sleep() { rm -f $work/busy; }"
        printf "%s='%s'\n" FINCLIP_ACTION "$2" HOW "$3" KUBECTL "$work/bin/k3s kubectl" NODE s4
        cat "$roles/main.sh"
    } >"$work/script"
    # shellcheck disable=SC2086  # a command line
    FINCLIP_STATE=$work/state $shell "$work/script" </dev/null >"$work/log" 2>&1 || status=$?
    [ "$status" = "$1" ] || fail "$2 $3: status $status instead of $1"
}
asked() { [ "$(cut -d' ' -f1 "$work/asked" | paste -sd' ' -)" = "$1" ] || fail "asked $(cat "$work/asked") instead of $1"; }

: >"$work/nodes/s4"
: >"$work/nodes/s1"
leave 0 check drain
leave 0 check delete
# It is asked again where it does not answer for a moment.
: >"$work/busy"
leave 0 remove drain
asked "annotate cordon drain annotate"
grep -qxF "annotate node s4 --overwrite finclip.com/leaves=leaving" "$work/asked" || fail "not marked first"
leave 1 check drain
leave 0 check delete

# Cut in the middle: the node is closed and marked, and has pods.
printf leaving >"$work/nodes/s4"
leave 0 check drain
: >"$work/stuck"
leave 0 remove drain
grep -q "not all pods moved away from s4" "$work/log" || fail "it is not said that pods stay"
leave 1 check drain

# Its vote has not gone yet: nothing is forced.
echo wrangler.cattle.io/managed-etcd-controller wrangler.cattle.io/node >"$work/kept"
leave 3 remove delete
[ -e "$work/nodes/s4" ] || fail "forgotten with its vote"
echo wrangler.cattle.io/node >"$work/kept"
leave 0 remove delete
asked "delete -n patch"
[ ! -e "$work/nodes/s4" ] || fail "the node stays"
: >"$work/nodes/s4"
leave 0 remove delete
asked "delete"
[ "$(ls "$work/nodes")" = s1 ] || fail "another node was deleted"
for how in drain delete; do
    leave 1 check "$how"
    leave 0 remove "$how"
    asked ""
done

# A cluster that does not answer says nothing about its nodes.
: >"$work/silent"
for how in drain delete; do
    leave 3 check "$how"
    leave 3 remove "$how"
done
leave 3 apply drain

#!/bin/sh
# test_recover.sh SHELL: database/recover under this shell, with a stand-in for a Docker engine whose database is stopped: what a member
# says of its last write after a cut, where it has the data, where it was cut while it took them, and where it is still to be set up.
set -eu

shell=$1
roles=$(CDPATH='' cd -- "$(dirname -- "$0")/../../resources/roles" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/finclip-recover.XXXXXX")
trap 'rm -rf "$work"' EXIT

none='00000000-0000-0000-0000-000000000000 -1'
history=0eabc2e9-e6f0-11f1-99d9-4fce02753519

fail() {
    echo "FAILED ($shell): $*" >&2
    sed 's/^/    /' "$work/log" >&2
    exit 1
}

mkdir "$work/bin" "$work/data" "$work/folder"
cat >"$work/bin/docker" <<STAND_IN
#!/bin/sh
case "\$*" in
inspect*) if [ -e "$work/up" ]; then echo true; else echo false; fi ;;
*" up "*) : >"$work/up" ;;
exec*) [ ! -e "$work/up" ] || echo "Primary Synced ON 3 41 $history" ;;
esac
STAND_IN
chmod +x "$work/bin/docker"

# recover STATUS ACTION HOW LAST-LINE: as a plan asks for it.
recover() {
    status=0
    {
        cat "$roles/lib.sh" "$roles/database/recover.sh"
        printf "%s='%s'\n" FINCLIP_ACTION "$2" HOW "$3" MEMBER s3 FOLDER "$work/folder" DATA_DIR "$work/data" ASKED "$none"
        echo "PATH=$work/bin:\$PATH"
        sed 's/^PATH=.*//' "$roles/main.sh"
    } >"$work/script"
    # shellcheck disable=SC2086  # a command line
    FINCLIP_STATE=$work/state $shell "$work/script" </dev/null >"$work/log" 2>&1 || status=$?
    [ "$status" = "$1" ] || fail "$2 $3: status $status instead of $1"
    [ -z "${4-}" ] || [ "$(tail -n 1 "$work/log")" = "$4" ] || fail "$2 $3: said $(tail -n 1 "$work/log") instead of $4"
}

# Still to be set up: nothing is stopped, nothing joins, and it is not the one that starts.
recover 0 check join "position $none"
recover 0 check stop
recover 3 apply first

# Cut while it took the data: what it has is nobody's history, whatever it had noted before.
: >"$work/folder/compose.yaml"
mkdir -p "$work/data/data/mysql"
echo "$history:41" >"$work/data/position"
: >"$work/data/data/grastate.dat"
: >"$work/data/data/sst_in_progress"
recover 1 check join "position $none"
recover 0 check stop

# It has the data: as found in the tables after a cut, as noted after an orderly end.
rm "$work/data/data/sst_in_progress"
printf 'uuid:    %s\nseqno:   -1\n' "$history" >"$work/data/data/grastate.dat"
recover 1 check join "position $history 41"
recover 1 check stop
printf 'uuid:    %s\nseqno:   43\n' "$history" >"$work/data/data/grastate.dat"
recover 1 check join "position $history 43"

# Who starts is decided by a person now: the member that founded does not found again by itself.
: >"$work/data/alone"
recover 0 apply join
[ ! -e "$work/data/alone" ] || fail "it would found again"

#!/bin/sh
# test_outage.sh SHELL: drill/outage and drill/away under this shell, with stand-ins for what ends and starts services and for the
# server that is powered off: what they say of a drill in each state that a cut can leave, and that one which was cut only brings back.
set -eu

shell=$1
roles=$(CDPATH='' cd -- "$(dirname -- "$0")/../../resources/roles" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/finclip-outage.XXXXXX")
trap 'rm -rf "$work"' EXIT
drill=$work/state/drill

fail() {
    echo "FAILED ($shell): $*" >&2
    sed 's/^/    /' "$work/log" "$work/asked" >&2
    exit 1
}

# The text that brings back is run by a shell of its own.
mkdir "$work/bin"
cat >"$work/bin/systemctl" <<STAND_IN
#!/bin/sh
echo "systemctl \$*" >>"$work/asked"
STAND_IN
sed 's/systemctl/systemd-run/' "$work/bin/systemctl" >"$work/bin/systemd-run"
chmod +x "$work/bin/systemctl" "$work/bin/systemd-run"

# outage STATUS ACTION MARK WORDS
outage() {
    : >"$work/asked"
    status=0
    {
        cat "$roles/lib.sh" "$roles/drill/outage.sh"
        echo "containers() { :; }"
        printf "%s='%s'\n" FINCLIP_ACTION "$2" MARK "$3" HOLD 0 UNITS k3s KILLER '' VIRTUAL_ADDRESS ''
        echo "PATH=$work/bin:\$PATH"
        sed 's/^PATH=.*//' "$roles/main.sh"
    } >"$work/script"
    # shellcheck disable=SC2086  # a command line
    FINCLIP_STATE=$work/state $shell "$work/script" </dev/null >"$work/log" 2>&1 || status=$?
    [ "$status" = "$1" ] || fail "$2 $3: status $status instead of $1"
    grep -q "^$4" "$work/log" || fail "$2 $3 did not say: $4"
}
stopped() { grep -q 'kill --signal=KILL k3s' "$work/asked"; }
started() { grep -q 'start --no-block k3s' "$work/asked"; }

outage 1 check one unbegun
outage 0 apply one "the services of this server end now"
stopped || fail "not stopped"
started || fail "not started again"
grep -q '^systemd-run .*--on-active=60 ' "$work/asked" || fail "no timer"
outage 0 check one back
outage 100 apply one "finclip: already there"

# The step was ended while they were stopped.
echo two >"$drill/begun"
echo "PATH=$work/bin:\$PATH; systemctl start --no-block k3s; rm -f '$drill/back'" >"$drill/back"
outage 1 check two stopped
outage 1 check one unbegun
outage 0 apply two "finclip: apply"
stopped && fail "it stopped them again"
started || fail "not started"
outage 0 check two back

# The timer was faster than anybody who asked.
echo three >"$drill/begun"
outage 1 check three "back: .* the step was ended"
outage 0 apply three "finclip: apply"
stopped && fail "it stopped them again"
outage 0 check three back

# --- a person powers it off

# away STATUS ACTION MARK WORDS: the server answers while there is $work/on; LEAVES and RETURNS are no time at all.
away() {
    : >"$work/asked"
    status=0
    {
        cat "$roles/lib.sh" "$roles/drill/away.sh"
        echo "answers() { [ -e $work/on ]; }"
        printf "%s='%s'\n" FINCLIP_ACTION "$2" MARK "$3" SERVER s3 ADDRESS 127.0.0.1 PORT 22 LEAVES 0 RETURNS 0
        cat "$roles/main.sh"
    } >"$work/script"
    # shellcheck disable=SC2086  # a command line
    FINCLIP_STATE=$work/state $shell "$work/script" </dev/null >"$work/log" 2>&1 || status=$?
    [ "$status" = "$1" ] || fail "away $2 $3: status $status instead of $1"
    grep -q "^$4" "$work/log" || fail "away $2 $3 did not say: $4"
}

touch "$work/on"
away 1 check four unbegun
away 3 apply four "waiting for s3 to be powered off"
away 1 check four unbegun
rm "$work/on"
away 3 apply four "s3 is off: power it on again"
away 1 check four stopped
# Somebody came back to it.
away 3 apply four "s3 is off: power it on again"
! grep -q "waiting for" "$work/log" || fail "it is to be powered off twice"
touch "$work/on"
away 1 check four "back: .* the step was ended"
away 0 apply four "s3 is there again"
away 0 check four back
away 1 check five unbegun

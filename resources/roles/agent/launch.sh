# shellcheck shell=sh disable=SC2154 # common.sh and the composer set what is not set here
# Starts a script on the server, detached. Arguments: RUN LOCK STEP ATTEMPT SHA256 SECRET_LINES.
# Standard input: SECRET_LINES lines of secrets, then the script, whose SHA-256 is given. Secrets
# stay in the shell's memory and go on through a pipe to the script's standard input.
# Answer, on standard output: `started`, or `already` where this attempt was started before (it is
# then left alone, whatever became of it).
unset secrets
attempt_folder "$1" "$3" "$4"
[ -d "$state" ] || lock_lost
mkdir -p "$dir" || die "cannot write to $state"

secrets=
lines=0
while [ "$lines" -lt "$6" ]; do
    IFS= read -r line || die "the input was cut"
    secrets="$secrets$line
"
    lines=$((lines + 1))
done
unset line
arrived=$dir/script.$$
cat >"$arrived" || {
    rm -f "$arrived"
    die "cannot write to $state"
}
sum=$(sha256sum <"$arrived")
if [ "${sum%% *}" != "$5" ]; then
    rm -f "$arrived"
    die "the script did not arrive whole"
fi

own_lock "$2"
if [ -e "$dir/started" ]; then
    rm -f "$arrived"
    echo already
    exit 0
fi
{ mv "$arrived" "$dir/script" && boot_id >"$dir/boot" &&
    printf '%s' "$DETACHED" >"$dir/detached" && printf '       \n' >"$dir/status.new" &&
    : >"$dir/log"; } || die "cannot write to $state"
exec 7>"$dir/alive"
flock 7
read_uptime
printf '%s\n' "$uptime" >"$dir/started" || die "cannot write to $state"
set_apart
FINCLIP_ATTEMPT=$dir
export FINCLIP_ATTEMPT
# shellcheck disable=SC2086 # a command and its options, or nothing
{
    printf '%s' "$secrets"
} 2>/dev/null 7>&- 8>&- | $apart setsid sh "$dir/detached" "$dir" >/dev/null 2>&1 8>&- &
exec 7>&-
wait_for "$dir/pid"
echo started

# shellcheck shell=sh disable=SC2154 # common.sh and the composer set what is not set here
# Ends an attempt that runs too long. Arguments: RUN LOCK STEP ATTEMPT SOFT_SECONDS. Its process
# group is asked to end (TERM) and after SOFT_SECONDS ended by force (KILL).
# Answer, on standard output: what is known of it then, in the words of follow.
attempt_folder "$1" "$3" "$4"
own_lock "$2"
exec 8>&-
look_at "$dir"
if [ "$found" = running ] || [ "$found" = lost ]; then
    end_attempt "$dir" "$5" || die "its processes cannot be ended"
    look_at "$dir"
fi
printf '%s\n' "$found"

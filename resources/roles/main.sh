# shellcheck shell=sh disable=SC2154 # FINCLIP_ACTION is set in front of this
# Ends every text that runs: reads the secrets and does FINCLIP_ACTION.
#
# Functions of the role are called in a subshell, with LC_ALL=C and umask 022.
# Exit status of check and verify: theirs. Of apply and remove:
#   0    done, and check agrees
#   100  apply was not needed: check held already
#   101  done, but check does not agree: its last line says why
#   else the function's own (1 in place of 100 and 101)
LC_ALL=C
export LC_ALL
PATH=${PATH:-/usr/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
umask 022

# Read by the shell itself, so that no program sees them.
while IFS= read -r finclip_line; do
    finclip_lines="${finclip_lines-}$finclip_line
"
done
eval "${finclip_lines-}"
unset finclip_lines finclip_line

# Calls a function of the role; its status is in finclip_status.
finclip_call() {
    ("$1")
    finclip_status=$?
}

# The changing functions: ends here where they fail.
finclip_do() {
    finclip_call "$1"
    case $finclip_status in
    0) ;;
    100 | 101) exit 1 ;;
    *) exit "$finclip_status" ;;
    esac
    echo "finclip: check"
    finclip_call check
}

case $FINCLIP_ACTION in
check | verify)
    finclip_call "$FINCLIP_ACTION"
    exit "$finclip_status"
    ;;
apply)
    finclip_call check
    if [ "$finclip_status" -eq 0 ]; then
        echo "finclip: already there"
        exit 100
    fi
    echo "finclip: apply"
    finclip_do apply
    [ "$finclip_status" -eq 0 ] || exit 101
    ;;
remove)
    echo "finclip: remove"
    finclip_do remove
    [ "$finclip_status" -ne 0 ] || exit 101
    ;;
*) exit 2 ;;
esac
exit 0

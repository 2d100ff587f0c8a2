# shellcheck shell=bash
# Sourced: puts texts of role scripts together as run/script_text does, and runs them on the lab server s1.

roles=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../resources/roles" && pwd)

quoted() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

# text SCRIPT ACTION [NAME=VALUE..]: secrets are not among the values.
text() {
    local script=$1 action=$2 value
    shift 2
    printf '#: script %s\n#: action %s\n' "$script" "$action"
    cat "$roles/lib.sh" "$roles/$script.sh"
    for value in "FINCLIP_ACTION=$action" "$@"; do
        printf '%s=%s\n' "${value%%=*}" "$(quoted "${value#*=}")"
    done
    cat "$roles/main.sh"
}

# shellcheck shell=sh
# repair/selinux: SELinux reports and no longer forbids, now and after a restart.
# shellcheck disable=SC2154  # values and what lib.sh defines

config=/etc/selinux/config
enforce=/sys/fs/selinux/enforce

permissive() { sed 's/^SELINUX=enforcing/SELINUX=permissive/' "$config"; }

check() {
    ledger repair.selinux
    ledger_is_done permissive || no "not put right yet" || return
    [ ! -f "$enforce" ] || [ "$(cat "$enforce")" != 1 ] || no "SELinux forbids: enforcing" || return
    [ ! -f "$config" ] || ! grep -q '^SELINUX=enforcing' "$config" || no "$config makes it enforcing at the next start"
}

apply() {
    ledger repair.selinux
    if [ -f "$config" ] && grep -q '^SELINUX=enforcing' "$config"; then
        permissive | put_file "$config" "$(mode_of "$config")" || return
    fi
    if [ -f "$enforce" ] && [ "$(cat "$enforce")" = 1 ]; then
        ledger_keep enforce "$enforce" cat "$enforce" || return
        say 0 >"$enforce" || cannot "the kernel does not take permissive" || return
    fi
    ledger_done permissive
}

undo_enforce() { cat "$1/was" >"$2"; }

verify() { check; }

remove() {
    ledger repair.selinux
    ledger_restore
}

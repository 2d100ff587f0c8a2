# shellcheck shell=sh
# repair/thp: transparent huge pages only where a program asks for them, now and after a restart.
# shellcheck disable=SC2154  # values and what lib.sh defines

pages=/sys/kernel/mm/transparent_hugepage/enabled
at_boot=/etc/tmpfiles.d/finclip-hugepages.conf

chosen() { sed 's/.*\[\(.*\)\].*/\1/' "$pages"; }

boot_line() { say "w $pages - - - - madvise"; }

check() {
    ledger repair.thp
    [ "$(chosen)" != always ] || no "$pages is always" || return
    ledger_is_done madvise || no "not put right yet" || return
    is_written "$at_boot" "$(boot_line)"
}

apply() {
    ledger repair.thp
    ledger_keep pages "$pages" chosen || return
    make_folder "$(dirname "$at_boot")" 0755 || return
    boot_line | put_file "$at_boot" 0644 || return
    [ "$(chosen)" != always ] || say madvise >"$pages" || cannot "the kernel does not take madvise" || return
    ledger_done madvise
}

undo_pages() { cat "$1/was" >"$2"; }

verify() { check; }

remove() {
    ledger repair.thp
    ledger_restore
}

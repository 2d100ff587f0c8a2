# shellcheck shell=sh
# repair/swap: swap space is off, now and after a restart. Its lines in /etc/fstab are kept as comments.
# shellcheck disable=SC2154  # values and what lib.sh defines

fstab=/etc/fstab
swaps=/proc/swaps

# Lines "device priority".
swaps_on() {
    sed 1d "$swaps" | while read -r device _ _ _ priority; do
        say "$device $priority"
    done
}

without_swap() { sed 's/^[[:space:]]*[^#[:space:]][^[:space:]]*[[:space:]][[:space:]]*[^[:space:]]*[[:space:]][[:space:]]*swap[[:space:]].*$/# finclip: &/' "$fstab"; }

starts_with_swap() { [ -f "$fstab" ] && [ "$(without_swap)" != "$(cat "$fstab")" ]; }

check() {
    ledger repair.swap
    ledger_is_done off || no "not put right yet" || return
    [ -z "$(swaps_on)" ] || no "swap is on: $(swaps_on | cut -d' ' -f1 | tr '\n' ' ')" || return
    ! starts_with_swap || no "$fstab switches swap on at the next start"
}

apply() {
    ledger repair.swap
    ! starts_with_swap || without_swap | put_file "$fstab" "$(mode_of "$fstab")" || return
    if [ -n "$(swaps_on)" ]; then
        ledger_keep swap all swaps_on || return
        swapoff -a || cannot "what lies in the swap space does not fit into the memory" || return
    fi
    ledger_done off
}

undo_swap() {
    while read -r device priority; do
        ! swaps_on | cut -d' ' -f1 | grep -qxF "$device" || continue
        # Negative ones are the kernel's own choice.
        case $priority in
        -*) swapon "$device" || return ;;
        *) swapon -p "$priority" "$device" || return ;;
        esac
    done <"$1/was"
}

verify() { check; }

remove() {
    ledger repair.swap
    ledger_restore
}

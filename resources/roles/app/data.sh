# shellcheck shell=sh
# app/data: the data folder. Removed only when a person confirmed that the data may go: a removal that keeps data has no such step.
# Values: DATA_DIR (the application's own folder), DATA_PARENT (the chosen one, which it lies in).
# shellcheck disable=SC2154  # values and what lib.sh defines

check() {
    ledger app.data
    [ -d "$DATA_DIR" ] || no "$DATA_DIR is missing" || return
    ledger_is_done "$DATA_DIR" || no "not made yet: $DATA_DIR"
}

apply() {
    ledger app.data
    if [ -d "$DATA_DIR" ] && ! ledger_find folder "$DATA_DIR" >/dev/null && [ -n "$(ls -A "$DATA_DIR")" ]; then
        cannot "$DATA_DIR is not empty and not of an installation of ours on this server; choose another data folder" || return
    fi
    # Services run under users of their own: they pass through, but only root looks in.
    make_folder "$DATA_PARENT" 0711 && make_folder "$DATA_DIR" 0711 || return
    ledger_done "$DATA_DIR"
}

verify() { check; }

remove() {
    ledger app.data
    if [ -d "$book" ]; then
        rm -f "$book/done"
        rm -rf "$DATA_DIR" || return
    fi
    ledger_restore
}

# shellcheck shell=sh
# app/config: the application's compose file, what it mounts, and its variables.
# Values: INSTALL_DIR, FILES (lines "sha256 relative-path": sent files), ENVIRONMENT (the lines of .env), VERSION (of the bundle).
# shellcheck disable=SC2154  # values and what lib.sh defines

wished() { digest_of_text "$INSTALL_DIR $FILES $ENVIRONMENT $VERSION"; }

check() {
    ledger app.config
    ledger_is_done "$(wished)" || no "not written yet, or for other settings" || return
    each_file "$INSTALL_DIR" "$FILES" is_as_sent && is_written "$INSTALL_DIR/.env" "$ENVIRONMENT" && is_written "$home/version" "$VERSION"
}

apply() {
    ledger app.config
    make_folder "$INSTALL_DIR" 0755 || return
    each_file "$INSTALL_DIR" "$FILES" install_sent && drop_others "$INSTALL_DIR" "$FILES
own .env" || return
    say "$ENVIRONMENT" | put_file "$INSTALL_DIR/.env" 0600 && say "$VERSION" | put_file "$home/version" 0644 || return
    ledger_done "$(wished)"
}

verify() { check; }

remove() {
    ledger app.config
    ledger_restore
}

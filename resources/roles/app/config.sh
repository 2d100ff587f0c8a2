# shellcheck shell=sh
# app/config: the application's compose file, what it mounts, and its variables.
# Values: INSTALL_DIR, FILES (lines "sha256 relative-path": sent files), ENVIRONMENT (the lines of .env), VERSION (of the bundle).
# shellcheck disable=SC2154  # values and what lib.sh defines

each_file() { # COMMAND: is called with digest and path
    while read -r digest path; do
        [ -z "$digest" ] || "$1" "$digest" "$INSTALL_DIR/$path" || return
    done <<FILES
$FILES
FILES
}

is_as_sent() { [ "$(digest_of_file "$2" 2>/dev/null)" = "$1" ] || no "$2 is missing or another"; }

install_one() {
    is_as_sent "$1" "$2" >/dev/null && return 0
    [ -f "$home/files/$1" ] || cannot "the file for $2 was not sent" || return
    make_folder "$(dirname "$2")" 0755 && put_file "$2" 0644 <"$home/files/$1"
}

is_wanted() (
    say "$FILES" | while read -r _ wanted; do
        [ "$INSTALL_DIR/$wanted" != "$1" ] || say yes
    done | grep -q yes
)

# Files that an earlier version of the application had.
drop_others() {
    cat "$book"/[0-9]*/what 2>/dev/null | while read -r kind path; do
        [ "$kind" = file ] || continue
        case $path in "$INSTALL_DIR/.env" | "$home/version") continue ;; esac
        is_wanted "$path" || ledger_undo file "$path" || exit
    done
}

wished() { digest_of_text "$INSTALL_DIR $FILES $ENVIRONMENT $VERSION"; }

check() {
    ledger app.config
    ledger_is_done "$(wished)" || no "not written yet, or for other settings" || return
    each_file is_as_sent || return
    has_text "$INSTALL_DIR/.env" "$ENVIRONMENT" || no "$INSTALL_DIR/.env is not as wished" || return
    has_text "$home/version" "$VERSION" || no "$home/version is not as wished"
}

apply() {
    ledger app.config
    make_folder "$INSTALL_DIR" 0755 || return
    each_file install_one && drop_others || return
    say "$ENVIRONMENT" | put_file "$INSTALL_DIR/.env" 0600 && say "$VERSION" | put_file "$home/version" 0644 || return
    ledger_done "$(wished)"
}

verify() { check; }

remove() {
    ledger app.config
    ledger_restore
}

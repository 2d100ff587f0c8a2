# shellcheck shell=sh
# kubernetes/file: one file of the Kubernetes distribution in its place: a program, the installer, an archive of images.
# Values: SENT (the sent file, named by its digest; gone after it was placed), DESTINATION, MODE. With ASKED=content the check is
# whether the content is there: then the file need not be sent.
# shellcheck disable=SC2154  # values and what lib.sh defines

book_of_file() { ledger "kubernetes.file.${SENT##*/}"; }

# What was placed is known again by its size: archives of images are too long to be read at every question.
placed() { say "$DESTINATION $(stat -c '%s %Y' "$DESTINATION")"; }

check() {
    book_of_file
    [ -f "$DESTINATION" ] || no "$DESTINATION is missing" || return
    has_text "$book/placed" "$(placed)" || no "$DESTINATION is another than the bundle's" || return
    [ "${ASKED:-}" = content ] || ledger_is_done "$DESTINATION $MODE" || no "not placed yet: $DESTINATION"
}

apply() {
    book_of_file
    if ! check >/dev/null; then
        [ -f "$SENT" ] || cannot "the file for $DESTINATION was not sent" || return
        make_folder "$(dirname "$DESTINATION")" 0755 && put_file "$DESTINATION" "$MODE" <"$SENT" || return
        placed >"$book/placed" || return
    fi
    rm -f "$SENT"
    ledger_done "$DESTINATION $MODE"
}

verify() { check; }

remove() {
    book_of_file
    ledger_restore
}

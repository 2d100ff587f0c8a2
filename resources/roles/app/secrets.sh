# shellcheck shell=sh
# app/secrets: generated secrets, each in a file that root alone reads.
# Values: SECRETS_DIR, SECRETS (lines "file VARIABLE"). Secrets: the variables named there.
# shellcheck disable=SC2154  # values and what lib.sh defines

is_there() {
    file=$SECRETS_DIR/$1
    [ -f "$file" ] && [ "$(stat -c '%a %u' "$file")" = "600 0" ] || no "$file is missing or not root's alone" || return
    [ "$(cat "$file")" = "$2" ] || no "$file holds another secret"
}

write() {
    [ -n "$2" ] || cannot "the secret for $SECRETS_DIR/$1 did not arrive" || return
    printf '%s\n' "$2" | put_file "$SECRETS_DIR/$1" 0600
}

check() {
    ledger app.secrets
    [ -d "$SECRETS_DIR" ] || no "$SECRETS_DIR is missing" || return
    each_secret "$SECRETS" is_there || return
    ledger_is_done "$SECRETS" || no "not written yet"
}

apply() {
    ledger app.secrets
    make_folder "$SECRETS_DIR" 0700 && chmod 0700 "$SECRETS_DIR" || return
    each_secret "$SECRETS" write || return
    ledger_done "$SECRETS"
}

verify() { check; }

remove() {
    ledger app.secrets
    ledger_restore
}

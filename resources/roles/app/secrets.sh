# shellcheck shell=sh
# app/secrets: generated secrets, each in a file that root alone reads.
# Values: SECRETS_DIR, SECRETS (lines "file VARIABLE"). Secrets: the variables named there.
# shellcheck disable=SC2154  # values and what lib.sh defines

each_secret() { # COMMAND: is called with the file and the secret
    while read -r file variable; do
        [ -n "$file" ] || continue
        secret=
        case $variable in *[!A-Z0-9_]*) cannot "not a variable's name: $variable" || return ;; esac
        eval "secret=\${$variable:-}"
        "$1" "$SECRETS_DIR/$file" "$secret" || return
    done <<SECRETS
$SECRETS
SECRETS
}

is_there() {
    [ -f "$1" ] && [ "$(stat -c '%a %u' "$1")" = "600 0" ] || no "$1 is missing or not root's alone" || return
    [ "$(cat "$1")" = "$2" ] || no "$1 holds another secret"
}

write() {
    [ -n "$2" ] || cannot "the secret for $1 did not arrive" || return
    printf '%s\n' "$2" | put_file "$1" 0600
}

check() {
    ledger app.secrets
    [ -d "$SECRETS_DIR" ] || no "$SECRETS_DIR is missing" || return
    each_secret is_there || return
    ledger_is_done "$SECRETS" || no "not written yet"
}

apply() {
    ledger app.secrets
    make_folder "$SECRETS_DIR" 0700 && chmod 0700 "$SECRETS_DIR" || return
    each_secret write || return
    ledger_done "$SECRETS"
}

verify() { check; }

remove() {
    ledger app.secrets
    ledger_restore
}

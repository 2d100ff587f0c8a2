# shellcheck shell=sh
# host/prepare: the server's own settings, and the folder of the files that are sent.
# Values: SYSCTLS (lines "key least-value").
# shellcheck disable=SC2154  # values and what lib.sh defines

sysctl_file=/etc/sysctl.d/zz-finclip.conf # behind 99-sysctl.conf, which is /etc/sysctl.conf
sysctl_conf=/etc/sysctl.conf

sysctl_now() { cat "$(sysctl_path "$1")"; }

# Those settings that were too low before us: only these are ours.
our_sysctls() {
    say "$SYSCTLS" | while read -r key least; do
        [ -z "$key" ] || ! ledger_find sysctl "$key" >/dev/null || say "$key = $least"
    done
}

# Some systems (KylinOS) apply /etc/sysctl.conf last: where it sets one of our keys itself, ours stand behind.
overruled() {
    [ -f "$sysctl_conf" ] || return 1
    our_sysctls | while read -r key _; do
        ! without_our_block | grep -q "^[[:space:]]*$(say "$key" | sed 's/\./[.\/]/g')[[:space:]]*=" || say "$key"
    done | grep -q .
}

without_our_block() { sed '/^# BEGIN finclip$/,/^# END finclip$/d' "$sysctl_conf"; }

with_our_block() {
    # Its last line may have no end.
    say "$(without_our_block)"
    say '# BEGIN finclip'
    our_sysctls
    say '# END finclip'
}

each_sysctl() { # COMMAND: is called with key and least value
    while read -r key least; do
        [ -z "$key" ] || "$1" "$key" "$least" || return
    done <<SYSCTLS
$SYSCTLS
SYSCTLS
}

is_enough() {
    # A setting of a kernel part that is not loaded has no value to raise.
    [ -f "$(sysctl_path "$1")" ] || return 0
    [ "$(sysctl_now "$1")" -ge "$2" ] || no "$1 is $(sysctl_now "$1"), needed: at least $2"
}

raise() {
    is_enough "$1" "$2" >/dev/null && return 0
    ledger_keep sysctl "$1" sysctl_now "$1" || return
    say "$1: $(sysctl_now "$1"), now $2"
    printf '%s\n' "$2" >"$(sysctl_path "$1")" || cannot "the kernel does not take $1 = $2"
}

check() {
    ledger host.prepare
    [ -d "$home/files" ] || no "$home/files is missing" || return
    ledger_is_done "$SYSCTLS" || no "not prepared yet, or for other settings" || return
    each_sysctl is_enough || return
    [ -z "$(our_sysctls)" ] || is_written "$sysctl_file" "$(our_sysctls)" || return
    ! overruled || [ "$(with_our_block)" = "$(cat "$sysctl_conf")" ] || no "$sysctl_conf overrules our settings"
}

apply() {
    ledger host.prepare
    (umask 077 && mkdir -p "$home/files") || return
    each_sysctl raise || return
    if [ -n "$(our_sysctls)" ]; then
        make_folder "$(dirname "$sysctl_file")" 0755 || return
        our_sysctls | put_file "$sysctl_file" 0644 || return
    fi
    if overruled; then
        with_our_block | put_file "$sysctl_conf" "$(mode_of "$sysctl_conf")" || return
    fi
    ledger_done "$SYSCTLS"
}

verify() { check; }

# The last of a removal. The run that does it still writes below $home; letting go of the server's lock takes that away.
remove() {
    ledger host.prepare
    if grep -q '^# BEGIN finclip$' "$sysctl_conf" 2>/dev/null && entry=$(ledger_find file "$sysctl_conf") &&
        ! grep -qxF "$(digest_of_file "$sysctl_conf")" "$entry/wrote"; then
        # Changed by others since: our lines alone go.
        without_our_block >"$entry/without" || return
        cat "$entry/without" >"$sysctl_conf" || return
    fi
    ledger_restore || return
    rm -rf "$home/files" "$home/docker-client"
}

# shellcheck shell=sh disable=SC2154 # begin.sh sets what is not set here
# The probe: services and programs that are there.
units='chronyd chrony ntpd ntp ntpsec systemd-timesyncd openntpd firewalld docker containerd kubelet k3s k3s-agent
rke2-server rke2-agent mysqld mysql mariadb redis redis-server'
if [ -d /run/systemd/system ]; then
    say systemd yes
    # shellcheck disable=SC2086  # a list of words
    values=$(within 8 systemctl is-active $units 2>/dev/null)
    # shellcheck disable=SC2086
    set -- $values
    for word in $units; do
        [ $# -gt 0 ] || break
        say unit "$word $1"
        shift
    done
else
    say systemd no
fi

program() { # ID COMMAND...: the first of these programs that is there, and its version in its own words
    program_id=$1
    shift
    first_of "$@" || return 0
    say_text program "$program_id $(command -v "$first_word")
$(within 5 "$first_word" --version 2>/dev/null)"
}
program docker dockerd docker
program containerd containerd
program kubernetes k3s rke2 kubelet
program mysql mariadbd mysqld
program redis redis-server
# Whole or not at all: what is merged with it later must not lose a key.
if [ -r /etc/docker/daemon.json ]; then
    values=$(head -c 65536 /etc/docker/daemon.json 2>/dev/null)
    [ ${#values} -ge 65536 ] || say_text docker.daemon_json "$values"
fi
say_file finclip /var/lib/finclip-deploy/version
# Whatever we changed has a book in the undo ledger, also when the installation was cut.
set +f
for path in /var/lib/finclip-deploy/ledger/*; do
    [ ! -d "$path" ] || say finclip.part "${path##*/}"
done
set -f

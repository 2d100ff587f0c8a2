# shellcheck shell=sh
# shellcheck disable=SC2034 # scripts use what is set here
# lib.sh: what all role scripts share: words, files, waiting, and the undo ledger. Functions in ( ) keep their variables to
# themselves. A failure is answered with a status other than 0 and is passed on by hand, so that all of this works the same
# where the shell ignores `set -e`.

PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
# The operator's own Docker configuration (proxies, contexts) has no part in this.
DOCKER_CONFIG=${FINCLIP_STATE:-/var/lib/finclip-deploy}/docker-client
export PATH LC_ALL DOCKER_CONFIG
unset DOCKER_HOST DOCKER_CONTEXT COMPOSE_FILE COMPOSE_PROFILES COMPOSE_PROJECT_NAME COMPOSE_ENV_FILES

home=${FINCLIP_STATE:-/var/lib/finclip-deploy}
systemd_units=/etc/systemd/system
sysctl_root=/proc/sys

say() { printf '%s\n' "$*"; }

# no WHY: a check's answer: it is not so.
no() {
    say "$*"
    return 1
}

# cannot WHY: what stops a script, whatever it was doing.
cannot() {
    say "cannot go on: $*"
    return 3
}

digest_of_text() { printf '%s' "$1" | sha256sum | cut -d' ' -f1; }
digest_of_file() { sha256sum <"$1" | cut -d' ' -f1; }

# Where a new version of a file is written before it is renamed; a name that never changes, so that a cut leaves no litter.
beside() { printf '%s/.%s.finclip-new' "$(dirname "$1")" "$(basename "$1")"; }

# On disk before what follows; older systems know only how to write everything.
to_disk() { sync -f "$1" 2>/dev/null || sync; }

# --- the undo ledger
#
# $home/ledger/<script>/ is the book of one script. An entry is a folder NNNN (from 1001 on, handed over ones below) that says what a change found before it: `what`
# ("KIND SUBJECT") and the kind's own files. It is written elsewhere, brought to disk and renamed before the change is made, and
# there is one entry for one subject, so the first state is the one that is kept. Taking back goes from the last entry to the
# first with undo_KIND, and an entry is dropped only after its undo, so a cut anywhere is repaired by running again.

# ledger SCRIPT: changes from here on are written into this script's book.
ledger() { book=$home/ledger/$1; }

# ledger_find KIND SUBJECT: prints the entry's folder.
ledger_find() (
    for entry in "$book"/[0-9]*; do
        [ -f "$entry/what" ] && [ "$(cat "$entry/what")" = "$1 $2" ] && say "$entry" && exit 0
    done
    exit 1
)

# ledger_begin KIND SUBJECT: status 1 if it is written already, else a new entry is begun in $book/new.
ledger_begin() (
    ledger_find "$1" "$2" >/dev/null && exit 1
    umask 077
    rm -rf "$book/new"
    mkdir -p "$book/new" && printf '%s %s\n' "$1" "$2" >"$book/new/what" || exit 2
)

ledger_end() (
    number=1000
    for entry in "$book"/[0-9]*; do
        [ ! -d "$entry" ] || [ "${entry##*/}" -le 1000 ] || number=${entry##*/}
    done
    to_disk "$book/new/what" && mv "$book/new" "$book/$((number + 1))" && to_disk "$book"
)

# ledger_keep KIND SUBJECT COMMAND..: the entry, with what COMMAND says about the present state as its file `was`.
ledger_keep() (
    umask 077
    kind=$1 subject=$2
    shift 2
    ledger_begin "$kind" "$subject" || exit $(($? - 1))
    "$@" >"$book/new/was" && ledger_end
)

ledger_keep_file() (
    [ ! -d "$1" ] || { cannot "$1 is a folder"; exit; }
    ledger_begin file "$1" || exit $(($? - 1))
    if [ -e "$1" ] || [ -L "$1" ]; then
        cp -a "$1" "$book/new/content" || exit 2
    fi
    ledger_end
)

# What somebody else changed since is not ours to take back; a file that was not there before is.
undo_file() (
    entry=$1 path=$2
    rm -f "$(beside "$path")"
    if [ ! -e "$entry/content" ] && [ ! -L "$entry/content" ]; then
        rm -f "$path"
        exit
    fi
    if [ -f "$path" ] && ! grep -qxF "$(digest_of_file "$path")" "$entry/wrote" 2>/dev/null; then
        cmp -s "$path" "$entry/content" || say "left as it is, somebody changed it since: $path"
        exit 0
    fi
    mkdir -p "$(dirname "$path")" && cp -a "$entry/content" "$(beside "$path")" && mv -f "$(beside "$path")" "$path"
)

# make_folder PATH MODE: with its parents; each that is made is an entry.
make_folder() {
    [ -d "$1" ] && return 0
    [ -d "$(dirname "$1")" ] || make_folder "$(dirname "$1")" 0755 || return
    ledger_keep folder "$1" : && mkdir -m "$2" "$1"
}

# The book of another script that changed something within the folder; status 1 where there is none.
book_within() (
    for what in "$home"/ledger/*/[0-9]*/what; do
        within=${what%/*/what}
        if [ "$within" = "$book" ] || [ ! -f "$what" ]; then continue; fi
        read -r _ subject <"$what"
        case $subject in
        "$1"/*) say "$within" && exit 0 ;;
        esac
    done
    exit 1
)

# hand_over ENTRY BOOK: the entry as that book's first, so that it is the last that is taken back there.
hand_over() (
    umask 077
    ! grep -qxF "$(cat "$1/what")" "$2"/[0-9]*/what || exit 0
    for first in "$2"/[0-9]*; do break; done
    first=${first##*/}
    rm -rf "$2/new"
    cp -a "$1" "$2/new" && mv "$2/new" "$2/$(printf %04d $((${first#0} - 1)))" && to_disk "$2"
)

# A folder that others of ours still use goes with the last of them.
undo_folder() {
    [ -d "$2" ] || return 0
    rmdir "$2" 2>/dev/null && return
    if user_of_folder=$(book_within "$2"); then
        hand_over "$1" "$user_of_folder"
    else
        say "left, it holds what is not ours: $2"
    fi
}

sysctl_path() { printf '%s/%s' "$sysctl_root" "$(printf '%s' "$1" | tr . /)"; }

undo_sysctl() { cat "$1/was" >"$(sysctl_path "$2")"; }

unit_state() {
    systemctl is-enabled "$1" 2>/dev/null
    systemctl is-active "$1" 2>/dev/null
    return 0
}

ledger_keep_unit() { ledger_keep unit "$1" unit_state "$1"; }

# A unit whose file is gone already cannot be stopped or disabled, and need not be.
undo_unit() {
    grep -qx enabled "$1/was" || systemctl disable "$2" 2>/dev/null || :
    grep -qx active "$1/was" || systemctl stop "$2" 2>/dev/null || ! systemctl -q is-active "$2" || cannot "$2 does not stop"
}

# ledger_done TEXT: all is made; TEXT says what of, so that a check can see that it is still what is wished.
ledger_done() (
    umask 077
    mkdir -p "$book" && printf '%s\n' "$1" >"$book/done.new" && to_disk "$book/done.new" && mv "$book/done.new" "$book/done"
)

ledger_is_done() { [ -f "$book/done" ] && [ "$(cat "$book/done")" = "$1" ]; }

ledger_drop() { rm -rf "$book/gone" && mv "$1" "$book/gone" && rm -rf "$book/gone"; }

# ledger_undo KIND SUBJECT: takes back this one change, if it was made.
ledger_undo() {
    entry_found=$(ledger_find "$1" "$2") || return 0
    "undo_$1" "$entry_found" "$2" && ledger_drop "$entry_found"
}

# Takes back all of the present book and closes it.
ledger_restore() {
    [ -d "$book" ] || return 0
    rm -f "$book/done"
    printf '%s\n' "$book"/[0-9]* | sort -r | while IFS= read -r entry; do
        [ -f "$entry/what" ] || continue
        read -r kind subject <"$entry/what"
        "undo_$kind" "$entry" "$subject" && ledger_drop "$entry" || exit 1
    done || return 1
    rm -rf "$book"
}

# --- files

# put_file PATH MODE: standard input becomes the file, at once or not at all; the same content stays untouched.
put_file() (
    umask 077
    new=$(beside "$1")
    # First of all, so that what a cut leaves beside the file is known too.
    ledger_keep_file "$1" || exit
    if ! cat >"$new" || ! chmod "$2" "$new"; then
        rm -f "$new"
        cannot "$1 cannot be written"
        exit
    fi
    place_file "$new" "$1"
)

# place_file NEW PATH: a file that lies on the same file system takes its place there.
place_file() (
    if [ -f "$2" ] && [ ! -L "$2" ] && [ "$(mode_of "$1")" = "$(mode_of "$2")" ] && cmp -s "$1" "$2"; then
        rm -f "$1"
        exit 0
    fi
    # In this order a cut leaves a file that the ledger knows as the old one or as ours.
    ledger_keep_file "$2" && entry=$(ledger_find file "$2") && digest_of_file "$1" >>"$entry/wrote" && to_disk "$1" &&
        mv -f "$1" "$2"
)

mode_of() { stat -c %a "$1"; }

# has_text PATH TEXT: the file's content is TEXT and a line end.
has_text() { [ -f "$1" ] && printf '%s\n' "$2" | cmp -s - "$1"; }

# is_written PATH TEXT: the same as a check's answer.
is_written() { has_text "$1" "$2" || no "$1 is not as wished"; }

# --- files of the bundle, and secrets

# each_file FOLDER FILES COMMAND: FILES has lines "sha256 relative-path"; COMMAND is called with the digest and the path in FOLDER.
each_file() {
    while read -r digest path; do
        [ -z "$digest" ] || "$3" "$digest" "$1/$path" || return
    done <<FILES
$2
FILES
}

is_as_sent() { [ "$(digest_of_file "$2" 2>/dev/null)" = "$1" ] || no "$2 is missing or another"; }

install_sent() {
    is_as_sent "$1" "$2" >/dev/null && return 0
    [ -f "$home/files/$1" ] || cannot "the file for $2 was not sent" || return
    make_folder "$(dirname "$2")" 0755 && put_file "$2" 0644 <"$home/files/$1"
}

# drop_others FOLDER FILES: takes back files of ours in FOLDER that are not among FILES (an earlier version had them).
drop_others() {
    cat "$book"/[0-9]*/what 2>/dev/null | while read -r kind path; do
        case $kind/$path in file/"$1"/*) ;; *) continue ;; esac
        say "$2" | cut -d' ' -f2- | grep -qxF "${path#"$1/"}" || ledger_undo file "$path" || exit
    done
}

# each_secret SECRETS COMMAND: SECRETS has lines "name VARIABLE"; COMMAND is called with the name and the secret, which may be empty.
each_secret() {
    while read -r name variable; do
        [ -n "$name" ] || continue
        secret=
        case $variable in *[!A-Z0-9_]*) cannot "not a variable's name: $variable" || return ;; esac
        eval "secret=\${$variable:-}"
        "$2" "$name" "$secret" || return
    done <<SECRETS
$1
SECRETS
}

# drop_secrets NAME..: files of app/secrets go with the role that read them; the role's containers are gone already.
drop_secrets() (
    ledger app.secrets
    for name in "$@"; do
        ledger_undo file "$SECRETS_DIR/$name" || exit
    done
)

# --- containers

# compose_in PROJECT FOLDER WORD..: compose on the project whose compose.yaml lies in the folder.
compose_in() (
    project_asked=$1 folder_asked=$2
    shift 2
    docker compose --project-name "$project_asked" --project-directory "$folder_asked" --file "$folder_asked/compose.yaml" "$@"
)

# start_project PROJECT FOLDER [WORD..]: its containers are made and run; from then on a removal takes them away.
start_project() (
    started=$1 from=$2
    shift 2
    ledger_keep project "$started" : || exit
    compose_in "$started" "$from" up --detach --pull never --remove-orphans "$@" ||
        cannot "the containers do not start; see: docker compose --project-name $started ps --all, and logs"
)

# containers_of PROJECT: a line for each container: service, digest of what compose made it from, state. One that was meant to end
# well is as good as running.
containers_of() (
    ids=$(docker ps -aq --no-trunc --filter "label=com.docker.compose.project=$1") || exit
    [ -n "$ids" ] || exit 0
    # shellcheck disable=SC2086  # a list of ids
    docker inspect -f '{{index .Config.Labels "com.docker.compose.service"}} {{index .Config.Labels "com.docker.compose.config-hash"}} {{.State.Status}}{{if eq .State.Status "exited"}}-{{.State.ExitCode}}-{{.HostConfig.RestartPolicy.Name}}{{end}}' $ids |
        sed 's/ exited-0-\(no\)*$/ running/' | sort
)

# are_as_started PROJECT: its containers are those that apply wrote down, and run.
are_as_started() (
    present=$(containers_of "$1") || no "the engine does not answer" || exit
    [ "$present" = "$(cat "$book/containers" 2>/dev/null)" ] || no "containers are not those that were started, or do not run:
$present"
)

# is_made_as PROJECT TEXT: a check's answer: apply has made the project for TEXT (see ledger_done).
is_made_as() {
    command -v docker >/dev/null || no "there is no Docker engine yet" || return
    ledger_is_done "$2" || no "not made yet, or for other settings" || return
    are_as_started "$1"
}

# Takes away a project's containers and networks; by their label, as the compose file may be gone. Volumes without a name are no
# data of ours.
undo_project() (
    command -v docker >/dev/null || exit 0
    docker version >/dev/null 2>&1 || systemctl start docker || cannot "the Docker engine does not answer" || exit
    ids=$(docker ps -aq --filter "label=com.docker.compose.project=$2") || exit
    # shellcheck disable=SC2086  # a list of ids
    if [ -n "$ids" ]; then
        docker stop -t 120 $ids >/dev/null && docker rm -fv $ids >/dev/null || exit
    fi
    docker network ls -q --filter "label=com.docker.compose.project=$2" | while read -r network; do
        docker network rm "$network" || exit
    done
)

# --- waiting and asking

# Whole seconds since the server's start, which no clock that is set changes.
since_start() {
    read -r up _ </proc/uptime
    say "${up%.*}"
}

# wait_for SECONDS COMMAND..: until it succeeds. It is tried so many times, a second apart; where one try takes long, as one does that
# asks a dead server, only until twice as many seconds are over.
wait_for() (
    left=$1 end=$(($(since_start) + 2 * $1))
    shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] && [ "$(since_start)" -lt "$end" ] || exit 1
        sleep 1
    done
)

# http_get PORT PATH [ADDRESS]: the body of what this server (or the one at ADDRESS) answers. For any answer but 200 and for none in
# 10 s: status 1, and why.
http_get() (
    at=${3:-127.0.0.1}
    unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
    if command -v curl >/dev/null; then
        curl -fsS --max-time 10 "http://$at:$1$2"
    elif command -v wget >/dev/null; then
        wget -q -T 10 -O - "http://$at:$1$2" || no "no answer, or not 200"
    elif command -v bash >/dev/null; then
        # shellcheck disable=SC2016  # for bash to expand
        answer=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$3/$1" && printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$2" "$3" >&3 &&
            cat <&3' http_get "$1" "$2" "$at" 2>&1 | tr -d '\r')
        case $answer in
        'HTTP/1.'?' 200'*) say "$answer" | sed '1,/^$/d' ;;
        *)
            say "$answer" | sed 1q
            exit 1
            ;;
        esac
    else
        cannot "neither curl, wget nor bash is there to ask with"
    fi
)

# shellcheck shell=sh
# docker/image: one image of the bundle in the server's engine.
# Values: IMAGE_ID ("sha256:..."), IMAGE_REFERENCE, ARCHIVE (the sent file; gone after it was loaded). With ASKED=content the
# check is whether the image's content is there under whatever name: then its archive need not be sent.
# shellcheck disable=SC2154  # values and what lib.sh defines

# Status 1 for none; docker itself then prints an empty line.
id_of() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null | grep .; }

check() {
    ledger "docker.image.${IMAGE_ID#sha256:}"
    command -v docker >/dev/null || no "there is no Docker engine yet" || return
    [ "$(id_of "$IMAGE_ID")" = "$IMAGE_ID" ] || no "the image is not there: $IMAGE_ID" || return
    [ "${ASKED:-}" != content ] || return 0
    [ "$(id_of "$IMAGE_REFERENCE")" = "$IMAGE_ID" ] || no "$IMAGE_REFERENCE is another image or none" || return
    ledger_is_done "$IMAGE_REFERENCE" || no "not taken over yet: $IMAGE_REFERENCE"
}

present() { id_of "$1" || say none; }

undo_tag() {
    [ "$(id_of "$2")" = "$IMAGE_ID" ] || return 0
    if [ "$(cat "$1/was")" = none ]; then
        docker image rm --no-prune "$2"
    else
        docker tag "$(cat "$1/was")" "$2"
    fi
}

# Content that came with us goes when no name of anybody is left on it.
undo_content() {
    [ "$(cat "$1/was")" = none ] && id_of "$2" >/dev/null || return 0
    [ "$(docker image inspect -f '{{len .RepoTags}}' "$2")" != 0 ] || docker image rm "$2"
}

apply() {
    ledger "docker.image.${IMAGE_ID#sha256:}"
    if [ "$(id_of "$IMAGE_ID")" != "$IMAGE_ID" ]; then
        [ -f "$ARCHIVE" ] || cannot "the image's archive was not sent: $ARCHIVE" || return
        ledger_keep content "$IMAGE_ID" present "$IMAGE_ID" && ledger_keep tag "$IMAGE_REFERENCE" present "$IMAGE_REFERENCE" || return
        docker load -q -i "$ARCHIVE" || cannot "the engine does not load $ARCHIVE" || return
        [ "$(id_of "$IMAGE_ID")" = "$IMAGE_ID" ] || cannot "the archive does not hold $IMAGE_ID" || return
    fi
    ledger_keep tag "$IMAGE_REFERENCE" present "$IMAGE_REFERENCE" && docker tag "$IMAGE_ID" "$IMAGE_REFERENCE" || return
    rm -f "$ARCHIVE"
    ledger_done "$IMAGE_REFERENCE"
}

verify() { check; }

remove() {
    ledger "docker.image.${IMAGE_ID#sha256:}"
    [ -d "$book" ] || return 0
    command -v docker >/dev/null && docker version >/dev/null 2>&1 || cannot "the Docker engine does not answer" || return
    ledger_restore
}

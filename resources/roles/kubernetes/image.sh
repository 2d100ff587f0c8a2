# shellcheck shell=sh
# kubernetes/image: one image of the bundle in the store of this node, so that no start waits for a registry.
# Values: IMAGE_ID ("sha256:..."), IMAGE_REFERENCE, ARCHIVE (the sent file; gone after it was loaded), CTR and CRICTL (commands of
# the distribution), UNIT. With ASKED=content the check is whether the image is there: then its archive need not be sent.
# shellcheck disable=SC2154  # values and what lib.sh defines

# Its list is not the same in all versions; what it says of one image is.
id_there() { $CRICTL inspecti "$IMAGE_REFERENCE" 2>/dev/null | sed -n 's/^ *"id": "\(sha256:[0-9a-f]*\)",*$/\1/p' | sed -n 1p; }

is_there() { [ "$(id_there)" = "$IMAGE_ID" ]; }

check() {
    ledger "kubernetes.image.${IMAGE_ID#sha256:}"
    is_there || no "the node does not have $IMAGE_REFERENCE" || return
    [ "${ASKED:-}" = content ] || ledger_is_done "$IMAGE_REFERENCE" || no "not taken over yet: $IMAGE_REFERENCE"
}

apply() {
    ledger "kubernetes.image.${IMAGE_ID#sha256:}"
    if ! is_there; then
        [ -f "$ARCHIVE" ] || cannot "the image's archive was not sent: $ARCHIVE" || return
        $CTR -n k8s.io images import "$ARCHIVE" || cannot "the node does not load $ARCHIVE" || return
        # The node learns of what was loaded a moment later.
        wait_for 30 is_there || cannot "the archive does not hold $IMAGE_ID" || return
    fi
    rm -f "$ARCHIVE"
    ledger_done "$IMAGE_REFERENCE"
}

verify() { check; }

# The store goes with the node; an image of a node that stays is taken out of it.
remove() {
    ledger "kubernetes.image.${IMAGE_ID#sha256:}"
    [ -d "$book" ] || return 0
    if systemctl -q is-active "$UNIT" && [ -n "$(id_there)" ]; then
        $CRICTL rmi "$IMAGE_REFERENCE" || cannot "$IMAGE_REFERENCE is still in use" || return
    fi
    ledger_restore
}

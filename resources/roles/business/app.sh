# shellcheck shell=sh
# business/app: the business services on Kubernetes, from the bundle's app/k8s: kustomize manifests, or a Helm chart with the
# bundle's helm. Done on one of the cluster's servers.
# Values: KUBECTL, FOLDER, FILES (lines "sha256 relative-path": sent files, below app/), ENVIRONMENT (lines NAME=value: where the
# services find what they need), SECRETS (lines "key VARIABLE"), REPLICAS (least number of instances), HELM (empty: kustomize; else
# the program), VERSION (of the bundle), MOVED_TO (the server that does this from now on: remove leaves what the cluster holds).
# Secrets: the variables named in SECRETS.
# shellcheck disable=SC2154  # values and what lib.sh defines

namespace=finclip

in_cluster() { $KUBECTL --namespace "$namespace" --request-timeout=30s "$@"; }

cluster_answers() { $KUBECTL --request-timeout=10s get namespace default >/dev/null 2>&1; }

# --- the settings of this installation, around what the bundle has

# The name of the ConfigMap ends with a digest of its content, so that other settings start the services anew.
overlay() {
    cat <<OVERLAY
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: $namespace
resources: [app]
configMapGenerator:
  - name: finclip-environment
    envs: [environment]
patches:
  - target: {kind: Deployment, labelSelector: finclip.role=business}
    patch: |-
      - {op: replace, path: /spec/replicas, value: $REPLICAS}
OVERLAY
}

# JSON is YAML.
helm_values() {
    printf '{"replicas": %s, "secretName": "finclip-secrets", "environment": {' "$REPLICAS"
    say "$ENVIRONMENT" | sed 's/[\\"]/\\&/g; s/^\([^=]*\)=\(.*\)$/"\1": "\2"/' | paste -s -d, - | tr -d '\n'
    say '}}'
}

settings_are_as_wished() {
    if [ -n "$HELM" ]; then
        helm_values | cmp -s - "$FOLDER/values.json"
    else
        overlay | cmp -s - "$FOLDER/kustomization.yaml" && has_text "$FOLDER/environment" "$ENVIRONMENT"
    fi
}

write_settings() {
    if [ -n "$HELM" ]; then
        helm_values | put_file "$FOLDER/values.json" 0600
    else
        overlay | put_file "$FOLDER/kustomization.yaml" 0644 && say "$ENVIRONMENT" | put_file "$FOLDER/environment" 0644
    fi
}

manifests() {
    if [ -n "$HELM" ]; then
        "$HELM" template finclip "$FOLDER/app" --namespace "$namespace" --values "$FOLDER/values.json"
    else
        $KUBECTL kustomize "$FOLDER"
    fi
}

# --- secrets: never a file, never an argument

secret_line() {
    [ -n "$2" ] || cannot "the secret for $1 did not arrive" || return
    printf '  %s: %s\n' "$1" "$(printf '%s' "$2" | base64 | tr -d '\n')"
}

secret_manifest() {
    lines=$(each_secret "$SECRETS" secret_line) || { say "$lines" >&2; return 3; }
    printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: finclip-secrets, namespace: %s}\ndata:\n%s\n' "$namespace" "$lines"
}

key_is_there() {
    [ "$(in_cluster get secret finclip-secrets -o "go-template={{index .data \"$1\"}}" 2>/dev/null)" = "$(printf '%s' "$2" | base64 | tr -d '\n')" ] ||
        no "the cluster holds another secret for $1, or none"
}

# --- the four functions

made_of() { digest_of_text "$FILES $ENVIRONMENT $REPLICAS $HELM $VERSION"; }

check() {
    ledger business.app
    ledger_is_done "$(made_of)" || no "not applied yet, or with other settings" || return
    each_file "$FOLDER/app" "$FILES" is_as_sent || return
    settings_are_as_wished || no "the settings in $FOLDER are not as wished" || return
    is_written "$home/version" "$VERSION" || return
    cluster_answers || cannot "the cluster does not answer" || return
    each_secret "$SECRETS" key_is_there || return
    # What a program of the cluster adds by itself is no difference.
    manifests | $KUBECTL --namespace "$namespace" diff -f - >"$book/diff" 2>&1 ||
        no "what the cluster holds is not what was applied: $(grep -m 1 '^[-+][^-+]' "$book/diff" | cut -c1-200)"
}

apply() {
    ledger business.app
    cluster_answers || cannot "the cluster does not answer" || return
    make_folder "$FOLDER/app" 0755 || return
    each_file "$FOLDER/app" "$FILES" install_sent && drop_others "$FOLDER/app" "$FILES" && write_settings && say "$VERSION" | put_file "$home/version" 0644 || return
    ledger_keep namespace "$namespace" namespace_was || return
    printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n' "$namespace" | $KUBECTL apply -f - || return
    secret_manifest | $KUBECTL apply -f - || cannot "the secrets could not be given to the cluster" || return
    if [ -n "$HELM" ]; then
        KUBECONFIG=$KUBECONFIG_FILE "$HELM" upgrade --install finclip "$FOLDER/app" --namespace "$namespace" --values "$FOLDER/values.json" || return
    else
        $KUBECTL apply -k "$FOLDER" || cannot "the cluster does not take the services" || return
    fi
    ledger_done "$(made_of)"
}

verify() { check; }

namespace_was() { $KUBECTL get namespace "$namespace" -o name 2>/dev/null || say none; }

undo_namespace() { # deleting it deletes all that is in it
    [ -z "${MOVED_TO-}" ] && [ "$(cat "$1/was")" = none ] || return 0
    $KUBECTL delete namespace "$2" --ignore-not-found --timeout=180s || cannot "the namespace $2 could not be deleted"
}

remove() {
    ledger business.app
    [ -d "$book" ] || return 0
    rm -f "$book/done" "$book/diff"
    if [ -z "${MOVED_TO-}" ] && ledger_find namespace "$namespace" >/dev/null; then
        cluster_answers || cannot "the cluster does not answer: its services cannot be taken out of it" || return
    fi
    ledger_restore
}

# shellcheck shell=sh
# ops/registry: a registry for container images. The platform's own images are on every server and never wait for it.
# Values: IMAGE, IMAGE_ID, ADDRESS and PORT (where it answers), DATA_DIR (its images), FOLDER (its configuration).
# The image has docker-registry, or registry as its authors name it, and sh.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-registry
nobody=65534

configuration() {
    cat <<CONFIG
version: 0.1
log: {level: info}
storage: {filesystem: {rootdirectory: /data}, delete: {enabled: true}}
http: {addr: "$ADDRESS:$PORT"}
CONFIG
}

# The program's name differs.
start_text() {
    cat <<'START'
#!/bin/sh
program=$(command -v docker-registry || command -v registry) || exit 127
exec "$program" serve /etc/finclip/registry.yml
START
}

compose_text() {
    cat <<COMPOSE
services:
  registry:
    image: "$IMAGE"
    pull_policy: never
    container_name: finclip-registry
    network_mode: host
    restart: always
    user: "$nobody:$nobody"
    entrypoint: [sh, /etc/finclip/start]
    command: []
    labels: {finclip.role: registry, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$(configuration) $(start_text)")"}
    volumes: ["$DATA_DIR:/data", "$FOLDER:/etc/finclip:ro"]
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
COMPOSE
}

files_are_as_wished() {
    is_written "$FOLDER/registry.yml" "$(configuration)" &&
        is_written "$FOLDER/start" "$(start_text)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)"
}

wished() { digest_of_text "$(compose_text)"; }

check() {
    ledger ops.registry
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

ready() { http_get "$PORT" /v2/ "$ADDRESS" >/dev/null; }

apply() {
    ledger ops.registry
    make_folder "$FOLDER" 0755 && make_folder "$DATA_DIR" 0755 && chown "$nobody:$nobody" "$DATA_DIR" || return
    configuration | put_file "$FOLDER/registry.yml" 0644 && start_text | put_file "$FOLDER/start" 0755 &&
        compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    start_project "$project" "$FOLDER" || return
    wait_for 60 ready || cannot "the registry does not answer; see: docker logs finclip-registry" || return
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

verify() {
    ready || no "registry: does not answer on port $PORT" || return
    say "registry: answers on port $PORT"
}

remove() {
    ledger ops.registry
    ledger_restore
}

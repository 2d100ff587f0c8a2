# shellcheck shell=sh
# app/verify: does the platform work, from its entry inwards? Changes nothing.
# Values: ENTRY_PORT.
# shellcheck disable=SC2154  # values and what lib.sh defines

check() { verify; }

apply() { :; }

remove() { :; }

verify() {
    if answer=$(http_get "$ENTRY_PORT" /ready 2>&1) && [ "$(printf '%s' "$answer" | head -n 1)" = ok ]; then
        say "entry, port $ENTRY_PORT: ready"
        entry=0
    else
        say "entry, port $ENTRY_PORT: not ready: $(printf '%s' "$answer" | head -c 300)"
        entry=1
    fi
    services || entry=1
    [ "$entry" = 0 ] || no "the platform is not ready"
}

# A line in words for each service; status 1 if one of them is not well.
services() {
    ids=$(docker ps -aq --filter label=com.docker.compose.project=finclip) && [ -n "$ids" ] || no "no service runs" || return
    # shellcheck disable=SC2086  # a list of ids
    docker inspect -f '{{index .Config.Labels "com.docker.compose.service"}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}-{{end}} {{.State.ExitCode}} {{.RestartCount}}' $ids | sort | {
        bad=0
        while read -r service state health code restarts; do
            case $state/$health/$code in
            running/healthy/*) say "$service: runs, healthy" ;;
            running/-/*) say "$service: runs (it has no health check of its own)" ;;
            exited/*/0) say "$service: has done its work" ;;
            running/*) bad=1 && say "$service: runs, $health" ;;
            *) bad=1 && say "$service: $state, exit status $code, restarted $restarts times; see: docker compose --project-name finclip logs $service" ;;
            esac
        done
        [ "$bad" = 0 ]
    }
}

# shellcheck shell=sh
# ops/grafana: Grafana on the ops server, with the measurements of ops/monitor and a dashboard of our own. For bundles that have it.
# Values: IMAGE, IMAGE_ID, ADDRESS and PORT (where it answers), MONITOR_PORT (of ops/monitor, on the same address), SECRETS_DIR (with
# grafana_password, of its account "admin"), DATA_DIR (its accounts and what people draw), FOLDER (its configuration).
# The image is Grafana's own, 7.4 or newer: it reads variables GF_..., and runs as 472.
# shellcheck disable=SC2153,SC2154  # values and what lib.sh defines

project=finclip-grafana
grafana=472

datasource() {
    cat <<SOURCE
apiVersion: 1
datasources:
  - {name: Prometheus, uid: finclip, type: prometheus, access: proxy, url: "http://$ADDRESS:$MONITOR_PORT", isDefault: true, editable: false}
SOURCE
}

provider() {
    cat <<'PROVIDER'
apiVersion: 1
providers:
  - {name: FinClip, type: file, disableDeletion: true, options: {path: /etc/finclip/dashboards}}
PROVIDER
}

panel() { # NUMBER TITLE UNIT EXPRESSION: two in a row; nothing is named as the source, so it is the default one
    printf '{"id": %s, "type": "timeseries", "title": "%s", "gridPos": {"x": %s, "y": %s, "w": 12, "h": 8}, ' \
        "$1" "$2" $((($1 - 1) % 2 * 12)) $((($1 - 1 - ($1 - 1) % 2) * 4))
    printf '"fieldConfig": {"defaults": {"unit": "%s", "min": 0}, "overrides": []}, ' "$3"
    printf '"targets": [{"refId": "A", "legendFormat": "{{server}}", "expr": "%s"}]}' "$4"
}

# The measurements of ops/monitor's alert rules.
dashboard() {
    say '{"uid": "finclip-servers", "title": "FinClip", "schemaVersion": 27, "version": 1, "refresh": "30s",'
    say '"time": {"from": "now-6h", "to": "now"}, "panels": ['
    panel 1 'CPU' percent '100 - avg by (server) (rate(node_cpu_seconds_total{mode=\"idle\"}[5m])) * 100' && say ,
    panel 2 'Memory / 内存' percent '100 - 100 * node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes' && say ,
    panel 3 'Disk used / 磁盘已用' percent 'max by (server) (100 - 100 * node_filesystem_avail_bytes{fstype=~\"ext4|xfs\"} / node_filesystem_size_bytes)' && say ,
    panel 4 'Load / 负载 (5 min)' short 'node_load5' && say ,
    panel 5 'Answers / 应答' bool_yes_no 'up' && say ,
    panel 6 'Alerts / 告警' short 'sum by (server, alertname) (ALERTS{alertstate=\"firing\"})' && say
    say ']}'
}

compose_text() {
    cat <<COMPOSE
services:
  grafana:
    image: "$IMAGE"
    pull_policy: never
    container_name: finclip-grafana
    network_mode: host
    restart: always
    user: "$grafana:$grafana"
    environment:
      GF_SERVER_HTTP_ADDR: "$ADDRESS"
      GF_SERVER_HTTP_PORT: "$PORT"
      GF_PATHS_DATA: /var/lib/grafana
      GF_PATHS_PROVISIONING: /etc/finclip/provisioning
      GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: /etc/finclip/dashboards/servers.json
      GF_SECURITY_ADMIN_USER: admin
      GF_SECURITY_ADMIN_PASSWORD__FILE: /etc/finclip/password
      GF_USERS_ALLOW_SIGN_UP: "false"
      GF_ANALYTICS_REPORTING_ENABLED: "false"
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false"
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false"
    labels: {finclip.role: grafana, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$(datasource) $(provider) $(dashboard)")"}
    volumes: ["$DATA_DIR:/var/lib/grafana", "$FOLDER:/etc/finclip:ro"]
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
COMPOSE
}

# A copy for the one account that the container has.
password_is_there() {
    [ "$(stat -c '%a %u' "$FOLDER/password" 2>/dev/null)" = "400 $grafana" ] || no "$FOLDER/password is missing or not the container's alone" || return
    cmp -s "$SECRETS_DIR/grafana_password" "$FOLDER/password" || no "$FOLDER/password is another"
}

files_are_as_wished() {
    is_written "$FOLDER/provisioning/datasources/finclip.yaml" "$(datasource)" &&
        is_written "$FOLDER/provisioning/dashboards/finclip.yaml" "$(provider)" &&
        is_written "$FOLDER/dashboards/servers.json" "$(dashboard)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)" && password_is_there
}

wished() { digest_of_text "$(compose_text)"; }

check() {
    ledger ops.grafana
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

ready() { http_get "$PORT" /api/health "$ADDRESS" | tr -d ' ' | grep -q '"database":"ok"'; }

put_password() { put_file "$FOLDER/password" 0400 <"$SECRETS_DIR/grafana_password" && chown "$grafana" "$FOLDER/password"; }

apply() {
    ledger ops.grafana
    for folder in provisioning/datasources provisioning/dashboards dashboards; do
        make_folder "$FOLDER/$folder" 0755 || return
    done
    make_folder "$DATA_DIR" 0755 && chown "$grafana:$grafana" "$DATA_DIR" || return
    datasource | put_file "$FOLDER/provisioning/datasources/finclip.yaml" 0644 &&
        provider | put_file "$FOLDER/provisioning/dashboards/finclip.yaml" 0644 &&
        dashboard | put_file "$FOLDER/dashboards/servers.json" 0644 && put_password &&
        compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    start_project "$project" "$FOLDER" || return
    wait_for 180 ready || cannot "Grafana is not ready; see: docker logs finclip-grafana" || return
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

verify() {
    ready || no "Grafana: does not answer on port $PORT" || return
    say "Grafana: answers on port $PORT"
}

remove() {
    ledger ops.grafana
    ledger_restore && drop_secrets grafana_password
}

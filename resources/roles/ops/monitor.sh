# shellcheck shell=sh
# ops/monitor: Prometheus on the ops server, with alert rules and a page of our own that shows every server.
# Values: IMAGE, IMAGE_ID, ADDRESS and PORT (where it answers), TARGETS (lines "name address"), TARGET_PORT (of ops/exporter there),
# DATA_DIR (its measurements, kept for 15 days), FOLDER (its configuration).
# The image has prometheus 2.
# shellcheck disable=SC2153,SC2154  # values and what lib.sh defines

project=finclip-ops
nobody=65534

targets() {
    say "$TARGETS" | while read -r name address; do
        [ -z "$name" ] || say "      - {targets: [\"$address:$TARGET_PORT\"], labels: {server: \"$name\"}}"
    done
}

configuration() {
    cat <<CONFIG
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [/etc/finclip/alerts.yml]
scrape_configs:
  - job_name: server
    static_configs:
$(targets)
CONFIG
}

# Two grades of one measurement in per cent: from 80 and from 90 on, the limits of a regular inspection.
grades() { # NAME EXPRESSION
    for grade in 'warning 80' 'critical 90'; do
        cat <<RULE
      - alert: $1
        expr: ($2) >= ${grade#* }
        for: 5m
        labels: {severity: ${grade% *}}
RULE
    done
}

alerts() {
    cat <<ALERTS
groups:
  - name: servers
    rules:
      - alert: server_does_not_answer
        expr: up == 0
        for: 1m
        labels: {severity: critical}
      - alert: clock_is_off
        expr: abs(node_timex_offset_seconds) > 2
        for: 5m
        labels: {severity: warning}
ALERTS
    grades cpu '100 - avg by (server) (rate(node_cpu_seconds_total{mode="idle"}[5m])) * 100'
    grades load '100 * node_load5 / on (server) count by (server) (node_cpu_seconds_total{mode="idle"})'
    grades memory '100 - 100 * node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes'
    grades swap '100 - 100 * node_memory_SwapFree_bytes / (node_memory_SwapTotal_bytes > 0)'
    grades disk '100 - 100 * node_filesystem_avail_bytes{fstype=~"ext4|xfs"} / node_filesystem_size_bytes{fstype=~"ext4|xfs"}'
    grades inodes '100 - 100 * node_filesystem_files_free{fstype=~"ext4|xfs"} / (node_filesystem_files{fstype=~"ext4|xfs"} > 0)'
    grades connections '100 * node_nf_conntrack_entries / node_nf_conntrack_entries_limit'
}

cell() { # EXPRESSION UNIT: the value of the row's server
    printf '<td>{{ with query (printf "%s" .Labels.server) }}{{ . | first | value | printf "%%.0f" }} %s{{ else }}-{{ end }}</td>\n' "$1" "$2"
}

# Made on the ops server at each look; nothing is loaded from elsewhere.
page() {
    cat <<'PAGE'
<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="15"><title>FinClip</title>
<style>body{font:15px sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.4em .8em;text-align:right}td:first-child{text-align:left}</style>
</head><body><h1>FinClip</h1>
<h2>Alerts / 告警</h2><ul>
{{ range query "ALERTS{alertstate=\"firing\"}" | sortByLabel "alertname" }}<li>{{ .Labels.severity }}: {{ .Labels.alertname }} {{ .Labels.server }} {{ .Labels.mountpoint }}</li>
{{ else }}<li>none / 无</li>
{{ end }}</ul>
<h2>Servers / 服务器</h2><table>
<tr><th>server</th><th>answers</th><th>CPU</th><th>memory</th><th>disk used</th><th>load (5 min)</th></tr>
{{ range query "up" | sortByLabel "server" }}<tr><td>{{ .Labels.server }}</td><td>{{ if eq (value .) 1.0 }}yes / 是{{ else }}NO / 否{{ end }}</td>
PAGE
    cell '100 - avg(rate(node_cpu_seconds_total{mode=\"idle\",server=\"%s\"}[5m])) * 100' %
    cell '100 - 100 * node_memory_MemAvailable_bytes{server=\"%s\"} / node_memory_MemTotal_bytes' %
    cell 'max(100 - 100 * node_filesystem_avail_bytes{fstype=~\"ext4|xfs\",server=\"%s\"} / node_filesystem_size_bytes)' %
    cell 'node_load5{server=\"%s\"}' ''
    say '</tr>{{ end }}</table></body></html>'
}

compose_text() {
    cat <<COMPOSE
services:
  prometheus:
    image: "$IMAGE"
    pull_policy: never
    container_name: finclip-prometheus
    network_mode: host
    restart: always
    user: "$nobody:$nobody"
    entrypoint: [prometheus, --config.file=/etc/finclip/prometheus.yml, --storage.tsdb.path=/data, --storage.tsdb.retention.time=15d, "--web.listen-address=$ADDRESS:$PORT", --web.console.templates=/etc/finclip/consoles, --web.console.libraries=/etc/finclip/consoles]
    command: []
    labels: {finclip.role: ops, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$(configuration) $(alerts) $(page)")"}
    volumes: ["$DATA_DIR:/data", "$FOLDER:/etc/finclip:ro"]
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
    stop_grace_period: 60s
COMPOSE
}

files_are_as_wished() {
    is_written "$FOLDER/prometheus.yml" "$(configuration)" &&
        is_written "$FOLDER/alerts.yml" "$(alerts)" &&
        is_written "$FOLDER/consoles/finclip.html" "$(page)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)"
}

wished() { digest_of_text "$(compose_text)"; }

check() {
    ledger ops.monitor
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

ready() { http_get "$PORT" /-/ready "$ADDRESS" >/dev/null; }

apply() {
    ledger ops.monitor
    make_folder "$FOLDER/consoles" 0755 && make_folder "$DATA_DIR" 0755 && chown "$nobody:$nobody" "$DATA_DIR" || return
    configuration | put_file "$FOLDER/prometheus.yml" 0644 && alerts | put_file "$FOLDER/alerts.yml" 0644 &&
        page | put_file "$FOLDER/consoles/finclip.html" 0644 && compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    start_project "$project" "$FOLDER" || return
    wait_for 120 ready || cannot "the monitoring is not ready; see: docker logs finclip-prometheus" || return
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

answering() { http_get "$PORT" '/api/v1/query?query=sum(up)' "$ADDRESS" | sed -n 's/.*"value":\[[^,]*,"\([0-9]*\)"\].*/\1/p'; }

verify() {
    ready || no "monitoring: does not answer on port $PORT" || return
    all=$(say "$TARGETS" | grep -c .)
    up=$(answering)
    say "monitoring: ${up:-0} of $all servers tell their state"
    http_get "$PORT" /consoles/finclip.html "$ADDRESS" | grep -q '<table>' || no "monitoring: the page of the servers cannot be made" || return
    [ "${up:-0}" = "$all" ] || no "monitoring: servers are missing"
}

remove() {
    ledger ops.monitor
    ledger_restore
}

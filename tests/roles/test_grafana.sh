#!/bin/sh
# test_grafana.sh SHELL: ops/grafana under this shell, with stand-ins for the Docker engine and for Grafana's answer: the files that
# Grafana reads can be read, its password is its account's alone, and what drifts is named.
set -eu

shell=$1
roles=$(CDPATH='' cd -- "$(dirname -- "$0")/../../resources/roles" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/finclip-grafana.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED ($shell): $*" >&2
    sed 's/^/    /' "$work/log" >&2
    exit 1
}

mkdir -p "$work/secrets"
echo generated >"$work/secrets/grafana_password"
echo '{"database": "ok"}' >"$work/health"

# grafana STATUS ACTION WORDS; the account of the container is whoever runs this.
grafana() {
    status=0
    {
        cat "$roles/lib.sh" "$roles/ops/grafana.sh"
        echo "grafana=$(id -u)"
        echo "chown() { :; }; start_project() { :; }; are_as_started() { :; }; containers_of() { :; }; docker() { :; }"
        echo "http_get() { cat $work/health; }; wait_for() { shift; \"\$@\"; }"
        printf "%s='%s'\n" FINCLIP_ACTION "$2" IMAGE grafana/grafana:11 IMAGE_ID sha256:1 ADDRESS 10.0.0.9 PORT 3000 MONITOR_PORT 9090 \
            SECRETS_DIR "$work/secrets" DATA_DIR "$work/data" FOLDER "$work/grafana"
        cat "$roles/main.sh"
    } >"$work/script"
    # shellcheck disable=SC2086  # a command line
    FINCLIP_STATE=$work/state $shell "$work/script" </dev/null >"$work/log" 2>&1 || status=$?
    [ "$status" = "$1" ] || fail "$2: status $status instead of $1"
    [ -z "$3" ] || grep -q "$3" "$work/log" || fail "$2 did not say: $3"
}

grafana 1 check "not made yet"
grafana 0 apply "finclip: check"
grafana 0 check ""
python3 - "$work/grafana" <<'PY' || fail "what Grafana reads is not as it has to be"
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
board = json.loads((folder / "dashboards/servers.json").read_text())
places = [tuple(panel["gridPos"][key] for key in "xywh") for panel in board["panels"]]
assert len(places) == 6 and len(set(places)) == 6, places
assert all(x + w <= 24 and y % h == 0 for x, y, w, h in places), places
assert all(panel["targets"][0]["expr"] for panel in board["panels"])
assert len({panel["id"] for panel in board["panels"]}) == 6
assert '"http://10.0.0.9:9090"' in (folder / "provisioning/datasources/finclip.yaml").read_text()
assert "/etc/finclip/dashboards" in (folder / "provisioning/dashboards/finclip.yaml").read_text()
assert "generated" not in (folder / "compose.yaml").read_text()
PY
[ "$(stat -c %a "$work/grafana/password")" = 400 ] || fail "others read the password"

echo changed >"$work/secrets/grafana_password"
grafana 1 check "password is another"
grafana 0 apply "finclip: check"
echo '{}' >"$work/grafana/dashboards/servers.json"
grafana 1 check "servers.json is not as wished"
grafana 0 apply "finclip: check"

echo '{"database": "failing"}' >"$work/health"
grafana 1 verify "does not answer"
echo '{"database": "ok"}' >"$work/health"
grafana 0 verify "answers on port 3000"

grafana 0 remove ""
[ ! -e "$work/grafana" ] || fail "left behind: $(find "$work/grafana")"

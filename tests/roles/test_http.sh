#!/bin/sh
# test_http.sh: http_get of lib.sh says the same with curl, with wget and with bash alone, in every shell.
# shellcheck disable=SC2016 # scripts expand where they run
set -eu

lib=$(CDPATH='' cd -- "$(dirname -- "$0")/../../resources/roles" && pwd)/lib.sh
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

cat >"$work/server.py" <<'SERVER'
import http.server, sys
class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/ready" else 503)
        self.end_headers()
        self.wfile.write(b"ok\nsecond line\n" if self.path == "/ready" else b"database: no\n")
    def log_message(self, *words): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
print(server.server_port, flush=True)
server.serve_forever()
SERVER
python3 "$work/server.py" >"$work/port" &
server=$!
tries=0
until [ -s "$work/port" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || fail "the server does not start"
    sleep 0.1
done
port=$(cat "$work/port")

tested=0
for asker in curl wget bash; do
    command -v "$asker" >/dev/null || continue
    mkdir "$work/$asker"
    for program in "$asker" sed tr cat timeout bash; do
        ln -sf "$(command -v "$program")" "$work/$asker/$program"
    done
    for shell in dash 'bash --posix' 'busybox sh'; do
        # shellcheck disable=SC2086 # a command line
        get() { LIB=$lib WITH=$work/$asker http_proxy=http://127.0.0.1:9 $shell -c '. "$LIB"; PATH=$WITH; http_get "$0" "$1"' "$@"; }
        [ "$(get "$port" /ready)" = "$(printf 'ok\nsecond line')" ] || fail "$asker in $shell: /ready"
        ! get "$port" /other >"$work/said" 2>&1 || fail "$asker in $shell: 503 counts as an answer"
        [ -s "$work/said" ] || fail "$asker in $shell: nothing is said of a 503"
        ! get 1 /ready >/dev/null 2>&1 || fail "$asker in $shell: a closed port counts as an answer"
        tested=$((tested + 1))
    done
done
[ "$tested" -ge 3 ] || fail "nothing to ask with"
echo "PASS ($tested combinations)"

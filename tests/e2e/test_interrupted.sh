#!/usr/bin/env bash
# The command line is killed at 20 points spread over one apply and resumed each time; then the line is cut
# at 10 points of another. Both end like an apply that nobody disturbed, and nothing is done twice.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"

fresh_server
project=$FINCLIP_WORK/project
new_project "$project"

started() { find "$project" -name journal -exec cat {} + | grep -c '"step_started"' || true; }
journal_lines() { find "$project" -name journal -exec cat {} + | wc -l; }

say "kill -9 at 20 points"
killed=0
command=(apply "$project" --yes)
for point in $(seq 1 20); do
    # Not through run(): the signal has to meet the program itself.
    "$ctl" --secret-fd 3 "${command[@]}" 3<"$FINCLIP_WORK/secrets.yaml" >"$FINCLIP_WORK/kill.$point.log" 2>&1 &
    pid=$!
    # Each kill lets one more step begin, and comes at another moment of the last one.
    target=$(($(started) + 1))
    end=$((SECONDS + 60))
    while kill -0 "$pid" 2>/dev/null && [ $SECONDS -lt $end ] && [ "$(started)" -lt "$target" ]; do
        sleep 0.05
    done
    sleep "0.$((point * 37 % 4))"
    if kill -9 "$pid" 2>/dev/null; then
        killed=$((killed + 1))
    fi
    wait "$pid" 2>/dev/null || true
    [ "$(journal_lines)" -eq 0 ] || command=(resume "$project")
done
figure "killed $killed times"
[ "$killed" -ge 15 ] || give_up "only $killed kills hit a running apply"
expect 0 run "${command[@]}"
expect 0 run verify "$project"
wait_ready 10
create_record after-the-kills
python3 "$(dirname "$0")/journal_facts.py" "$project"

say "cut the line at 10 points"
expect 0 run remove "$project" --yes --data
"$ctl" --secret-fd 3 apply "$project" --yes 3<"$FINCLIP_WORK/secrets.yaml" >"$FINCLIP_WORK/cut.log" 2>&1 &
pid=$!
cuts=0
for point in $(seq 1 10); do
    sleep "$((1 + point % 3)).$((point * 29 % 10))"
    kill -0 "$pid" 2>/dev/null || break
    on_server pkill -9 -f 'sshd: eng' || true
    cuts=$((cuts + 1))
done
figure "the line was cut $cuts times"
[ "$cuts" -ge 6 ] || give_up "only $cuts cuts hit a running apply"
wait "$pid" || { tail -n 30 "$FINCLIP_WORK/cut.log"; expect 0 run resume "$project"; }
expect 0 run verify "$project"
wait_ready 10
python3 "$(dirname "$0")/journal_facts.py" "$project"

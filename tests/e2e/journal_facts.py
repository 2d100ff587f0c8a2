"""journal_facts.py PROJECT: what the last apply's journal must say after interruptions.

Every step that was started has an end that is known; a step whose end was not known was asked for on the server before anything
else was done with it; a step that succeeded was not started again, but for those that only ask (verify) and, after a resume, a
Kubernetes node: with the majority of its servers away no node is as it should be.
"""
import json
import pathlib
import sys

runs = sorted((pathlib.Path(sys.argv[1]) / "runs").iterdir())
applies = []
for run in runs:
    lines = (run / "journal").read_bytes().decode().splitlines()
    records = [json.loads(line[line.index("{"):]) for line in lines]
    events = [record for record in records if "event" in record]
    purposes = [e["args"].get("purpose") for e in events if e["event"] == "run_started"]
    if purposes == ["apply"]:
        applies.append((run, events))
run, events = applies[-1]

open_steps, ended, decided, resumed = set(), set(), 0, False
for event in events:
    step, kind = event.get("step"), event["event"]
    if kind == "run_resumed":
        resumed = True
        unknown = set(open_steps)
        open_steps.clear()
    elif kind == "step_started":
        asks_again = step.endswith("verify") or (resumed and step.endswith("kubernetes.node"))
        assert step not in ended or asks_again, f"{step} was started again after it had succeeded"
        open_steps.add(step)
    elif kind == "step_decided":
        decided += 1
    elif kind == "step_succeeded":
        open_steps.discard(step)
        ended.add(step)
    elif kind == "step_failed":
        open_steps.discard(step)
assert events[-1]["event"] == "run_finished", events[-1]
assert events[-1]["args"]["outcome"] == "succeeded", events[-1]
assert not open_steps, open_steps
print(f"figure: {run.name}: {len(events)} records, {len(ended)} steps, {decided} decided by asking the server")

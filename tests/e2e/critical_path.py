"""critical_path.py PROJECT: of the project's last apply, how long it took from its first step to its last, how long the longest chain
of its own steps is (by what needs what), how long each server was at work, and the longest steps of that chain."""
import json
import pathlib
import sys

for run in sorted((pathlib.Path(sys.argv[1]) / "runs").iterdir(), reverse=True):
    lines = (run / "journal").read_bytes().decode().splitlines()
    events = [json.loads(line[line.index("{"):]) for line in lines][1:]
    if events and events[0]["args"].get("purpose") == "apply":
        break
else:
    sys.exit("no apply")
plan = json.loads((run / "plan.json").read_text())
began, took = {}, {}
for event in events:
    step = event.get("step")
    if event["event"] == "step_started":
        began.setdefault(step, event["steady_ms"])
    elif event["event"] in ("step_succeeded", "step_skipped"):
        took[step] = event["steady_ms"] - began.get(step, event["steady_ms"])
longest, before = {}, {}
for step in plan["steps"]:
    name = step["id"]
    best = max(step.get("needs", []), key=lambda need: longest.get(need, 0), default=None)
    before[name] = best
    longest[name] = took.get(name, 0) + (longest.get(best, 0) if best else 0)
last = max(longest, key=longest.get)
chain = []
while last:
    chain.append(last)
    last = before[last]
makespan = max(e["steady_ms"] for e in events if e.get("step")) - min(began.values())
path = max(longest.values())
busy = {}
for step in plan["steps"]:
    busy[step["host"]] = busy.get(step["host"], 0) + took.get(step["id"], 0)
print(f"figure: {len(took)} steps in {makespan / 1000:.1f} s; critical path {path / 1000:.1f} s "
      f"({makespan / path:.2f} of it); each server's own steps " + ", ".join(f"{server} {ms / 1000:.1f} s" for server, ms in sorted(busy.items())))
weights = sorted(((took.get(step, 0), step) for step in chain), reverse=True)[:8]
print("figure: on it " + ", ".join(f"{step} {ms / 1000:.1f} s" for ms, step in weights))

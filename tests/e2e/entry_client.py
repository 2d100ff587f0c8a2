#!/usr/bin/env python3
"""entry_client.py URL FILE: writes and reads through the entry 20 times a second until it is told to stop (SIGTERM), then
writes to FILE, as JSON: how long each function was away, and which acknowledged writes are lost or there twice.

A call that gets no good answer within 3 s failed. A function's outage is the longest time in which no call that was begun got a
good answer: from the last good one before to the end of the first good one after.
"""
import http.client
import json
import signal
import sys
import threading
import time
from urllib.parse import urlsplit

url, file = sys.argv[1:3]
place = urlsplit(url)
stopped = threading.Event()
lock = threading.Lock()
calls = {"write": [], "read": []}  # (begun, ended, good)
acknowledged = []
PATIENCE = 3.0
EVERY = 0.05


def call(method, path, body=None, patience=PATIENCE):
    connection = http.client.HTTPConnection(place.hostname, place.port or 80, timeout=patience)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def one(kind, number):
    begun = time.monotonic()
    good = False
    name = f"call-{number}"
    try:
        if kind == "write":
            status, _ = call("POST", "/api/applets", json.dumps({"name": name}))
            good = status == 201
        else:
            status, body = call("GET", "/ready")
            good = status == 200 and body.strip() == b"ok"
    except OSError:
        pass
    except http.client.HTTPException:
        pass
    with lock:
        calls[kind].append((begun, time.monotonic(), good))
        if good and kind == "write":
            acknowledged.append(name)


def outage(made):
    """Longest time between the ends of good answers, that a failed call lies in; and when it began."""
    good = sorted(ended for begun, ended, fine in made if fine)
    failed = sorted(begun for begun, ended, fine in made if not fine)
    longest = 0.0
    for before, after in zip(good, good[1:]):
        if after - before > longest and (after - before > 0.5 or any(before - PATIENCE < f < after for f in failed)):
            longest = after - before
    if not good:
        longest = made[-1][1] - made[0][0] if made else 0.0
    return longest


def listed():
    names, after = [], 0
    while True:
        status, body = call("GET", f"/api/applets?after={after}&limit=1000", patience=20)
        if status != 200:
            raise OSError(f"the list is answered with {status}")
        page = json.loads(body)["applets"]
        if not page:
            return names
        names += [record["name"] for record in page]
        after = page[-1]["id"]


signal.signal(signal.SIGTERM, lambda *_: stopped.set())
start = time.monotonic()
mark = str(time.time_ns())
number = 0
while not stopped.is_set():
    for kind in calls:
        threading.Thread(target=one, args=(kind, f"{mark}-{number}"), daemon=True).start()
    number += 1
    stopped.wait(max(0.0, start + number * EVERY - time.monotonic()))
time.sleep(PATIENCE + 0.5)
for _ in range(60):
    try:
        names = listed()
        break
    except (OSError, http.client.HTTPException):
        time.sleep(1)
else:
    names = []
counts = {}
for name in names:
    counts[name] = counts.get(name, 0) + 1
with lock:
    answer = {
        "calls": {kind: len(made) for kind, made in calls.items()},
        "failed": {kind: sum(not fine for _, _, fine in made) for kind, made in calls.items()},
        "outage_s": {kind: round(outage(made), 2) for kind, made in calls.items()},
        "acknowledged": len(acknowledged),
        "lost": sum(name not in counts for name in acknowledged),
        "twice": sum(counts.get(name, 0) > 1 for name in set(acknowledged)),
    }
with open(file, "w", encoding="utf-8") as out:
    json.dump(answer, out)

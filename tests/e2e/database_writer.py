#!/usr/bin/env python3
"""database_writer.py ADDRESS PORT PASSWORD-FILE TABLE STOP-FILE: a client that writes through the entry of the database until
STOP-FILE exists, then reads everything back. Prints one JSON object: acknowledged writes, those lost or stored twice, and each
outage as [start, seconds] (epoch seconds). Speaks the protocol itself, so that it needs nothing but Python."""
import hashlib
import json
import os
import socket
import struct
import sys
import time


class Refused(Exception):
    pass


class Database:
    def __init__(self, address, port, password):
        self.socket = socket.create_connection((address, port), timeout=3)
        self.socket.settimeout(3)
        greeting = self.packet()
        if greeting[0] == 0xFF:
            raise Refused(greeting[3:].decode(errors="replace"))
        end = greeting.index(0, 1)
        salt = greeting[end + 5 : end + 13] + greeting[end + 32 : end + 44]
        once = hashlib.sha1(password).digest()
        mixed = hashlib.sha1(salt + hashlib.sha1(once).digest()).digest()
        proof = bytes(a ^ b for a, b in zip(once, mixed))
        flags = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000
        self.send(
            1,
            struct.pack("<IIB23x", flags, 1 << 24, 33) + b"finclip\0" + bytes([20]) + proof + b"finclip\0mysql_native_password\0",
        )
        self.accepted()

    def bytes(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise ConnectionError("closed")
            data += more
        return data

    def packet(self):
        head = self.bytes(4)
        return self.bytes(head[0] | head[1] << 8 | head[2] << 16)

    def send(self, number, content):
        self.socket.sendall(struct.pack("<I", len(content))[:3] + bytes([number]) + content)

    def accepted(self):
        answer = self.packet()
        if answer[0] == 0xFF:
            raise Refused(answer[3:].decode(errors="replace"))
        return answer

    def run(self, sql):
        self.send(0, b"\x03" + sql.encode())
        return self.accepted()

    def numbers(self, sql):
        """The first column of all rows."""
        columns = self.run(sql)[0]
        for _ in range(columns + 1):  # the columns, and the end of their list
            self.packet()
        rows = []
        while True:
            row = self.packet()
            if row[0] == 0xFE and len(row) < 9:
                return rows
            rows.append(int(row[1 : 1 + row[0]]))


def patiently(seconds, work):
    end = time.time() + seconds
    while True:
        try:
            return work()
        except (OSError, Refused):
            if time.time() > end:
                raise
            time.sleep(0.2)


def main():
    address, port, password_file, table, stop_file = sys.argv[1:]
    with open(password_file, "rb") as file:
        password = file.read().strip()
    connect = lambda: Database(address, int(port), password)
    setup = patiently(60, connect)
    setup.run(f"CREATE TABLE IF NOT EXISTS {table} (id BIGINT PRIMARY KEY)")
    acknowledged, outages, database = [], [], setup
    number = int(time.time() * 1000)
    last = time.time()
    while not os.path.exists(stop_file):
        number += 1
        try:
            database = database or connect()
            database.run(f"INSERT INTO {table} VALUES ({number})")
        except (OSError, Refused):
            database = None
            time.sleep(0.05)
            continue
        now = time.time()
        acknowledged.append(number)
        if now - last > 1:
            outages.append([round(last, 2), round(now - last, 2)])
        last = now
        time.sleep(0.05)
    found = patiently(60, lambda: connect().numbers(f"SELECT id FROM {table}"))
    print(json.dumps({
        "acknowledged": len(acknowledged),
        "lost": sorted(set(acknowledged) - set(found)),
        "outages": outages,
    }))


main()

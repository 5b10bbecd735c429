"""A process that saves into a bare SQLCipher file: `sqlcipher_workload.py FOLDER ACKS JOURNAL SYNCHRONOUS COUNT SEED`.

Each transaction changes some rows and logs the digest of the whole table, so that a later reader can tell by the file
alone whether a transaction is there entirely. After each commit its number goes to ACKS.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from pathlib import Path

import sqlcipher3

KEY = "11" * 32


def opened(path: Path, journal: str, synchronous: str) -> sqlcipher3.Connection:
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # torn pages are expected here by the thousand
    connection.execute(f"PRAGMA key = \"x'{KEY}'\"")
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    return connection


def digest(connection: sqlcipher3.Connection) -> str:
    rows = connection.execute("SELECT id, body FROM thing ORDER BY id").fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def change(connection: sqlcipher3.Connection, dice: random.Random) -> None:
    kind = dice.random()
    if kind < 0.6:
        connection.execute("INSERT INTO thing(body) VALUES (?)", (dice.randbytes(dice.randint(10, 1500)),))
    elif kind < 0.85:
        chosen = "(SELECT id FROM thing ORDER BY id LIMIT 1 OFFSET ?)"
        body = dice.randbytes(dice.randint(10, 900))
        connection.execute(f"UPDATE thing SET body = ? WHERE id = {chosen}", (body, dice.randint(0, 20)))
    else:
        connection.execute("DELETE FROM thing WHERE id = (SELECT max(id) FROM thing)")


def main(folder: str, acks: str, journal: str, synchronous: str, count: str, seed: str) -> None:
    dice = random.Random(int(seed))
    connection = opened(Path(folder) / "thing.db", journal, synchronous)
    told = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(1, int(count) + 1):
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(dice.randint(1, 12)):
            change(connection, dice)
        connection.execute("INSERT INTO log VALUES (?, ?)", (number, digest(connection)))
        connection.execute("COMMIT")
        os.write(told, f"{number}\n".encode())
    connection.close()


def prepare(folder: Path) -> None:
    """The file as it is before the recording: with its tables, and safe."""
    connection = opened(folder / "thing.db", "TRUNCATE", "FULL")
    connection.execute("CREATE TABLE thing(id INTEGER PRIMARY KEY, body BLOB)")
    connection.execute("CREATE INDEX by_body ON thing(body)")
    connection.execute("CREATE TABLE log(number INTEGER PRIMARY KEY, digest TEXT)")
    connection.close()


def check(folder: Path, acknowledged: tuple[str, ...]) -> str:
    """Raises nothing: whatever the library says about the file is a verdict."""
    try:
        connection = opened(folder / "thing.db", "TRUNCATE", "FULL")
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "corrupt"
        number, logged = connection.execute("SELECT count(*), max(number) FROM log").fetchone()
        last = connection.execute("SELECT digest FROM log ORDER BY number DESC LIMIT 1").fetchone()
        whole = number == (logged or 0) and (last is None or last[0] == digest(connection))
        connection.close()
    except sqlcipher3.Error:
        return "unreadable"
    if not whole:
        return "half a transaction"
    return "lost" if number < len(acknowledged) else "sound"


if __name__ == "__main__":
    main(*sys.argv[1:])

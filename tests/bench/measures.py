"""What is measured: start, unlocking, saving, memory; each with the floor that nothing can be quicker than."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from congdoan_desktop.services import receivers, support
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage.engine import connect
from tests.bench import offices
from tests.bench.rows import Row, against, in_turn

STARTS, UNLOCKS, SAVES = 7, 5, 150
_ROW_BYTES = 1470
"""About what one support record adds: its revision, its personal part, its row and the line of the log."""


def start(folder: Path) -> list[Row]:
    """From the start of the process to the painted unlock window, and the memory held then."""
    ours, floor = in_turn(lambda: _child("unlock", folder)["seconds"], lambda: _child("bare")["seconds"], STARTS)
    memory = _child("unlock", folder)["mb"], _child("bare")["mb"]
    return [
        against("start to the painted unlock window", "s", ours, floor, 1.6),
        Row("memory after start", "MB", round(memory[0], 1), round(memory[1], 1), None, 220),
    ]


def unlocking(folder: Path) -> Row:
    """Enter on the passphrase until the home page shows data, against Argon2id, opening and the first query."""
    ours, floor = in_turn(
        lambda: run("enter", "program", str(folder))["seconds"],
        lambda: run("enter", "floor", str(folder))["seconds"],
        UNLOCKS,
    )
    return against("Enter to the home page with data", "s", ours, floor, 1.5)


def saving(office: Office, campaign: str, unit: str, scratch: Path) -> Row:
    """Saving a support record for one after the other, against a bare transaction of the same durability."""
    people = cycle([hit.id for hit in receivers.find_people(office, "vang", limit=SAVES)])
    bare = bare_database(scratch)
    ours, floor = in_turn(
        _timed(lambda: support.add(office, offices.record(campaign, unit, next(people)))),
        _timed(lambda: insert(bare)),
        SAVES,
    )
    bare.close()
    return against("saving a record", "ms", [1000 * t for t in ours], [1000 * t for t in floor], 2.0)


def _child(kind: str, folder: Path | None = None) -> dict[str, float]:
    return run("child", kind, repr(time.time()), str(folder or ""))


def run(module: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=_as_installed())
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def _as_installed() -> dict[str, str]:
    """The bare window's libraries come with their byte code; ours must be allowed to keep its own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept}


def bare_database(scratch: Path) -> sqlcipher.Connection:
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    connection = connect(scratch / "bare.db", keyrings.new_key(), create=True)
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
    return connection


def insert(connection: sqlcipher.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO t (body) VALUES (?)", (os.urandom(_ROW_BYTES),))
    connection.execute("COMMIT")


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        call()
        return time.perf_counter() - began

    return run

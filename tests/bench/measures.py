"""What is measured: start, unlocking, saving, memory; each with the floor that nothing can be quicker than."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

from congdoan_desktop.clock import Clock
from congdoan_desktop.services import support
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage.engine import connect
from congdoan_desktop.ui.application import Program
from congdoan_desktop.ui.unlock import UnlockWindow
from tests.bench import offices
from tests.bench.rows import Row, against, in_turn

STARTS, UNLOCKS, SAVES = 7, 5, 150
_LONGEST = 30.0
_ROW_BYTES = 1200
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
    ours, floor = in_turn(lambda: _enter_to_home(folder), lambda: _open_bare(folder), UNLOCKS)
    return against("Enter to the home page with data", "s", ours, floor, 1.5)


def saving(office: Office, campaign: str, unit: str, scratch: Path) -> Row:
    """Saving a support record, against a bare transaction of the same durability."""
    person = support.find_people(office, "vang")[0].id
    bare = _bare_database(scratch)
    ours, floor = in_turn(
        _timed(lambda: support.add(office, offices.record(campaign, unit, person))),
        _timed(lambda: _insert(bare)),
        SAVES,
    )
    bare.close()
    return against("saving a record", "ms", [1000 * t for t in ours], [1000 * t for t in floor], 2.0)


def _child(kind: str, folder: Path | None = None) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.child", kind, repr(time.time()), str(folder or "")]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=_AS_INSTALLED)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


_AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The bare window's libraries come with their byte code; ours must be allowed to keep its own."""


def _enter_to_home(folder: Path) -> float:
    program = Program(folder, Clock())
    program.start()
    app = QApplication.instance()
    assert app is not None
    program.runner.wait_idle()
    QTest.qWait(400)  # while the officer types, the heavy libraries are read
    program.runner.wait_idle()
    assert isinstance(program.window, UnlockWindow)
    field = program.window.form.field("passphrase").control
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.insert(offices.PASSPHRASE)
    began = time.perf_counter()
    QTest.keyClick(field, Qt.Key.Key_Return)
    while not _has_data(program.window):
        app.processEvents()
        if time.perf_counter() - began > _LONGEST:
            raise TimeoutError("the home page never showed its data")
    seconds = time.perf_counter() - began
    program.shutdown()
    assert program.window is not None
    program.window.close()
    return seconds


def _has_data(window: QWidget | None) -> bool:
    table = window.findChild(QTableView, "targets") if window is not None else None
    return table is not None and table.model().rowCount() > 0 and table.isVisible()


def _open_bare(folder: Path) -> float:
    began = time.perf_counter()
    keyring = keyrings.load(folder / folders.KEYRING)
    key = keyring.open(keyring.slots[0].name, offices.PASSPHRASE.encode())
    connection = connect(folder / folders.DATABASE, key)
    connection.execute("SELECT * FROM p_activity").fetchall()
    connection.close()
    return time.perf_counter() - began


def _bare_database(scratch: Path) -> sqlcipher.Connection:
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    connection = connect(scratch / "bare.db", keyrings.new_key(), create=True)
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
    return connection


def _insert(connection: sqlcipher.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO t (body) VALUES (?)", (os.urandom(_ROW_BYTES),))
    connection.execute("COMMIT")


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        call()
        return time.perf_counter() - began

    return run

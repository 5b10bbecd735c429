"""The registry at full size: the sample province is made, and a list of 50,000 members imported beside its floor.

The floor of the import is the fastest reader over the same cells and raw inserts of the same rows into the same tables,
also into the one by which an import is undone, on a connection of ours: as safe, and with the same page cache, without
which the floor takes twice as long. Both sides reckon on one thread, so their time is that of the processor. Every run
is a process of its own; each prints one JSON line.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.rows import Row, against
from tests.peak import peak_mib

_RUNS = 3
_UNITS = 600
_TABLES = ("revisions", "personal", "p_person", "imports", "import_rows")
_TITLES = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Điện thoại", "Quê quán", "Nơi ở hiện nay",
    "Vị trí công việc", "Công đoàn cơ sở", "Ngày vào Công đoàn",
)  # fmt: skip


def measured(folder: Path) -> list[Row]:
    """Making the province, which stays in `folder` for others, and importing 50,000 members."""
    from congdoan_desktop.services import sample

    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    sample.make_big(folder)
    built = Row("making the sample province", "s", round(time.perf_counter() - began, 1), None, None, 150)
    return [built, *_imported(folder)]


def _imported(folder: Path) -> list[Row]:
    path = folder / "members.xlsx"
    _child("list", str(path))
    pairs = []
    for _ in range(_RUNS):
        taken = _child("import", str(path), str(folder / "office"))
        pairs.append((taken, _child("floor", str(path), str(folder / "office"))))
    ours, floor = ([pair[side]["seconds"] for pair in pairs] for side in (0, 1))
    return [
        against("import 50,000 members from Excel", "s", ours, floor, 2.5),
        Row("memory while importing them", "MB", round(pairs[-1][0]["mb"]), None, None, 300),
    ]


def _child(kind: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.registry", kind, *arguments]
    offscreen = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=offscreen)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _list(path: str) -> None:
    """A list as officers have it: twelve columns, text for numbers, real dates."""
    from congdoan_desktop.domain.births import show_birth
    from congdoan_desktop.services.catalogues import catalogue
    from congdoan_desktop.services.sample_people import Populace
    from congdoan_desktop.services.sample_province import MEMBERS
    from congdoan_desktop.spreadsheets.writing import ColumnKind, ListColumn, ListSheet, write

    populace = Populace(Random(7), ("Than Uyên", "Mường Kim", "Nậm Mạ"))
    peoples = {entry.code: entry.name for entry in catalogue().entries("ethnicities")}

    def row(number: int) -> list[Any]:
        one = populace.person(f"CĐCS Trường số {number % _UNITS}", "", ("Giáo viên", "Kế toán"), 50)
        return [
            number + 1, one.name, show_birth(one.birth), one.sex, peoples[one.ethnicity], one.citizen_id, one.phone,
            one.home, one.address, one.work, one.unit, one.joined,
        ]  # fmt: skip

    kinds = [ColumnKind.INT, *[ColumnKind.TEXT] * 10, ColumnKind.DATE]
    columns = tuple(ListColumn(title, kind) for title, kind in zip(_TITLES, kinds, strict=True))
    with Path(path).open("wb") as stream:
        write(stream, [ListSheet("DS", columns, map(row, range(MEMBERS)))])
    _tell({})


def _import(path: str, folder: str) -> None:
    from congdoan_desktop.domain.ids import new_id
    from congdoan_desktop.domain.roles import Right
    from congdoan_desktop.domain.units import Unit
    from congdoan_desktop.services import sheet_check, sheet_import
    from congdoan_desktop.spreadsheets.fields import ListKind
    from tests.bench import offices

    shutil.rmtree(folder, ignore_errors=True)
    office = offices.founded(Path(folder))
    me = office.identity.unit
    names = [f"CĐCS Trường số {number}" for number in range(_UNITS)]
    with office.write(Right.ISSUE) as work:
        units = [Unit(new_id(), f"T{n}", name, name, "co_so", "cdcs_su_nghiep", me) for n, name in enumerate(names)]
        work.put_many(units)
    gc.disable()  # as in a process with a window
    began = time.process_time()
    opened = sheet_check.open_file(office, Path(path))
    look = sheet_check.look(office, opened, opened.book.sheets[0].name, ListKind.MEMBERS)
    preview = sheet_check.check(office, opened, look.sheet, look.matching)
    receipt = sheet_import.apply(office, preview)
    opened.book.close()
    seconds = time.process_time() - began
    assert receipt.new > len(preview.lines) * 0.99
    (Path(folder) / "key").write_bytes(office.database_key)
    office.close()
    _tell({"seconds": seconds})


def _floor(path: str, folder: str) -> None:
    from python_calamine import CalamineWorkbook

    from congdoan_desktop.storage import schema
    from congdoan_desktop.storage.engine import Database, connect
    from congdoan_desktop.storage.rebuild import create_projections

    key, bare = (Path(folder) / "key").read_bytes(), Path(folder) / "bare.db"
    bare.unlink(missing_ok=True)
    full = connect(Path(folder) / "congdoan.db", key)
    rows = {table: full.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}
    full.close()
    schema.create(bare, key)
    database = Database(bare, key)
    with database.write() as connection:
        create_projections(connection)
    database.close()
    raw = connect(bare, key)
    gc.disable()  # as on our side
    began = time.process_time()
    assert sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()) > 1
    raw.execute("BEGIN IMMEDIATE")
    for table, found in rows.items():
        raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
    raw.execute("COMMIT")
    _tell({"seconds": time.process_time() - began})


def _tell(found: dict[str, float]) -> None:
    memory = peak_mib()
    sys.stdout.write(json.dumps({**found, "mb": memory}) + "\n")


_KINDS: dict[str, Callable[..., None]] = {"list": _list, "import": _import, "floor": _floor}

if __name__ == "__main__":
    _KINDS[sys.argv[1]](*sys.argv[2:])

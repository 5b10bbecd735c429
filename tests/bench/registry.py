"""The registry at full size: a list of 50,000 members imported beside its floor, and the window on the sample province.

The floor of the import is the fastest reader over the same cells and raw inserts of the same rows into the same tables,
on a connection of ours: as safe, and with the same page cache, without which the floor takes twice as long. Both sides
reckon on one thread, so their time is that of the processor. What the window takes is the time that passes until the
rows stand there, painted. Every run is a process of its own; each prints one JSON line.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.rows import Row, against
from tests.peak import peak_mib

_RUNS, _LOOKS = 2, 5
_LONGEST_MS = 60_000
_SOUGHT = ("vang a dung", "nguyễn thị hoa", "lo thi", "012190", "tan mi su")
_UNITS = 600
_GOAL_MS = 100
_TABLES = ("revisions", "personal", "p_person")
_TITLES = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Điện thoại", "Quê quán", "Nơi ở hiện nay",
    "Vị trí công việc", "Công đoàn cơ sở", "Ngày vào Công đoàn",
)  # fmt: skip


def measured(folder: Path) -> list[Row]:
    """Importing 50,000 members, and the first page, sorting, search and the tree of the province."""
    from congdoan_desktop.services import sample

    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    sample.make_big(folder)
    built = Row("making the sample province", "s", round(time.perf_counter() - began, 1), None, None, 150)
    return [built, *_imported(folder), *_window(folder)]


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


def _window(folder: Path) -> list[Row]:
    looks = _child("window", str(folder))
    return [
        Row(f"{name}, 50,000 members, 600 unions", "ms", round(looks[name]), None, None, _GOAL_MS) for name in looks
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
    from congdoan_desktop.services import sheet_import
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
    opened = sheet_import.open_file(office, Path(path))
    look = sheet_import.look(office, opened, opened.book.sheets[0].name, ListKind.MEMBERS)
    preview = sheet_import.check(office, opened, look.sheet, look.matching)
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
    began = time.process_time()
    assert sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()) > 1
    raw.execute("BEGIN IMMEDIATE")
    for table, found in rows.items():
        raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
    raw.execute("COMMIT")
    _tell({"seconds": time.process_time() - began})


def _looks(folder: str) -> None:
    """Each look several times in one window, as an officer who works there; the median in milliseconds."""
    from congdoan_desktop.services import sample
    from congdoan_desktop.ui.application import make_application
    from congdoan_desktop.ui.context import Context
    from congdoan_desktop.ui.tasks import TaskRunner

    app = make_application()
    runner = TaskRunner()
    held: list[Any] = []
    runner.run(lambda: sample.open_side(Path(folder), sample.BIG), done=held.append)
    runner.wait_idle(_LONGEST_MS)

    def timed(act: Callable[[], object], widget: Any) -> float:
        began = time.perf_counter()
        act()
        runner.wait_idle(_LONGEST_MS)
        app.processEvents()
        widget.viewport().repaint()
        return 1000 * (time.perf_counter() - began)

    context = Context(runner, lambda: held[0], lambda _page, _id: None)
    found = {**_list_looks(context, timed), **_tree_looks(context, timed)}
    sys.stdout.write(json.dumps({name: statistics.median(times) for name, times in found.items()}) + "\n")
    sys.stdout.flush()
    runner.run(held[0].close)
    runner.wait_idle(_LONGEST_MS)
    os._exit(0)  # Qt need not take its widgets down


def _list_looks(context: Any, timed: Callable[..., float]) -> dict[str, list[float]]:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from congdoan_desktop.ui.pages.members import MembersPage

    page = MembersPage(context)
    _shown(page, context)
    table = page.list.table
    assert page.search is not None
    box, header = page.search, table.horizontalHeader()
    column = next(n for n, one in enumerate(table.rows.columns) if one.key == "birth")
    place = header.sectionViewportPosition(column) + 10

    def search(words: str) -> None:
        box.setText(words)
        QTest.keyClick(box, Qt.Key.Key_Return)

    def sort() -> None:
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))

    return {
        "first page of the list": [timed(page.reload, table) for _ in range(_LOOKS)],
        "sorting the list": [timed(sort, table) for _ in range(_LOOKS)],
        "searching the list": [timed(lambda words=words: search(words), table) for words in _SOUGHT],
    }


def _tree_looks(context: Any, timed: Callable[..., float]) -> dict[str, list[float]]:
    from PySide6.QtWidgets import QPushButton

    from congdoan_desktop.ui.pages.units.structure import StructureTab

    tab = StructureTab(context)
    _shown(tab, context)
    buttons = {button.accessibleName(): button for button in tab.findChildren(QPushButton)}
    times = []
    for _ in range(_LOOKS):
        timed(buttons["Thu gọn"].click, tab.tree)
        times.append(timed(buttons["Mở hết"].click, tab.tree))
    return {"opening the whole tree": times}


def _shown(page: Any, context: Any) -> None:
    from PySide6.QtTest import QTest

    page.resize(1158, 640)
    page.show()
    context.runner.wait_idle(_LONGEST_MS)
    QTest.qWait(200)


def _tell(found: dict[str, float]) -> None:
    memory = peak_mib()
    sys.stdout.write(json.dumps({**found, "mb": memory}) + "\n")


_KINDS: dict[str, Callable[..., None]] = {"list": _list, "import": _import, "floor": _floor, "window": _looks}

if __name__ == "__main__":
    _KINDS[sys.argv[1]](*sys.argv[2:])

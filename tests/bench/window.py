"""The pages of the registry on the sample province: what an officer's looks take, each beside its floor.

A look is over when everything asked for has come and the rows in sight are painted. It is given in milliseconds of the
processor, of both threads: nothing here waits for a disk, and so another program at work spoils no figure. The floor is
a bare table view of Qt with as many rows and columns, painted, and the bare statement that reads the rows shown.
First openings happen once in a process; the median is that of several processes. Page and tabs are opened by an
officer who has looked at the home page, and at the first tab, for the few seconds in which they are built ahead.
Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableView

from congdoan_desktop.services import sample
from congdoan_desktop.ui.application import make_application
from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.paged_model import PAGE
from congdoan_desktop.ui.pages.units.registry import RegistryPage
from congdoan_desktop.ui.pages.units.tabs import TABS
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner
from tests.bench.rows import Row

_PROCESSES, _LOOKS = 3, 5
_LONGEST_MS = 60_000
_EDGES_MS = 500
"""The status line and the badges come behind the home page."""
_GOAL_MS = 100
_SIZE = (1158, 640)
_SOUGHT = ("vang a dung", "nguyễn thị hoa", "lo thi", "012190", "tan mi su")
_PLACES = (0.513, 0.902, 0.117, 0.734, 0.311)
"""How far down in the list a jump goes."""
_OF_LIST = {
    "list": f"SELECT * FROM p_person ORDER BY sort LIMIT {PAGE}",
    "sort": f"SELECT * FROM p_person ORDER BY birth_year, sort LIMIT {PAGE}",
    "search": f"SELECT * FROM p_person WHERE instr(search, 'lo') AND instr(search, 'thi') ORDER BY sort LIMIT {PAGE}",
    "jump": f"""SELECT * FROM p_person WHERE record IN
        (SELECT record FROM p_person ORDER BY sort LIMIT {PAGE} OFFSET 25000) ORDER BY sort""",
}
_OF_TAB = {
    "units": "SELECT * FROM p_unit ORDER BY sort",
    "structure": "SELECT * FROM p_unit ORDER BY sort",
    "merging": "SELECT * FROM p_headcount WHERE members < 11",
    "members": _OF_LIST["list"],
    "officers": f'SELECT * FROM p_post ORDER BY "since" LIMIT {PAGE}',
    "trainings": f'SELECT * FROM p_training ORDER BY "on" DESC LIMIT {PAGE}',
    "workplaces": f"SELECT * FROM p_workplace ORDER BY sort LIMIT {PAGE}",
    "rating": "SELECT * FROM p_rating ORDER BY year DESC",
    "import": "SELECT * FROM imports",
}
Looks = dict[str, tuple[float, float | None]]
"""Name -> milliseconds of ours, and of the floor."""


def measured(folder: Path) -> list[Row]:
    """`folder` holds the whole sample province."""
    runs = [_child(folder) for _ in range(_PROCESSES)]
    return [_row(name, [run[name] for run in runs]) for name in runs[0]]


def _row(name: str, runs: Sequence[Sequence[float | None]]) -> Row:
    """The goal is the hundred milliseconds; the ratio to the floor stands in the table for whoever wonders."""
    ours = statistics.median(one[0] for one in runs if one[0] is not None)
    bare = [one[1] for one in runs if one[1] is not None]
    return Row(name, "ms", round(ours), round(statistics.median(bare), 1) if bare else None, None, _GOAL_MS)


def _child(folder: Path) -> dict[str, list[float | None]]:
    offscreen = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "tests.bench.window", str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=offscreen)
    found: dict[str, list[float | None]] = json.loads(answer.stdout.splitlines()[-1])
    return found


class _Bare(QAbstractTableModel):
    """Rows as they come from the database, as text."""

    def __init__(self, rows: Sequence[Sequence[object]], columns: int) -> None:
        super().__init__()
        self._rows, self._columns = rows, columns

    def rowCount(self, _parent: Any = QModelIndex()) -> int:  # noqa: B008, N802  # the signature is Qt's
        return len(self._rows)

    def columnCount(self, _parent: Any = QModelIndex()) -> int:  # noqa: B008, N802
        return self._columns

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return str(self._rows[index.row()][index.column()]) if role == Qt.ItemDataRole.DisplayRole else None


class OpenDesk:
    """The open province in the program's window, at its home page: there everybody begins."""

    def __init__(self, folder: Path) -> None:
        self.app = make_application()
        preferences = Preferences(folder)
        preferences.dress(self.app)
        self.runner = TaskRunner()
        held: list[Any] = []
        self.runner.run(lambda: sample.open_side(folder, sample.BIG), done=held.append)
        self.runner.wait_idle(_LONGEST_MS)
        self.office = held[0]
        self._desk = Desk(self.runner, preferences)
        self._desk.enter(self.office)
        self._desk.window.show()
        self.settle()
        QTest.qWait(_EDGES_MS)
        self.settle()
        self.page: Any = None

    def open_page(self, key: str = "units") -> Any:
        self.page = self._desk.window.show_page(key)
        return self.page

    def settle(self, table: Any = None) -> None:
        """Until nothing is asked for any more, and the rows in sight are there and painted."""
        while True:
            self.runner.wait_idle(_LONGEST_MS)
            self.app.processEvents()
            if self.runner.idle and (table is None or not _blank(table)):
                break
            time.sleep(0.001)
        if table is not None:
            table.viewport().repaint()

    def look_on(self, parts: int) -> None:
        """Until so many parts of the page of units are built, which happens while nobody does anything."""
        window = self._desk.window
        while len([one for page in window.findChildren(RegistryPage) for one in page.findChildren(PageFrame)]) < parts:
            QTest.qWait(_EDGES_MS)

    def first_rows(self, table: Any) -> None:
        """Until a table was painted with its rows; without one, until nothing is asked for any more."""
        if table is None:
            return self.settle()
        while not (table.isVisible() and table.model().rowCount()) or _blank(table):
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        table.viewport().repaint()
        return None

    def timed(self, act: Callable[[], object], table: Any = None) -> float:
        began = time.process_time()
        act()
        self.settle(table)
        return 1000 * (time.process_time() - began)

    def bare(self, statement: str, columns: int = 8) -> float:
        """The floor: the statement by the driver, its rows in a table view without any of ours, painted."""
        began = time.process_time()
        rows: list[Any] = []

        def read() -> list[Any]:
            with self.office.read() as connection:
                return list(connection.exec_driver_sql(statement).all())

        self.runner.run(read, done=rows.extend)
        self.runner.wait_idle(_LONGEST_MS)
        view = QTableView()
        view.setModel(_Bare(rows, min(columns, len(rows[0]) if rows else 1)))
        view.resize(*_SIZE)
        view.show()
        self.app.processEvents()
        view.viewport().repaint()
        took = 1000 * (time.process_time() - began)
        view.close()
        return took


def _blank(table: Any) -> bool:
    """Whether a row in sight is not read yet."""
    first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    end = last if last >= 0 else table.model().rowCount() - 1
    return any(table.rows.row(at) is None for at in range(max(first, 0), end + 1))


def _openings(desk: OpenDesk) -> Looks:
    """Each tab for the first time, until its rows are painted: modules, widgets and list. What its form chooses from
    may come behind.
    """
    found: Looks = {}
    desk.look_on(1)
    for tab in TABS:
        began = time.process_time()
        page = desk.open_page().part(tab.key) if desk.page is None else desk.page.part(tab.key)
        desk.first_rows(_table_of(page))
        took = 1000 * (time.process_time() - began)
        desk.settle()
        desk.look_on(len(TABS))
        found[f"opening {tab.title}"] = took, desk.bare(_OF_TAB[tab.key])
    return found


def _table_of(page: Any) -> Any:
    """The view that a tab is about, None where it has none."""
    card = getattr(page, "units", None)
    return getattr(page, "table", None) or getattr(page, "tree", None) or getattr(card, "table", None)


def _of_members(desk: OpenDesk) -> Looks:
    page = desk.page.part("members")
    table = page.list.table
    desk.settle(table)
    bar = table.verticalScrollBar()
    acts: Mapping[str, list[Callable[[], object]]] = {
        "list": [page.reload] * _LOOKS,
        "sort": [partial(press, table, "birth")] * _LOOKS,
        "search": [*(partial(search, page, words) for words in _SOUGHT), partial(search, page, "")],
        "jump": [partial(_jump, bar, place) for place in _PLACES],
    }
    said = {
        "list": "first page of 50,000 members", "sort": "sorting 50,000 members", "search": "searching 50,000 members",
        "jump": "jumping in 50,000 members",
    }  # fmt: skip
    found: Looks = {}
    for look, each in acts.items():
        took = [desk.timed(act, table) for act in each]
        found[said[look]] = statistics.median(took), statistics.median(desk.bare(_OF_LIST[look]) for _ in range(_LOOKS))
    return found


def _of_the_others(desk: OpenDesk) -> Looks:
    """Of the other lists the slowest, whichever it is in this process."""
    found: dict[str, list[float]] = {"sorting": [], "searching": []}
    for tab in TABS:
        page = desk.page.part(tab.key)
        if not hasattr(page, "table") or tab.key in ("members", "import"):
            continue
        desk.settle(page.table)
        second = page.table.rows.columns[1].key
        times = [desk.timed(partial(press, page.table, second), page.table) for _ in range(3)]
        found["sorting"].append(statistics.median(times))
        times = [desk.timed(partial(search, page, words), page.table) for words in ("lo thi", "muong", "")]
        found["searching"].append(statistics.median(times))
    return {f"{look}, slowest other list": (max(each), None) for look, each in found.items()}


def _of_trees(desk: OpenDesk) -> Looks:
    tab = desk.page.part("structure")
    desk.settle(tab.tree)
    buttons = {button.accessibleName(): button for button in tab.findChildren(QPushButton)}
    opened = []
    for _ in range(_LOOKS):
        desk.timed(buttons["Thu gọn"].click, tab.tree)
        opened.append(desk.timed(buttons["Mở hết"].click, tab.tree))
    sought = [desk.timed(partial(search, tab, words), tab.tree) for words in ("muong kim", "truong", "")]
    merging = desk.page.part("merging")
    desk.settle()
    suggested = [desk.timed(merging.suggest) for _ in range(_LOOKS)]
    floor = statistics.median(desk.bare(_OF_TAB["structure"]) for _ in range(_LOOKS))
    return {
        "opening the whole tree": (statistics.median(opened), floor),
        "searching the tree": (statistics.median(sought), floor),
        "suggesting groups of small unions": (statistics.median(suggested), None),
    }


def press(table: Any, key: str) -> None:
    header = table.horizontalHeader()
    column = next(at for at, one in enumerate(table.rows.columns) if one.key == key)
    place = QPoint(header.sectionViewportPosition(column) + 10, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def search(page: Any, words: str) -> None:
    page.search.setText(words)
    QTest.keyClick(page.search, Qt.Key.Key_Return)


def _jump(bar: Any, place: float) -> None:
    bar.setValue(round(bar.maximum() * place))


def main(folder: str) -> None:
    desk = OpenDesk(Path(folder))
    found = _openings(desk) | _of_members(desk) | _of_the_others(desk) | _of_trees(desk)
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    desk.runner.run(desk.office.close)
    desk.runner.wait_idle(_LONGEST_MS)
    os._exit(0)  # Qt need not take its widgets down


if __name__ == "__main__":
    main(sys.argv[1])

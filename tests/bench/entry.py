"""Daily entry in the window over the whole sample province: saving, also while a ledger is computed, and gift lists.

A save is over when the window has its answer: from Ctrl+S to the form that is free for the next one. Of many the 99th
percentile is told, in milliseconds of the clock, beside that of a bare transaction of the same durability. A list is
told in milliseconds of the processor. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest

from congdoan_desktop.domain.gift_lists import GiftLine
from congdoan_desktop.services import activities, campaign_ledger, campaigns, gift_lists, sample, support_list
from congdoan_desktop.services.gift_lists import GiftHead
from congdoan_desktop.ui.application import make_application
from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner
from tests.bench.measures import bare_database, insert, run
from tests.bench.rows import Row

SAVES, DURING_LEDGERS, LOOKS, LINES = 200, 30, 7, 300
_LONGEST_MS = 300_000
_SAVE_GOAL_MS, _LIST_GOAL_MS, _PASTE_GOAL_MS = 50, 100, 300


def measured(folder: Path) -> list[Row]:
    """`folder` holds the whole sample province; what is saved here stays in it."""
    found: dict[str, Any] = run("entry", str(folder))
    goals = {"saving": _SAVE_GOAL_MS, "list": _LIST_GOAL_MS, "gifts": _PASTE_GOAL_MS}
    return [
        Row(name, "ms", round(ours, 1), round(floor, 1), None, next(goals[key] for key in goals if key in name))
        for name, (ours, floor) in found.items()
    ]


class _Window:
    """The province in the window, at the list of support, with a form that is filled by values."""

    def __init__(self, folder: Path) -> None:
        self.app = make_application()
        self.runner = TaskRunner()
        preferences = Preferences(folder)
        preferences.dress(self.app)
        held: list[Any] = []
        self.runner.run(lambda: sample.open_side(folder, sample.BIG), done=held.append)
        self.runner.wait_idle(_LONGEST_MS)
        self.office = held[0]
        self._desk = Desk(self.runner, preferences)
        self._desk.enter(self.office)
        self._desk.window.show()
        page: Any = self._desk.window.show_page("support")
        self.page: Any = page.part("records")
        self.runner.wait_idle(_LONGEST_MS)
        self._known = self.ask(lambda: support_list.page(self.office, support_list.Wanted()).rows[0])

    def ask(self, call: Callable[[], Any]) -> Any:
        found: list[Any] = []
        self.runner.run(call, done=found.append)
        self.runner.wait_idle(_LONGEST_MS)
        return found[0]

    def save(self, beside: Callable[[], object] | None = None) -> float:
        """Milliseconds until the window has stored one more record; `beside` began just before."""
        self.page.open_new()
        hit, given = self._known.receiver, self._known.record
        self.page.form.set_values(
            {**self.page.new_values(None), "name": hit, "unit": given.unit, "member": True, "on": given.on,
             "cause": given.cause, "kind": given.kind, "fund": given.fund, "cash": 500_000}
        )  # fmt: skip
        loop = QEventLoop()
        self.page.editor.stored.connect(loop.quit)
        if beside is not None:
            self.runner.run(beside)
        began = time.perf_counter()
        QTest.keyClick(self.page.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        if self.page.editor.record is not None:
            loop.exec()
        took = time.perf_counter() - began
        self.page.editor.stored.disconnect(loop.quit)
        self.runner.wait_idle(_LONGEST_MS)
        return 1000 * took

    def processor(self, call: Callable[[], object]) -> float:
        """Milliseconds of the processor for an answer of the database thread; the median."""

        def timed() -> float:
            began = time.process_time()
            call()
            return 1000 * (time.process_time() - began)

        times: list[float] = sorted(self.ask(timed) for _ in range(LOOKS))
        return times[LOOKS // 2]

    def bare(self, statement: str) -> float:
        def read() -> None:
            with self.office.read() as connection:
                connection.exec_driver_sql(statement).all()

        return self.processor(read)


def _p99(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]


def _floor(folder: Path) -> float:
    bare = bare_database(folder / "bare")
    times = []
    for _ in range(SAVES):
        began = time.perf_counter()
        insert(bare)
        times.append(1000 * (time.perf_counter() - began))
    bare.close()
    return _p99(times)


def _gifts(unit: str) -> list[GiftLine]:
    return [
        GiftLine({"name": f"Lò Văn {chr(97 + at % 26)}{chr(97 + at // 26)}", "birth": "1980", "unit": unit,
                  "cash": "500.000"})
        for at in range(LINES)
    ]  # fmt: skip


def main(folder: str) -> None:
    window = _Window(Path(folder))
    office, floor = window.office, _floor(Path(folder))
    plan = window.ask(lambda: campaigns.listing(office))[0].id
    known = window._known  # the window is ours
    head = GiftHead(None, "kho_khan", "tang_qua", "quy_xa_hoi", known.record.on)
    window.save()
    found = {
        "saving at the window, 99 of 100": (_p99([window.save() for _ in range(SAVES)]), floor),
        "saving while a ledger is computed, 99 of 100": (
            _p99([window.save(partial(campaign_ledger.look, office, plan)) for _ in range(DURING_LEDGERS)]), floor
        ),
        "list of support, first page and sums": (
            window.processor(lambda: support_list.page(office, support_list.Wanted())),
            window.bare('SELECT * FROM p_support ORDER BY "on" DESC, record DESC LIMIT 100'),
        ),
        "list of activities, first page and sums": (
            window.processor(lambda: activities.page(office, activities.Wanted())),
            window.bare("SELECT * FROM p_activity ORDER BY starts DESC, record DESC LIMIT 100"),
        ),
        f"{LINES} gifts checked": (
            window.processor(lambda: gift_lists.check(office, head, _gifts(known.unit_name))),
            window.bare(f"SELECT * FROM p_person ORDER BY sort LIMIT {LINES}"),
        ),
    }  # fmt: skip
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)  # Qt need not take its widgets down


if __name__ == "__main__":
    main(sys.argv[1])

"""The lists of daily entry over the whole sample province: 55,000 of support, 140,000 activities, as in `window`.

A process opens a page, waits until nothing is asked for any more, and looks. Of the columns that a list can be sorted
by, and of the words, the slowest is told. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from tests.bench.measures import run
from tests.bench.rows import Row
from tests.bench.window import Looks, OpenDesk, press, search

_GOAL_MS, _LOOKS = 100, 3
_PAGES = {
    "support": ("support", ("lo thi", "vang a dung", "209/qd", "truong", "khong co")),
    "activities": ("activities", ("hoat dong", "cong ty", "muong kim", "truong", "khong co")),
}
"""Page -> what it lists, and words looked for: some stand in every row, some in none."""
_FLOORS = {
    "support": 'SELECT * FROM p_support ORDER BY "on" DESC, record DESC LIMIT 100',
    "activities": "SELECT * FROM p_activity ORDER BY starts DESC, record DESC LIMIT 100",
}


def measured(folder: Path) -> list[Row]:
    """`folder` holds the whole sample province."""
    found: dict[str, Any] = run("lists", str(folder))
    return [Row(name, "ms", round(ours), round(floor, 1), None, _GOAL_MS) for name, (ours, floor) in found.items()]


def _of(desk: OpenDesk, key: str) -> Looks:
    name, sought = _PAGES[key]
    page = desk.open_page(key)
    page = page.part("records") if hasattr(page, "part") else page
    desk.settle(page.table)
    floor = statistics.median(desk.bare(_FLOORS[key]) for _ in range(_LOOKS))
    listed = statistics.median(desk.timed(page.reload, page.table) for _ in range(_LOOKS))
    columns = [one.key for at, one in enumerate(page.table.rows.columns) if not page.table.isColumnHidden(at)]
    sorts = _rounds(desk, page, [partial(press, page.table, column) for column in columns])
    page.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    desk.settle(page.table)
    words = _rounds(desk, page, [partial(search, page, one) for one in (*sought, "")])
    count = page.model.total
    return {
        f"first page of {count:,} {name}": (listed, floor),
        f"sorting {count:,} {name}, slowest column": (max(sorts), floor),
        f"searching {count:,} {name}, slowest words": (max(words), floor),
    }


def _rounds(desk: OpenDesk, page: Any, acts: Sequence[Callable[[], object]]) -> list[float]:
    """Of each the median of several rounds; no look comes twice running, for its answer would be there still."""
    rounds = [[desk.timed(act, page.table) for act in acts] for _ in range(_LOOKS)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def main(folder: str) -> None:
    desk = OpenDesk(Path(folder))
    found = _of(desk, "support") | _of(desk, "activities")
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    desk.runner.run(desk.office.close)
    desk.runner.wait_idle()
    os._exit(0)  # Qt need not take its widgets down


if __name__ == "__main__":
    main(sys.argv[1])

"""Daily entry in the window over the whole sample province: saving beside ledgers and imports, lists, gift lists.

A save is over when the window has its answer: from Ctrl+S to the form that is free for the next one. Of many the 99th
percentile is told, in milliseconds of the clock, beside that of bare transactions of the same durability, which a
second file takes in turn with the saves and under the same load. So is a pasted list, of which the worst counts. Other
lists are told in milliseconds of the processor. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from congdoan_desktop.domain.gift_lists import GiftLine
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import (
    activities,
    campaign_ledger,
    campaigns,
    gift_lists,
    sample,
    stick_run,
    support_list,
)
from congdoan_desktop.services.gift_lists import GiftHead
from tests.bench import packages
from tests.bench.hands import Hands
from tests.bench.measures import bare_database, insert, run
from tests.bench.rows import Row

SAVES, DURING_LEDGERS, LEDGERS, LOOKS, LINES = 200, 30, 5, 7, 300
PACKAGES, LARGE = 150, 2_500
"""Packages of an ordinary stick; supports in the one large package, which brings as many people too."""
_AT_ONCE_MS, _BETWEEN_SAVES_MS, _BETWEEN_IN_LARGE_MS = 20, 300, 3_000
"""No hands are so quick; a large package is begun again for each save, and at that pace it would never come in."""
_OTHERS_NUMBER = 0x4000
_GOALS = {"saving": 50.0, "longest": 1000.0, "list": 100.0, "gifts": 300.0}
_HEAD = "Họ và tên\tNăm sinh\tCĐCS\tTiền mặt\n"

Timed = tuple[list[float], list[float]]
"""Saves at the window, and bare transactions taken in turn with them; milliseconds."""


def measured(folder: Path) -> list[Row]:
    """`folder` holds the whole sample province; what is saved here stays in it."""
    found: dict[str, Any] = run("entry", str(folder))
    return [
        Row(name, "ms", round(ours, 1), round(floor, 1), None, next(_GOALS[key] for key in _GOALS if key in name))
        for name, (ours, floor) in found.items()
    ]


def _prepared(folder: Path) -> tuple[Path, Path]:
    """Unions that the province trusts, and their reports: a stick of many packages and one of a single large one."""
    many, large = folder / "stick-many", folder / "stick-large"
    for stick in (many, large):
        shutil.rmtree(stick, ignore_errors=True)
    with closing(sample.open_side(folder, sample.BIG)) as office:
        senders = packages.admitted(office, range(_OTHERS_NUMBER, _OTHERS_NUMBER + PACKAGES + 1))
        packages.put_on(many, office, senders[:PACKAGES])
        packages.put_on(large, office, senders[PACKAGES:], LARGE)
    return many, large


class _Saving:
    """Saves at the window, each followed by a bare transaction under the same load."""

    def __init__(self, hands: Hands, folder: Path) -> None:
        self._hands = hands
        self._bare = bare_database(folder / "bare")

    def one(self, timed: Timed, load: Callable[[], object] | None = None, pause: int = _BETWEEN_SAVES_MS) -> None:
        if load is not None:
            load()
        timed[0].append(self._hands.save())
        self._hands.pause(pause)  # what gave way goes on by now
        began = time.perf_counter()
        insert(self._bare)
        timed[1].append(1000 * (time.perf_counter() - began))

    def many(self, count: int, load: Callable[[], object] | None = None) -> Timed:
        timed: Timed = ([], [])
        for _ in range(count):
            self.one(timed, load, _BETWEEN_SAVES_MS if load else _AT_ONCE_MS)
            self._hands.quiet()
        return timed

    def while_importing(self, stick: Path, pause: int = _BETWEEN_SAVES_MS) -> Timed:
        """As long as a stick is taken in."""
        timed: Timed = ([], [])
        hands, office, over = self._hands, self._hands.office, []

        def take(progress: Progress) -> None:
            taken = stick_run.take_and_write(office, stick, progress)
            over.append((len(taken.taken), taken.left))

        hands.begin(take, imports=True)
        hands.pause(_BETWEEN_SAVES_MS)
        while not over:
            self.one(timed, pause=pause)
        hands.quiet()
        assert over[0][0] >= 1, over
        return timed


def _p99(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]


def _of_100(timed: Timed) -> tuple[float, float]:
    return _p99(timed[0]), _p99(timed[1])


def _processor(hands: Hands, call: Callable[[], object]) -> float:
    """Milliseconds of the processor for an answer of the database thread; the median."""

    def timed() -> float:
        began = time.process_time()
        call()
        return 1000 * (time.process_time() - began)

    times: list[float] = sorted(hands.ask(timed) for _ in range(LOOKS))
    return times[LOOKS // 2]


def _bare(hands: Hands, statement: str) -> float:
    def read() -> None:
        with hands.office.read() as connection:
            connection.exec_driver_sql(statement).all()

    return _processor(hands, read)


def _saving(hands: Hands, folder: Path, many: Path, large: Path) -> dict[str, tuple[float, float]]:
    saving = _Saving(hands, folder)
    plans = [row.id for row in hands.ask(lambda: campaigns.listing(hands.office))]

    def ledgers() -> None:
        for number in range(LEDGERS):
            hands.begin(partial(campaign_ledger.look, hands.office, plans[number % len(plans)]))

    hands.save()
    hands.quiet()
    found = {
        "saving at the window, 99 of 100": _of_100(saving.many(SAVES)),
        f"saving while {LEDGERS} ledgers are computed, 99 of 100": _of_100(saving.many(DURING_LEDGERS, ledgers)),
    }
    timed = saving.while_importing(many)
    found[f"saving while {PACKAGES} packages are imported, 99 of 100"] = _of_100(timed)
    timed = saving.while_importing(large, _BETWEEN_IN_LARGE_MS)
    found[f"longest wait in a package of {2 * LARGE:,} records"] = (max(timed[0]), max(timed[1]))
    return found


def _lists(hands: Hands) -> dict[str, tuple[float, float]]:
    office = hands.office
    return {
        "list of support, first page and sums": (
            _processor(hands, lambda: support_list.page(office, support_list.Wanted())),
            _bare(hands, 'SELECT * FROM p_support ORDER BY "on" DESC, record DESC LIMIT 100'),
        ),
        "list of activities, first page and sums": (
            _processor(hands, lambda: activities.page(office, activities.Wanted())),
            _bare(hands, "SELECT * FROM p_activity ORDER BY starts DESC, record DESC LIMIT 100"),
        ),
    }


def _gifts(hands: Hands) -> dict[str, tuple[float, float]]:
    """The check alone, in the processor's time, and the paste as the window shows it, in that of the clock."""
    office, unit, given = hands.office, hands.known.unit_name, hands.known.record
    names = [f"Lò Văn {chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(LINES)]
    lines = [GiftLine({"name": name, "birth": "1980", "unit": unit, "cash": "500.000"}) for name in names]
    head = GiftHead(None, given.cause, "tang_qua", given.fund, given.on)
    bare = _bare(hands, f"SELECT * FROM p_person ORDER BY sort LIMIT {LINES}")
    text = _HEAD + "".join(f"{name}\t1980\t{unit}\t500.000\n" for name in names)
    gifts = hands.open_gifts()
    pasted = max(hands.paste(gifts, text, LINES) for _ in range(LOOKS))
    return {
        f"{LINES} gifts checked": (_processor(hands, lambda: gift_lists.check(office, head, lines)), bare),
        f"{LINES} gifts pasted into the window, the worst": (pasted, bare),
    }


def main(folder: str) -> None:
    home = Path(folder)
    many, large = _prepared(home)
    hands = Hands(home)
    found = {**_saving(hands, home, many, large), **_lists(hands), **_gifts(hands)}
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)  # Qt need not take its widgets down


if __name__ == "__main__":
    main(sys.argv[1])

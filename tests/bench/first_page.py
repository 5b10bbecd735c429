"""Page 1 of every kind of paper on the sample province, at the window: from asking for it until it is painted.

Milliseconds of the processor, of both threads, on the page "Báo cáo" of the full province: reports of a year and of a
month over each of the five plans, the general report, statistics forms, lists and plans. Of each kind the slowest is
told. The rest of the paper is made afterwards and does not count. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop

from congdoan_desktop.services import list_papers
from congdoan_desktop.ui.pages.reports import asked
from tests.bench.rows import Row
from tests.bench.window import OpenDesk

_GOAL_MS, _LOOKS = 300, 3
_PERIODS = {
    "năm 2024": (date(2024, 1, 1), date(2024, 12, 31)),
    "tháng 9 năm 2024": (date(2024, 9, 1), date(2024, 9, 30)),
}


def measured(folder: Path) -> list[Row]:
    """`folder` holds the whole sample province."""
    offscreen = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "tests.bench.first_page", str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=offscreen)
    found: dict[str, tuple[float, str]] = json.loads(answer.stdout.splitlines()[-1])
    return [
        Row(f"page 1 in sight: {kind}, {slowest}", "ms", round(took), None, None, _GOAL_MS)
        for kind, (took, slowest) in found.items()
    ]


def _questions(page: Any) -> Iterator[tuple[str, str]]:
    """Puts one question after the other into the form; yields its kind and what it is about."""
    form = page.form
    plans = [(id_, campaign.number) for id_, campaign in page.desk.campaigns]
    for id_, number in plans:
        yield from (
            ("report on a plan", f"{number} {name}") for name in _asked(page, asked.CAMPAIGN, form.campaign, id_)
        )
    yield from (("general report", name) for name in _asked(page, asked.GENERAL))
    for code, name in list_papers.NAMES.items():
        yield from (("list", f"{name} {days}") for days in _asked(page, asked.LIST, form.list_field, code))
    for id_, number in plans:
        yield from (("plan", number) for _ in _asked(page, asked.PLAN, form.campaign, id_, days=False))
    for code in ("1-HĐCĐ", "2-HĐCĐ"):
        yield from (("form", code) for _ in _asked(page, asked.STATISTICS, form.form_field, code, days=False))


def _asked(page: Any, kind: str, field: Any = None, value: str = "", *, days: bool = True) -> Iterator[str]:
    page.form.kind_field.set_value(kind)
    page.form.kind_field.edited.emit()
    if field is not None:
        field.set_value(value)
        field.edited.emit()
    for name, (starts, ends) in _PERIODS.items() if days else [("", (date.min, date.min))]:
        if days:
            for part, given in (("starts", starts), ("ends", ends), ("period_name", name)):
                page.form.field(part).set_value(given)
        yield name


def _took(desk: OpenDesk, page: Any) -> float:
    """From the question to page 1, painted."""
    page.paper.set_pages(lambda page, width, give: None, ())
    began = time.process_time()
    page.renew()
    sheets = page.paper.pages
    while sheets._drawn.get(0, (0, None))[0] == 0:
        desk.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    sheets.repaint()
    return 1000 * (time.process_time() - began)


def main(folder: str) -> None:
    desk = OpenDesk(Path(folder))
    page = desk.open_page("reports")
    desk.settle()
    found: dict[str, tuple[float, str]] = {}
    for kind, about in _questions(page):
        desk.settle()
        times = []
        for _ in range(_LOOKS):
            times.append(_took(desk, page))
            desk.settle()
        found[kind] = max(found.get(kind, (0.0, "")), (statistics.median(times), about.strip()))
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    desk.runner.run(desk.office.close)
    desk.runner.wait_idle(60_000)
    os._exit(0)  # Qt need not take its widgets down


if __name__ == "__main__":
    main(sys.argv[1])

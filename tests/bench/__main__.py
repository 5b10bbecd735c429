"""`make bench`: prints the table as it grows and writes build/bench.json. It judges nothing: timed tests only annoy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    entry,
    figures,
    first_page,
    lists,
    measures,
    offices,
    packages,
    papers,
    quarter,
    registry,
    rows,
    sheets,
    window,
)

BUILD = Path(__file__).resolve().parent.parent.parent / "build"


def main() -> None:
    folder = BUILD / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    office, campaign, units = offices.made(folder / "office")
    saved = measures.saving(office, campaign, units[0], folder / "scratch")
    office.close()
    province = folder / "registry"
    parts: tuple[Callable[[], list[rows.Row]], ...] = (
        lambda: [*measures.start(folder / "office"), measures.unlocking(folder / "office"), saved],
        lambda: sheets.measured(folder),
        lambda: registry.measured(province),
        lambda: window.measured(province),
        lambda: lists.measured(province),
        lambda: figures.measured(province),
        lambda: packages.measured(folder),
        lambda: quarter.measured(folder / "quarter"),
        papers.measured,
        lambda: first_page.measured(province),
        lambda: entry.measured(province),
    )
    print(rows.HEAD)
    found: list[rows.Row] = []
    for part in parts:
        measured = part()
        print(rows.shown(measured), flush=True)
        found += measured
    rows.write(found, BUILD / "bench.json")


if __name__ == "__main__":
    main()

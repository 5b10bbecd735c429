"""`make bench`: prints the table and writes build/bench.json. It judges nothing; a timed test would only annoy."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bench import entry, figures, measures, offices, packages, papers, quarter, registry, rows, sheets, window

BUILD = Path(__file__).resolve().parent.parent.parent / "build"


def main() -> None:
    folder = BUILD / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    office, campaign, units = offices.made(folder / "office")
    saved = measures.saving(office, campaign, units[0], folder / "scratch")
    office.close()
    found = [*measures.start(folder / "office"), measures.unlocking(folder / "office"), saved]
    found += [*sheets.measured(folder), *registry.measured(folder / "registry")]
    found += [*window.measured(folder / "registry"), *figures.measured(folder / "registry")]
    found += entry.measured(folder / "registry")
    found += [*packages.measured(folder), *quarter.measured(folder / "quarter"), *papers.measured()]
    print(rows.shown(found))
    rows.write(found, BUILD / "bench.json")


if __name__ == "__main__":
    main()

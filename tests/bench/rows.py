"""The table of the bench: each figure beside its floor, measured in the same run."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """`goal` is the highest ratio that is still good; where there is no floor, the highest value of `ours`."""

    name: str
    unit: str
    ours: float
    floor: float | None
    ratio: float | None
    goal: float

    @property
    def good(self) -> bool:
        return (self.ours if self.ratio is None else self.ratio) <= self.goal


def against(name: str, unit: str, ours: list[float], floor: list[float], goal: float) -> Row:
    """Medians of runs taken in turn, so that a slow minute of the machine falls on both."""
    mine, bare = statistics.median(ours), statistics.median(floor)
    return Row(name, unit, round(mine, 3), round(bare, 3), round(mine / bare, 2), goal)


def in_turn(ours: Callable[[], float], floor: Callable[[], float], runs: int) -> tuple[list[float], list[float]]:
    """One uncounted run of each, then `runs` of each in turn."""
    ours(), floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


HEAD = f"{'':46}{'ours':>10}{'floor':>10}{'ratio':>8}{'goal':>8}"


def shown(rows: list[Row]) -> str:
    lines = []
    for row in rows:
        floor = "–" if row.floor is None else f"{row.floor:.2f}"
        ratio = "–" if row.ratio is None else f"{row.ratio:.2f}"
        mark = "" if row.good else "  above the goal"
        lines.append(f"{row.name + ' (' + row.unit + ')':46}{row.ours:>10.2f}{floor:>10}{ratio:>8}{row.goal:>8}{mark}")
    return "\n".join(lines)


def write(rows: list[Row], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

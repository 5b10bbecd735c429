"""Counts of persons in the copy that travels in clear: a cell under five persons says "dưới 5", and no sum betrays it.

A hidden cell could be worked out from the total and the cells that remain. So further rows are hidden, the smallest
first, until every cell under five has at least two possible values; where no choice of rows is enough, the total is
hidden too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_SHOWN = 5
UNDER_FIVE = "dưới 5"
WITHHELD = "*"
_MANY = 10**9

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Count:
    """One row: how many times, and how many different persons (at least one, at most as many as times)."""

    times: int
    people: int

    @property
    def small(self) -> bool:
        return 0 < self.people < LEAST_SHOWN


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """What each row prints in place of its count, None for the count itself; whether the sum may show."""

    rows: tuple[str | None, ...]
    total: bool


def shown_counts(counts: Sequence[Count]) -> ShownCounts:
    """Which counts a copy in clear may show."""
    hidden = {at for at, count in enumerate(counts) if count.small}
    if not hidden:
        return ShownCounts((None,) * len(counts), total=True)
    others = sorted((count.times, at) for at, count in enumerate(counts) if at not in hidden and count.times)
    while not _safe(counts, hidden) and others:
        hidden.add(others.pop(0)[1])
    safe = _safe(counts, hidden)
    if not safe:
        hidden = {at for at, count in enumerate(counts) if count.small}
    rows = tuple(_mark(count) if at in hidden else None for at, count in enumerate(counts))
    return ShownCounts(rows, total=safe)


def _mark(count: Count) -> str:
    """A row of few persons helped often has five or more times: the mark speaks of persons, not of times."""
    if not count.small:
        return WITHHELD
    return UNDER_FIVE if count.times < LEAST_SHOWN else f"{UNDER_FIVE} người"


def _safe(counts: Sequence[Count], hidden: set[int]) -> bool:
    """Whether a reader who knows the total and the marks cannot tell any cell under five."""
    ranges = {at: _known(counts[at]) for at in hidden}
    total = sum(counts[at].times for at in hidden)
    return all(_choices(at, ranges, total) > 1 for at in hidden if counts[at].small)


def _known(count: Count) -> Range:
    """The times that a row's mark leaves possible."""
    return (1, LEAST_SHOWN - 1) if _mark(count) == UNDER_FIVE else (LEAST_SHOWN, _MANY)


def _choices(at: int, ranges: dict[int, Range], total: int) -> int:
    """How many values row `at` may have when all hidden rows sum up to `total`."""
    least = sum(low for other, (low, _) in ranges.items() if other != at)
    most = sum(high for other, (_, high) in ranges.items() if other != at)
    low, high = ranges[at]
    return min(high, total - least) - max(low, total - most) + 1

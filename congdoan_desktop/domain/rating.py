"""The yearly rating of CĐCS (Hướng dẫn 1294/HD-TLĐ, rule B05): four levels by points, with criteria as dated data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from congdoan_desktop.domain.dates import whole_months
from congdoan_desktop.domain.period_report import Letterhead, Signature
from congdoan_desktop.errors import Finding

HUNDREDTHS = 100
MONTHS_AFTER_FOUNDING, MONTHS_AFTER_REORGANISATION = 12, 6
"""Full months of activity before a CĐCS is rated (Hướng dẫn 1294/HD-TLĐ, rule B05)."""


@dataclass(frozen=True, slots=True)
class Score:
    """Points given for one criterion of the catalogue, in hundredths of a point."""

    criterion: str
    points: int


@dataclass(frozen=True, slots=True)
class Rating:
    """How a union was rated for a year. `level` is a code of the catalogue of rating levels."""

    TYPE: ClassVar[str] = "rating"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"note"})

    unit: str
    year: int
    level: str
    scores: tuple[Score, ...] = ()
    decision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a CĐCS is rated for a year, and since when it counts as active (None: nobody knows, and it is rated)."""

    rated: bool
    since: date | None
    months: int | None
    needed: int


def eligibility(founded: date | None, reorganised: date | None, year_end: date) -> Eligibility:
    """`reorganised`: the last split or merger that made the union what it is, None when there was none."""
    needed = MONTHS_AFTER_REORGANISATION if reorganised else MONTHS_AFTER_FOUNDING
    since = reorganised or founded
    if since is None:
        return Eligibility(rated=True, since=None, months=None, needed=needed)
    # The day itself is one of activity: founded on 1 January, twelve months are full on 31 December.
    months = whole_months(since, year_end + timedelta(days=1))
    return Eligibility(months >= needed, since, months, needed)


def level_for(points: int, bands: Iterable[tuple[str, int]]) -> str:
    """The level of a sum of points in hundredths; `bands` are (level, least points in whole), "" below all of them."""
    reached = [(least, level) for level, least in bands if points >= least * HUNDREDTHS]
    return max(reached)[1] if reached else ""


def validate_rating(rating: Rating, most: Mapping[str, int], levels: Collection[str]) -> tuple[Finding, ...]:
    """`most`: criterion -> highest points in whole."""
    found = []
    if rating.level not in levels:
        found.append(Finding("level", "Chọn mức xếp loại."))
    for score in rating.scores:
        highest = most.get(score.criterion, 0)
        if not 0 <= score.points <= highest * HUNDREDTHS:
            found.append(Finding(score.criterion, f"Điểm của nhóm này từ 0 đến {highest}."))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RatedUnit:
    """A line of the list: `points` in hundredths, None where none were given; `level` by its name."""

    name: str
    points: int | None
    level: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RatingList:
    """The list "Danh sách xếp loại công đoàn cơ sở" of a year. `sums`: how many of each level."""

    letterhead: Letterhead
    year: int
    on: date
    rated: tuple[RatedUnit, ...]
    unrated: tuple[RatedUnit, ...]
    sums: tuple[tuple[str, int], ...]
    signature: Signature
    sample: bool = False

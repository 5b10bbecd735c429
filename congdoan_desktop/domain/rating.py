"""The yearly rating of CĐCS (Hướng dẫn 1294/HD-TLĐ, rule B05): four levels by points, with criteria as dated data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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

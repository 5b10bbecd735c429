"""Figures that unions counted themselves, where there are no records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.services.evaluation.frame import Frame
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class Told:
    """What one line counted; several unions that are one now are added up."""

    numerator: int
    denominator: int | None


def told(frame: Frame, indicator: str) -> Mapping[str, Told]:
    """Line -> its latest figure that ends within the period; nothing of another period."""
    t = TABLES[EnteredFigure.TYPE].c
    query = (
        select(t.unit, t.numerator, t.denominator)
        .where(t.indicator == indicator, t.ends.between(frame.starts, frame.ends))
        .order_by(t.ends, t.generation, t.hash)
    )
    latest = {unit: Told(numerator, base) for unit, numerator, base in frame.connection.execute(query)}
    found: dict[str, Told] = {}
    for unit, one in latest.items():
        line = frame.line_of.get(unit)
        if line is not None:
            found[line] = _added(found[line], one) if line in found else one
    return found


def _added(one: Told, other: Told) -> Told:
    bases = (one.denominator, other.denominator)
    known = None if None in bases else sum(base for base in bases if base is not None)
    return Told(one.numerator + other.numerator, known)

"""A correction that came after a period was locked: its difference counts in a later period, and the lock stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from congdoan_desktop.domain.figures import Figure, PeriodFigures, ToDate
from congdoan_desktop.errors import Finding


@dataclass(frozen=True, slots=True)
class AdjustedPart:
    """What is added to a unit's own part in a target; below nothing to take away. `denominator` None: a bare count."""

    target: str
    unit: str
    numerator: int
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The word of `unit`: from the day `on` what `of` reports counts with `parts` more.

    It is pinned to two packages for the period that starts and ends so: `locked`, whose figures stand, and `package`,
    which came too late and says otherwise.
    """

    TYPE: ClassVar[str] = "adjustment"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})

    unit: str
    of: str
    campaign: str
    period_name: str
    starts: date
    ends: date
    locked: str
    package: str
    on: date
    parts: tuple[AdjustedPart, ...] = ()
    reason: str = ""


def validate_adjustment(made: Adjustment) -> tuple[Finding, ...]:
    found = []
    if not made.reason:
        found.append(Finding("note", "Ghi lý do điều chỉnh sau khoá."))
    if made.on <= made.ends:
        found.append(Finding("on", "Điều chỉnh tính vào kỳ sau: chọn ngày sau ngày cuối của kỳ đã khoá."))
    if not made.parts:
        found.append(Finding("note", "Gói này không khác số liệu đã khoá, không có gì để điều chỉnh."))
    return tuple(found)


def difference(
    locked: PeriodFigures, late: PeriodFigures, before: Iterable[AdjustedPart] = ()
) -> tuple[AdjustedPart, ...]:
    """What the late figures say beyond the locked ones and beyond what was adjusted `before`, by target and unit.

    A unit that is new is there with nothing too, because it counts among those that should reach a mark.
    """
    then, now = _parts(locked), _parts(late)
    for part in before:
        numerator, denominator = then.get((part.target, part.unit), (0, part.denominator and 0))
        base = None if denominator is None else denominator + (part.denominator or 0)
        then[part.target, part.unit] = numerator + part.numerator, base
    changed = (key for key in dict.fromkeys((*then, *now)) if then.get(key) != now.get(key))
    return tuple(_between(key, then.get(key), now.get(key)) for key in changed)


def adjusted(figures: PeriodFigures, parts: Iterable[AdjustedPart]) -> PeriodFigures:
    """The figures with the parts in them, those of the period as well as those since the plan's first day."""
    for part in parts:
        whole = replace(part, unit=figures.unit)
        period = _into(figures.figures, part)
        period = period if part.unit == figures.unit else _into(period, whole, only_known=True)
        figures = replace(figures, figures=period, to_date=_into_parts(figures.to_date, part))
    return figures


def _parts(figures: PeriodFigures) -> dict[tuple[str, str], tuple[int, int | None]]:
    told: Iterable[ToDate | Figure] = figures.to_date or figures.figures
    return {(one.target, one.unit): (one.numerator, one.denominator) for one in told}


def _between(
    key: tuple[str, str], then: tuple[int, int | None] | None, now: tuple[int, int | None] | None
) -> AdjustedPart:
    bases = [one[1] for one in (then, now) if one is not None and one[1] is not None]
    base = ((now and now[1]) or 0) - ((then and then[1]) or 0) if bases else None
    return AdjustedPart(*key, (now[0] if now else 0) - (then[0] if then else 0), base)


def _into(figures: tuple[Figure, ...], part: AdjustedPart, *, only_known: bool = False) -> tuple[Figure, ...]:
    """`only_known`: a sum is raised where it adds up; where it counts units that reach a mark it is counted anew."""
    if any((one.target, one.unit) == (part.target, part.unit) for one in figures):
        return tuple(
            _raised(one, part) if (one.target, one.unit) == (part.target, part.unit) else one for one in figures
        )
    indicators = {one.target: one.indicator for one in figures}
    if only_known or part.target not in indicators:
        return figures
    new = Figure(part.target, indicators[part.target], part.unit, part.numerator, part.denominator)
    return (*figures, new)


def _raised(one: Figure, part: AdjustedPart) -> Figure:
    if (one.denominator is None) != (part.denominator is None):
        return one
    return replace(one, numerator=one.numerator + part.numerator, denominator=_sum(one.denominator, part.denominator))


def _into_parts(told: tuple[ToDate, ...], part: AdjustedPart) -> tuple[ToDate, ...]:
    at: Mapping[tuple[str, str], int] = {(one.target, one.unit): place for place, one in enumerate(told)}
    place = at.get((part.target, part.unit))
    if place is None:
        return (*told, ToDate(part.target, part.unit, part.numerator, part.denominator)) if told else told
    one = told[place]
    raised = replace(one, numerator=one.numerator + part.numerator, denominator=_sum(one.denominator, part.denominator))
    return (*told[:place], raised, *told[place + 1 :])


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None else one + (other or 0)

"""Where a target stands: met, on the way or late against the share of its time that is over; what is lacking; how it
will end at the present pace. All on whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.campaigns import Phase
from congdoan_desktop.domain.indicators import Result, edge

MET, ON_THE_WAY, LATE, UNLIKELY, OVER, MISSED, NO_DATA = "met", "on_way", "late", "unlikely", "over", "missed", "none"
_AT_MOST = ("lt", "lte")


@dataclass(frozen=True, slots=True)
class Time:
    """How many days of a stretch are over, the present day with them, of how many."""

    over: int
    total: int


@dataclass(frozen=True, slots=True)
class Pace:
    """`state` is one of the words above. `needed`: the numerator asked for. `lacking`: how many it still wants, or by
    how many it is over where no more were allowed. `forecast`: the numerator at the end, None where nothing is over.
    """

    state: str
    needed: int
    lacking: int
    forecast: int | None


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """The phase under way, and the numerator that is asked for by its last day."""

    name: str
    ends: date
    needed: int


def time_of(starts: date, ends: date, today: date) -> Time:
    total = (ends - starts).days + 1
    return Time(min(max((today - starts).days + 1, 0), total), total)


def by_phase(phases: Iterable[Phase], starts: date, ends: date, day: date, needed: int) -> PhaseMark | None:
    """What an even pace asks for by the end of the phase that the day is in; of several the one that ends first."""
    now = [phase for phase in phases if phase.starts <= day <= phase.ends]
    if not now:
        return None
    first = min(now, key=lambda phase: (phase.ends, phase.name))
    time = time_of(starts, ends, first.ends)
    return PhaseMark(first.name, first.ends, -(-needed * time.over // time.total))


def pace(op: str, value: int, decimals: int, result: Result, time: Time, *, grows: bool) -> Pace:
    """`grows`: what is counted adds up over the time, so that its pace can be drawn on; a stock stands where it is."""
    needed = edge(op, value, result.denominator, decimals)
    forecast = _forecast(result, time) if grows else result.numerator
    if result.met is None:
        return Pace(NO_DATA, needed, 0, None)
    if op in _AT_MOST or (op == "eq" and result.numerator > needed):
        beyond = max(0, result.numerator - needed)
        return Pace(MET if result.met else OVER, needed, beyond, forecast)
    lacking = max(0, needed - result.numerator)
    return Pace(MET if result.met else _behind(result.numerator, needed, time), needed, lacking, forecast)


def _behind(numerator: int, needed: int, time: Time) -> str:
    """Against what an even pace would have brought by now: as much is on the way, less than half of it unlikely."""
    if time.over >= time.total:
        return MISSED
    if numerator * time.total >= needed * time.over:
        return ON_THE_WAY
    return LATE if 2 * numerator * time.total >= needed * time.over else UNLIKELY


def _forecast(result: Result, time: Time) -> int | None:
    if not time.over:
        return None
    drawn_on = result.numerator * time.total // time.over
    return drawn_on if result.denominator is None else min(drawn_on, result.denominator)

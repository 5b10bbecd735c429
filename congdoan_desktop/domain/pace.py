"""Where a target stands: met, on the way or late against the share of its time that is over; what is lacking; how it
will end at the present pace. All on whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def time_of(starts: date, ends: date, today: date) -> Time:
    total = (ends - starts).days + 1
    return Time(min(max((today - starts).days + 1, 0), total), total)


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

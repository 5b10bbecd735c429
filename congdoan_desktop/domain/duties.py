"""When a report that a plan asks for is due: on its day, or again and again by its cadence (rule B04).

"Trước ngày 10/8" may mean that a report on 10/8 is late; the officer's decision stands in `Duty.choice`, and without
one the earlier day is shown. A duty "theo quy định" without a day falls due on the last day of each period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from congdoan_desktop.domain import periods
from congdoan_desktop.domain.campaigns import Duty
from congdoan_desktop.domain.periods import Period

DAY_COUNTS, DAY_IS_LATE = "day_counts", "day_is_late"

_OF_YEAR: Mapping[str, Callable[[int], list[Period]]] = {
    "month": lambda year: [periods.month(year, number) for number in range(1, 13)],
    "quarter": lambda year: [periods.quarter(year, number) for number in range(1, 5)],
    "half": lambda year: [periods.half_year(year, number) for number in (1, 2)],
    "year": lambda year: [periods.year(year)],
    "statistics": lambda year: [periods.statistics_half(year, 1), periods.statistics_year(year)],
}
CADENCES = tuple(_OF_YEAR)


@dataclass(frozen=True, slots=True)
class Due:
    """One time that a report is due: the last day in time, and the period it is about (None: the plan as a whole)."""

    day: date
    period: Period | None = None


def last_day(duty: Duty) -> date | None:
    """The last day on which a dated duty is done in time, None for one that only returns."""
    if duty.due is None or duty.relation != "before" or duty.choice == DAY_COUNTS:
        return duty.due
    return duty.due - timedelta(days=1)


def next_due(duty: Duty, starts: date, ends: date, today: date) -> Due | None:
    """The first that is not past, else the last one; None for a duty without any day in the plan's time."""
    found = dues(duty, starts, ends)
    return next((due for due in found if due.day >= today), found[-1] if found else None)


def dues(duty: Duty, starts: date, ends: date) -> list[Due]:
    """All times within the plan's days, earliest first; longer periods after shorter ones of the same day."""
    found = [*_dated(duty), *(due for code in duty.cadence for due in _returning(code, starts, ends))]
    return sorted(found, key=lambda due: (due.day, -(due.period.starts.toordinal() if due.period else 0)))


def _dated(duty: Duty) -> Iterator[Due]:
    day = last_day(duty)
    if day is not None:
        yield Due(day)


def _returning(code: str, starts: date, ends: date) -> Iterator[Due]:
    for year in range(starts.year, ends.year + 1):
        for period in _OF_YEAR[code](year) if code in _OF_YEAR else ():
            if starts <= period.ends <= ends:
                yield Due(period.ends, period)

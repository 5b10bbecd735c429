"""Periods that reports cover (B01, B04): the statistics year closes on 30 November, its half on 31 May."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days, both ends included; `name` as papers print it ("quý III năm 2026")."""

    kind: str
    name: str
    starts: date
    ends: date


def month(year: int, number: int) -> Period:
    return _months(
        "month", f"tháng {number:02} năm {year}" if number < 3 else f"tháng {number} năm {year}", year, number, number
    )


def quarter(year: int, number: int) -> Period:
    return _months("quarter", f"quý {_ROMAN[number - 1]} năm {year}", year, 3 * number - 2, 3 * number)


def half_year(year: int, number: int) -> Period:
    which = "đầu" if number == 1 else "cuối"
    return _months("half", f"6 tháng {which} năm {year}", year, 6 * number - 5, 6 * number)


def year(number: int) -> Period:
    return _months("year", f"năm {number}", number, 1, 12)


def statistics_half(number: int) -> Period:
    """1 December to 31 May (forms 1-HĐCĐ and 2-HĐCĐ)."""
    return Period("statistics_half", f"6 tháng đầu năm {number}", date(number - 1, 12, 1), date(number, 5, 31))


def statistics_year(number: int) -> Period:
    """1 December to 30 November."""
    return Period("statistics_year", f"năm {number}", date(number - 1, 12, 1), date(number, 11, 30))


def free(starts: date, ends: date, name: str = "") -> Period:
    """Any stretch: a phase, an event, from one day to another.

    Raises: ValueError when it ends before it starts.
    """
    if ends < starts:
        raise ValueError("ends before it starts")
    shown = f"từ ngày {starts:%d/%m/%Y} đến ngày {ends:%d/%m/%Y}"
    return Period("free", name or shown, starts, ends)


def usual(on: date) -> tuple[Period, ...]:
    """What a report made on a day is usually about, the narrowest first."""
    half = 1 if on.month <= 6 else 2
    return (
        month(on.year, on.month),
        quarter(on.year, (on.month + 2) // 3),
        half_year(on.year, half),
        year(on.year),
        statistics_half(on.year),
        statistics_year(on.year),
    )


def _months(kind: str, name: str, in_year: int, first: int, last: int) -> Period:
    return Period(kind, name, date(in_year, first, 1), date(in_year, last, calendar.monthrange(in_year, last)[1]))

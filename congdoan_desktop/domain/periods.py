"""Periods that reports cover (B01, B04): the statistics year closes on 30 November, its half on 31 May."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from congdoan_desktop.domain.dates import DateRange, NotADate, cited_date, parse_range
from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.errors import AppError

_ROMAN = ("I", "II", "III", "IV")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"dau": 1, "cuoi": 2}
_ORDERED = ("đợt ", "giai đoạn ", "tuần lễ ", "tháng ")
SO_FAR, CLOSING = _REVIEWS = "sơ kết", "tổng kết"
_EARLIEST, _LATEST = 1901, 2100


class NotAPeriod(AppError):
    """Text that names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}” không đọc được thành kỳ báo cáo.",
            todo="Gõ như “quý III năm 2026”, “6 tháng đầu năm 2026” hoặc “từ 22 - 28/7/2026”.",
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days, both ends included; `name` as papers print it ("quý III năm 2026")."""

    kind: str
    name: str
    starts: date
    ends: date

    @property
    def label(self) -> str:
        """The name with its days, for a list of choices: a statistics year is printed like a calendar year."""
        return f"{self.name} ({cited_date(self.starts)} – {cited_date(self.ends)})"


def month(year: int, number: int) -> Period:
    return _months("month", f"tháng {number:02}" if number < 3 else f"tháng {number}", year, number, number)


def quarter(year: int, number: int) -> Period:
    return _months("quarter", f"quý {_ROMAN[number - 1]}", year, 3 * number - 2, 3 * number)


def half_year(year: int, number: int) -> Period:
    which = "đầu" if number == 1 else "cuối"
    return _months("half", f"6 tháng {which}", year, 6 * number - 5, 6 * number)


def year(number: int) -> Period:
    return Period("year", f"năm {number}", date(number, 1, 1), date(number, 12, 31))


def statistics_half(year: int, number: int) -> Period:
    """1 December to 31 May (forms 1-HĐCĐ and 2-HĐCĐ), and 1 June to 30 November."""
    if number == 1:
        return Period("statistics_half", f"6 tháng đầu năm {year}", date(year - 1, 12, 1), date(year, 5, 31))
    return Period("statistics_half", f"6 tháng cuối năm {year}", date(year, 6, 1), date(year, 11, 30))


def statistics_year(number: int) -> Period:
    """1 December to 30 November (forms 1-HĐCĐ and 2-HĐCĐ)."""
    return Period("statistics_year", f"năm {number}", date(number - 1, 12, 1), date(number, 11, 30))


def phase(starts: date, ends: date, name: str) -> Period:
    """A stretch a plan names, such as "Đợt 1".

    Raises: ValueError when it ends before it starts.
    """
    return _stretch("phase", name, starts, ends)


def phase_named(name: str) -> str:
    """A phase's name as it stands inside a sentence: "đợt 1", "tuần “Bữa cơm Công đoàn”", "“Hướng về biển đảo”"."""
    bare = clean(name)
    if "“" not in bare and not bare.lower().startswith(_ORDERED):
        return f"“{bare}”"
    return bare[:1].lower() + bare[1:]


def is_review(name: str) -> bool:
    """Whether a period is named by what is written of it: "sơ kết", "tổng kết đợt 1"."""
    return name.strip().lower().startswith(_REVIEWS)


def spanned(name: str, starts: date, ends: date) -> str:
    """How the caption of a table tells the period: by its name, that of a review by its days."""
    return between(starts, ends).name if is_review(name) else name


def free(starts: date, ends: date, name: str = "") -> Period:
    """Any stretch, from one day to another.

    Raises: ValueError when it ends before it starts.
    """
    shown = f"từ ngày {cited_date(starts)} đến ngày {cited_date(ends)}"
    return _stretch("free", name or shown, starts, ends)


def between(starts: date, ends: date) -> Period:
    """The calendar period that these days make up ("năm 2024", "quý III năm 2024"), or the bare days.

    Raises: ValueError when it ends before it starts.
    """
    whole = (_CONTAINING[kind](starts) for kind in ("month", "quarter", "half", "year"))
    return next((period for period in whole if (period.starts, period.ends) == (starts, ends)), free(starts, ends))


_CONTAINING: Mapping[str, Callable[[date], Period]] = {
    "month": lambda day: month(day.year, day.month),
    "quarter": lambda day: quarter(day.year, (day.month + 2) // 3),
    "half": lambda day: half_year(day.year, 1 if day.month <= 6 else 2),
    "year": lambda day: year(day.year),
    "statistics_half": lambda day: statistics_half(_statistics_year_of(day), 2 if 6 <= day.month <= 11 else 1),
    "statistics_year": lambda day: statistics_year(_statistics_year_of(day)),
}


def containing(kind: str, day: date) -> Period:
    """The calendar or statistics period of a kind ("month", "quarter", "half", "year", "statistics_year", ...)."""
    return _CONTAINING[kind](day)


def before(starts: date, ends: date) -> Period | None:
    """The period of the same kind before this one; None for days that make up no calendar or statistics period."""
    for kind, containing_of in _CONTAINING.items():
        this = containing_of(starts)
        if (this.starts, this.ends) == (starts, ends):
            return containing(kind, starts - timedelta(days=1))
    return None


def year_before(starts: date, ends: date) -> tuple[date, date]:
    """The same days a year earlier; the last day of a February stays the last."""
    return _year_before(starts), _year_before(ends + timedelta(days=1)) - timedelta(days=1)


def periods_within(starts: date, ends: date) -> tuple[Period, ...]:
    """The months that two days touch, or the quarters where they lie more than a year apart."""
    kind = "month" if (ends - starts).days <= 366 else "quarter"
    found = [containing(kind, starts)]
    while found[-1].ends < ends:
        found.append(containing(kind, found[-1].ends + timedelta(days=1)))
    return tuple(found)


def usual(on: date) -> tuple[Period, ...]:
    """What a report made on a day is usually about, the narrowest first."""
    return tuple(period(on) for period in _CONTAINING.values())


def parse_period(text: str, *, today: date) -> Period:
    """A period out of its printed name, "quý 3/2026", "tháng 6", "2026", "năm thống kê 2026", or a stretch of days.

    Raises: NotAPeriod.
    """
    key = search_key(text).strip(" .,;")
    for pattern, make in _FORMS:
        if found := pattern.fullmatch(key):
            in_year = int(found["year"] or today.year)
            if _EARLIEST <= in_year <= _LATEST:
                return make(in_year, found)
    try:
        return _free_of(text, parse_range(text, today=today))
    except NotADate as error:
        raise NotAPeriod(clean(text)) from error


def _free_of(text: str, stretch: DateRange) -> Period:
    if stretch.starts is None or stretch.ends is None:
        raise NotAPeriod(clean(text))
    return free(stretch.starts, stretch.ends)


_YEAR = r"(?:(?: ?[/-] ?| nam | )(?P<year>\d{4})| nam)?"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[int, re.Match[str]], Period]], ...] = tuple(
    (re.compile(pattern, re.ASCII), make)
    for pattern, make in (
        (rf"thang (?P<number>0?[1-9]|1[0-2]){_YEAR}", lambda year, at: month(year, int(at["number"]))),
        (rf"(?:qui|q) ?(?P<number>iv|i{{1,3}}|[1-4]){_YEAR}", lambda year, at: quarter(year, _QUARTERS[at["number"]])),
        (rf"(?:6|sau) thang (?P<number>dau|cuoi){_YEAR}", lambda year, at: half_year(year, _HALVES[at["number"]])),
        (
            r"(?:6|sau) thang (?P<number>dau|cuoi) nam thong ke (?P<year>\d{4})",
            lambda year, at: statistics_half(year, _HALVES[at["number"]]),
        ),
        (r"nam thong ke (?P<year>\d{4})", lambda year, _: statistics_year(year)),
        (r"(?:nam )?(?P<year>\d{4})", lambda in_year, _: year(in_year)),
    )
)


def _months(kind: str, name: str, in_year: int, first: int, last: int) -> Period:
    ends = date(in_year, last, calendar.monthrange(in_year, last)[1])
    return Period(kind, f"{name} năm {in_year}", date(in_year, first, 1), ends)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _statistics_year_of(day: date) -> int:
    return day.year + (day.month == 12)


def _stretch(kind: str, name: str, starts: date, ends: date) -> Period:
    if ends < starts:
        raise ValueError("ends before it starts")
    return Period(kind, name, starts, ends)

"""Dates as officers type them and as papers print them: day first always, precision kept (D21, D22, A09, D25)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import AppError

_CAN = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_CHI = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
# The first day of the lunar year at 105° E; a table, because no rule on solar months gives it (D25).
_TET: Mapping[int, tuple[int, int]] = {
    2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13),
    2030: (2, 2), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip

_FLAGS = re.IGNORECASE | re.ASCII
_NUMERIC = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d+))?", _FLAGS)
_WORDED = re.compile(r"(?:ngày\s*)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:,?\s+năm\s+(\d+))?", _FLAGS)
_MONTH = re.compile(r"(?:(?:ngày\s+)?tháng\s+)?(\d{1,2})(?:\s*[/.-]\s*|,?\s+năm\s+)(\d{4})", _FLAGS)
_BARE_MONTH = re.compile(r"tháng\s+(\d{1,2})", _FLAGS)
_YEAR = re.compile(r"(?:năm\s+)?(\d{4})", _FLAGS)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", _FLAGS)
_DAY_ALONE = re.compile(r"(?:ngày\s*)?(\d{1,2})", _FLAGS)

_FROM = re.compile(r"(?:kể\s+)?từ\s+(?:ngày\s+)?", _FLAGS)
_UNTIL = re.compile(r"\s*(?:[-–—]|\b(?:đến|tới)(?:\s+hết)?(?=\s|$))\s*", re.IGNORECASE)
_UNSAID = re.compile(r"khi\b.*|nay|\.{3}|…|", _FLAGS)


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class NotADate(AppError):
    """Text that is no date; says why and what to type."""

    def __init__(self, what: str, todo: str = "Gõ ngày/tháng/năm, ví dụ 20/11/2026.") -> None:
        super().__init__(what, todo=todo)


class NoSuchDate(NotADate):
    """Text in the shape of a date that the calendar does not have, or that may mean two years."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision: `value` is the first day it may mean, `text` what was written."""

    value: date
    precision: Precision
    text: str

    @property
    def last(self) -> date:
        """The last day it may mean."""
        month = 12 if self.precision is Precision.YEAR else self.value.month
        if self.precision is Precision.DAY:
            return self.value
        return date(self.value.year, month, calendar.monthrange(self.value.year, month)[1])


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, None where the end is open; `text` as written."""

    starts: date | None
    ends: date | None
    text: str


def parse_date(text: str, *, today: date) -> PartialDate:
    """A date out of "5/4", "05/04/2025", "tháng 01/2024", "1985". Without a year, the one of `today`.

    Raises: NotADate, also for a two-digit year, which must be asked for.
    """
    bare = clean(text).strip(" .,;")
    if found := _MONTH.fullmatch(bare):
        return PartialDate(_day(1, int(found[1]), int(found[2])), Precision.MONTH, bare)
    if found := _BARE_MONTH.fullmatch(bare):
        return PartialDate(_day(1, int(found[1]), today.year), Precision.MONTH, bare)
    if found := _NUMERIC.fullmatch(bare) or _WORDED.fullmatch(bare):
        return PartialDate(_day(int(found[1]), int(found[2]), _year(found[3], today)), Precision.DAY, bare)
    if found := _YEAR_FIRST.fullmatch(bare):
        return PartialDate(_day(int(found[3]), int(found[2]), int(found[1])), Precision.DAY, bare)
    if found := _YEAR.fullmatch(bare):
        return PartialDate(_day(1, 1, int(found[1])), Precision.YEAR, bare)
    raise NotADate(f"“{bare}” không phải ngày.")


def parse_day(text: str, *, today: date) -> date:
    """A full day.

    Raises: NotADate, also when only a month or a year was given.
    """
    found = parse_date(text, today=today)
    if found.precision is not Precision.DAY:
        raise NotADate("Cần đủ ngày, tháng, năm.")
    return found.value


def parse_range(text: str, *, today: date) -> DateRange:
    """First and last day of "từ 22 - 28/7/2024", "từ ngày 08 đến ngày 10 tháng 12 năm 2025", "15/4/1963-15/4/2024".

    A month or a year counts whole; "từ 01/8/2024 đến khi ..." and "đến 31/7/2024" are open at one end; a single date
    begins and ends itself.

    Raises: NotADate.
    """
    written = clean(text)
    bare = _FROM.sub("", written.strip(" ().,;"), count=1)
    for split in _UNTIL.finditer(bare):
        try:
            return _range(bare[: split.start()], bare[split.end() :], written, today)
        except NoSuchDate:
            raise
        except NotADate:
            continue
    only = parse_date(bare, today=today)
    is_open = _FROM.match(written.strip(" (")) is not None
    return DateRange(only.value, None if is_open else only.last, written)


def months_after(day: date, months: int) -> date:
    """The same day of a later (or, with negative months, an earlier) month, or the last one that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(starts: date, ends: date) -> int:
    """Full months from one day to another, negative before it: 15/3 to 14/4 is 0, to 15/4 is 1."""
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    return months - (months_after(starts, months) > ends)


def official_date(day: date) -> str:
    """As on papers: days below 10 and months 1 and 2 padded, months 3 to 9 not (Nghị định 30/2020, Phụ lục I, II.4)."""
    return f"ngày {day.day:02} tháng {_padded(day.month)} năm {day.year}"


def short_date(day: date) -> str:
    """As in the window: "20/11/2026"."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def cited_date(day: date) -> str:
    """As inside the text of papers: "05/6/2026", "14/01/2026"."""
    return f"{day.day:02}/{_padded(day.month)}/{day.year}"


def lunar_year_name(year: int) -> str:
    """The name of the lunar year that begins in a solar year: 2026 -> "Bính Ngọ" (D25)."""
    return f"{_CAN[(year + 6) % 10]} {_CHI[(year + 8) % 12]}"


def tet(year: int) -> date | None:
    """The first day of Tết Nguyên đán in a solar year, None outside the table."""
    month_and_day = _TET.get(year)
    return date(year, *month_and_day) if month_and_day else None


def _range(first: str, last: str, written: str, today: date) -> DateRange:
    if _UNSAID.fullmatch(last):
        return DateRange(parse_date(first, today=today).value, None, written)
    end = parse_date(last, today=today)
    if not first:
        return DateRange(None, end.last, written)
    start = _range_start(first, end)
    if start > end.last:
        raise NoSuchDate("Ngày đầu sau ngày cuối.", "Xem lại hai ngày.")
    return DateRange(start, end.last, written)


def _range_start(text: str, end: PartialDate) -> date:
    """The first day, with what it leaves out taken from the end: "25/12 - 05/01/2025" starts in the year before."""
    if (alone := _DAY_ALONE.fullmatch(text)) and end.precision is Precision.DAY:
        return _day(int(alone[1]), end.value.month, end.value.year)
    start = parse_date(text, today=end.value).value
    if start > end.last and not re.search(r"\d{4}", text):
        return parse_date(text, today=date(end.value.year - 1, 1, 1)).value
    return start


def _padded(month: int) -> str:
    return f"{month:02}" if month < 3 else str(month)


def _year(digits: str | None, today: date) -> int:
    if digits is None:
        return today.year
    if len(digits) == 2:
        raise NoSuchDate(f"Năm “{digits}” chưa rõ: 19{digits} hay 20{digits}?", "Gõ đủ bốn chữ số của năm.")
    if len(digits) != 4:
        raise NoSuchDate("Năm phải có bốn chữ số.", "Gõ đủ năm, ví dụ 1985 hoặc 2025.")
    return int(digits)


def _day(day: int, month: int, year: int) -> date:
    if not 1900 <= year <= 2100:
        raise NoSuchDate(f"Năm {year} ngoài khoảng 1900–2100.", "Xem lại năm.")
    if not 1 <= month <= 12:
        raise NoSuchDate(f"Không có tháng {month}.", "Gõ ngày trước, tháng sau: 20/11/2026.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        which = f"Tháng {month} năm {year}" if month == 2 else f"Tháng {month}"
        raise NoSuchDate(f"{which} có {last} ngày.", "Xem lại ngày.")
    return date(year, month, day)

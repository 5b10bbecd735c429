"""Cells that hold days: real dates, serials, years, and text, day first always (D21, D22)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from congdoan_desktop.domain.dates import NotADate, PartialDate, Precision, parse_date, short_date
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.spreadsheets.cells import Value
from congdoan_desktop.spreadsheets.findings import EMPTY, Problem, Read, doubted, wrong
from congdoan_desktop.spreadsheets.value_texts import hidden_in, not_words

_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(3_654, 73_415)
"""From 1910 to the end of 2100 in the 1900 system; smaller numbers are years or mistakes."""
_USUAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"(.*?\D)(\d{2})", re.ASCII | re.DOTALL)
_SHORT = re.compile(r"(?:ngày\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2}", re.ASCII | re.IGNORECASE)
_BOTH_WAYS = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2,4})", re.ASCII)
_HAS_YEAR = re.compile(r"\d{4}", re.ASCII)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?$")
_MONTH_AS_NUMBER = re.compile(r"(\d{1,2})\.((?:19|20)\d\d)", re.ASCII)
_LONGEST = 80
_PRECISIONS = {precision.value: precision for precision in Precision}


def reader(
    today: date, *, birth: bool, pivot: int | None = None, month_first: bool = False, precision: str = "day"
) -> Callable[[Value], Read]:
    """A reader of one column of dates; `birth` gives "1990", "1990-05" or "1990-05-12", others a `date`.

    `pivot`, `month_first` and `precision` are those of `columns.ColumnMatch`.
    """
    shown_precision = _PRECISIONS.get(precision, Precision.DAY)

    def day(value: date) -> Read:
        both = _both_ways(short_date(value)) if month_first else None
        return both or Read(PartialDate(value, shown_precision, ""))

    @lru_cache(maxsize=20_000, typed=True)
    def read(value: Value) -> Read:
        if isinstance(value, str):
            found = _text(value, today, pivot, month_first)
        elif isinstance(value, date):
            found = day(value.date() if isinstance(value, datetime) else value)
        else:
            found = _number(value)
        return _finished(found, today, birth=birth)

    return read


def _text(value: str, today: date, pivot: int | None, month_first: bool) -> Read:
    if found := _USUAL.fullmatch(value):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
        if day <= 28 and 1 <= month <= 12 and 1900 <= year <= 2100 and day and not month_first:
            return Read(PartialDate(date(year, month, day), Precision.DAY, value))
    if fault := hidden_in(value):
        return fault
    line = _CLOCK.sub("", one_line(value)).strip(" .,;'")
    if not line:
        return EMPTY
    if len(line) > _LONGEST:
        return wrong("Ô dài quá, không phải ngày.")
    if month_first and (both := _both_ways(line)):
        return both
    return _parsed(_with_century(line, pivot), today)


def _parsed(line: str, today: date) -> Read:
    try:
        found = parse_date(line, today=today)
    except NotADate as error:
        return wrong(str(error), _turned(line, today))
    if not _HAS_YEAR.search(line):
        return wrong("Thiếu năm. Gõ đủ ngày, tháng, năm.")
    return Read(found)


def _with_century(line: str, pivot: int | None) -> str:
    """A two-digit year in four digits, when the person said which century."""
    if pivot is None or not _SHORT.fullmatch(line):
        return line
    found = _SHORT_YEAR.fullmatch(line)
    assert found is not None
    return f"{found[1]}{19 if int(found[2]) >= pivot else 20}{found[2]}"


def _both_ways(line: str) -> Read | None:
    """A day that may be read both ways, in a column where the month may stand first."""
    found = _BOTH_WAYS.fullmatch(line)
    if found is None or found[1] == found[2] or max(int(found[1]), int(found[2])) > 12:
        return None
    first, second, year = int(found[1]), int(found[2]), found[3]
    return wrong(f"{first:02}/{second:02} hay {second:02}/{first:02}/{year}? Cột này có thể ghi tháng trước.")


def _turned(line: str, today: date) -> str:
    """The day that an American order means, where the order as written has none."""
    found = _BOTH_WAYS.fullmatch(line)
    if found is None or int(found[2]) <= 12:
        return ""
    try:
        return short_date(parse_date(f"{found[2]}/{found[1]}/{found[3]}", today=today).value)
    except NotADate:
        return ""


def _number(value: Value) -> Read:
    if isinstance(value, (bool, time, timedelta)):
        return wrong("Ô không chứa ngày. Ngày trước năm 1900 thì gõ bằng chữ số, ví dụ 05/04/1899.")
    if (fault := not_words(value)) is not None or not isinstance(value, (int, float)):
        return fault or wrong("Ô không chứa ngày.")
    if value == int(value):
        return _whole(int(value))
    if found := _MONTH_AS_NUMBER.fullmatch(str(value)):
        return wrong("Bảng tính đã đổi tháng và năm thành số.", f"{int(found[1]):02}/{found[2]}")
    if int(value) in _SERIALS:
        return _whole(int(value))
    return wrong("Ô chứa số, không phải ngày.")


def _whole(value: int) -> Read:
    if 1900 <= value <= 2100:
        return Read(PartialDate(date(value, 1, 1), Precision.YEAR, str(value)))
    if value in _SERIALS:
        day = _SERIAL_START + timedelta(days=value)
        return doubted(PartialDate(day, Precision.DAY, str(value)), f"Ô chứa số {value}, hiểu là {short_date(day)}.")
    return wrong("Ô chứa số, không phải ngày.")


def _finished(read: Read, today: date, *, birth: bool) -> Read:
    """In the range of years, not in the future, and as the field wants it."""
    found = read.value
    if not isinstance(found, PartialDate):
        return read
    if not 1900 <= found.value.year <= 2100:
        return wrong(f"Năm {found.value.year} ngoài khoảng 1900–2100. Xem lại năm.")
    if found.value > today:
        return wrong(f"Ngày {short_date(found.value)} chưa tới. Xem lại năm.")
    if birth:
        return Read(found.value.isoformat()[: _KEPT[found.precision]], read.problems)
    if found.precision is Precision.DAY:
        return Read(found.value, read.problems)
    what = "tháng và năm" if found.precision is Precision.MONTH else "năm"
    problem = Problem(f"Ô chỉ có {what}, ghi là {short_date(found.value)}.", warning=True)
    return Read(found.value, (*read.problems, problem))


_KEPT = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}

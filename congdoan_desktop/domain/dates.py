"""Dates as officers type them and as papers print them: day first always, precision kept (D21, D22, A09, D25)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congdoan_desktop.errors import AppError

_CAN = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_CHI = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")

_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d+))?")
_WORDED = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d+)", re.IGNORECASE)
_MONTH = re.compile(r"(?:tháng\s+)?(\d{1,2})\s*(?:[/.\-]|\s+năm\s+)\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s+)?(\d{4})", re.IGNORECASE)


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class NotADate(AppError):
    """Text that is no date; says why and what to type."""

    def __init__(self, what: str, todo: str = "Gõ ngày/tháng/năm, ví dụ 20/11/2026.") -> None:
        super().__init__(what, todo=todo)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision: `value` is the first day it may mean, `text` what was written."""

    value: date
    precision: Precision
    text: str


def parse_date(text: str, *, today: date) -> PartialDate:
    """A date out of "5/4", "05/04/2025", "tháng 01/2024", "1985". Without a year, the one of `today`.

    Raises: NotADate, also for a two-digit year, which must be asked for.
    """
    bare = " ".join(text.split()).rstrip(".,;")
    if found := _MONTH.fullmatch(bare):
        return PartialDate(_day(1, int(found[1]), int(found[2])), Precision.MONTH, bare)
    if found := _NUMERIC.fullmatch(bare.lower().removeprefix("ngày ")):
        return PartialDate(_day(int(found[1]), int(found[2]), _year(found[3], today)), Precision.DAY, bare)
    if found := _WORDED.fullmatch(bare):
        return PartialDate(_day(int(found[1]), int(found[2]), _year(found[3], today)), Precision.DAY, bare)
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


def parse_range(text: str, *, today: date) -> tuple[date, date]:
    """First and last day of "từ 22 - 28/7/2024", "từ ngày 08 đến ngày 10 tháng 12 năm 2025", "15/4/1963-15/4/2024".

    Raises: NotADate.
    """
    bare = " ".join(text.strip(" ()").split())
    for at in (match.start() for match in re.finditer(r"-|–|đến", bare)):
        first, last = bare[:at].strip(), re.sub(r"^(-|–|đến hết|đến)\s*(ngày\s+)?", "", bare[at:], flags=re.IGNORECASE)
        try:
            end = parse_day(last, today=today)
            return _ordered(_range_start(first, end, today), end)
        except NotADate:
            continue
    raise NotADate(f"“{bare}” không phải khoảng ngày.", "Gõ như “từ 22 - 28/7/2024”.")


def official_date(day: date) -> str:
    """As on papers: days below 10 and months 1 and 2 padded, months 3 to 9 not (Nghị định 30/2020, Phụ lục I, II.4)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """As in the window: "20/11/2026"."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def cited_date(day: date) -> str:
    """As inside the text of papers: "05/6/2026", "14/01/2026"."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def lunar_year_name(year: int) -> str:
    """The name of the lunar year that begins in a solar year: 2026 -> "Bính Ngọ" (D25)."""
    return f"{_CAN[(year + 6) % 10]} {_CHI[(year + 8) % 12]}"


def _range_start(text: str, end: date, today: date) -> date:
    bare = re.sub(r"^(từ\s+)?(ngày\s+)?", "", text, flags=re.IGNORECASE).strip()
    if bare.isdigit() and len(bare) <= 2:
        return _day(int(bare), end.month, end.year)
    if re.fullmatch(r"\d{1,2}/\d{1,2}", bare):
        return parse_day(f"{bare}/{end.year}", today=today)
    return parse_day(bare, today=today)


def _ordered(start: date, end: date) -> tuple[date, date]:
    if start > end:
        raise NotADate("Ngày đầu sau ngày cuối.", "Xem lại hai ngày.")
    return start, end


def _year(digits: str | None, today: date) -> int:
    if digits is None:
        return today.year
    if len(digits) != 4:
        raise NotADate(f"Năm “{digits}” chưa rõ.", "Gõ đủ bốn chữ số của năm, ví dụ 1985 hoặc 2025.")
    return int(digits)


def _day(day: int, month: int, year: int) -> date:
    if not 1900 <= year <= 2100:
        raise NotADate(f"Năm {year} ngoài khoảng 1900–2100.", "Xem lại năm.")
    if not 1 <= month <= 12:
        raise NotADate(f"Không có tháng {month}.", "Gõ ngày trước, tháng sau: 20/11/2026.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotADate(f"Tháng {month} có {last} ngày.", "Xem lại ngày.")
    return date(year, month, day)

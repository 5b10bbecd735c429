"""What the first values of a column look like: numbers of identity, dates, names, sexes, running numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from congdoan_desktop.domain.people import offer_citizen_id
from congdoan_desktop.domain.text import one_line, search_key
from congdoan_desktop.spreadsheets.cells import Value, shown

_DATE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:\d{4}|\d{2})|\d{1,2}[/.-](?:19|20)\d\d|\d{4}-\d\d-\d\d", re.ASCII
)
_YEAR = re.compile(r"(?:19[2-9]|20[0-3])\d", re.ASCII)
_PHONE = re.compile(r"(?:0|\+?84)?[235789]\d{8}", re.ASCII)
_TAX = re.compile(r"\d{10}-\d{3}|[0-4]\d{9}", re.ASCII)
_SEXES = frozenset({"nam", "nu", "male", "female"})
_MARKS = frozenset({"x", "co", "khong", "v", "yes", "no"})
_ETHNIC = frozenset(
    search_key(name)
    for name in (
        "Kinh", "Tày", "Thái", "Mường", "Khmer", "Hoa", "Nùng", "H'Mông", "Mông", "Hmông", "Dao", "Gia Rai", "Ê Đê",
        "Ba Na", "Hà Nhì", "Giáy", "Khơ Mú", "La Hủ", "Lự", "Lào", "Mảng", "Cống", "Si La", "Kháng", "Sán Chay",
        "Sán Dìu", "Chăm", "La Chí", "Phù Lá", "Lô Lô", "Xinh Mun", "Kơ Ho", "Pà Thẻn",
    )
)  # fmt: skip
_FAMILIES = frozenset(
    search_key(name)
    for name in (
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
        "Dương", "Lý", "Lò", "Vàng", "Giàng", "Tẩn", "Thào", "Sùng", "Mùa", "Cứ", "Hạng", "Lường", "Quàng", "Đèo",
        "Tòng", "Cà", "Điêu", "Mào", "Hà", "Cao", "Đinh", "Lương", "Mai", "Tô", "Trịnh", "Đoàn", "Lâm", "Chu", "Phùng",
        "Vương", "Triệu", "Bàn", "Phàn", "Chẻo", "Lù", "Ly", "Pờ", "Chu", "Vừ", "Thái", "Kiều", "Tạ", "Đào", "Trương",
    )
)  # fmt: skip
TWO_DIGIT_YEAR = re.compile(r"(?<!\d)\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2}(?!\d)", re.ASCII)
_DAY_AND_MONTH = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*\d{2,4}\s*", re.ASCII)
ENOUGH = 0.7
"""Of the filled cells of a column that must look alike."""


def look(values: Sequence[Value]) -> frozenset[str]:
    """The kinds that at least `ENOUGH` of the filled values show; empty for an empty column."""
    filled = [value for value in values if value != ""]
    if not filled:
        return frozenset()
    found = {kind for kind, fits in _KINDS.items() if sum(map(fits, filled)) >= ENOUGH * len(filled)}
    if _is_running(filled):
        found.add("running")
    return frozenset(found)


def order_doubtful(values: Sequence[Value]) -> bool:
    """Whether days of a column may stand in American order: text like 12/25/1990 and none like 25/12/1990; or text of
    days over 12 alone beside real dates up to 12 alone, which a spreadsheet then turned round when they came in.
    """
    texts = [value for value in values if isinstance(value, str)]
    pairs = [(int(found[1]), int(found[2])) for text in texts if (found := _DAY_AND_MONTH.fullmatch(text))]
    over_first = [first > 12 for first, _ in pairs]
    if any(second > 12 for _, second in pairs):
        return not any(over_first)
    days = [value.day for value in values if isinstance(value, date)]
    return len(pairs) >= 2 and all(over_first) and len(days) >= 2 and max(days) <= 12


def bare(value: Value) -> str:
    """The value as one line, without the spaces and marks that people put into numbers."""
    return one_line(shown(value))


def _digits(value: Value) -> str:
    return re.sub(r"[ .'’-]", "", bare(value))


def _is_date(value: Value) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and _DATE.fullmatch(bare(value)) is not None)


def _is_year(value: Value) -> bool:
    return _YEAR.fullmatch(_digits(value)) is not None


def _is_citizen_id(value: Value) -> bool:
    digits = _digits(value)
    return bool(re.fullmatch(r"0\d{11}", digits, re.ASCII)) or offer_citizen_id(digits) is not None


def _is_person(value: Value) -> bool:
    if not isinstance(value, str):
        return False
    words = search_key(value).split()
    return 2 <= len(words) <= 6 and words[0] in _FAMILIES and not any(map(str.isdigit, words))


def _is_count(value: Value) -> bool:
    digits = re.sub(r"[. ]", "", bare(value))
    return digits.isdecimal() and len(digits) <= 6


def _matches(pattern: re.Pattern[str]) -> Callable[[Value], bool]:
    return lambda value: pattern.fullmatch(_digits(value)) is not None


def _among(words: frozenset[str]) -> Callable[[Value], bool]:
    return lambda value: search_key(bare(value)) in words


_KINDS: Mapping[str, Callable[[Value], bool]] = {
    "date": _is_date,
    "year": _is_year,
    "citizen_id": _is_citizen_id,
    "old_id": _matches(re.compile(r"\d{9}", re.ASCII)),
    "phone": _matches(_PHONE),
    "insurance": _matches(re.compile(r"\d{10}", re.ASCII)),
    "tax_code": lambda value: _TAX.fullmatch(bare(value)) is not None,
    "person": _is_person,
    "sex": _among(_SEXES),
    "mark": _among(_MARKS),
    "binary": lambda value: bare(value) in ("0", "1", "2"),
    "ethnicity": _among(_ETHNIC),
    "count": _is_count,
    "text": lambda value: isinstance(value, str) and not _digits(value).isdecimal(),
}


def _is_running(values: Sequence[Value]) -> bool:
    """1, 2, 3 ... down the column."""
    figures = [int(text) for value in values if (text := bare(value)).isdecimal() and len(text) < 7]
    steps = sum(later == before + 1 for before, later in pairwise(figures))
    return len(figures) >= 3 and steps >= ENOUGH * (len(figures) - 1) and figures[0] <= 2


def fitting(type_: str) -> frozenset[str]:
    """The kinds of content that a field of this type may have; empty where nothing can be told."""
    return _FITTING.get(type_, frozenset())


_FITTING: Mapping[str, frozenset[str]] = {
    "person": frozenset({"person", "text"}),
    "birth": frozenset({"date", "year"}),
    "date": frozenset({"date", "year"}),
    "sex": frozenset({"sex", "mark", "binary"}),
    "citizen_id": frozenset({"citizen_id", "old_id"}),
    "old_id": frozenset({"old_id", "citizen_id"}),
    "insurance": frozenset({"insurance", "citizen_id"}),
    "phone": frozenset({"phone"}),
    "tax_code": frozenset({"tax_code"}),
    "count": frozenset({"count", "binary", "year"}),
    "mark": frozenset({"mark", "binary", "sex"}),
    "text": frozenset({"text"}),
    "title": frozenset({"text"}),
}

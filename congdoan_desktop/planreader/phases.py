"""Dated stretches of a plan: its phases ("Đợt 1"), named weeks and months, the time of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from congdoan_desktop.domain.dates import DateRange, NotADate, parse_range
from congdoan_desktop.planreader.draft import Confidence, PhaseDraft, Said, Span
from congdoan_desktop.planreader.layout import PlanText
from congdoan_desktop.planreader.zones import Place

_DAY = r"\d{1,2}(?: ?[/.] ?\d{1,2}(?: ?[/.] ?\d{4})?| tháng \d{1,2}(?: năm \d{4})?)?"
_MONTH = r"tháng \d{1,2}(?: ?/ ?\d{4}| năm \d{4})?"
_RANGE = re.compile(
    rf"(?:[Tt]ừ )?(?:ngày |đầu )?(?P<first>{_MONTH}|{_DAY})(?: ?[-–] ?| đến(?: hết)? )(?:hết )?(?:ngày )?"
    rf"(?P<last>{_MONTH}|\d{{1,2}} ?[/.] ?\d{{1,2}}(?: ?[/.] ?\d{{4}})?"
    rf"|\d{{1,2}} tháng \d{{1,2}}(?: năm \d{{4}})?)(?![\d/%])"
)
_NAMED = re.compile(
    r"(?P<name>(?:[Đđ]ợt|[Gg]iai đoạn|Bước|Vòng|Chặng)(?: thi đua)? (?:\d{1,2}|[IVX]{1,4}|một|hai|ba"
    r"|cao điểm))(?!\w)"
)
_WHOLE = re.compile(r"(?P<name>Thời gian(?: thực hiện| tổ chức| triển khai)?) ?:")
_WEEK = re.compile(r"(?P<name>tuần|tháng cao điểm|đợt cao điểm|tuần lễ)(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”\n]{2,80}”")
_LONGEST_DAYS = 1_100


def phases_in(text: PlanText, places: Iterable[Place], dated: date | None) -> Iterator[PhaseDraft]:
    """Dates without a year belong to the paper's own year. What spans over three years is history, no phase."""
    for place in places:
        block = place.block
        for found in _RANGE.finditer(text.value, block.body, block.end):
            name = _name(text.value[block.body : found.start()])
            span = _dates(found[0], dated) if name else None
            if name and span is not None:
                place_ = Span(found.start(), found.end())
                yield PhaseDraft(name, Said(found[0], place_, Confidence.LIKELY), span.starts, span.ends)


def _name(before: str) -> str:
    """What the words in front of a range call it, "" when they name nothing."""
    near = before[-200:]
    if named := [*_NAMED.finditer(near)]:
        return named[-1]["name"]
    if (whole := _WHOLE.search(near)) and len(near) - whole.end() < 30:
        return whole["name"]
    week = [*_WEEK.finditer(near)]
    if week:
        quoted = _QUOTED.findall(before)
        name = week[-1]["name"].capitalize()
        return f"{name} {quoted[-1]}" if quoted else name
    return ""


def _dates(words: str, dated: date | None) -> DateRange | None:
    try:
        found = parse_range(re.sub(r"^đầu |\bđầu ", "", words), today=dated or date(1900, 1, 1))
    except NotADate:
        return None
    if found.starts is None or found.ends is None or not 0 <= (found.ends - found.starts).days <= _LONGEST_DAYS:
        return None
    return found if dated is not None or re.search(r"\d{4}", words) else None

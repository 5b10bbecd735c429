"""Activities out of a schedule: a table that says what is done, when, and who leads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.dates import NotADate, Precision, parse_date
from congdoan_desktop.planreader.draft import Confidence, EventDraft, Said, Span
from congdoan_desktop.planreader.layout import Block, PlanText
from congdoan_desktop.planreader.tables import heads_of, tables_in

_WHAT = re.compile(r"nội dung|hoạt động|công việc|nhiệm vụ|sự kiện", re.IGNORECASE)
_WHEN = re.compile(r"thời gian|thời điểm|ngày|tháng|thời hạn|tiến độ", re.IGNORECASE)
_WHO = re.compile(r"chủ trì|phụ trách|thực hiện|đơn vị|bộ phận|phân công|chịu trách nhiệm", re.IGNORECASE)
_BESIDE = re.compile(r"phối hợp|kinh phí|địa điểm|ghi chú|kết quả|chỉ tiêu|ĐVT|số lượng", re.IGNORECASE)
_MONTH = re.compile(r"tháng \d{1,2}(?:/\d{4})?(?!\d)", re.IGNORECASE)
_SPAN = re.compile(r"(?P<first>\d{1,2}) ?(?:[-–]|đến) ?\d{1,2}/(?P<month>\d{1,2}(?:/\d{4})?)")
_LEAST_WORDS = 2
_MOST = 400


@dataclass(frozen=True, slots=True)
class _Columns:
    what: int
    when: int
    who: int | None


def events_in_schedules(text: PlanText, dated: date | None) -> Iterator[EventDraft]:
    """One for each row that names an activity. A month alone is no day."""
    count = 0
    for table in tables_in(text):
        heads, rows = heads_of(text, table)
        columns = _columns(heads)
        for row in rows if columns is not None else ():
            assert columns is not None
            event = _event(text, columns, row, dated)
            if event is not None and count < _MOST:
                count += 1
                yield event


def _columns(heads: Sequence[str]) -> _Columns | None:
    free = [at for at, head in enumerate(heads) if not _BESIDE.search(head)]
    what = next((at for at in free if _WHAT.search(heads[at])), None)
    when = next((at for at in free if at != what and _WHEN.search(heads[at])), None)
    if what is None or when is None:
        return None
    return _Columns(what, when, next((at for at in free if at not in {what, when} and _WHO.search(heads[at])), None))


def _event(text: PlanText, columns: _Columns, row: tuple[Block, ...], dated: date | None) -> EventDraft | None:
    if max(columns.what, columns.when) >= len(row):
        return None
    cell = row[columns.what]
    words = text.of(cell).rstrip(" .;,")
    when = text.of(row[columns.when])
    if len(words.split()) < _LEAST_WORDS or not when:
        return None
    lead = text.of(row[columns.who]) if columns.who is not None and columns.who < len(row) else ""
    said = Said(words, Span(cell.start, cell.start + len(words)), Confidence.LIKELY)
    return EventDraft(said, (lead,) if lead else (), _day(when, dated))


def _day(when: str, dated: date | None) -> date | None:
    if _MONTH.fullmatch(when) or (dated is None and not re.search(r"\d{4}", when)):
        return None
    span = _SPAN.search(when)
    first = f"{span['first']}/{span['month']}" if span else when
    try:
        day = parse_date(first, today=dated or date(1900, 1, 1))
    except NotADate:
        return None
    return day.value if day.precision is Precision.DAY else None

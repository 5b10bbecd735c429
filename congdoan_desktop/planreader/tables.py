"""Targets set as a table: a list of indicators with their marks, or what each lower unit is given ("Chỉ tiêu giao")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from congdoan_desktop.planreader.draft import Confidence, Said, TargetDraft
from congdoan_desktop.planreader.layout import Block, PlanText
from congdoan_desktop.planreader.quantities import Quantity, counted_noun, quantities_in
from congdoan_desktop.planreader.targets import Found

Row = tuple[Block, ...]

_MEASURE = re.compile(r"đvt|đơn vị (?:tính|đo)", re.IGNORECASE)
_SUBJECT = re.compile(r"nội dung|chỉ tiêu|tiêu chí|nhiệm vụ|tên chỉ tiêu|công việc|danh mục", re.IGNORECASE)
_UNIT_NAMES = re.compile(r"đơn vị|công đoàn|LĐLĐ|địa phương|huyện|xã|phường|tên|cụm|khối", re.IGNORECASE)
_ORDINAL = re.compile(r"TT|STT|Số TT|Số thứ tự", re.IGNORECASE)
_DOERS = re.compile(r"phụ trách|chủ trì|phối hợp|thực hiện|tham mưu|theo dõi|chịu trách nhiệm|đầu mối", re.IGNORECASE)
_PAST = re.compile(
    r"thực hiện|kết quả|hiện có|\bTH\b|ước|tổng số (?:lao động|đoàn viên|CĐCS)|so sánh|ghi chú|thời gian", re.IGNORECASE
)
_MARK = re.compile(r"chỉ tiêu|kế hoạch|phấn đấu|giao|mức|năm|đăng ký|số lượng|tỷ lệ|kết nạp|thành lập", re.IGNORECASE)
# Budgets and scores are tables of numbers too (D27).
_OF_ANOTHER_KIND = re.compile(
    r"đơn giá|thành tiền|kinh phí|dự toán|mức chi|thang điểm|điểm (?:chuẩn|tối đa)|^điểm$", re.IGNORECASE
)
_SUM = re.compile(r"(?:tổng|cộng|toàn (?:tỉnh|huyện|ngành))", re.IGNORECASE)


# What a head counts that names only the deed.
_MEANT = (("kết nạp", "đoàn viên"), ("phát triển", "đoàn viên"), ("giới thiệu", "đoàn viên"), ("thành lập", "CĐCS"))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which column holds what; `measure` None where the heads of the columns say what is counted."""

    name: int
    measure: int | None
    marks: tuple[int, ...]
    heads: tuple[str, ...]
    of_indicators: bool
    """Whether the rows are indicators, not the units that are given marks."""


def targets_in_tables(text: PlanText) -> Found:
    """The targets of every table whose heads say that it holds some, in the order of the text."""
    targets = [target for table in tables_in(text) for target in _targets(text, table)]
    return Found(tuple(targets), ())


def tables_in(text: PlanText) -> Iterator[list[Row]]:
    """Rows that follow each other without a line between."""
    table: list[Row] = []
    for row in text.rows:
        if table and row[0].start > table[-1][-1].end + 2:
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _targets(text: PlanText, table: list[Row]) -> Iterator[TargetDraft]:
    heads, body = heads_of(text, table)
    plan = _plan(heads)
    if plan is None:
        return
    for row in body:
        if plan.name >= len(row) or _SUM.search(text.of(row[plan.name])) or _repeats(text, row):
            continue
        for column in plan.marks:
            if column < len(row) and (target := _target(text, plan, row, column)) is not None:
                yield target


def heads_of(text: PlanText, table: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """(the heads of the columns, the rows under them). Under a head over several columns stand heads of their own."""
    first = [text.of(cell) for cell in table[0]]
    second = [text.of(cell) for cell in table[1]] if len(table) > 1 else []
    spread = len(second) == len(first) and "" in first and second[0] in {"", first[0]}
    if not spread or any(re.search(r"\d ?%|^\d+$", words) for words in second):
        return tuple(first), table[1:]
    above, heads = "", []
    for over, own in zip(first, second, strict=True):
        above = over or above
        heads.append(over if own in {"", over} else f"{above} {own}")
    return tuple(heads), table[2:]


def _repeats(text: PlanText, row: Row) -> bool:
    """A row of column numbers, or a heading over the whole width."""
    words = [text.of(cell) for cell in row]
    counts = all(word.isdecimal() for word in words) and all(int(b) - int(a) == 1 for a, b in pairwise(words))
    return counts or len(set(words)) == 1


def _plan(heads: tuple[str, ...]) -> _Plan | None:
    if any(_OF_ANOTHER_KIND.search(words) for words in heads):
        return None
    columns = range(len(heads))
    measure = next((at for at in columns if _MEASURE.search(heads[at])), None)
    subject = next((at for at in columns if _SUBJECT.search(heads[at]) and at != measure), None)
    unit = next((at for at in columns if _is_name(heads[at]) and at != measure), None)
    # "Đơn vị" behind the indicators says who sees to them, in front of their columns it says who they are given to.
    name = subject if measure is not None or unit is None or (subject is not None and subject < unit) else unit
    if name is None:
        return None
    given = (at for at in columns if at not in {name, measure} and not _ORDINAL.fullmatch(heads[at]))
    behind = [at for at in given if at > name]
    marks = tuple(at for at in behind if _is_mark(heads[at]))
    if marks and name == unit:
        marks = tuple(at for at in behind if at in marks or _is_count(heads[at]))
    return _Plan(name, measure, marks, heads, name != unit) if marks else None


def _is_mark(head: str) -> bool:
    return bool(_MARK.search(head)) and not _PAST.search(head) and not _DOERS.search(head)


def _is_count(head: str) -> bool:
    """A head that is a counted noun and nothing else, beside columns that are marks: "Sáng kiến"."""
    return counted_noun(head) == head.lower().strip()


def _is_name(head: str) -> bool:
    return bool(_UNIT_NAMES.search(head) and not _MARK.search(head) and not _DOERS.search(head))


def _target(text: PlanText, plan: _Plan, row: Row, column: int) -> TargetDraft | None:
    cell, name = row[column], row[plan.name]
    quantity = next(quantities_in(text.value, cell.start, cell.end, ()), None)
    if quantity is None or not text.of(name) or (quantity.value == "0" and quantity.op == "gte"):
        return None
    unit = _unit(text, plan, row, column, quantity)
    words = text.of(name)
    return TargetDraft(
        id=str(quantity.number.start),
        said=Said(words, name.span, Confidence.LIKELY if unit else Confidence.ASK),
        number=quantity.number,
        op=quantity.op,
        op_phrase=quantity.op_phrase,
        value=quantity.value,
        value2=quantity.value2,
        unit=unit,
        population=words,
    )


def _unit(text: PlanText, plan: _Plan, row: Row, column: int, quantity: Quantity) -> str:
    """From the cell itself, the column of measures, or the head over the cell, in this order."""
    if quantity.unit:
        return quantity.unit
    if plan.measure is not None and plan.measure < len(row):
        measure = text.of(row[plan.measure])
        return "%" if "%" in measure else counted_noun(measure) or measure.lower()
    head = plan.heads[column]
    if "%" in head:
        return "%"
    said = counted_noun(head) or next((noun for words, noun in _MEANT if words in head.lower()), "")
    return said or (counted_noun(text.of(row[plan.name])) if plan.of_indicators else "")

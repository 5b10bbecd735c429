"""A list of gifts as typed or pasted: lines of texts, read cell by cell with a finding for each (D21–D23, B10)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from congdoan_desktop.domain.births import parse_birth
from congdoan_desktop.domain.money import parse_money
from congdoan_desktop.domain.people import check_number
from congdoan_desktop.domain.text import one_line, search_key
from congdoan_desktop.errors import AppError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("ho va ten", "ho ten", "ten nguoi nhan", "nguoi nhan"),
    "birth": ("nam sinh", "ngay sinh", "ngay thang nam sinh"),
    "citizen_id": ("so cccd", "cccd", "so dinh danh", "cmnd", "so cmnd cccd"),
    "unit": ("cdcs", "cong doan co so", "don vi", "ten don vi"),
    "cause": ("hoan canh", "nguyen nhan", "doi tuong"),
    "cash": ("tien mat", "tien", "so tien", "muc ho tro"),
    "in_kind": ("hien vat", "qua", "gia tri qua", "gia tri hien vat"),
}
"""The columns of a list, and how their titles are written in Excel (as search keys)."""
NAMES = tuple(COLUMNS)
Texts = dict[str, str]
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class CellFinding:
    """What is wrong with a cell; a warning does not prevent saving."""

    column: str
    message: str
    warning: bool = False


@dataclass(slots=True)
class GiftLine:
    """One receiver as it stands in the list, readable or not. `person`: the id of somebody picked, "" when typed."""

    texts: Texts = field(default_factory=dict)
    person: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.person and not any(self.texts.values())


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as understood. `unit` and `cause` are ids and codes, "" where nothing fits; amounts in đồng."""

    name: str
    birth: str
    citizen_id: str
    unit: str
    cause: str
    cash: int
    in_kind: int
    findings: tuple[CellFinding, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What texts are looked up in: search key -> id of a unit, and of a cause; the cause of lines that name none.

    `unclear`: names that several units bear.
    """

    units: Mapping[str, str]
    causes: Mapping[str, str]
    cause: str
    today: date
    unclear: frozenset[str] = frozenset()


def pasted(text: str, column: int = 0) -> list[Texts]:
    """Cells as Excel copies them (tabs, quoted line breaks), put under their columns.

    A first row of known titles says which column is which, in whatever order; else they begin at `column`.
    """
    rows = [row for row in _rows(text.strip("\r\n")) if any(map(str.strip, row))]
    titles = [_titled(cell) for cell in rows[0]] if rows else []
    if "name" in titles or sum(title is not None for title in titles) >= 2:
        return [_placed(titles, row) for row in rows[1:]]
    return [_placed(NAMES[column:], row) for row in rows]


def read_line(line: GiftLine, known: Known) -> ReadLine:
    """Everything that can be said of a line without the people in the database."""
    found: list[CellFinding] = []
    texts = {name: one_line(line.texts.get(name, "")) for name in NAMES}
    if not texts["name"]:
        found.append(CellFinding("name", "Thiếu họ và tên."))
    unclear = search_key(texts["unit"]) in known.unclear
    why = "Nhiều đơn vị mang tên này; ghi mã đơn vị." if unclear else "Không có đơn vị này ở đây."
    unit = _looked_up(texts, "unit", known.units, why, found)
    cause = _looked_up(texts, "cause", known.causes, "Không có nguyên nhân này.", found) or known.cause
    if not texts["unit"]:
        found.append(CellFinding("unit", "Thiếu đơn vị."))
    if not cause and not texts["cause"]:
        found.append(CellFinding("cause", "Chưa chọn hoàn cảnh."))
    cash, in_kind = _amount(texts, "cash", found), _amount(texts, "in_kind", found)
    if not cash and not in_kind and not any(one.column in ("cash", "in_kind") for one in found):
        found.append(CellFinding("cash", "Ghi số tiền hoặc giá trị hiện vật."))
    birth = _read(texts, "birth", lambda typed: parse_birth(typed, today=known.today), found) or ""
    if not line.person:
        found += _about_number(texts["citizen_id"], birth)
    number = "" if line.person else "".join(texts["citizen_id"].split())
    return ReadLine(texts["name"], birth, number, unit, cause, cash, in_kind, tuple(found))


def _rows(text: str) -> list[list[str]]:
    """Where quotation marks part nothing, as in what a person typed, they are letters like others."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return [line.split("\t") for line in text.splitlines()]


def _titled(cell: str) -> str | None:
    key = search_key(cell.split("(", maxsplit=1)[0])
    return next((name for name, titles in COLUMNS.items() if key in titles), None)


def _placed(names: Sequence[str | None], row: Sequence[str]) -> Texts:
    return {name: one_line(cell) for name, cell in zip(names, row, strict=False) if name is not None}


def _looked_up(texts: Texts, column: str, known: Mapping[str, str], message: str, found: list[CellFinding]) -> str:
    if not texts[column]:
        return ""
    id_ = known.get(search_key(texts[column]), "")
    if not id_:
        found.append(CellFinding(column, message))
    return id_


def _amount(texts: Texts, column: str, found: list[CellFinding]) -> int:
    return _read(texts, column, parse_money, found) or 0


def _read(texts: Texts, column: str, parse: Callable[[str], _Value], found: list[CellFinding]) -> _Value | None:
    if not texts[column]:
        return None
    try:
        return parse(texts[column])
    except (AppError, ValueError) as error:
        found.append(CellFinding(column, str(error)))
        return None


def _about_number(number: str, birth: str) -> list[CellFinding]:
    if not birth and not number:
        return [CellFinding("birth", "Thiếu năm sinh.", warning=True)]
    bare = "".join(number.split())
    return [
        CellFinding("citizen_id", one.message, warning=True)
        for one in (check_number("citizen_id", bare) if bare else [])
    ]

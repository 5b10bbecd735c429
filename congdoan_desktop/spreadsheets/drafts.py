"""The rows of a sheet as drafts of records: values by field, and every doubt with the address of its cell.

    with open_book(path) as book:
        sheet = book.sheet(name)
        for draft in ImportSheet(sheet, matching, today).drafts(progress): ...

No person is looked for here: duplicates and what is already known are for the services.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from congdoan_desktop.domain.legacy_text import decode
from congdoan_desktop.domain.people import check_citizen_id, citizen_id_parts
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets.cells import Row, Value, address, shown
from congdoan_desktop.spreadsheets.columns import Matching
from congdoan_desktop.spreadsheets.fields import ListKind, fields_of
from congdoan_desktop.spreadsheets.findings import EMPTY, CellFinding, Problem
from congdoan_desktop.spreadsheets.layout import PART_NAMES, Part, Placed, place_rows
from congdoan_desktop.spreadsheets.reading import Sheet
from congdoan_desktop.spreadsheets.values import Reader, reader

_LONGEST_FOUND = 60
_BY_SEX = (("nam", "birth_male", "sex_male"), ("nữ", "birth_female", "sex_female"))
_HEADING = re.compile(
    r"(?:khối|cụm|huyện|thị xã|thành phố|xã|phường|đặc khu|ngành|khu vực|liên đoàn|lđlđ"
    r"|(?:công đoàn|cđ) (?:ngành|xã|phường|đặc khu|huyện|thị xã|thành phố|tỉnh|các khu|khu|cấp trên|tổng công ty))\b",
    re.IGNORECASE,
)
"""How a label begins that stands over unions or workplaces and is none of them."""
_BLOCK = 1000
"""Rows read together."""
_PAIRED = frozenset({"family_name", "given_name", *(code for _, *codes in _BY_SEX for code in codes)})


class RowDraft(NamedTuple):
    """One row to be imported. `number` is the row in Excel; `values` holds only fields that were filled.

    Types of values: text `str`; "birth" `str` ("1990", "1990-05", "1990-05-12"); dates `datetime.date`; "sex"
    "nam" or "nữ"; numbers of identity, phones and codes `str`; counts `int`.
    `labels` stood above the row ("Khối y tế", "CĐCS Trạm ..."), the outer ones first.
    """

    number: int
    values: Mapping[str, Any]
    findings: tuple[CellFinding, ...]
    labels: tuple[str, ...] = ()
    cells: Sequence[Value] = ()
    """The row as it stands in the sheet."""

    def at(self, column: int) -> Value:
        """The cell of a column counted from 0 as it stands in the sheet; "" beyond the end."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def group(self) -> str:
        """The label next above the row, "" where there was none."""
        return self.labels[-1] if self.labels else ""

    @property
    def good(self) -> bool:
        """Whether nothing but warnings was found."""
        return not self.findings or all(finding.warning for finding in self.findings)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row below the head that is no record: why, and what it says."""

    number: int
    part: Part
    text: str

    @property
    def is_label(self) -> bool:
        """Whether it only names the rows below it."""
        return self.part is Part.GROUP

    @property
    def reason(self) -> str:
        """Why, in words."""
        return PART_NAMES[self.part]


class ImportSheet:
    """A sheet with its matching. `left_out` is complete once `drafts` has been walked to its end."""

    def __init__(self, sheet: Sheet, matching: Matching, today: date) -> None:
        self._sheet = sheet
        self._matching = matching
        self.left_out: list[LeftOut] = []
        fields = fields_of(matching.kind)
        self._needed = tuple(field for field in fields.values() if field.needed)
        self._needed_codes = frozenset(field.code for field in self._needed)
        self._has_pairs = bool(_PAIRED & matching.fields.keys())
        self._wide_rows = {m.first_row for m in sheet.merges if m.last_column > m.first_column}
        """Where a label is written over several columns."""
        self._readers: list[tuple[int, str, Reader]] = [
            (match.column, code, reader(match, fields[code], today)) for code, match in matching.fields.items()
        ]

    def drafts(self, progress: Progress | None = None) -> Iterator[RowDraft]:
        """The records of the sheet in their order; rows that are none go into `left_out`.

        Raises: Cancelled.
        """
        self.left_out.clear()
        matching = self._matching
        placed = place_rows(self._sheet.rows(progress), matching.head, matching.encoding, self._is_bare_name)
        while block := [*islice(placed, _BLOCK)]:
            self.left_out += [self._left(one.row, one.part) for one in block if one.part is not None]
            yield from self._drafts([one for one in block if one.part is None])

    def _left(self, row: Row, part: Part) -> LeftOut:
        text = decode(" ".join(shown(row.values[column]) for column in row.filled), self._matching.encoding)
        return LeftOut(row.number, part, one_line(text)[:_LONGEST_FOUND])

    def _drafts(self, records: Sequence[Placed]) -> list[RowDraft]:
        """Column by column; a row of which anything is to be said is read again by itself."""
        even = len({len(one.row.values) for one in records}) == 1
        cells = [*zip(*[one.row.values for one in records], strict=True)] if even and not self._has_pairs else []
        readers = [one for one in self._readers if one[0] < len(cells)]
        if not readers:
            return [self._draft(one.row, one.labels) for one in records]
        odd: set[int] = set()
        columns = [_read(reader_, cells[column], odd) for column, _, reader_ in readers]
        codes = [code for _, code, _ in readers]
        drafts = []
        for number, (one, given) in enumerate(zip(records, zip(*columns, strict=True), strict=True)):
            values = dict(zip(codes, given, strict=True))
            if None in given:
                values = {code: value for code, value in values.items() if value is not None}
            if number in odd or not self._needed_codes <= values.keys() or not _agrees(values):
                drafts.append(self._draft(one.row, one.labels))
            else:
                drafts.append(RowDraft(one.row.number, values, (), one.labels, one.row.values))
        return drafts

    def _is_bare_name(self, row: Row, label: str) -> bool:
        """Whether a row of unions or workplaces says nothing but a name; of people, nobody is known by that alone."""
        if self._matching.kind is ListKind.MEMBERS or _HEADING.match(label):
            return False
        name = self._matching.fields.get("name")
        return name is not None and row.filled == [name.column] and row.number not in self._wide_rows

    def _draft(self, row: Row, labels: tuple[str, ...]) -> RowDraft:
        values: dict[str, Any] = {}
        findings: list[CellFinding] = []
        cells = row.values
        width = len(cells)
        for column, code, read in self._readers:
            if column >= width or (cell := cells[column]) == "":
                continue
            value, problems, field = read(cell)
            if value is not None:
                values[field or code] = value
            if problems:
                findings += (_at(row, column, code, problem) for problem in problems)
        if self._has_pairs or not _agrees(values):
            findings += self._together(row, values)
        if not self._needed_codes <= values.keys():
            findings += self._lacking(row, values, findings)
        return RowDraft(row.number, values, tuple(findings), labels, cells)

    def _together(self, row: Row, values: dict[str, Any]) -> list[CellFinding]:
        """What the fields of a member say together: name of two columns, birth by sex, the CCCD (D02, form 5b)."""
        found: list[CellFinding] = self._paired(row, values) if self._has_pairs else []
        if not _agrees(values):
            doubts = check_citizen_id(values["citizen_id"], values.get("sex"), _year(values))
            found += (self._note(row, "citizen_id", doubt.message, warning=True) for doubt in doubts)
        return found

    def _paired(self, row: Row, values: dict[str, Any]) -> list[CellFinding]:
        """One field out of two columns: the name of its parts, birth and sex of the column that is filled."""
        found: list[CellFinding] = []
        if "name" not in values and (parts := [values.pop(p) for p in ("family_name", "given_name") if p in values]):
            values["name"] = " ".join(parts)
        for sex, birth, mark in _BY_SEX:
            for code in (birth, mark):
                given = values.pop(code, None)
                if given in (None, False):
                    continue
                if values.setdefault("sex", sex) != sex:
                    found.append(self._note(row, code, "Giới tính ở hai cột khác nhau."))
                if code == birth and values.setdefault("birth", given) != given:
                    found.append(self._note(row, code, "Ngày sinh ghi ở cả hai cột."))
        return found

    def _lacking(self, row: Row, values: Mapping[str, Any], findings: list[CellFinding]) -> Iterator[CellFinding]:
        """Needed fields without a value and without another finding."""
        for field in self._needed:
            if field.code not in values and all(f.field != field.code for f in findings):
                yield self._note(row, field.code, f"Thiếu {field.name[0].lower()}{field.name[1:]}.")

    def _note(self, row: Row, code: str, message: str, *, warning: bool = False) -> CellFinding:
        match = self._matching.fields.get(code)
        return _at(row, match.column if match else 0, code, Problem(message, warning=warning))


def _read(reader_: Reader, cells: Sequence[Value], odd: set[int]) -> Sequence[Any]:
    """The values of a column. `odd` takes the places with a problem, or with a value of another field."""
    values, problems, fields = zip(*[reader_(cell) if cell != "" else EMPTY for cell in cells], strict=True)
    if any(problems) or any(fields):
        odd.update(number for number, said in enumerate(zip(problems, fields, strict=True)) if any(said))
    return values


def _agrees(values: Mapping[str, Any]) -> bool:
    """Whether nothing is doubtful about the CCCD of a row, if it has one: the quick way for most rows."""
    number = values.get("citizen_id")
    return not number or _fits(number[:6], values.get("sex", ""), values.get("birth", "")[:4])


@lru_cache(maxsize=20_000)
def _fits(begin: str, sex: str, year: str) -> bool:
    """Whether the first six digits of a CCCD say the same."""
    parts = citizen_id_parts(f"{begin}000000")
    return parts.province is not None and sex in ("", parts.sex) and year in ("", str(parts.birth_year))


def _year(values: Mapping[str, Any]) -> int | None:
    birth = values.get("birth")
    return int(birth[:4]) if birth else None


def _at(row: Row, column: int, code: str, problem: Problem) -> CellFinding:
    found = shown(row.at(column))
    cut = found if len(found) <= _LONGEST_FOUND else found[: _LONGEST_FOUND - 1] + "…"
    return CellFinding(address(row.number, column), code, cut, problem.message, problem.mend, problem.warning)

"""Facts of .xls sheets, by one walk over their records ([MS-XLS], section 2.4).

The reader takes all sheets in at once and reserves memory for what two records claim; a damaged claim would end the
whole program, so both are checked here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets import ole
from congdoan_desktop.spreadsheets.cells import Fault
from congdoan_desktop.spreadsheets.facts import MOST_CELLS, SheetFacts, check_together
from congdoan_desktop.spreadsheets.guard import Checked
from congdoan_desktop.spreadsheets.refusals import damaged, protected

_BOUNDSHEET, _FILEPASS, _FONT, _XF, _FORMAT, _BOF, _EOF = 0x85, 0x2F, 0x31, 0xE0, 0x41E, 0x809, 0x0A
_ONE_CELL = frozenset({0x203, 0x204, 0xFD, 0x27E, 0x205, 0x06, 0xD6})
"""NUMBER, LABEL, LABELSST, RK, BOOLERR, FORMULA, RSTRING: row, column, style, value."""
_DIMENSIONS, _STRINGS = 0x200, 0xFC
_MANY_CELLS, _BOOLERR, _FORMULA = 0xBD, 0x205, 0x06
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_SAMPLED_ROWS = 1000
_STEPS = 1 << 14


@dataclass(slots=True)
class _Globals:
    sheets: dict[str, int] = field(default_factory=dict)
    fonts: list[str] = field(default_factory=list)
    looks: list[tuple[int, int]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)


def read(checked: Checked, progress: Progress) -> dict[str, SheetFacts]:
    """The facts of every sheet by its name.

    Raises: SheetRefused, Cancelled.
    """
    with ole.opened(checked.path) as file:
        data = file.stream("Workbook" if "Workbook" in file.names else "Book")
    try:
        book = _globals(data)
        fonts, formats = _looks(book)
        found = {}
        for name, offset in book.sheets.items():
            found[name] = facts = _sheet(data, offset, progress)
            facts.check(name)
            facts.dress(fonts, formats)
        check_together(found.values())
    except (struct.error, IndexError) as error:
        raise damaged() from error
    return found


def _records(data: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """(kind, start, length) of the records of one substream."""
    depth = 0
    while offset + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, offset)
        offset += 4
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, offset, length
        if depth <= 0:
            return
        offset += length


def _globals(data: bytes) -> _Globals:
    book = _Globals()
    for kind, at, length in _records(data, 0):
        body = data[at : at + length]
        _check_claim(kind, data, at)
        if kind == _FILEPASS:
            raise protected()
        if kind == _BOUNDSHEET and body[5] == 0:
            book.sheets[_text(body, 6)] = struct.unpack_from("<I", body)[0]
        elif kind == _FONT:
            book.fonts.append(_text(body, 14))
        elif kind == _XF:
            book.looks.append(struct.unpack_from("<HH", body))
        elif kind == _FORMAT:
            wide = body[4] & 1
            book.formats[struct.unpack_from("<H", body)[0]] = body[5:].decode(
                "utf-16-le" if wide else "latin-1", "replace"
            )
    return book


def _text(body: bytes, at: int) -> str:
    """A short string: its length, whether letters take two bytes, the letters."""
    length, wide = body[at], body[at + 1] & 1
    return body[at + 2 : at + 2 + (length << wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _looks(book: _Globals) -> tuple[Mapping[int, str], Mapping[int, str]]:
    fonts, formats = {}, {}
    for style, (font, code) in enumerate(book.looks):
        place = font - (font > 4)  # there is no font number 4
        if place < len(book.fonts):
            fonts[style] = book.fonts[place]
        if code in book.formats:
            formats[style] = book.formats[code]
    return fonts, formats


def _sheet(data: bytes, offset: int, progress: Progress) -> SheetFacts:
    facts = SheetFacts()
    for number, (kind, at, length) in enumerate(_records(data, offset)):
        if number % _STEPS == 0:
            progress.step(at, len(data))
        _check_claim(kind, data, at)
        if kind in _ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", data, at)
            _reach(facts, row, column)
            if row < _SAMPLED_ROWS:
                facts.styles[column, style] += 1
            if fault := _fault(kind, data, at):
                facts.faults[row + 1, column] = fault
        elif kind == _MANY_CELLS:
            _reach(facts, *struct.unpack_from("<H", data, at), *struct.unpack_from("<H", data, at + length - 2))
    return facts


def _check_claim(kind: int, data: bytes, at: int) -> None:
    """Raises: SheetRefused for more cells than a sheet may have, or more texts than bytes."""
    if kind == _DIMENSIONS:
        first, last, left, right = struct.unpack_from("<IIHH", data, at)
        if not (first <= last and left <= right and (last - first) * (right - left) <= MOST_CELLS):
            raise damaged()
    if kind == _STRINGS and struct.unpack_from("<I", data, at + 4)[0] > len(data):
        raise damaged()


def _reach(facts: SheetFacts, row: int, column: int) -> None:
    facts.rows, facts.columns = max(facts.rows, row + 1), max(facts.columns, column + 1)


def _fault(kind: int, data: bytes, at: int) -> Fault | None:
    if kind == _BOOLERR and data[at + 7]:
        return Fault(_ERRORS.get(data[at + 6], "#N/A"))
    if kind == _FORMULA and data[at + 12 : at + 14] == b"\xff\xff" and data[at + 6] == 2:
        return Fault(_ERRORS.get(data[at + 8], "#N/A"))
    return None

"""Facts of .xlsx sheets, by one walk over their XML in pieces (ECMA-376, part 1, 18.3 and 18.8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import join, normpath
from typing import Any

from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets import archive
from congdoan_desktop.spreadsheets.cells import UNCALCULATED, Fault, column_of
from congdoan_desktop.spreadsheets.facts import SheetFacts
from congdoan_desktop.spreadsheets.guard import Checked
from congdoan_desktop.spreadsheets.refusals import damaged

# Patterns begin with literal letters, which the regex engine looks for an order of magnitude faster.
_BLANKS = bytes.maketrans(b"\t\r\n", b"   ")
_COLUMNS = re.compile(rb" r=[\"']([A-Za-z]{1,12})\d")
_ROWS = re.compile(rb" r=[\"'][A-Za-z]{1,12}(\d{1,18})")
_FILLED_COLUMNS = re.compile(rb" r=[\"']([A-Za-z]{1,12})\d+[\"'][^>]*(?<!/)>")
_FILLED_ROWS = re.compile(rb" r=[\"'][A-Za-z]{1,12}(\d{1,18})\d*[\"'][^>]*(?<!/)>")
_STYLES = re.compile(rb" r=\"([A-Z]{1,3})\d+\" +s=\"(\d{1,5})\"[^>]*(?<!/)>")
_CALCULATED = rb"<(?:\w+:)?f(?: [^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>) *"
_ERROR_MARKS = {b'"': re.compile(rb't="e"'), b"'": re.compile(rb"t='e'")}
"""By the marks around them; a single byte is looked for quickest of all."""
_ERRORS = re.compile(
    rb" r=\"([A-Z]{1,3})(\d{1,7})\"[^>]* t=\"e\"[^>]*>(?:" + _CALCULATED + rb")?<(?:\w+:)?v>([^<]{1,20})<"
)
_FORMULA_MARKS = {b"<": re.compile(rb"<f"), b":": re.compile(rb":f")}
_UNCALCULATED = re.compile(
    rb" r=\"([A-Z]{1,3})(\d{1,7})\"(?![^>]* t=\"str\")[^>]*> *" + _CALCULATED
    + rb"(?:<(?:\w+:)?v */>|<(?:\w+:)?v> *</(?:\w+:)?v>)? *</(?:\w+:)?c>"
)  # fmt: skip
_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_BARE_CELL = re.compile(rb"<(?:\w+:)?c(?: +(?!r)[a-z]+=[\"'][^\"'>]*[\"'])* *>")
_ROW_NUMBERS = re.compile(rb" r=[\"'](\d{1,18})\d*[\"']")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_LONGEST_TAG = 1 << 22
_SAMPLED = 1 << 20
"""Bytes of a sheet whose styles are counted: some thousand rows."""
_TAIL = 1 << 10
"""Bytes at the end of a piece, a cell or some."""
_OF_ONE_LETTER = range(1, 26)
_RELATION = "/relationships}id"
"""The end of its name; the strict form of the format has another namespace."""
_GIVEN_FORMATS = {
    1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 49: "@",
}  # fmt: skip


def read(checked: Checked, progress: Progress) -> dict[str, SheetFacts]:
    """The facts of every sheet by its name. Reads and so verifies every part of the file.

    Raises: SheetRefused, Cancelled.
    """
    places = _places(checked)
    sheets = {place: name for name, place in places.items()}
    for part, entry in checked.parts.items():
        if part not in sheets:
            for _ in archive.pieces(checked.path, entry):
                progress.step(0, 0)
    fonts, formats = _looks(checked)
    found = {}
    for part, name in sheets.items():
        facts = walk(archive.pieces(checked.path, checked.parts[part]), progress)
        if facts.too_wide:
            facts = walk(archive.pieces(checked.path, checked.parts[part]), progress, filled=True)
        facts.check(name)
        facts.dress(fonts, formats)
        found[name] = facts
    return found


def walk(pieces: Iterable[bytes], progress: Progress, *, filled: bool = False) -> SheetFacts:
    """The facts of one sheet out of its XML; fonts and formats are still styles.

    Empty cells that only have a style count for the reach, unless `filled` asks for the slower look at each cell.
    """
    facts, seen, bare = SheetFacts(), 0, 0
    in_columns, in_rows = (_FILLED_COLUMNS, _FILLED_ROWS) if filled else (_COLUMNS, _ROWS)
    for piece in _whole_cells(pieces):
        progress.step(0, 0)
        if filled or bare or _reaches_further(facts, piece):
            columns = in_columns.findall(piece)
            facts.columns = max([facts.columns, *(1 + column_of(name.decode().upper()) for name in set(columns))])
            facts.rows = max([facts.rows, *map(int, set(in_rows.findall(piece)))])
            prefixed = piece.count(b":c") if b":" in piece else 0
            if filled or bare or piece.count(b"<c") + prefixed > len(columns):
                bare = _bare_cells(facts, piece, bare)
        if seen < _SAMPLED:
            facts.styles.update((column_of(c.decode()), int(style)) for c, style in _STYLES.findall(piece))
        seen += len(piece)
        _note_faults(facts, piece)
    return facts


def _reaches_further(facts: SheetFacts, piece: bytes) -> bool:
    """Whether a cell may be beyond the reach so far, or lack an address; the rows at the end of the piece are added.

    Looking for such a cell takes half the time of looking at all of them, and in a list the last row is the furthest.
    """
    facts.rows = max([facts.rows, *map(int, _ROWS.findall(piece[-_TAIL:]))])
    if b":c" in piece or facts.columns not in _OF_ONE_LETTER or piece.count(b"<c") > piece.count(b'<c r="'):
        return True
    return _beyond(facts.columns, str(facts.rows)).search(piece) is not None


def _beyond(columns: int, rows: str) -> re.Pattern[bytes]:
    """Finds an address right of so many columns, or below the row: a longer number, or a greater digit after the same.

    Leading zeros make a number longer too; who looks again finds out.
    """
    below = [rf"\d{{{len(rows) + 1}}}"]
    for place, digit in enumerate(rows):
        if digit != "9":
            below.append(rf"{rows[:place]}[{int(digit) + 1}-9]\d{{{len(rows) - place - 1}}}")
    right = f"[A-Za-z]{{2}}|[a-z{chr(ord('A') + columns)}-Z]"
    return re.compile(rf" r=[\"'](?:{right}|[A-Z](?:{'|'.join(below)}))".encode())


def _whole_cells(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut only before a cell."""
    left = b""
    for piece in pieces:
        left += piece.translate(_BLANKS) if any(blank in piece for blank in b"\t\r\n") else piece
        cut = max(left.rfind(b"<c "), left.rfind(b":c "), left.rfind(b"</row>"))
        if cut > 0:
            yield left[: cut - 1 if left[cut : cut + 1] == b":" else cut]
            left = left[cut - 1 if left[cut : cut + 1] == b":" else cut :]
        elif len(left) > _LONGEST_TAG:
            raise damaged()
    yield left


def _note_faults(facts: SheetFacts, piece: bytes) -> None:
    if _holds(piece, _ERROR_MARKS):
        for column, row, text in _ERRORS.findall(piece):
            facts.faults[int(row), column_of(column.decode())] = Fault(text.decode("utf-8", "replace"))
    if _holds(piece, _FORMULA_MARKS):
        for column, row in _UNCALCULATED.findall(piece):
            facts.faults[int(row), column_of(column.decode())] = UNCALCULATED


def _holds(piece: bytes, marks: Mapping[bytes, re.Pattern[bytes]]) -> bool:
    return any(begin in piece and mark.search(piece) for begin, mark in marks.items())


def _bare_cells(facts: SheetFacts, piece: bytes, before: int) -> int:
    """Cells without an address count on from their neighbour; returns how many stand in the row not yet ended.

    Raises: SheetRefused for cells whose address is written so that it would be overlooked.
    """
    cells, addressed = len(_CELL.findall(piece)), len(_COLUMNS.findall(piece))
    if cells <= addressed and not before:
        return 0
    counts = [len(_BARE_CELL.findall(part)) for part in _ROW_END.split(piece)]
    if cells > addressed + sum(counts):
        raise damaged()
    counts[0] += before
    facts.columns = max(facts.columns, *counts)
    facts.rows = max([facts.rows + len(counts) - 1, *map(int, _ROW_NUMBERS.findall(piece))])
    return counts[-1]


def _places(checked: Checked) -> dict[str, str]:
    """Name of a sheet -> its part."""
    targets = {}
    for relation in _tree(checked, "xl/_rels/workbook.xml.rels"):
        target = relation.get("Target", "")
        targets[relation.get("Id")] = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    found = {}
    for sheet in _tree(checked, "xl/workbook.xml").iter("{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if name.endswith(_RELATION)), None)
        part = targets.get(relation, "")
        if part in checked.parts and "worksheets" in part:
            found[sheet.get("name", "")] = part
    return found


def _looks(checked: Checked) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """(style -> name of its font, style -> number format)."""
    if "xl/styles.xml" not in checked.parts:
        return {}, {}
    tree = _tree(checked, "xl/styles.xml")
    names = [next((n.get("val", "") for n in font.iter("{*}name")), "") for font in tree.iterfind("{*}fonts/{*}font")]
    codes = {**_GIVEN_FORMATS, **{int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in tree.iter("{*}numFmt")}}
    fonts, formats = {}, {}
    for style, look in enumerate(tree.iterfind("{*}cellXfs/{*}xf")):
        font, code = int(look.get("fontId", 0)), codes.get(int(look.get("numFmtId", 0)))
        if font < len(names):
            fonts[style] = names[font]
        if code:
            formats[style] = code
    return fonts, formats


def _tree(checked: Checked, part: str) -> Any:
    """Raises: SheetRefused. Entities and outer files are never followed."""
    from lxml import etree

    if part not in checked.parts:
        raise damaged()
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(archive.content(checked.path, checked.parts[part]), parser)
    except etree.XMLSyntaxError as error:
        raise damaged() from error

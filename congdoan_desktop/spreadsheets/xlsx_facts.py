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
from congdoan_desktop.spreadsheets.refusals import damaged, too_big

# Patterns begin with literal letters, which the regex engine looks for an order of magnitude faster.
_SPACED = re.compile(rb"(?<! ) += *|= +")
_BLANKS = bytes.maketrans(b"\t\r\n", b"   ")
_COLUMNS = re.compile(rb" r=[\"']([A-Za-z]{1,12})\d")
_ROWS = re.compile(rb" r=[\"'][A-Za-z]{1,12}(\d{1,18})")
_VALUE = rb"=(?:\"[^\"<]*\"|'[^'<]*')"
# What begins at a "<" and stops before the next is found in one pass, however long somebody made a tag.
_OPENED = rb"<(?:\w+:)?c"
_EMPTY_CELL = re.compile(_OPENED + rb"(?: +[\w:]+" + _VALUE + rb")*+ */>")
_OTHER_VALUES = rb"(?: +(?!r[ =])[\w:]+" + _VALUE + rb")*+"
_ADDRESSED_CELL = re.compile(_OPENED + _OTHER_VALUES + rb" +r=[\"'][A-Za-z]{1,12}\d")
_ADDRESS = _OPENED + rb"(?>[^<>]*? r=\"([A-Z]{1,3})(\d{1,7})\")"
_STYLES = re.compile(_OPENED + rb" r=\"([A-Z]{1,3})\d+\" +s=\"(\d{1,5})\"(?>[^<>]*)(?<!/)>")
_CALCULATED = rb"<(?:\w+:)?f(?: [^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>) *"
_ERROR_MARKS = {b'"': re.compile(rb't="e"'), b"'": re.compile(rb"t='e'")}
"""By the marks around them; a single byte is looked for quickest of all."""
_ERRORS = re.compile(_ADDRESS + rb"(?>[^<>]* t=\"e\")(?>[^<>]*>)(?:" + _CALCULATED + rb")?<(?:\w+:)?v>([^<]{1,20})<")
_FORMULA_MARKS = {b"<": re.compile(rb"<f"), b":": re.compile(rb":f")}
_UNCALCULATED = re.compile(
    _ADDRESS + rb"(?![^<>]* t=\"str\")(?>[^<>]*>) *" + _CALCULATED
    + rb"(?:<(?:\w+:)?v */>|<(?:\w+:)?v> *</(?:\w+:)?v>)? *</(?:\w+:)?c>"
)  # fmt: skip
_CELL = re.compile(_OPENED + rb"[ />]")
_BARE_CELL = re.compile(_OPENED + _OTHER_VALUES + rb" */?>")
_ROW_NUMBERS = re.compile(rb" r=[\"'](\d{1,18})\d*[\"']")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_LONGEST_TAG = 1 << 22
_SAMPLED = 1 << 20
"""Bytes of a sheet whose styles are counted: some thousand rows."""
_TAIL = 1 << 10
"""Bytes at the end of a piece, a cell or some."""
_OF_ONE_LETTER = range(1, 26)
_MOST_OF_A_TREE = 2_000_000
"""Tags and attributes of a part that is read whole: each takes some hundred bytes. The 64,000 styles that a workbook
may have are a million.
"""
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
    facts, seen, bare, addressed = SheetFacts(), 0, 0, 0
    for whole in _whole_cells(pieces):
        progress.step(0, 0)
        piece = _without_empty(whole) if filled else whole
        if filled or bare or _reaches_further(facts, piece):
            names = set(_COLUMNS.findall(piece))
            addressed = max([addressed, *(1 + column_of(name.decode().upper()) for name in names)])
            facts.columns = max(facts.columns, addressed)
            facts.rows = max([facts.rows, *map(int, set(_ROWS.findall(piece)))])
            bare = _bare_cells(facts, piece, bare, addressed)
        if seen < _SAMPLED:
            facts.styles.update((column_of(c.decode()), int(style)) for c, style in _STYLES.findall(piece))
        seen += len(piece)
        _note_faults(facts, piece)
    return facts


def _without_empty(piece: bytes) -> bytes:
    """The cells that hold something. Raises: SheetRefused where a cell's place depends on the empty ones before it."""
    if len(_CELL.findall(piece)) > len(_ADDRESSED_CELL.findall(piece)):
        raise damaged()
    return _EMPTY_CELL.sub(b"", piece)


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
    """The same tags, cut only before a cell."""
    left = b""
    for piece in pieces:
        left += piece.translate(_BLANKS) if any(blank in piece for blank in b"\t\r\n") else piece
        cut = max(left.rfind(b"<c "), _last_prefixed(left), left.rfind(b"</row>"))
        if cut > 0:
            yield _closed_up(left[:cut])
            left = left[cut:]
        elif len(left) > _LONGEST_TAG:
            raise damaged()
    yield _closed_up(left)


def _last_prefixed(piece: bytes) -> int:
    """Where the last cell with a prefix begins, -1 without one."""
    colon = piece.rfind(b":c ")
    begin = piece.rfind(b"<", 0, max(colon, 0))
    return begin if piece[begin + 1 : colon].isalnum() else -1


def _closed_up(piece: bytes) -> bytes:
    """Without the blanks that may stand around the sign between an attribute and its value."""
    return _SPACED.sub(b"=", piece) if b" =" in piece or b"= " in piece else piece


def _note_faults(facts: SheetFacts, piece: bytes) -> None:
    if _holds(piece, _ERROR_MARKS):
        for column, row, text in _ERRORS.findall(piece):
            facts.faults[int(row), column_of(column.decode())] = Fault(text.decode("utf-8", "replace"))
    if _holds(piece, _FORMULA_MARKS):
        for column, row in _UNCALCULATED.findall(piece):
            facts.faults[int(row), column_of(column.decode())] = UNCALCULATED


def _holds(piece: bytes, marks: Mapping[bytes, re.Pattern[bytes]]) -> bool:
    return any(begin in piece and mark.search(piece) for begin, mark in marks.items())


def _bare_cells(facts: SheetFacts, piece: bytes, before: int, addressed_columns: int) -> int:
    """Cells without an address count on from their neighbour, empty ones too; returns how many stand in the row not
    yet ended.

    Raises: SheetRefused for cells whose address is written so that it would be overlooked.
    """
    cells, addressed = len(_CELL.findall(piece)), len(_ADDRESSED_CELL.findall(piece))
    if cells <= addressed and not before:
        return 0
    counts = [len(_BARE_CELL.findall(part)) for part in _ROW_END.split(piece)]
    if cells > addressed + sum(counts):
        raise damaged()
    counts[0] += before
    facts.columns = max(facts.columns, addressed_columns + max(counts))
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
    codes = {**_GIVEN_FORMATS, **{_number(f, "numFmtId"): f.get("formatCode", "") for f in tree.iter("{*}numFmt")}}
    fonts, formats = {}, {}
    for style, look in enumerate(tree.iterfind("{*}cellXfs/{*}xf")):
        font, code = _number(look, "fontId"), codes.get(_number(look, "numFmtId"))
        if font < len(names):
            fonts[style] = names[font]
        if code:
            formats[style] = code
    return fonts, formats


def _number(element: Any, name: str) -> int:
    """An attribute that counts, 0 where it is missing. Raises: SheetRefused for one that is no number."""
    try:
        return max(0, int(element.get(name, 0)))
    except ValueError as error:
        raise damaged() from error


def _tree(checked: Checked, part: str) -> Any:
    """Raises: SheetRefused. Entities and outer files are never followed."""
    from lxml import etree

    if part not in checked.parts:
        raise damaged()
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    content = archive.content(checked.path, checked.parts[part])
    if content.count(b"<") + content.count(b"=") > _MOST_OF_A_TREE:
        raise too_big("Tệp có quá nhiều định dạng, kiểu ô.")
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged() from error

"""Facts of .ods sheets, by one walk over their content (OpenDocument 1.3, part 3, section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets import archive
from congdoan_desktop.spreadsheets.cells import Fault
from congdoan_desktop.spreadsheets.facts import Merge, SheetFacts, check_together
from congdoan_desktop.spreadsheets.guard import Checked
from congdoan_desktop.spreadsheets.refusals import damaged, too_big

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_ROW = f"{_TABLE}table-row"
_MOST_HELD = 500_000
"""Elements that are held at a time: those of one row. An empty one takes a hundred bytes, and four in the file."""


def read(checked: Checked, progress: Progress) -> dict[str, SheetFacts]:
    """The facts of every sheet by its name; fonts and formats are not looked up.

    Raises: SheetRefused, Cancelled.
    """
    from lxml import etree

    found: dict[str, SheetFacts] = {}
    parser = etree.XMLPullParser(("start", "end"), resolve_entities=False, no_network=True)
    facts = SheetFacts()
    row = rows_open = held = 0
    try:
        for event, element in _events(parser, checked, progress):
            if event == "start":
                rows_open, held = rows_open + (element.tag == _ROW), held + 1
                if held > _MOST_HELD:
                    raise too_big("Tệp có một dòng với quá nhiều thành phần.")
                if element.tag == f"{_TABLE}table":
                    facts, row = found.setdefault(element.get(f"{_TABLE}name", ""), SheetFacts()), 0
                continue
            if element.tag == _ROW:
                row, rows_open = _row(facts, element, row), rows_open - 1
            if not rows_open:
                _let_go(element)
                held = 0
    except etree.XMLSyntaxError as error:
        raise damaged() from error
    for name, sheet in found.items():
        sheet.check(name)
    check_together(found.values())
    return found


def _events(parser: Any, checked: Checked, progress: Progress) -> Iterator[tuple[str, Any]]:
    for number, piece in enumerate(archive.pieces(checked.path, checked.parts["content.xml"])):
        progress.step(number, 0)
        parser.feed(piece)
        yield from parser.read_events()


def _let_go(element: Any) -> None:
    """Free what was read: all inside it, and what stood before it."""
    element.clear()
    while (before := element.getprevious()) is not None:
        element.getparent().remove(before)


def _row(facts: SheetFacts, element: Any, before: int) -> int:
    """The number of the last row that this element stands for."""
    repeated = _number(element, "number-rows-repeated")
    column, last = 0, 0
    for cell in element:
        times = _number(cell, "number-columns-repeated")
        column += times
        if cell.get(_OFFICE) is not None or len(cell):
            last = column
        if cell.get(_KIND) == "error":
            text = cell.find(_TEXT)
            facts.faults[before + 1, column - times] = Fault("#N/A" if text is None else "".join(text.itertext()))
        if cell.get(f"{_TABLE}number-rows-spanned"):
            facts.merges.append(_merge(cell, before + 1, column - times))
    if last:
        facts.rows, facts.columns = before + repeated, max(facts.columns, last)
    return before + repeated


def _merge(cell: Any, row: int, column: int) -> Merge:
    high, wide = (_number(cell, f"number-{what}-spanned") for what in ("rows", "columns"))
    return Merge(row, row + high - 1, column, column + wide - 1)


def _number(element: Any, name: str) -> int:
    """An attribute that counts, 1 where it is missing. Raises: SheetRefused for one that is no number."""
    try:
        return max(1, int(element.get(f"{_TABLE}{name}", 1)))
    except ValueError as error:
        raise damaged() from error

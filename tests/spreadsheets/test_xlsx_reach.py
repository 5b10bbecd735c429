"""How far a sheet reaches, out of its XML in pieces: no cell beyond it is overlooked, wherever it stands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets import xlsx_facts
from congdoan_desktop.spreadsheets.cells import letters
from congdoan_desktop.spreadsheets.refusals import SheetRefused

_PIECES = 4


def sheet(rows: int, columns: int, odd: str = "", at: int = 0) -> Iterator[bytes]:
    """A list in pieces, with one more cell in the row `at`."""
    lines = []
    for row in range(1, rows + 1):
        cells = "".join(f'<c r="{letters(column)}{row}"><v>1</v></c>' for column in range(columns))
        lines.append(f'<row r="{row}">{cells}{odd if row == at else ""}</row>')
    xml = f"<sheetData>{''.join(lines)}</sheetData>".encode()
    size = len(xml) // _PIECES + 1
    return (xml[start : start + size] for start in range(0, len(xml), size))


def reach(pieces: Iterator[bytes]) -> tuple[int, int]:
    facts = xlsx_facts.walk(pieces, Progress())
    return facts.rows, facts.columns


@given(st.integers(1, 130), st.integers(1, 28), st.data())
def test_the_furthest_cell_counts(rows: int, columns: int, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(1, 2_000)), data.draw(st.integers(0, 800))
    odd = f'<c r="{letters(column)}{row}" s="1"><v>1</v></c>'
    found = reach(sheet(rows, columns, odd, data.draw(st.integers(1, rows))))
    assert found == (max(rows, row), max(columns, column + 1))


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ("<c r='D500'><v>1</v></c>", (500, 4)),
        ('<c s="1" r="D500"><v>1</v></c>', (500, 4)),
        ('<c  r="d500"><v>1</v></c>', (500, 4)),
        ('<x:c r="AA7"><v>1</v></x:c>', (130, 27)),
        ('<c r="A00131"><v>1</v></c>', (131, 3)),
        ("<c><v>1</v></c>", (130, 4)),
        ("<c/><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c>", (130, 8)),
        ('<c r="XFD500" x="/>"><v>1</v></c>', (500, 16384)),
        ('<c r ="XFD500"><v x=" r=\'B1\'">1</v></c>', (500, 16384)),
        ('<c x=" r=\'B1\'" r= "XFD500"><v>1</v></c>', (500, 16384)),
        ("<c/>" * 1000 + "<c><v>1</v></c>", (130, 1004)),
    ],
)
def test_whatever_way_it_is_written(odd: str, expected: tuple[int, int]) -> None:
    rows, columns = reach(sheet(130, 3, odd, 90))
    assert (columns, rows >= expected[0]) == (expected[1], True), "where cells have no address, more may be said"


FAR = '<row r="9"><c r="XFD1048576" s="1" x="/>"><v>1</v></c></row>'


@pytest.mark.parametrize("filled", [False, True])
def test_a_mark_within_a_value_hides_no_cell(filled: bool) -> None:
    facts = xlsx_facts.walk([FAR.encode()], Progress(), filled=filled)
    assert (facts.rows, facts.columns) == (1048576, 16384)


def test_where_empty_cells_count_they_are_not_passed_over() -> None:
    lines = '<row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row>'
    with pytest.raises(SheetRefused):
        xlsx_facts.walk([lines.encode()], Progress(), filled=True)


@pytest.mark.parametrize(
    "attributes", [' t="e"', ' s="1"', "", ' t="e" s="1"'], ids=["errors", "styles", "bare", "all"]
)
@pytest.mark.parametrize("end", [">", "/>", "><f", ""])
def test_a_tag_made_to_take_long_is_read_at_once(attributes: str, end: str) -> None:
    tag = '<f/><c r="A1"' + attributes + f' r="A1"{attributes}' * 30_000 + end
    begun = time.process_time()
    with suppress(SheetRefused):
        xlsx_facts.walk([b"<row>", tag.encode(), b"<x/></row>"], Progress())
    assert time.process_time() - begun < 2


def test_blanks_without_end_are_read_at_once() -> None:
    begun = time.process_time()
    xlsx_facts.walk([b'<row><c r = "A1">', b" " * 3_000_000, b'</c><c r="B1"/></row>'], Progress())
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_errors_are_found_wherever_the_pieces_are_cut(prefix: str) -> None:
    cell = f'<{prefix}c r="B{{0}}" t="e"><{prefix}f>1/0</{prefix}f><{prefix}v>#DIV/0!</{prefix}v></{prefix}c>'
    xml = "".join(f'<{prefix}row r="{row}">{cell.format(row)}</{prefix}row>' for row in range(1, 60)).encode()
    for size in (37, 90, 201):
        facts = xlsx_facts.walk((xml[at : at + size] for at in range(0, len(xml), size)), Progress())
        assert sorted(facts.faults) == [(row, 1) for row in range(1, 60)]

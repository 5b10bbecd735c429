"""How far a sheet reaches, out of its XML in pieces: no cell beyond it is overlooked, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets import xlsx_facts
from congdoan_desktop.spreadsheets.cells import letters

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
        ("<c><v>1</v></c>", (130, 3)),
        ("<c/><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c>", (130, 4)),
    ],
)
def test_whatever_way_it_is_written(odd: str, expected: tuple[int, int]) -> None:
    rows, columns = reach(sheet(130, 3, odd, 90))
    assert (columns, rows >= expected[0]) == (expected[1], True), "where cells have no address, more may be said"

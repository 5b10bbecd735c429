"""The tables of a paper as an Excel workbook: read out of the document that is printed, so that all say the same."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from congdoan_desktop.domain.text import clean
from congdoan_desktop.progress import Progress
from congdoan_desktop.reports.document import AnnexHead, Cell, Document, Table
from congdoan_desktop.spreadsheets import writing

if TYPE_CHECKING:
    from collections.abc import Sequence

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|0|[1-9]\d{0,14}")
_LONGEST_WIDTH, _LEAST_WIDTH, _MM_OF_A_LETTER = 80.0, 6.0, 1.9


def workbook(document: Document, progress: Progress | None = None) -> bytes:
    """A sheet for each table, in the paper's order; the same document gives the same bytes.

    Raises: Cancelled when somebody asked to stop.
    """
    stream = io.BytesIO()
    writing.write(stream, sheets(document), progress)
    return stream.getvalue()


def has_tables(document: Document) -> bool:
    return any(isinstance(block, Table) and block.head for section in document.sections for block in section.blocks)


def sheets(document: Document) -> list[writing.ListSheet]:
    """Counts and money as numbers, everything else as it is printed; sheets have the names of captions or annexes."""
    found: list[writing.ListSheet] = []
    for title, table in _tables(document):
        found.append(_sheet(document, table, clean(title), _own_name(title, found)))
    return found


def _tables(document: Document) -> Iterator[tuple[str, Table]]:
    """Each table with its title. One that goes on page by page (a list to sign) is one, with the last page's sums."""
    held: list[tuple[str, list[Table]]] = []
    for section in document.sections:
        title = document.title
        for block in section.blocks:
            if isinstance(block, AnnexHead):
                title = f"{block.label}. {block.title}"
            elif isinstance(block, Table) and block.head:
                if block.new_page and held and held[-1][1][-1].head == block.head:
                    held[-1][1].append(block)
                else:
                    held.append((block.caption or title, [block]))
    for title, pages in held:
        rows = tuple(row for page in pages for row in page.rows)
        yield title, replace(pages[-1], rows=rows, caption=pages[0].caption, unit_line=pages[0].unit_line)


def _own_name(title: str, taken: list[writing.ListSheet]) -> str:
    """A short name that no sheet before has: "Bảng 1", "Phụ lục I"."""
    short = clean(title.split(". ", 1)[0])
    names = {sheet.title.lower() for sheet in taken}
    name = writing.sheet_title(short)
    return name if name.lower() not in names else writing.sheet_title(f"{len(taken) + 1} {short}")


def _sheet(document: Document, table: Table, title: str, name: str) -> writing.ListSheet:
    columns = tuple(
        writing.ListColumn(head, writing.ColumnKind.ANY, _width(column.width))
        for head, column in zip(_heads(table), table.columns, strict=True)
    )
    rows = [_row(table, row) for row in (*table.rows, *([table.foot] if table.foot else []))]
    below = [[note] for note in (table.words, table.note) if note]
    head = tuple(clean(line) for line in (document.author, title, table.unit_line) if line)
    return writing.ListSheet(name, columns, [*rows, *below], head, len(rows) + len(below))


def _width(mm: float) -> float:
    return min(max(mm / _MM_OF_A_LETTER, _LEAST_WIDTH), _LONGEST_WIDTH)


def _heads(table: Table) -> list[str]:
    """One title for each column, those of several rows joined: "Nguồn kinh phí – Quỹ Xã hội"."""
    parts: list[list[str]] = [[] for _ in table.columns]
    for cell in sorted(table.head, key=lambda one: (one.row, one.column)):
        for at in range(cell.column, cell.column + cell.columns):
            parts[at].append(clean(cell.text))
    return [" – ".join(part for part in texts if part) for texts in parts]


def _row(table: Table, row: Sequence[Cell]) -> list[object]:
    return list(_values(table, row))


def _values(table: Table, row: Sequence[Cell]) -> Iterator[object]:
    """A cell over several columns stands in the first of them."""
    at = 0
    for cell in row:
        align = cell.align or table.columns[at].align
        yield clean(cell.text) if align == "left" else _number(clean(cell.text))
        yield from [None] * (cell.columns - 1)
        at += cell.columns


def _number(text: str) -> object:
    return int(text.replace(".", "")) if _GROUPED.fullmatch(text) else text

"""Tables in Word: black grid, head rows repeated, rows never cut; cells reached without a search for each."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.shared import Mm, Pt

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import Align, Cell, Table
from congdoan_desktop.reports.docx_parts import cell_margins, fix_widths, grid, keep_whole, repeat_head, set_text, tight
from congdoan_desktop.reports.pdf_tables import cell_face, fitted


def table(paper: Any, block: Table, width: float) -> None:
    """Caption, unit line, head, rows, words and note."""
    block = fitted(block, width)
    if block.new_page:
        _turn_page(paper)
    _above(paper, block)
    head_rows = max((cell.row + cell.rows for cell in block.head), default=0)
    rows = [*block.rows, *([block.foot] if block.foot else [])]
    made = paper.add_table(rows=head_rows + len(rows), cols=len(block.columns))
    grid(made, g.GRID)
    setting = g.CELLS[block.form]
    cell_margins(made, setting.side_mm)
    fix_widths(made, [column.width for column in block.columns])
    cells = made._cells  # noqa: SLF001 - `table.cell` searches the whole table for each cell
    _head(made, block, cells, setting)
    for at, row in enumerate(rows):
        _row(block, row, cells, (head_rows + at) * len(block.columns), setting)
    for at, one in enumerate(made.rows):
        keep_whole(one)
        least = setting.head_least_mm if at < head_rows else setting.least_mm
        if block.foot and at == len(made.rows) - 1:
            least = setting.foot_least_mm
        if least:
            one.height, one.height_rule = Mm(least), WD_ROW_HEIGHT_RULE.AT_LEAST
    _keep_tail(block, cells)
    _below(paper, block)


def _head(made: Any, block: Table, cells: list[Any], setting: g.Cells) -> None:
    columns = len(block.columns)
    for cell in block.head:
        first = cells[cell.row * columns + cell.column]
        last = cells[(cell.row + cell.rows - 1) * columns + cell.column + cell.columns - 1]
        merged = first.merge(last) if first is not last else first
        _fill(merged, cell.text, setting, bold=True, align="center")
    for row in list(made.rows)[: max((cell.row + cell.rows for cell in block.head), default=0)]:
        repeat_head(row)


def _row(block: Table, row: tuple[Cell, ...], cells: list[Any], start: int, setting: g.Cells) -> None:
    places = accumulate((cell.columns for cell in row), initial=0)
    for cell, place in zip(row, places, strict=False):
        first, last = cells[start + place], cells[start + place + cell.columns - 1]
        merged = first.merge(last) if first is not last else first
        align = cell.align or block.columns[place].align
        room = sum(column.width for column in block.columns[place : place + cell.columns]) - 2 * setting.side_mm
        fitted = replace(setting, size=cell_face(cell, setting, room * g.MM).size) if setting.most_lines else setting
        _fill(merged, _text(cell), fitted, bold=cell.bold, align=align)


def _text(cell: Cell) -> str:
    """Choices to tick as squares that every font of the reader has."""
    if not cell.boxes:
        return cell.text
    return "   ".join(f"{'☒' if ticked else '☐'} {words}" for words, ticked in cell.boxes)


def _fill(cell: Any, text: str, setting: g.Cells, *, bold: bool, align: Align) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    tight(paragraph, setting.line)
    paragraph.paragraph_format.space_before = Pt(setting.top)
    paragraph.paragraph_format.space_after = Pt(setting.bottom)
    set_text(paragraph, text, setting.size, bold=bold, align=align)


def _keep_tail(block: Table, cells: list[Any]) -> None:
    """The last rows stay together, and with the words below them."""
    columns = len(block.columns)
    tail = cells[-columns * block.tail :] if block.words or block.note else cells[-columns * block.tail : -columns]
    for cell in tail:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _turn_page(paper: Any) -> None:
    """The least paragraph there can be: two tables without one between them would become one."""
    paragraph = paper.add_paragraph()
    tight(paragraph, 1)
    paragraph.paragraph_format.page_break_before = True


def _above(paper: Any, block: Table) -> None:
    if block.caption:
        caption = paper.add_paragraph(style="Caption")
        set_text(caption, block.caption, g.CAPTION_SIZE, bold=True, align="center")
    if block.unit_line:
        _line(paper, block.unit_line, g.UNIT_LINE_SIZE, g.UNIT_LINE_AFTER, "right").keep_with_next = True


def _below(paper: Any, block: Table) -> None:
    lines = ((block.words, g.WORDS_SIZE, g.WORDS_BEFORE), (block.note, g.NOTE_SIZE, g.NOTE_BEFORE))
    for text, size, before in lines:
        if text:
            shape = _line(paper, text, size, 0, "left")
            shape.space_before = Pt(before)
            shape.keep_with_next = block.signed


def _line(paper: Any, text: str, size: float, after: float, align: Align) -> Any:
    paragraph = paper.add_paragraph()
    tight(paragraph)
    paragraph.paragraph_format.space_after = Pt(after)
    set_text(paragraph, text, size, italic=True, align=align)
    return paragraph.paragraph_format

"""Tables in Word: black grid, head rows repeated, rows never cut; the rows of the body come when the file is closed."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.shared import Mm, Pt
from lxml.etree import Comment

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import Align, Cell, Table
from congdoan_desktop.reports.docx_parts import cell_margins, fix_widths, grid, keep_whole, repeat_head, set_text, tight
from congdoan_desktop.reports.pdf_tables import cell_face

ROWS = "rows "
"""The mark where the rows of a body belong, with their number."""


def table(paper: Any, block: Table, rows: list[Table]) -> None:
    """Caption, unit line, head, words and note; the body is left to `docx_rows`, as the next one of `rows`."""
    if block.new_page:
        _turn_page(paper)
    _above(paper, block)
    made = paper.add_table(rows=max((cell.row + cell.rows for cell in block.head), default=0), cols=len(block.columns))
    grid(made, g.GRID)
    setting = g.CELLS[block.form]
    cell_margins(made, setting.side_mm)
    fix_widths(made, [column.width for column in block.columns])
    _head(made, block, setting)
    made._tbl.append(Comment(f"{ROWS}{len(rows)}"))  # noqa: SLF001 - see docx_parts
    rows.append(block)
    _below(paper, block)


def _head(made: Any, block: Table, setting: g.Cells) -> None:
    columns = len(block.columns)
    cells = made._cells  # noqa: SLF001 - `table.cell` searches the whole table for each cell
    for cell in block.head:
        first = cells[cell.row * columns + cell.column]
        last = cells[(cell.row + cell.rows - 1) * columns + cell.column + cell.columns - 1]
        merged = first.merge(last) if first is not last else first
        room = sum(column.width for column in block.columns[cell.column : cell.column + cell.columns])
        shown = Cell(cell.text, bold=True)
        _fill(merged, shown, setting, cell_face(shown, setting, (room - 2 * setting.side_mm) * g.MM).size)
    for row in made.rows:
        keep_whole(row)
        repeat_head(row)
        if setting.head_least_mm:
            row.height, row.height_rule = Mm(setting.head_least_mm), WD_ROW_HEIGHT_RULE.AT_LEAST


def _fill(cell: Any, shown: Cell, setting: g.Cells, size: float) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    tight(paragraph, setting.line)
    paragraph.paragraph_format.space_before = Pt(setting.top)
    paragraph.paragraph_format.space_after = Pt(setting.bottom)
    set_text(paragraph, shown.text, size, bold=True, align="center")


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

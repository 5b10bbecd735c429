"""Tables: black grid, no shading, heads repeated, rows never cut (rule A07; keep-together rules below)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, islice, pairwise

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import Align, Cell, HeadCell, Table
from congdoan_desktop.reports.flow import Draw, Piece, kept
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.lines import Line, longest_word, one_line, text_lines
from congdoan_desktop.reports.pace import Pace
from congdoan_desktop.reports.pdf_text import centred

_WHOLE = 0.999
"""Of its width that a table may lack before all of it is made narrower."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A cell set in its place: offsets in points from the row's upper left corner."""

    x: float
    y: float
    width: float
    height: float
    cell: Cell
    align: Align
    lines: tuple[Line, ...]


def table(block: Table, width: float, page_height: float, pace: Pace) -> Iterator[Piece]:
    """Caption, unit line, head, rows, words and note; rows are set when they are asked for.

    A table that fits a page is one chain. A longer one keeps its head with two rows, and its tail (the total, two
    rows before it, the sum in words) together.
    """
    block, setting = fitted(block, width), g.CELLS[block.form]
    head = _head(block, setting, pace)
    rows = _rows(block, setting, pace, page_height - _height(head))
    above, below = _above(block, width), _below(block, width)
    if not above:
        head, rows = _spaced(head, rows)
    if block.new_page:
        head = [replace(head[0], turns=True), *head[1:]]
    around = g.SIGNED_ROOM_MM * g.MM if block.signed else 0.0
    around += _height(above) + _height(head) + _height(below)
    first = _up_to(rows, page_height - around)
    if around + _height(first) <= page_height:
        return iter(kept([*above, *head, *first, *below], with_next=block.signed))
    return _over_pages(block, [*above, *head], (replace(row, head=tuple(head)) for row in chain(first, rows)), below)


def _over_pages(block: Table, head: list[Piece], rows: Iterator[Piece], below: list[Piece]) -> Iterator[Piece]:
    yield from kept([*head, *islice(rows, 2)])
    tail: deque[Piece] = deque()
    for row in rows:
        tail.append(row)
        if len(tail) > max(2, block.tail):
            yield tail.popleft()
    yield from kept([*tail, *below], with_next=block.signed)


def _rows(block: Table, setting: g.Cells, pace: Pace, room: float) -> Iterator[Piece]:
    for row in block.rows:
        yield from _row(block, row, setting, pace, room)
    if block.foot:
        yield from _row(block, block.foot, replace(setting, least_mm=setting.foot_least_mm), pace, room)


def _up_to(rows: Iterator[Piece], height: float) -> list[Piece]:
    """The rows that fit, and the first that does not."""
    taken: list[Piece] = []
    while height >= 0 and (row := next(rows, None)) is not None:
        taken.append(row)
        height -= row.before + row.height
    return taken


def _height(pieces: Iterable[Piece]) -> float:
    return sum(piece.before + piece.height for piece in pieces)


def fitted(block: Table, width: float) -> Table:
    """The table within a text block of `width` points: all of it narrower where margins are wider than usual."""
    share = width / g.MM / sum(column.width for column in block.columns)
    if share > _WHOLE:
        return block
    return replace(block, columns=tuple(replace(one, width=share * one.width) for one in block.columns))


def _spaced(head: list[Piece], rows: Iterator[Piece]) -> tuple[list[Piece], Iterator[Piece]]:
    """The first piece under a text without a caption of its own."""
    if head:
        return [replace(head[0], before=g.TABLE_BEFORE)], rows
    first = (replace(row, before=g.TABLE_BEFORE) for row in islice(rows, 1))
    return head, chain(first, rows)


def row_height(lines: int, setting: g.Cells) -> float:
    """Height in points of a row of so many lines."""
    return max(setting.top + lines * setting.line + setting.bottom, setting.least_mm * g.MM)


def _above(block: Table, width: float) -> list[Piece]:
    pieces = []
    if block.caption:
        after = 0.0 if block.unit_line else g.CAPTION_AFTER
        face = Face(g.CAPTION_SIZE, bold=True)
        pieces += centred(block.caption, face, g.CAPTION_LINE, width, before=g.CAPTION_BEFORE, after=after)
    if block.unit_line:
        face = Face(g.UNIT_LINE_SIZE, italic=True)
        pieces += centred(
            block.unit_line, face, g.UNIT_LINE, width, align="right", before=g.CAPTION_AFTER, after=g.UNIT_LINE_AFTER
        )
    return pieces


def _below(block: Table, width: float) -> list[Piece]:
    pieces = []
    if block.words:
        face = Face(g.WORDS_SIZE, italic=True)
        pieces += centred(block.words, face, g.WORDS_LINE, width, align="left", before=g.WORDS_BEFORE)
    if block.note:
        face = Face(g.NOTE_SIZE, italic=True)
        pieces += centred(block.note, face, g.NOTE_LINE, width, align="left", before=g.NOTE_BEFORE)
    return pieces


def _edges(block: Table) -> list[float]:
    return [mm * g.MM for mm in accumulate((column.width for column in block.columns), initial=0.0)]


def _head(block: Table, setting: g.Cells, pace: Pace) -> list[Piece]:
    """The head as one piece, however many rows it has: it is repeated whole."""
    if not block.head:
        return []
    edges = _edges(block)
    heights = _head_heights(block, setting, edges)
    tops = list(accumulate(heights, initial=0.0))
    cells = [
        _head_cell(
            cell,
            setting,
            (edges[cell.column], tops[cell.row]),
            (edges[cell.column + cell.columns] - edges[cell.column], tops[cell.row + cell.rows] - tops[cell.row]),
        )
        for cell in block.head
    ]
    return [Piece(tops[-1], _drawing(cells, setting, pace))]


def _head_cell(cell: HeadCell, setting: g.Cells, at: tuple[float, float], size: tuple[float, float]) -> _Set:
    room = size[0] - 2 * setting.side_mm * g.MM
    shown = Cell(cell.text, bold=True)
    lines = text_lines(cell.text, cell_face(shown, setting, room), room)
    return _Set(*at, *size, shown, "center", tuple(lines))


def _head_heights(block: Table, setting: g.Cells, edges: list[float]) -> list[float]:
    rows = max(cell.row + cell.rows for cell in block.head)
    heights = [setting.head_least_mm * g.MM / rows] * rows
    for cell in sorted(block.head, key=lambda cell: cell.rows):
        room = edges[cell.column + cell.columns] - edges[cell.column] - 2 * setting.side_mm * g.MM
        lines = len(text_lines(cell.text, _head_face(cell, setting, room), room))
        lacking = setting.top + lines * setting.line + setting.bottom - sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.row + cell.rows - 1] += max(0.0, lacking)
    return heights


def _head_face(cell: HeadCell, setting: g.Cells, room: float) -> Face:
    return _fitting(Face(setting.size, bold=True), cell.text, room)


def _row(block: Table, row: Sequence[Cell], setting: g.Cells, pace: Pace, room: float) -> list[Piece]:
    pace.row()
    edges = _edges(block)
    starts = list(accumulate((cell.columns for cell in row), initial=0))
    spans = [(edges[start], edges[end] - edges[start]) for start, end in pairwise(starts)]
    inner = 2 * setting.side_mm * g.MM
    lines = [
        tuple(text_lines(cell.text, cell_face(cell, setting, span - inner), span - inner))
        for cell, (_, span) in zip(row, spans, strict=True)
    ]
    most, held = max(map(len, lines)), _lines_of(room, setting)
    pieces = []
    for first in range(0, most, held):
        height = row_height(min(held, most - first), setting)
        cells = [
            _Set(x, 0.0, span, height, cell, cell.align or block.columns[start].align, broken[first : first + held])
            for cell, start, (x, span), broken in zip(row, starts, spans, lines, strict=False)
        ]
        pieces.append(Piece(height, _drawing(cells, setting, pace)))
    return pieces


def _lines_of(room: float, setting: g.Cells) -> int:
    """How many lines a row may have before it goes on in a further one, as it must where it is taller than a page."""
    return max(1, int((room - setting.top - setting.bottom) / setting.line))


def cell_face(cell: Cell, setting: g.Cells, room: float) -> Face:
    """The face in which a cell's text fits `room` points."""
    face = _fitting(Face(setting.size, bold=cell.bold), cell.text, room)
    while (
        setting.most_lines
        and face.size > g.SMALLEST_FIGURE
        and len(text_lines(cell.text, face, room)) > setting.most_lines
    ):
        face = replace(face, size=face.size - 0.5)
    return face


def _fitting(face: Face, text: str, room: float) -> Face:
    """A smaller face where a figure or a single word would leave its cell: a number is never broken."""
    if face.width(text) <= room:
        return face
    while longest_word(text, face) > room and face.size > g.SMALLEST_FIGURE:
        face = replace(face, size=face.size - 0.5)
    return face


def _drawing(cells: Sequence[_Set], setting: g.Cells, pace: Pace) -> Draw:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        pace.row()
        canvas.setLineWidth(g.GRID)
        pen = canvas.beginText()
        for one in cells:
            canvas.rect(x + one.x, top - one.y - one.height, one.width, one.height)
            _draw_cell(canvas, pen, x, top, one, setting)
        canvas.drawText(pen)

    return draw


def _draw_cell(canvas: Canvas, pen: PDFTextObject, x: float, top: float, one: _Set, setting: g.Cells) -> None:
    side = setting.side_mm * g.MM
    spare = one.height - setting.top - setting.bottom - len(one.lines) * setting.line
    face = one.lines[0].parts[0][0] if one.lines and one.lines[0].parts else Face(setting.size)
    baseline = top - one.y - setting.top - spare / 2 - face.drop(setting.line)
    if one.cell.boxes:
        draw_ticks(canvas, x + one.x + side, baseline, one.cell.boxes, setting.size)
        return
    for at, line in enumerate(one.lines):
        line.put(pen, x + one.x + side, baseline - at * setting.line, one.width - 2 * side, one.align)


def draw_ticks(canvas: Canvas, x: float, baseline: float, boxes: Sequence[tuple[str, bool]], size: float) -> None:
    """Choices in a row, each behind a square of its own; the chosen one crossed and bold."""
    for words, ticked in boxes:
        draw_square(canvas, x, baseline - 0.3 * g.MM, ticked=ticked)
        line = one_line(words, Face(size, bold=ticked))
        line.draw(canvas, x + (g.TICK_MM + 1.6) * g.MM, baseline)
        x += line.width + (g.TICK_MM + 6.6) * g.MM


def draw_square(canvas: Canvas, x: float, y: float, *, ticked: bool) -> None:
    """A square to tick with its lower left corner at (x, y)."""
    side = g.TICK_MM * g.MM
    canvas.setLineWidth(g.RULE)
    canvas.rect(x, y, side, side)
    if ticked:
        canvas.line(x, y, x + side, y + side)
        canvas.line(x, y + side, x + side, y)

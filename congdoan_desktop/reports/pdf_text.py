"""Running text: paragraphs, headings, labels (rule A07, line 6)."""

from __future__ import annotations

from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import Align, Heading, Label, Paragraph, Run
from congdoan_desktop.reports.flow import Draw, Piece, kept, kept_ends
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.lines import Line, runs_lines, text_lines


def paragraph(block: Paragraph, width: float) -> list[Piece]:
    """Justified lines, never one alone at a page's foot or top; a closing paragraph keeps with what follows."""
    size, pitch = (g.BODY_SIZE, g.BODY_LINE) if block.size == "body" else (g.SMALL_SIZE, g.SMALL_LINE)
    indent = g.INDENT_MM * g.MM if block.indented else 0.0
    lines = runs_lines(block.runs, size, width, indent)
    drop = Face(size).drop(pitch)
    pieces = [
        Piece(
            pitch,
            _justified(line, indent if at == 0 else 0.0, drop, width),
            before=0.0 if at else g.BODY_BEFORE,
            barrier=block.closing,
        )
        for at, line in enumerate(lines)
    ]
    if block.closing:
        return kept(pieces, with_next=True)
    *rest, last = kept_ends(pieces)
    return [*rest, replace(last, keep=block.kept)]


def heading(block: Heading, width: float) -> list[Piece]:
    """Bold at the paragraph's indent, kept with what follows; chapters hold floating charts back."""
    text = block.text.upper() if block.level == 1 else block.text
    lines = runs_lines((Run(text, bold=True),), g.BODY_SIZE, width, g.INDENT_MM * g.MM)
    drop = Face(g.BODY_SIZE).drop(g.BODY_LINE)
    pieces = [
        Piece(
            g.BODY_LINE,
            _set(line, g.INDENT_MM * g.MM if at == 0 else 0.0, drop, width, "left"),
            before=0.0 if at else g.HEADING_BEFORE[block.level],
            barrier=block.level == 1,
        )
        for at, line in enumerate(lines)
    ]
    return kept(pieces, with_next=True)


def label(block: Label, width: float) -> list[Piece]:
    """A bold line at the margin of a form, or in the middle of a decision."""
    if block.centred:
        bold = Face(g.BODY_SIZE, bold=True)
        before = g.HEADING_BEFORE[1]
        return kept(centred(block.text, bold, g.BODY_LINE, width, before=before), with_next=True)
    face = Face(g.LABEL_SIZE, bold=True)
    pieces = centred(block.text, face, g.LABEL_LINE, width, align="left", before=g.LABEL_BEFORE)
    return kept(pieces, with_next=True)


def centred(
    text: str,
    face: Face,
    pitch: float,
    width: float,
    *,
    align: Align = "center",
    before: float = 0.0,
    after: float = 0.0,
) -> list[Piece]:
    """Lines of one face, centred unless told otherwise, with space above and below."""
    lines = text_lines(text, face, width)
    return [
        Piece(
            pitch + (after if at == len(lines) - 1 else 0.0),
            _set(line, 0.0, face.drop(pitch), width, align),
            before=0.0 if at else before,
        )
        for at, line in enumerate(lines)
    ]


def _justified(line: Line, indent: float, drop: float, width: float) -> Draw:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        line.draw_justified(canvas, x + indent, top - drop, width - indent)

    return draw


def _set(line: Line, indent: float, drop: float, width: float, align: Align) -> Draw:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        line.draw(canvas, x + indent, top - drop, width - indent, align)

    return draw

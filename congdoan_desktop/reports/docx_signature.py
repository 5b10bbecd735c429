"""Who signs, in Word: the signature block with Nơi nhận and the report's code, and signers side by side (A12, A14)."""

from __future__ import annotations

import io
from typing import Any

import segno
from docx.shared import Mm, Pt

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import PaperCode, Run, Signature, Signers
from congdoan_desktop.reports.docx_parts import add_runs, cell_margins, fix_widths, grid, keep_whole, set_text, tight
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.pdf_codes import qr_quiet
from congdoan_desktop.reports.pdf_forms import note_face

_DOTS_PER_MODULE = 8


def signature(paper: Any, block: Signature, width: float) -> None:
    """A table of one row without lines, which no page can cut."""
    table = _frameless(paper, [g.SIGN_SPLIT_MM, width / g.MM - g.SIGN_SPLIT_MM])
    left, right = table.rows[0].cells
    _recipients(left, block)
    for at, line in enumerate(block.lines):
        paragraph = right.paragraphs[0] if at == 0 else right.add_paragraph()
        tight(paragraph, g.SIGN_LINE)
        set_text(paragraph, line, g.SIGN_SIZE, bold=True, align="center")
    name = right.add_paragraph()
    tight(name, g.SIGN_LINE)
    name.paragraph_format.space_before = Pt(g.SIGN_ROOM_MM * g.MM - g.SIGN_LINE)
    set_text(name, block.name, g.SIGN_SIZE, bold=True, align="center")


def signers(paper: Any, block: Signers, width: float) -> None:
    """Columns of equal width: the day over the last one, who signs, the note or title, room to sign, the name."""
    places = g.SIGNERS[block.form]
    table = _frameless(paper, [width / g.MM / len(block.columns)] * len(block.columns), places.before)
    bold = Face(g.SIGNER_SIZE, bold=True)
    pitch = (places.note - places.heading) * g.MM
    room = (places.name - places.note) * g.MM - pitch
    for at, (cell, (heading, note, name)) in enumerate(zip(table.rows[0].cells, block.columns, strict=True)):
        lines = [(heading, bold, 0.0), (note, note_face(note), 0.0), (name, bold, room)]
        if block.date_line:
            date = block.date_line if at == len(block.columns) - 1 else ""
            lines.insert(0, (date, Face(g.SIGNER_DATE_SIZE, italic=True), 0.0))
        for number, (text, face, before) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            tight(paragraph, pitch)
            paragraph.paragraph_format.space_before = Pt(before)
            set_text(paragraph, text, face.size, bold=face.bold, italic=face.italic, align="center")


def _frameless(paper: Any, widths_mm: list[float], before_mm: float = g.SIGN_BEFORE_MM) -> Any:
    space = paper.add_paragraph()
    tight(space, before_mm * g.MM)
    space.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=1, cols=len(widths_mm))
    grid(table, 0)
    cell_margins(table, 0)
    fix_widths(table, widths_mm)
    keep_whole(table.rows[0])
    return table


def _recipients(cell: Any, block: Signature) -> None:
    first = cell.paragraphs[0]
    tight(first, g.SIGN_LINE)
    add_runs(first, (Run("Nơi nhận:", bold=True, italic=True),), g.RECIPIENTS_SIZE)
    for text in block.recipients:
        paragraph = cell.add_paragraph()
        tight(paragraph, g.RECIPIENT_LINE)
        set_text(paragraph, f"- {text}", g.RECIPIENT_SIZE)
    if block.code is not None:
        _code(cell, block.code)


def _code(cell: Any, code: PaperCode) -> None:
    paragraph = cell.add_paragraph()
    tight(paragraph)
    paragraph.paragraph_format.space_before = Pt(g.REPORT_QR_DROP_MM * g.MM)
    paragraph.paragraph_format.line_spacing = 1.0
    quiet = qr_quiet(code.content, g.REPORT_QR_MM * g.MM, "M")
    paragraph.paragraph_format.left_indent = Pt(-quiet)
    picture = io.BytesIO()
    made = segno.make_qr(code.content, error="M", boost_error=False)
    made.save(picture, kind="png", scale=_DOTS_PER_MODULE, border=g.QUIET_MODULES)
    paragraph.add_run().add_picture(picture, width=Mm(g.REPORT_QR_MM))
    add_runs(paragraph, (Run(f" {code.label} "),), g.CODE_LABEL_SIZE)
    add_runs(paragraph, (Run(code.code, bold=True),), g.CODE_SIZE)

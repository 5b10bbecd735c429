"""The signature block: who signs on the right, Nơi nhận and the report's code on the left (rules A07, A12, A14)."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import PaperCode, Signature
from congdoan_desktop.reports.flow import Piece
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.lines import Line, one_line, text_lines
from congdoan_desktop.reports.pdf_codes import draw_qr, qr_quiet


def signature(block: Signature, width: float) -> list[Piece]:
    """One piece: it is never cut, and the closing paragraph keeps with it."""
    left, right = g.SIGN_SPLIT_MM * g.MM, width - g.SIGN_SPLIT_MM * g.MM
    titles = [line for text in block.lines for line in text_lines(text, Face(g.SIGN_SIZE, bold=True), right)]
    recipients = [line for text in block.recipients for line in text_lines(f"- {text}", Face(g.RECIPIENT_SIZE), left)]
    first = Face(g.SIGN_SIZE).drop(g.SIGN_LINE)
    name_drop = first + (len(titles) - 1) * g.SIGN_LINE + g.SIGN_ROOM_MM * g.MM
    list_drop = first + len(recipients) * g.RECIPIENT_LINE

    def draw(canvas: Canvas, x: float, top: float) -> None:
        _draw_titles(canvas, x + left, top - first, right, titles)
        name = one_line(block.name, Face(g.SIGN_SIZE, bold=True))
        name.draw(canvas, x + left, top - name_drop, right, "center")
        one_line("Nơi nhận:", Face(g.RECIPIENTS_SIZE, bold=True, italic=True)).draw(canvas, x, top - first)
        for at, line in enumerate(recipients, 1):
            line.draw(canvas, x, top - first - at * g.RECIPIENT_LINE)
        if block.code is not None:
            _draw_code(canvas, x, top - list_drop - g.REPORT_QR_DROP_MM * g.MM, block.code)

    code_height = (g.REPORT_QR_DROP_MM + g.REPORT_QR_MM) * g.MM if block.code is not None else 0.0
    height = max(name_drop, list_drop + code_height) + Face(g.SIGN_SIZE).descent
    return [Piece(height, draw, before=g.SIGN_BEFORE_MM * g.MM)]


def _draw_titles(canvas: Canvas, x: float, baseline: float, width: float, titles: list[Line]) -> None:
    for at, line in enumerate(titles):
        line.draw(canvas, x, baseline - at * g.SIGN_LINE, width, "center")


def _draw_code(canvas: Canvas, x: float, top: float, code: PaperCode) -> None:
    """The dark modules are flush with the margin; the quiet zone reaches into it."""
    size = g.REPORT_QR_MM * g.MM
    draw_qr(canvas, x - qr_quiet(code.content, size, "M"), top, size, code.content, "M")
    middle, beside = top - size / 2, x + size
    one_line(code.label, Face(g.CODE_LABEL_SIZE)).draw(canvas, beside, middle + 1.7 * g.MM)
    one_line(code.code, Face(g.CODE_SIZE, bold=True)).draw(canvas, beside, middle - 2.7 * g.MM)

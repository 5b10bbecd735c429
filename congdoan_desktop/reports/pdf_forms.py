"""What only the forms have: the box of words to compare, code rows, framed and free signers.

Places inside a box are millimetres from its upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import Align, CodeRow, SignBox, SignBoxes, Signers, WordBox
from congdoan_desktop.reports.flow import Piece
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.lines import one_line, runs_lines, text_lines
from congdoan_desktop.reports.pdf_codes import draw_qr, qr_quiet
from congdoan_desktop.reports.pdf_tables import draw_square


def word_box(block: WordBox, width: float) -> list[Piece]:
    """A frame: QR code on the left, numbered words in rows of four, closing lines below them."""
    rows = -(-len(block.words) // g.WORDS_IN_ROW)
    words_end = g.WORDS_TOP_MM + rows * g.WORD_PITCH_MM
    height = max(g.WORD_BOX_MM, words_end + g.WORD_LINE_MM * len(block.lines) + 0.6)

    def draw(canvas: Canvas, x: float, top: float) -> None:
        pen = _Pen(canvas, x, top)
        pen.frame(0, 0, width / g.MM, height)
        inset = (g.WORD_BOX_MM - g.WORD_QR_MM) / 2
        draw_qr(canvas, pen.x(inset), pen.y(inset), g.WORD_QR_MM * g.MM, block.content, "Q")
        pen.text(block.heading, Face(12, bold=True), g.WORDS_LEFT_MM, 4.5)
        for at, word in enumerate(block.words):
            _word(pen, at, word)
        for at, line in enumerate(block.lines):
            base = words_end + 3.6 + at * g.WORD_LINE_MM
            room = width - g.WORDS_LEFT_MM * g.MM
            size = g.WORD_LINE_SIZES[min(at, len(g.WORD_LINE_SIZES) - 1)]
            runs_lines(line, size, room)[0].draw(canvas, pen.x(g.WORDS_LEFT_MM), pen.y(base))

    return [Piece(height * g.MM, draw, before=g.TABLE_BEFORE)]


def code_row(block: CodeRow, width: float) -> list[Piece]:
    """QR code at the margin; labelled codes and a sentence beside it."""
    size = g.CODE_ROW_QR_MM * g.MM
    first = 7.7 if len(block.codes) > 1 else 10.7

    def draw(canvas: Canvas, x: float, top: float) -> None:
        pen = _Pen(canvas, x, top)
        draw_qr(canvas, x - qr_quiet(block.content, size, "M"), top, size, block.content, "M")
        for at, (label, code) in enumerate(block.codes):
            pen.text(label, Face(12), 29, first + 6.1 * at)
            pen.text(code, Face(14, bold=True), 65, first + 6.1 * at)
        sentence = text_lines(block.sentence, Face(12, italic=True), width - 29 * g.MM)
        for at, line in enumerate(sentence):
            line.draw(canvas, pen.x(29), pen.y(first + 6.1 * len(block.codes) - 0.2 + 5 * at))

    return [Piece(size, draw, before=1.5 * g.MM, keep=True)]


def sign_boxes(block: SignBoxes, width: float) -> list[Piece]:
    """Seal and signature share a box: the seal must overlap the signature."""

    def draw(canvas: Canvas, x: float, top: float) -> None:
        half = width / 2 / g.MM
        for left, box in ((0.0, block.left), (half, block.right)):
            pen = _Pen(canvas, x + left * g.MM, top)
            pen.frame(0, 0, half, g.SIGN_BOX_MM)
            _sign_box(pen, half, box)

    return [Piece(g.SIGN_BOX_MM * g.MM, draw, before=5.0)]


def signers(block: Signers, width: float) -> list[Piece]:
    """Columns of equal width: who signs, the note or title, room to sign, the name."""
    column = width / len(block.columns)
    places = g.SIGNERS[block.form]
    bold = Face(g.SIGNER_SIZE, bold=True)

    def draw(canvas: Canvas, x: float, top: float) -> None:
        room = column / g.MM
        for at, (heading, note, name) in enumerate(block.columns):
            pen = _Pen(canvas, x + at * column, top)
            pen.text(heading, bold, 0, places.heading, room, "center")
            pen.text(note, note_face(note), 0, places.note, room, "center")
            pen.text(name, bold, 0, places.name, room, "center")
        pen.text(block.date_line, Face(g.SIGNER_DATE_SIZE, italic=True), 0, places.date, room, "center")

    return [Piece((places.name + places.below) * g.MM, draw, before=places.before * g.MM, keep=True)]


def note_face(note: str) -> Face:
    """What stands under "TM. BAN THƯỜNG VỤ" is the signer's title; a note is in brackets."""
    if note.startswith("("):
        return Face(g.SIGNER_NOTE_SIZE, italic=True)
    return Face(g.SIGNER_SIZE, bold=True)


def _word(pen: _Pen, at: int, word: str) -> None:
    row, column = divmod(at, g.WORDS_IN_ROW)
    left, top = g.WORDS_LEFT_MM + column * g.WORD_CELL_MM, g.WORDS_TOP_MM + row * g.WORD_PITCH_MM
    pen.frame(left, top, g.WORD_CELL_MM, g.WORD_ROW_MM)
    pen.text(str(at + 1), Face(g.WORD_INDEX_SIZE), left + 1.0, top + 3.3)
    pen.text(word, Face(g.WORD_SIZE, bold=True), left, top + 8.2, g.WORD_CELL_MM, "center")


def _sign_box(pen: _Pen, room: float, box: SignBox) -> None:
    pen.text(box.heading, Face(12, bold=True), 0, 5.3, room, "center")
    pen.text(box.date_line, Face(12, italic=True), 0, 10.9, room, "center")
    down = 16.5
    for tick in box.ticks:
        draw_square(pen.canvas, pen.x(3.8), pen.y(down + 1.5), ticked=False)
        pen.text(tick, Face(12), 9.5, down + 1.2)
        down += 5.85
    down += 1.8 if box.ticks else 0.0
    for line in box.signer:
        pen.text(line, Face(12, bold=True), 0, down, room, "center")
        down += 5.3
    pen.text(box.note, Face(11, italic=True), 0, down - 0.7, room, "center")
    pen.text(box.name, Face(13, bold=True), 0, 54.8, room, "center")


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws in millimetres from an upper left corner given in points."""

    canvas: Canvas
    left: float
    top: float

    def x(self, mm: float) -> float:
        return self.left + mm * g.MM

    def y(self, mm: float) -> float:
        return self.top - mm * g.MM

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        self.canvas.setLineWidth(g.GRID)
        self.canvas.rect(self.x(x), self.y(y + height), width * g.MM, height * g.MM)

    def text(self, text: str, face: Face, x: float, baseline: float, room: float = 0.0, align: Align = "left") -> None:
        """One line, set smaller where it would leave its room."""
        while room and face.width(text) > room * g.MM and face.size > g.SMALLEST_FIGURE:
            face = replace(face, size=face.size - 0.5)
        one_line(text, face).draw(self.canvas, self.x(x), self.y(baseline), room * g.MM, align)

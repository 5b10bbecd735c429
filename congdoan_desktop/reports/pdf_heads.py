"""The head of a paper: letterhead, title, addressee, and the head of an annex (rules A07, A08, A13, A14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.balance import balanced
from congdoan_desktop.reports.document import Addressee, AnnexHead, Letterhead, Title
from congdoan_desktop.reports.flow import Piece, kept
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.lines import one_line, text_lines
from congdoan_desktop.reports.pdf_text import centred

Level = Callable[[float], float]
"""Millimetres from the sheet's upper edge, as a height in points."""

_ADDRESSEE = {
    False: (g.ADDRESSEE_DROP_MM * g.MM, g.ADDRESSEE_AFTER),
    True: (g.FORM_ADDRESSEE_DROP_MM * g.MM, g.FORM_ADDRESSEE_AFTER),
}

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_LONGEST_TITLE = 24
"""Lines. A longer one leaves no room for anything else on its page."""
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_ABBREVIATIONS = {"LIÊN ĐOÀN LAO ĐỘNG": "LĐLĐ", "CÔNG ĐOÀN CƠ SỞ": "CĐCS"}


@dataclass(frozen=True, slots=True)
class FittedHead:
    """The left cell's lines as they fit, and the sizes that go with them."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    sizes: g.HeadSizes


def fit_letterhead(head: Letterhead) -> FittedHead:
    """Full names at 13 pt, full at 12, the upper union abbreviated, and only then wrapped between phrases."""
    parent, issuer = head.parent.upper(), head.issuer.upper()
    short = _abbreviated(head.parent_short.upper() or parent)
    for above in dict.fromkeys((parent, short)):
        for sizes in g.HEAD_SIZES:
            if (
                _parent_width(above, sizes) <= sizes.left_mm * g.MM
                and _issuer_width(issuer, sizes) <= sizes.left_mm * g.MM
            ):
                return FittedHead((above,) if above else (), (issuer,), sizes)
    sizes = g.HEAD_SIZES[0]
    room = sizes.left_mm * g.MM
    above = parent if _parent_width(parent, sizes) <= room else short
    wrapped = tuple(balanced(above, Face(sizes.lines), room)) if above else ()
    return FittedHead(wrapped, tuple(balanced(issuer, Face(sizes.lines, bold=True), room)), sizes)


def letterhead(head: Letterhead, width: float) -> list[Piece]:
    """The two cells side by side, level line by line."""
    fitted = fit_letterhead(head)
    further = g.LETTERHEAD_FURTHER_MM * max(0, len(fitted.parent) + len(fitted.issuer) - 2)
    about = about_lines(head, left_cell(fitted, width))

    def draw(canvas: Canvas, x: float, top: float) -> None:
        def level(mm: float) -> float:
            return top - (mm - g.TOP_MM) * g.MM

        left = left_cell(fitted, width)
        _draw_left(canvas, x, left, level, fitted)
        _draw_right(canvas, x + left, width - left, level, fitted.sizes)
        base = level(g.LETTERHEAD_NUMBER_MM + further)
        one_line(head.number_line, Face(g.NUMBER_SIZE)).draw(canvas, x, base, left, "center")
        date = one_line(head.date_line, Face(g.DATE_SIZE, italic=True))
        date.draw(canvas, x + left, base, width - left, "center")
        for at, line in enumerate(about, 1):
            one_line(line, Face(g.ABOUT_SIZE)).draw(
                canvas, x, base - g.ABOUT_BEFORE - at * g.ABOUT_LINE, left, "center"
            )

    ends = g.LETTERHEAD_END_MM if head.number_line or head.date_line else g.LETTERHEAD_BARE_END_MM
    room = g.ABOUT_BEFORE + len(about) * g.ABOUT_LINE if about else 0.0
    return [Piece((ends - g.TOP_MM + further) * g.MM + room, draw)]


def about_lines(head: Letterhead, left: float) -> list[str]:
    """The subject of an official letter in balanced lines; none on other papers."""
    return list(balanced(head.about, Face(g.ABOUT_SIZE), left)) if head.about else []


def left_cell(fitted: FittedHead, width: float) -> float:
    """Width in points of the left cell in a text block of `width`."""
    upright = (g.SHORT_EDGE_MM - g.LEFT_MM - g.RIGHT_MM) * g.MM
    return (g.WIDE_LEFT_MM if width > upright + 1 else fitted.sizes.left_mm) * g.MM


def title(block: Title, width: float) -> list[Piece]:
    """Type name, trích yếu in balanced lines, and the rule or the reference under it."""
    face = Face(g.TITLE_SIZE, bold=True)
    subject = [one_line(line, face) for line in balanced(block.subject, face, g.SUBJECT_WIDTH_MM * g.MM)]
    italic = Face(g.TITLE_SIZE, italic=True)
    reference = [one_line(line, italic) for line in balanced(block.reference, italic, width)] if block.reference else []
    if len(subject) > _LONGEST_TITLE:
        return _endless(block, width)
    last = face.drop(g.TITLE_LINE) + g.SUBJECT_LINE * (len(subject) + len(reference))
    height = last + (g.REFERENCE_DROP_MM if reference else g.SUBJECT_RULE_DROP_MM) * g.MM

    def draw(canvas: Canvas, x: float, top: float) -> None:
        base = top - face.drop(g.TITLE_LINE)
        one_line(block.kind.upper(), face).draw(canvas, x, base, width, "center")
        for line in (*subject, *reference):
            base -= g.SUBJECT_LINE
            line.draw(canvas, x, base, width, "center")
        if not reference:
            _rule(canvas, x + width / 2, top - height, g.SUBJECT_RULE_SHARE * max(line.width for line in subject))

    return [Piece(height + block.below * g.MM, draw, before=block.gap * g.MM, keep=True)]


def _endless(block: Title, width: float) -> list[Piece]:
    """A whole text pasted for a title: line by line, so that it goes on on the next page."""
    face = Face(g.TITLE_SIZE, bold=True)
    kind = centred(block.kind.upper(), face, g.TITLE_LINE, width, before=block.gap * g.MM)
    return [*kept(kind, with_next=True), *centred(block.subject, face, g.SUBJECT_LINE, width)]


def addressee(block: Addressee, width: float) -> list[Piece]:
    """The line "Kính gửi: ..." centred; a long receiver wraps into centred lines."""
    face = Face(g.BODY_SIZE)
    lines = text_lines(f"Kính gửi: {block.receiver}", face, width)
    first, after = _ADDRESSEE[block.tight]

    def draw(canvas: Canvas, x: float, top: float) -> None:
        for at, line in enumerate(lines):
            line.draw(canvas, x, top - first - at * g.BODY_LINE, width, "center")

    rest = g.BODY_LINE - face.drop(g.BODY_LINE)
    return [Piece(first + (len(lines) - 1) * g.BODY_LINE + rest + after, draw, keep=True)]


def annex_head(block: AnnexHead, width: float) -> list[Piece]:
    """The word "Phụ lục", the title in capitals, the reference in italics; a table begins 22 mm down the page."""
    bold, italic = Face(g.ANNEX_SIZE, bold=True), Face(g.ANNEX_SIZE, italic=True)
    lines = [
        *text_lines(block.label, bold, width),
        *(one_line(line, bold) for line in balanced(block.title.upper(), bold, width)),
        *(one_line(line, italic) for line in balanced(block.reference, italic, width)),
    ]
    pitch = (g.ANNEX_BASELINES_MM[1] - g.ANNEX_BASELINES_MM[0]) * g.MM

    def draw(canvas: Canvas, x: float, top: float) -> None:
        for at, line in enumerate(lines):
            line.draw(canvas, x, top - g.ANNEX_BASELINES_MM[0] * g.MM - at * pitch, width, "center")

    return [Piece(g.ANNEX_TABLE_MM * g.MM + (len(lines) - 3) * pitch, draw, keep=True)]


def _abbreviated(name: str) -> str:
    """The common phrases that the line of the upper body may shorten (rule A07); the issuer's own name stays whole."""
    for phrase, letters in _ABBREVIATIONS.items():
        name = name.replace(phrase, letters)
    return name


def _parent_width(text: str, sizes: g.HeadSizes) -> float:
    return Face(sizes.lines).width(text)


def _issuer_width(text: str, sizes: g.HeadSizes) -> float:
    return Face(sizes.lines, bold=True).width(text)


def _draw_left(canvas: Canvas, x: float, width: float, level: Level, fitted: FittedHead) -> None:
    lines = [
        *(one_line(text, Face(fitted.sizes.lines)) for text in fitted.parent),
        *(one_line(text, Face(fitted.sizes.lines, bold=True)) for text in fitted.issuer),
    ]
    for at, line in enumerate(lines):
        line.draw(canvas, x, level(_line_mm(at)), width, "center")
    widest = max(line.width for line in lines[len(fitted.parent) :])
    under = g.LETTERHEAD_RULE_MM + g.LETTERHEAD_FURTHER_MM * max(0, len(lines) - 2)
    _rule(canvas, x + width / 2, level(under), g.ISSUER_RULE_SHARE * widest)


def _draw_right(canvas: Canvas, x: float, width: float, level: Level, sizes: g.HeadSizes) -> None:
    one_line(COUNTRY, Face(sizes.lines, bold=True)).draw(canvas, x, level(g.LETTERHEAD_FIRST_MM), width, "center")
    motto = one_line(MOTTO, Face(sizes.motto, bold=True))
    motto.draw(canvas, x, level(g.LETTERHEAD_SECOND_MM), width, "center")
    _rule(canvas, x + width / 2, level(g.LETTERHEAD_RULE_MM), motto.width)


def _line_mm(at: int) -> float:
    if at == 0:
        return g.LETTERHEAD_FIRST_MM
    return g.LETTERHEAD_SECOND_MM + (at - 1) * g.LETTERHEAD_FURTHER_MM


def _rule(canvas: Canvas, centre: float, y: float, length: float) -> None:
    canvas.setLineWidth(g.RULE)
    canvas.line(centre - length / 2, y, centre + length / 2, y)

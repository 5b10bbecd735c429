"""The head of a paper in Word: letterhead, title, addressee, head of an annex (rules A07, A08, A13, A14)."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.balance import balanced
from congdoan_desktop.reports.document import Addressee, AnnexHead, Letterhead, Title
from congdoan_desktop.reports.docx_parts import cell_margins, fix_widths, grid, rule, set_text, tight
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.pdf_heads import COUNTRY, MOTTO, about_lines, fit_letterhead, left_cell

_LINE = (g.LETTERHEAD_SECOND_MM - g.LETTERHEAD_FIRST_MM) * g.MM
_SLACK_MM = 3.0
"""A word processor's own measure of a line differs a little from ours; a broken line must stay broken there."""


def _under(size: float, pitch: float) -> float:
    """What a line of this pitch leaves between its baseline and the next paragraph, in points."""
    return pitch - Face(size).drop(pitch)


def _rule_below() -> float:
    return (g.LETTERHEAD_RULE_MM - g.LETTERHEAD_SECOND_MM) * g.MM - _under(g.HEAD_SIZES[0].motto, _LINE)


_FIRST_LINE = 13.75
"""Pitch of the sheet's first line: word processors set an exact line's letters low in it."""
_RULE_LINE = 6.1
"""Height in points that the paragraph of a rule takes, its border included."""
_BEFORE_ADDRESSEE = 8.8
_SINGLE = 1.149
"""A single line of Times in parts of its size."""


def letterhead(paper: Any, head: Letterhead, width: float) -> None:
    """A table without lines: two cells level line by line, number and date in its second row."""
    fitted = fit_letterhead(head)
    left = left_cell(fitted, width) / g.MM
    table = paper.add_table(rows=2 if head.number_line or head.date_line else 1, cols=2)
    grid(table, 0)
    fix_widths(table, [left, width / g.MM - left])
    cell_margins(table, 0)
    upper = table.rows[0].cells
    issuer_width = max(Face(fitted.sizes.lines, bold=True).width(line) for line in fitted.issuer)
    lines = [*((line, False) for line in fitted.parent), *((line, True) for line in fitted.issuer)]
    _lines(upper[0], [(text, fitted.sizes.lines, bold) for text, bold in lines])
    rule(upper[0].add_paragraph(), g.ISSUER_RULE_SHARE * issuer_width, left * g.MM, g.RULE, _rule_below())
    _lines(upper[1], [(COUNTRY, fitted.sizes.lines, True), (MOTTO, fitted.sizes.motto, True)])
    motto = Face(fitted.sizes.motto, bold=True).width(MOTTO)
    rule(upper[1].add_paragraph(), motto, width - left * g.MM, g.RULE, _rule_below())
    if len(table.rows) > 1:
        _dated(table.rows[1].cells, head)
        _about(table.rows[1].cells[0], about_lines(head, left * g.MM - _SLACK_MM * g.MM))
    else:
        rest = (g.LETTERHEAD_BARE_END_MM - g.LETTERHEAD_RULE_MM) * g.MM - _RULE_LINE
        upper[1].paragraphs[-1].paragraph_format.space_after = Pt(rest)


def _dated(cells: Any, head: Letterhead) -> None:
    for cell, text, face in (
        (cells[0], head.number_line, Face(g.NUMBER_SIZE)),
        (cells[1], head.date_line, Face(g.DATE_SIZE, italic=True)),
    ):
        paragraph = cell.paragraphs[0]
        tight(paragraph)
        paragraph.paragraph_format.line_spacing = 1.0
        down = (g.LETTERHEAD_NUMBER_MM - g.LETTERHEAD_RULE_MM) * g.MM
        paragraph.paragraph_format.space_before = Pt(down - _RULE_LINE - face.ascent)
        rest = (g.LETTERHEAD_END_MM - g.LETTERHEAD_NUMBER_MM) * g.MM
        paragraph.paragraph_format.space_after = Pt(rest - (_SINGLE * face.size - face.ascent))
        set_text(paragraph, text, face.size, italic=face.italic, align="center")


def _about(cell: Any, lines: list[str]) -> None:
    """The subject of an official letter under its number."""
    if not lines:
        return
    number, face = cell.paragraphs[0], Face(g.NUMBER_SIZE)
    rest = number.paragraph_format.space_after
    below = _SINGLE * face.size - face.ascent + Face(g.ABOUT_SIZE).drop(g.ABOUT_LINE)
    number.paragraph_format.space_after = Pt(g.ABOUT_BEFORE + g.ABOUT_LINE - below)
    paragraph = cell.add_paragraph()
    tight(paragraph, g.ABOUT_LINE)
    paragraph.paragraph_format.space_after = rest
    set_text(paragraph, "\n".join(lines), g.ABOUT_SIZE, align="center")


def title(paper: Any, block: Title, width: float) -> None:
    kind = paper.add_paragraph(style="Title")
    kind.paragraph_format.space_before = Pt(block.gap * g.MM)
    set_text(kind, block.kind.upper(), g.TITLE_SIZE, bold=True, align="center")
    face = Face(g.TITLE_SIZE, bold=True)
    lines = balanced(block.subject, face, (g.SUBJECT_WIDTH_MM - _SLACK_MM) * g.MM)
    subject = paper.add_paragraph(style="Subtitle")
    set_text(subject, "\n".join(lines), g.TITLE_SIZE, bold=True, align="center")
    below = paper.add_paragraph()
    below.paragraph_format.keep_with_next = True
    if block.reference:
        tight(below, g.SUBJECT_LINE)
        below.paragraph_format.space_after = Pt(g.REFERENCE_DROP_MM * g.MM)
        lines = balanced(block.reference, Face(g.TITLE_SIZE, italic=True), width - _SLACK_MM * g.MM)
        set_text(below, "\n".join(lines), g.TITLE_SIZE, italic=True, align="center")
        return
    length = g.SUBJECT_RULE_SHARE * max(map(face.width, lines))
    rule(below, length, width, g.RULE, g.SUBJECT_RULE_DROP_MM * g.MM - _under(g.TITLE_SIZE, g.SUBJECT_LINE))
    if block.below:
        below.paragraph_format.space_after = Pt(block.below * g.MM)


def addressee(paper: Any, block: Addressee, width: float) -> None:  # noqa: ARG001 - all setters are called alike
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.space_before = Pt(_BEFORE_ADDRESSEE)
    paragraph.paragraph_format.space_after = Pt(g.ADDRESSEE_AFTER * 2)
    set_text(paragraph, f"Kính gửi: {block.receiver}", g.BODY_SIZE, align="center")


def annex_head(paper: Any, block: AnnexHead, width: float) -> None:
    bold = Face(g.ANNEX_SIZE, bold=True)
    pitch = (g.ANNEX_BASELINES_MM[1] - g.ANNEX_BASELINES_MM[0]) * g.MM
    heading = paper.add_paragraph(style="Heading 1")
    tight(heading, pitch)
    text = "\n".join([block.label, *balanced(block.title.upper(), bold, width)])
    set_text(heading, text, g.ANNEX_SIZE, bold=True, align="center")
    reference = paper.add_paragraph()
    tight(reference, pitch)
    reference.paragraph_format.space_after = Pt(g.CAPTION_AFTER)
    set_text(reference, block.reference, g.ANNEX_SIZE, italic=True, align="center")


def _lines(cell: Any, lines: list[tuple[str, float, bool]]) -> None:
    for at, (text, size, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        tight(paragraph, _LINE if at else _FIRST_LINE)
        set_text(paragraph, text, size, bold=bold, align="center")

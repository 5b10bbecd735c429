"""The styles of our Word files, so that an officer goes on writing in them: Times New Roman throughout (rule A05)."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from congdoan_desktop.reports import geometry as g

_STYLES = ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Header")


def prepare(paper: Any) -> None:
    """Set the named styles of a new document."""
    for name in _STYLES:
        _face(paper.styles[name])
    _normal(paper.styles["Normal"].paragraph_format)
    for level in (1, 2):
        _heading(paper.styles[f"Heading {level}"], g.HEADING_BEFORE[level])
    for name, before in (("Title", 0.0), ("Subtitle", 0.0), ("Caption", g.CAPTION_BEFORE), ("Header", 0.0)):
        _centred(paper.styles[name], before)
    paper.styles["Caption"].paragraph_format.space_after = Pt(g.CAPTION_AFTER)
    paper.styles["Caption"].font.size = Pt(g.CAPTION_SIZE)
    paper.styles["Header"].font.bold = False


def _face(style: Any) -> None:
    style.font.name = g.WORD_FONT
    style.font.size = Pt(g.BODY_SIZE)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.italic = False
    fonts = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), g.WORD_FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _normal(form: Any) -> None:
    form.first_line_indent = Mm(g.INDENT_MM)
    form.space_before, form.space_after = Pt(g.BODY_BEFORE), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(g.BODY_LINE)
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form.widow_control = True


def _heading(style: Any, before: float) -> None:
    style.font.bold = True
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(0)
    form.first_line_indent = Mm(g.INDENT_MM)
    form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    form.keep_with_next = True


def _centred(style: Any, before: float) -> None:
    style.font.bold = True
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(0)
    form.first_line_indent = Mm(0)
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(g.SUBJECT_LINE)
    form.keep_with_next = True
    # The library's own "Title" and "Subtitle" come with a blue rule and with letters set apart.
    for parent, tag in ((style.element.pPr, "w:pBdr"), (style.element.rPr, "w:spacing"), (style.element.rPr, "w:kern")):
        for found in parent.findall(qn(tag)):
            parent.remove(found)

"""What python-docx leaves to raw XML: borders, exact widths, repeated heads, fields, and page numbering."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from congdoan_desktop.reports.document import Align, Run

ALIGNS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NOT_IN_XML = "\ufffe\uffff"
TWIPS = 20
"""Word's own measure, in a point."""
_EIGHTHS_OF_POINT = 8


def writable(text: str) -> str:
    """NFC without the characters that XML or a reader of the file would stumble over."""
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if char in "\n\t" or (unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and char not in _NOT_IN_XML)
    )


def element(tag: str, **attributes: object) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def add_runs(paragraph: Any, runs: tuple[Run, ...], size: float | None = None) -> None:
    for run in runs:
        made = paragraph.add_run(writable(run.text))
        made.bold, made.italic = run.bold or None, run.italic or None
        if size is not None:
            made.font.size = Pt(size)


def set_text(
    paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, align: Align = "left"
) -> None:
    """One text in one face, over whatever style the paragraph has."""
    add_runs(paragraph, (Run(text, bold, italic),), size)
    paragraph.alignment = ALIGNS[align]


def tight(paragraph: Any, line: float | None = None) -> None:
    """No space around and no indent; `line` is the exact pitch in points."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.first_line_indent = form.left_indent = Mm(0)
    if line is not None:
        form.line_spacing = Pt(line)


def rule(paragraph: Any, width: float, room: float, thickness: float, before: float) -> None:
    """A line `width` points long, centred in `room`, `before` points under what stands above it.

    It is the upper border of an empty paragraph with indents.
    """
    tight(paragraph, 4)
    paragraph.paragraph_format.space_before = Pt(before)
    side = Pt(max(0.0, (room - width) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=round(thickness * _EIGHTHS_OF_POINT), space=0, color="000000"))
    # The schema fixes the order of properties, and Word refuses a file that leaves it.
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx has no borders
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
    )


def grid(table: Any, thickness: float) -> None:
    """Black lines around all cells, or none where the thickness is 0."""
    borders = element("w:tblBorders")
    kind = "single" if thickness else "nil"
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val=kind, sz=round(thickness * _EIGHTHS_OF_POINT), space=0, color="000000"))
    table._tbl.tblPr.insert_element_before(  # noqa: SLF001 - see above
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )


def fix_widths(table: Any, widths_mm: list[float]) -> None:
    """Columns of exactly these widths, whatever stands in them."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def cell_margins(table: Any, side_mm: float) -> None:
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=round(side_mm * 72 / 25.4 * TWIPS), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 - see above


def repeat_head(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001 - see above


def keep_whole(row: Any) -> None:
    """The row is never cut at a page's end."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001 - see above


def field(paragraph: Any, instruction: str, size: float) -> None:
    """A field that the word processor computes: PAGE."""
    run = paragraph.add_run()
    run.font.size = Pt(size)
    text = element("w:instrText")
    text.text = instruction
    for part in (element("w:fldChar", fldCharType="begin"), text, element("w:fldChar", fldCharType="end")):
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields


def restart_numbering(section: Any) -> None:
    section._sectPr.insert_element_before(  # noqa: SLF001 - see above
        element("w:pgNumType", start=1), "w:cols", "w:titlePg", "w:docGrid"
    )


def as_word_2013(paper: Any) -> None:
    """Tables begin at the margin with their line, not with their text, as they do on paper."""
    compatibility = element("w:compat")
    uri = "http://schemas.microsoft.com/office/word"
    compatibility.append(element("w:compatSetting", name="compatibilityMode", uri=uri, val=15))
    settings = paper.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    settings.insert_element_before(compatibility, "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping")

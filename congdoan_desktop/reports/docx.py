"""A neutral document as Word: real styles, headings, tables and fields, for officers who go on writing in it.

The same document gives the same bytes. Forms of the hand-off (word boxes, code rows, framed signers) exist on paper
alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Pt

from congdoan_desktop.progress import Progress
from congdoan_desktop.reports import docx_heads, docx_rows, docx_signature, docx_styles, docx_tables, pdf, pictures
from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import (
    Addressee,
    AnnexHead,
    Chart,
    CountChart,
    Document,
    Heading,
    Label,
    Letterhead,
    Paragraph,
    Section,
    Signature,
    Signers,
    Table,
    Title,
)
from congdoan_desktop.reports.docx_parts import (
    add_runs,
    as_word_2013,
    field,
    restart_numbering,
    set_text,
    tight,
    writable,
)
from congdoan_desktop.reports.pace import Pace

_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""In the file's properties: a paper's date stands on the paper."""
_LONGEST_PROPERTY = 255
_CHART_DPI = 220
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_TEXT = "word/document.xml"
_MARK = re.compile(f"<!--{docx_tables.ROWS}(\\d+)-->".encode())


def render(document: Document, progress: Progress | None = None) -> bytes:
    """The paper as .docx.

    Raises: KeyError for a block that only forms on paper have, Cancelled when somebody asked to stop.
    """
    pace = Pace.of(document, 1, progress)
    paper = docx.Document()
    docx_styles.prepare(paper)
    as_word_2013(paper)
    _properties(paper, document)
    tables: list[Table] = []
    for at, section in enumerate(document.sections):
        place = paper.sections[0] if at == 0 else paper.add_section(WD_SECTION.NEW_PAGE)
        _sheet(place, section, sample=document.sample, first=at == 0)
        width = (_edges(section)[0] - g.LEFT_MM - g.RIGHT_MM) * g.MM
        for block in section.tied:
            if isinstance(block, Table):
                docx_tables.table(paper, block, tables)
            else:
                _SETTERS[type(block)](paper, block, width)
    buffer = io.BytesIO()
    paper.save(buffer)
    return _settled(buffer.getvalue(), tables, pace)


def _edges(section: Section) -> tuple[float, float]:
    """Width and height in mm."""
    return (g.LONG_EDGE_MM, g.SHORT_EDGE_MM) if section.landscape else (g.SHORT_EDGE_MM, g.LONG_EDGE_MM)


def _sheet(place: Any, section: Section, *, sample: bool, first: bool) -> None:
    """Sheet, margins, and the page number from page 2 (rule A06); numbering starts anew in each section."""
    wide, high = _edges(section)
    place.orientation = WD_ORIENT.LANDSCAPE if section.landscape else WD_ORIENT.PORTRAIT
    place.page_width, place.page_height = Mm(wide), Mm(high)
    place.top_margin, place.bottom_margin = Mm(g.TOP_MM), Mm(g.BOTTOM_MM)
    place.left_margin, place.right_margin = Mm(g.LEFT_MM), Mm(g.RIGHT_MM)
    place.header_distance = Mm(g.PAGE_NUMBER_BASELINE_MM - g.PAGE_NUMBER_SIZE / g.MM)
    place.different_first_page_header_footer = True
    restart_numbering(place)
    if not first:
        return
    number = place.header.paragraphs[0]
    tight(number)
    field(number, "PAGE", g.PAGE_NUMBER_SIZE)
    if sample:
        for header in (place.header, place.first_page_header):
            mark = header.paragraphs[0] if header is place.first_page_header else header.add_paragraph()
            tight(mark, g.SAMPLE_SIZE + 1)
            set_text(mark, pdf.SAMPLE_MARK, g.SAMPLE_SIZE, bold=True, align="right")


def _heading(paper: Any, block: Heading, width: float) -> None:  # noqa: ARG001 - all setters are called alike
    text = block.text.upper() if block.level == 1 else block.text
    paper.add_paragraph(style=f"Heading {block.level}").add_run(writable(text))


def _paragraph(paper: Any, block: Paragraph, width: float) -> None:  # noqa: ARG001 - see above
    paragraph = paper.add_paragraph()
    if not block.indented:
        paragraph.paragraph_format.first_line_indent = Mm(0)
    if block.size == "small":
        paragraph.paragraph_format.line_spacing = Pt(g.SMALL_LINE)
    paragraph.paragraph_format.keep_with_next = block.closing or block.kept
    add_runs(paragraph, block.runs, g.SMALL_SIZE if block.size == "small" else None)


def _label(paper: Any, block: Label, width: float) -> None:  # noqa: ARG001 - see above
    paragraph = paper.add_paragraph()
    line, before, size = (g.LABEL_LINE, g.LABEL_BEFORE, g.LABEL_SIZE)
    if block.centred:
        line, before, size = (g.BODY_LINE, g.HEADING_BEFORE[1], g.BODY_SIZE)
    tight(paragraph, line)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = True
    set_text(paragraph, block.text, size, bold=True, align="center" if block.centred else "left")


def _chart(paper: Any, block: Chart | CountChart, width: float) -> None:
    """The very drawing of the PDF, as a picture sharp enough to print; its caption is text."""
    caption = paper.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    set_text(caption, block.caption, g.CAPTION_SIZE, bold=True, align="center")
    picture = pictures.page_png(pdf.block_pdf(replace(block, caption="")), 0, _CHART_DPI)
    paragraph = paper.add_paragraph()
    tight(paragraph)
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.add_run().add_picture(io.BytesIO(picture), width=Pt(width))


_SETTERS: dict[type, Callable[[Any, Any, float], None]] = {
    Letterhead: docx_heads.letterhead,
    Title: docx_heads.title,
    Addressee: docx_heads.addressee,
    AnnexHead: docx_heads.annex_head,
    Heading: _heading,
    Paragraph: _paragraph,
    Label: _label,
    Chart: _chart,
    CountChart: _chart,
    Signature: docx_signature.signature,
    Signers: docx_signature.signers,
}


def _properties(paper: Any, document: Document) -> None:
    known = paper.core_properties
    title, author = (writable(text)[:_LONGEST_PROPERTY] for text in (document.title, document.author))
    known.title = known.subject = title
    known.author = known.last_modified_by = author
    known.created = known.modified = _MADE
    known.language, known.comments, known.revision = "vi-VN", "", 1


def _settled(data: bytes, tables: Sequence[Table], pace: Pace) -> bytes:
    """The same entries with fixed times, so that the same paper gives the same bytes; the text with all its rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with settled.open(entry, "w") as file:
                for part in _parts(made.read(name), tables, pace) if name == _TEXT else (made.read(name),):
                    file.write(part)
    return out.getvalue()


def _parts(text: bytes, tables: Sequence[Table], pace: Pace) -> Iterator[bytes]:
    """The text with the rows of each table where its mark stands; what people write holds none, being escaped."""
    for at, part in enumerate(_MARK.split(text)):
        if at % 2 == 0:
            yield part
            continue
        block = tables[int(part)]
        for row in range(docx_rows.count(block)):
            pace.row()
            yield docx_rows.row_xml(block, row).encode()

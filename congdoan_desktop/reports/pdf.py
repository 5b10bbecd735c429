"""A neutral document as PDF: the same document gives the same bytes, with the faces embedded and subset."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from congdoan_desktop.progress import Progress
from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports import pdf_archive, pdf_chart, pdf_forms, pdf_heads, pdf_signature, pdf_tables, pdf_text
from congdoan_desktop.reports.document import (
    Addressee,
    AnnexHead,
    Block,
    Chart,
    CodeRow,
    CountChart,
    Document,
    Heading,
    Label,
    Letterhead,
    Paragraph,
    Section,
    Signature,
    SignBoxes,
    Signers,
    Table,
    Title,
    WordBox,
)
from congdoan_desktop.reports.flow import Piece, Placed, pages
from congdoan_desktop.reports.fonts import Face, printable
from congdoan_desktop.reports.lines import one_line
from congdoan_desktop.reports.pace import Pace

PROGRAM = "Công đoàn Desktop"
SAMPLE_MARK = "DỮ LIỆU MẪU"

_SETTERS: dict[type, Callable[[Any, float], list[Piece]]] = {
    Letterhead: pdf_heads.letterhead,
    Title: pdf_heads.title,
    Addressee: pdf_heads.addressee,
    AnnexHead: pdf_heads.annex_head,
    Heading: pdf_text.heading,
    Label: pdf_text.label,
    Paragraph: pdf_text.paragraph,
    Chart: pdf_chart.chart,
    CountChart: pdf_chart.count_chart,
    Signature: pdf_signature.signature,
    WordBox: pdf_forms.word_box,
    CodeRow: pdf_forms.code_row,
    SignBoxes: pdf_forms.sign_boxes,
    Signers: pdf_forms.signers,
}


def render(document: Document, progress: Progress | None = None) -> bytes:
    """The paper as PDF/A-2b; deterministic.

    Raises: Cancelled when somebody asked to stop.
    """
    pace = Pace.of(document, 2, progress)
    buffer = io.BytesIO()
    canvas = _canvas(buffer)
    pdf_archive.name(canvas, printable(document.title), printable(document.author), PROGRAM)
    for section in document.sections:
        sheet = _Sheet.of(section, sample=document.sample)
        for number, page in enumerate(pages(sheet.pieces(section.tied, pace), sheet.height), 1):
            sheet.draw(canvas, page, number)
    canvas.save()
    return pdf_archive.kept(buffer.getvalue())


def takes_one_page(section: Section) -> bool:
    """Whether all of it stands on page 1."""
    sheet = _Sheet.of(section, sample=False)
    return len(list(pages(sheet.pieces(section.tied, Pace(0)), sheet.height))) == 1


def first_page(section: Section, *, sample: bool, whole: bool = False) -> bytes | None:
    """Page 1 alone, for the eye; None where the section's last block begins on it and it is not `whole`.

    So what the last block holds, and what follows it, need not be known: no more is set than page 1 takes.
    """
    *blocks, last = section.tied
    pace, sheet = Pace(0), _Sheet.of(section, sample=sample)
    unknown: list[Piece] = []

    def pieces() -> Iterator[Piece]:
        yield from sheet.pieces(blocks, pace)
        unknown.extend(sheet.pieces((last,), pace))
        yield from unknown

    page = next(pages(pieces(), sheet.height))
    if not whole and any(piece is one for _, piece in page for one in unknown):
        return None
    buffer = io.BytesIO()
    canvas = _canvas(buffer)
    sheet.draw(canvas, page, 1)
    canvas.save()
    return buffer.getvalue()


def _canvas(buffer: io.BytesIO) -> Canvas:
    return Canvas(
        buffer,
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 7),
        lang="vi-VN",
        initialFontName=Face(g.BODY_SIZE).font,  # otherwise every page names Helvetica, which is not embedded
    )


def block_pdf(block: Block) -> bytes:
    """One block alone on a sheet of exactly its size, for a picture of it."""
    width = (g.SHORT_EDGE_MM - g.LEFT_MM - g.RIGHT_MM) * g.MM
    pieces = _SETTERS[type(block)](block, width)
    height = sum(piece.height for piece in pieces)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (width, height), invariant=1, initialFontName=Face(g.BODY_SIZE).font)
    top = height
    for piece in pieces:
        piece.draw(canvas, 0, top)
        top -= piece.height
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The paper of a section: its edges and its text block in points."""

    wide: float
    high: float
    sample: bool

    @classmethod
    def of(cls, section: Section, *, sample: bool) -> _Sheet:
        short, long = g.SHORT_EDGE_MM * g.MM, g.LONG_EDGE_MM * g.MM
        return cls(long, short, sample) if section.landscape else cls(short, long, sample)

    @property
    def height(self) -> float:
        return self.high - (g.TOP_MM + g.BOTTOM_MM) * g.MM

    def pieces(self, blocks: Iterable[Block], pace: Pace) -> Iterator[Piece]:
        width = self.wide - (g.LEFT_MM + g.RIGHT_MM) * g.MM
        for block in blocks:
            if isinstance(block, Table):
                yield from pdf_tables.table(block, width, self.height, pace)
            else:
                yield from _SETTERS[type(block)](block, width)

    def draw(self, canvas: Canvas, page: list[Placed], number: int) -> None:
        canvas.setPageSize((self.wide, self.high))
        _furniture(canvas, (self.wide, self.high), number, sample=self.sample)
        for down, piece in page:
            piece.draw(canvas, g.LEFT_MM * g.MM, self.high - g.TOP_MM * g.MM - down)
        canvas.showPage()


def _furniture(canvas: Canvas, sheet: tuple[float, float], number: int, *, sample: bool) -> None:
    """The page number from page 2 (rule A06), and the mark of sample papers."""
    left, right = g.LEFT_MM * g.MM, sheet[0] - g.RIGHT_MM * g.MM
    baseline = sheet[1] - g.PAGE_NUMBER_BASELINE_MM * g.MM
    if number > 1:
        one_line(str(number), Face(g.PAGE_NUMBER_SIZE)).draw(canvas, left, baseline, right - left, "center")
    if sample:
        mark = one_line(SAMPLE_MARK, Face(g.SAMPLE_SIZE, bold=True))
        pad = 1.2 * g.MM
        mark.draw(canvas, left, baseline, right - left - pad, "right")
        canvas.setLineWidth(g.RULE)
        canvas.rect(right - mark.width - 2 * pad, baseline - pad, mark.width + 2 * pad, g.SAMPLE_SIZE * 0.7 + 2 * pad)

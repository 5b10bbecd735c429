"""The plans of the fixtures as Word files and PDFs, made the way offices make them."""

from __future__ import annotations

import copy
import io
from pathlib import Path

from congdoan_desktop import paths

_PAGE = (595, 842)
_MARGIN, _LEADING, _SIZE = 70, 16, 12


def lines_of(plan: Path) -> list[str]:
    return plan.read_text("utf-8-sig").splitlines()


def as_word(plan: Path) -> bytes:
    """A paragraph for each line, tables where the text has bars or tabs."""
    import docx

    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*lines_of(plan), ""]:
        cells = _cells(line)
        if cells is not None:
            rows.extend([cells] if cells else [])
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if line.strip():
            document.add_paragraph(line)
    return _saved(document)


def with_letterhead(
    left: list[str], right: list[str], paragraphs: list[str], closing: tuple[list[str], list[str]]
) -> bytes:
    """A plan whose letterhead and signature stand in tables without lines, as Word papers have them."""
    import docx

    document = docx.Document()
    _add_table(document, [["\n".join(left), "\n".join(right)]])
    for paragraph in paragraphs:
        if paragraph.startswith("* "):
            document.add_paragraph(paragraph[2:], style="List Bullet")
        else:
            document.add_paragraph(paragraph)
    _add_table(document, [["\n".join(closing[0]), "\n".join(closing[1])]])
    return _saved(document)


def as_pdf(lines: list[str], *, columns: int = 85) -> bytes:
    """Wrapped lines on numbered pages."""
    import textwrap

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Plan", str(paths.resources() / "fonts" / "LiberationSerif-Regular.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=_PAGE)
    wrapped = [part for line in lines for part in textwrap.wrap(" ".join(line.split()), columns)]
    per_page = (_PAGE[1] - 2 * _MARGIN) // _LEADING
    for number, first in enumerate(range(0, len(wrapped), per_page), 1):
        canvas.setFont("Plan", _SIZE)
        canvas.drawString(_PAGE[0] / 2, _PAGE[1] - 40, str(number))
        for at, line in enumerate(wrapped[first : first + per_page]):
            canvas.drawString(_MARGIN, _PAGE[1] - _MARGIN - at * _LEADING, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _cells(line: str) -> list[str] | None:
    """The cells of a row, [] for a rule between rows, None for a line of text."""
    if line.startswith("|"):
        return [] if set(line) <= set("|- :") else [cell.strip() for cell in line.strip("|").split("|")]
    return line.split("\t") if "\t" in line else None


def _add_table(document: object, rows: list[list[str]]) -> None:
    from docx.document import Document

    assert isinstance(document, Document)
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words


def _saved(document: object) -> bytes:
    from docx.document import Document

    assert isinstance(document, Document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_table(rows: int, columns: int) -> bytes:
    """A Word file with one long table. Made of XML, because python-docx would take minutes."""
    import docx

    document = docx.Document()
    _add_table(document, [["TT", "Nội dung", "ĐVT", "Chỉ tiêu", "Ghi chú"][:columns]])
    table = document.tables[0]._tbl
    first = table.tr_lst[0]
    for _ in range(rows):
        table.append(copy.deepcopy(first))
    return _saved(document)

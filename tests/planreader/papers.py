"""The plans of the fixtures as Word files and PDFs, made the way offices make them."""

from __future__ import annotations

import copy
import io
import unicodedata
import zipfile
import zlib
from pathlib import Path

from congdoan_desktop import paths

_PAGE = (595, 842)
_MARGIN, _LEADING, _SIZE = 70, 16, 12


def lines_of(plan: Path) -> list[str]:
    return unicodedata.normalize("NFC", plan.read_text("utf-8-sig")).splitlines()


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


def as_pdf(lines: list[str], *, columns: int = 70) -> bytes:
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


def word_with(body: str) -> bytes:
    """A Word file whose body is this XML."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_table(0, 2))) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in good.namelist():
            xml = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
            made.writestr(name, xml if name == "word/document.xml" else good.read(name))
    return out.getvalue()


def pdf_of(content: bytes) -> bytes:
    """A PDF of one page with this content, compressed."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj%bendobj\n" % (number, body)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places)
    return out + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)

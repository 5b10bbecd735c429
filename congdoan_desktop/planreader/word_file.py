"""A Word file into lines: paragraphs and tables in their order, one line for each cell."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from congdoan_desktop.planreader.layout import Source
from congdoan_desktop.planreader.limits import LARGEST_UNPACKED, MOST_CHARS, MOST_LINES, TooLarge, UnreadablePlan
from congdoan_desktop.planreader.stacked import stacked_rows

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_MOST_PARTS = 4_000
_TEXT_PARTS = 16 * 1024 * 1024
_MOST_ELEMENTS = 250_000
_OPEN_AGAIN = "Mở tệp bằng Word, lưu lại dạng .docx rồi đọc lại."


def source_of_word(data: bytes) -> Source:
    """Raises: UnreadablePlan, TooLarge."""
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.oxml.exceptions import XmlchemyError
    from lxml import etree

    _refuse_bombs(data)
    try:
        return _source(docx.Document(io.BytesIO(data)))
    # What python-docx lets out of damaged files: its own errors, those of ZIP and XML, and missing parts.
    except (OpcError, XmlchemyError, PythonDocxError, etree.LxmlError, zlib.error, zipfile.BadZipFile, LookupError,
            ValueError, AttributeError, TypeError, RuntimeError, OSError, EOFError) as error:  # fmt: skip
        raise UnreadablePlan("Tệp Word bị hỏng hoặc không phải .docx.", _OPEN_AGAIN) from error


def _refuse_bombs(data: bytes) -> None:
    """Judge the sizes that the ZIP's directory promises before anything is unpacked, and the elements before they
    become objects: a file of empty elements is small in both and takes a gigabyte as a tree.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            too_large = sum(part.file_size for part in parts) > LARGEST_UNPACKED
            if too_large or len(parts) > _MOST_PARTS or sum(part.file_size for part in texts) > _TEXT_PARTS:
                raise TooLarge("nội dung nén giãn ra quá lớn")
            if sum(_elements(archive.read(part)) for part in texts) > _MOST_ELEMENTS:
                raise TooLarge("quá nhiều thành phần")
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadablePlan("Tệp Word bị hỏng, không mở được.", _OPEN_AGAIN) from error


def _elements(xml: bytes) -> int:
    return xml.count(b"<") - xml.count(b"</")


def _source(document: Document) -> Source:
    lines: list[str] = []
    rows: list[tuple[int, ...]] = []
    chars = 0
    for cells in _content(document):
        chars += sum(map(len, cells))
        if chars > MOST_CHARS or len(lines) > MOST_LINES:
            raise TooLarge("quá nhiều chữ")
        if len(cells) > 1:
            rows.append(tuple(range(len(lines), len(lines) + len(cells))))
        lines.extend(cells)
    return Source(tuple(lines), whole=True, rows=tuple(rows or stacked_rows(lines)))


def _content(document: Document) -> Iterator[list[str]]:
    """Each paragraph as one line, each table row as its cells; lines of a letterhead's table stand alone."""
    from docx.table import Table

    for at, item in enumerate(document.iter_inner_content()):
        if isinstance(item, Table):
            yield from _rows(item, is_frame=_is_frame(item, at))
        else:
            yield from ([line] for line in _paragraph(item))


def _paragraph(paragraph: Any) -> list[str]:
    """A paragraph's lines; Word numbers lists by itself, so those get a dash."""
    listed = bool(paragraph.paragraph_format.element.xpath("./w:pPr/w:numPr"))
    text = str(paragraph.text)
    if listed and text.strip() and not text.lstrip().startswith(("-", "+")):
        text = "- " + text
    return text.split("\n")


def _is_frame(table: Table, at: int) -> bool:
    """A table without ruled figures that only sets letterhead or signature beside each other."""
    return len(table.columns) == 2 and len(table.rows) <= 6 and (at < 3 or _holds_closing(table))


def _holds_closing(table: Table) -> bool:
    text = " ".join(cell.text for row in table.rows for cell in row.cells)
    return "Nơi nhận" in text or "TM." in text or "NƠI NHẬN" in text


def _rows(table: Table, *, is_frame: bool) -> Iterator[list[str]]:
    if is_frame:
        for column in range(2):
            for row in table.rows:
                cells = row.cells
                yield from (
                    [line] for line in cells[min(column, len(cells) - 1)].text.split("\n") if column < len(cells)
                )
        return
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        yield cells

"""A Word file into lines: paragraphs and tables in their order, one line for each cell."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from congdoan_desktop.planreader.layout import Source
from congdoan_desktop.planreader.limits import LARGEST_UNPACKED, MOST_CHARS, MOST_LINES, TooLarge, UnreadablePlan
from congdoan_desktop.planreader.stacked import stacked_rows
from congdoan_desktop.planreader.word_lists import W, WordLists, lists_of

if TYPE_CHECKING:
    from docx.document import Document

_MOST_PARTS = 4_000
_TEXT_PARTS = 16 * 1024 * 1024
_MOST_ELEMENTS = 250_000
_BEGINNING = 4096
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_XML = (b"<", b"Lo\xa7\x94")
"""In any encoding that may begin a part, that of old mainframes too."""
_NOTES = "CHÚ THÍCH"
_MOST_NOTES = 200
_MOST_COLUMNS = 60
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"})
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_UNREAD = frozenset({f"{W}pPr", f"{W}rPr", f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}instrText", f"{W}tabs"})
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
            too_large = sum(part.file_size for part in parts) > LARGEST_UNPACKED
            if too_large or len(parts) > _MOST_PARTS:
                raise TooLarge("nội dung nén giãn ra quá lớn")
            texts = [part for part in parts if _is_text(archive, part)]
            if sum(part.file_size for part in texts) > _TEXT_PARTS:
                raise TooLarge("nội dung nén giãn ra quá lớn")
            if sum(_elements(archive.read(part)) for part in texts) > _MOST_ELEMENTS:
                raise TooLarge("quá nhiều thành phần")
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadablePlan("Tệp Word bị hỏng, không mở được.", _OPEN_AGAIN) from error


def _is_text(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part may become a tree: by how it begins, for its name says nothing to the library."""
    with archive.open(part) as file:
        begins = file.read(_BEGINNING).lstrip(_BEFORE_XML)
    return not begins or begins.startswith(_XML)


def _elements(xml: bytes) -> int:
    return xml.count(b"<") - xml.count(b"</")


def _source(document: Document) -> Source:
    body = _Body(_lists(document))
    body.read(document.element.body)
    body.lines.extend(_notes(document))
    return Source(tuple(body.lines), whole=True, rows=tuple(body.rows or stacked_rows(body.lines)))


def _lists(document: Document) -> WordLists:
    part = document.part
    numbering = next((rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/numbering")), None)
    return lists_of(getattr(numbering, "element", None), part.styles.element)


def _notes(document: Document) -> list[str]:
    """The footnotes, behind everything else: they explain and never set a mark."""
    from lxml import etree

    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")), None)
    if part is None:
        return []
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    notes = [" ".join("".join(_words(note)).split()) for note in root.iterfind(f"{W}footnote")]
    printed = [note for note in notes if note][:_MOST_NOTES]
    return [_NOTES, *printed] if printed else []


@dataclass(slots=True)
class _Body:
    """The lines of a document as they are read: each paragraph as one, each table row as its cells."""

    lists: WordLists
    lines: list[str] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    _chars: int = 0

    def read(self, parent: Any) -> None:
        """Paragraphs and tables in their order, also those in content controls and tracked insertions."""
        for element in parent:
            if element.tag == f"{W}p":
                self._add(self._paragraph(element))
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag in _WRAPPERS:
                self.read(element)

    def _add(self, lines: list[str]) -> None:
        self._chars += sum(map(len, lines))
        if self._chars > MOST_CHARS or len(self.lines) > MOST_LINES:
            raise TooLarge("quá nhiều chữ")
        self.lines.extend(lines)

    def _paragraph(self, paragraph: Any) -> list[str]:
        """A paragraph's lines with the number that Word gives it, then those of text boxes anchored in it."""
        text = "".join(_words(paragraph))
        if text.strip() and (label := self.lists.label(paragraph)) and not text.lstrip().startswith(("-", "+")):
            text = f"{label} {text}"
        lines = text.split("\n")
        for box in _boxes(paragraph):
            lines.extend(line for inner in box.iterfind(f"{W}p") for line in self._paragraph(inner))
        return lines

    def _table(self, table: Any) -> None:
        cells = [_cells(row) for row in _within(table, f"{W}tr")]
        width = max(map(len, cells), default=0)
        if _is_frame(cells, width, first=not any(line.strip() for line in self.lines[2:])):
            for column in range(width):
                for row in cells:
                    if column < len(row) and row[column] is not None:
                        self.read(row[column])
            return
        for row in cells:
            texts = [self._cell(cell) for cell in row]
            if len(texts) > 1:
                self.rows.append(tuple(range(len(self.lines), len(self.lines) + len(texts))))
            self._add(texts)

    def _cell(self, cell: Any) -> str:
        """The words of a cell; one that a merged neighbour covers has none."""
        if cell is None:
            return ""
        return " ".join(" ".join("".join(_words(one)).split()) for one in cell.iter(f"{W}p")).strip()


def _cells(row: Any) -> list[Any]:
    """The cells of a row on the table's grid, None where a merged one reaches."""
    cells: list[Any] = []
    for cell in _within(row, f"{W}tc"):
        properties = cell.find(f"{W}tcPr")
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        span = properties.find(f"{W}gridSpan") if properties is not None else None
        continues = merged is not None and merged.get(f"{W}val") != "restart"
        cells.append(None if continues else cell)
        wide = span.get(f"{W}val") if span is not None else "1"
        cells.extend([None] * (min(int(wide), _MOST_COLUMNS) - 1))
    return cells[:_MOST_COLUMNS]


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """The children of a kind, also those in content controls and tracked insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _within(element, tag)


def _is_frame(cells: list[list[Any]], width: int, *, first: bool) -> bool:
    """A table without ruled figures that only sets letterhead or signature beside each other."""
    if not 2 <= width <= 3 or len(cells) > 6:
        return False
    texts = ["".join(_words(cell)) for row in cells for cell in row if cell is not None]
    middle = ["".join(_words(row[1])).strip() for row in cells if len(row) == 3 and row[1] is not None]
    closes = any("Nơi nhận" in text or "TM." in text or "NƠI NHẬN" in text for text in texts)
    return (first or closes) and not any(middle)


def _words(element: Any) -> Iterator[str]:
    """The text of a paragraph as it is printed: what was struck out and what stands in text boxes is left out."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _UNREAD:
            yield from _words(child)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes, each once: Word writes them a second time for its older versions."""
    for box in paragraph.iter(f"{W}txbxContent"):
        parents = [parent.tag for parent in box.iterancestors()]
        if _FALLBACK not in parents and f"{W}txbxContent" not in parents:
            yield box

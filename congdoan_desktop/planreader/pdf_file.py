"""A PDF with text into lines. A scanned one has none and is refused with what to do."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

from congdoan_desktop.planreader.layout import Source
from congdoan_desktop.planreader.limits import MOST_CHARS, MOST_PAGES, TooLarge, UnreadablePlan
from congdoan_desktop.planreader.pdf_tables import lines_of, over_pages
from congdoan_desktop.planreader.plain_text import source_of_text
from congdoan_desktop.progress import Progress

_LEAST_CHARS = 40
_LARGEST_STREAM = 8 * 1024 * 1024
_PIECE = 1024
_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_DICTIONARY = 400


def source_of_pdf(data: bytes, progress: Progress) -> Source:
    """Raises: UnreadablePlan, TooLarge, Cancelled."""
    text = "\n".join(over_pages(_pages(data, progress)))
    if len(text.strip()) < _LEAST_CHARS:
        raise UnreadablePlan(
            "Tệp PDF này chỉ có ảnh quét, không có chữ để đọc.",
            "Dùng bản Word của kế hoạch, hoặc nhận dạng chữ bằng phần mềm khác rồi mở lại.",
        )
    return source_of_text(text)


def _pages(data: bytes, progress: Progress) -> Iterator[str]:
    import pypdfium2

    _refuse_bombs(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePlan(
            "Tệp PDF bị hỏng hoặc có mật khẩu.", "Mở tệp bằng phần mềm đọc PDF, bỏ mật khẩu, lưu lại rồi đọc lại."
        ) from error
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise TooLarge(f"{count} trang")
        chars = 0
        for number in range(count):
            progress.step(number, count, f"Đang đọc trang {number + 1}/{count}")
            page = _page(document, number)
            chars += len(page)
            if chars > MOST_CHARS:
                raise TooLarge("quá nhiều chữ")
            yield page
    finally:
        document.close()


def _refuse_bombs(data: bytes) -> None:
    """Unpack every stream that is no picture as far as a page may reach, before PDFium builds objects out of it."""
    end = 0
    for found in _STREAM.finditer(data):
        if end < found.end():
            end = data.find(b"endstream", found.end())
        if end < 0:
            return
        if b"/Image" in data[max(0, found.start() - _DICTIONARY) : found.start()]:
            continue
        if _swells(memoryview(data)[found.end() : end]):
            raise TooLarge("nội dung nén giãn ra quá lớn")


def _swells(packed: memoryview) -> bool:
    """Whether a stream unpacks to more than a page may hold. What follows its end is not copied."""
    unpacker, left = zlib.decompressobj(), _LARGEST_STREAM
    with suppress(zlib.error):
        for at in range(0, len(packed), _PIECE):
            left -= len(unpacker.decompress(packed[at : at + _PIECE], left))
            if unpacker.unconsumed_tail or left <= 0:
                return True
            if unpacker.eof:
                return False
    return False


def _page(document: object, number: int) -> str:
    import pypdfium2

    assert isinstance(document, pypdfium2.PdfDocument)
    try:
        page = document[number]
        text = page.get_textpage()
        if text.count_chars() > MOST_CHARS:
            raise TooLarge("quá nhiều chữ")
        lines = lines_of(text, page)
        words = str(text.get_text_bounded()) if lines is None else "\n".join(lines)
        text.close()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    # PDFium marks a hyphen at the end of a line so; Vietnamese words are never parted: "07c/NQ-BCH" is whole.
    return words.replace("\ufffe", "").replace("\x02", "-")

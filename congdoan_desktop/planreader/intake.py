"""A plan's file into lines, by what its bytes are and not by its name."""

from __future__ import annotations

from dataclasses import replace

from congdoan_desktop.domain.legacy_text import NAMES, Encoding, by_score, decode
from congdoan_desktop.planreader import limits
from congdoan_desktop.planreader.layout import Source
from congdoan_desktop.planreader.limits import TooLarge, UnreadablePlan
from congdoan_desktop.planreader.pdf_file import source_of_pdf
from congdoan_desktop.planreader.plain_text import decoded, source_of_text
from congdoan_desktop.planreader.word_file import source_of_word
from congdoan_desktop.progress import Progress

_SAMPLE = 300
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def source_of(data: bytes, progress: Progress) -> Source:
    """Raises: UnreadablePlan, TooLarge, Cancelled."""
    if len(data) > limits.LARGEST_FILE:
        raise TooLarge(f"{len(data) // 2**20} MB")
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return _in_unicode(source_of_pdf(data, progress))
    if data.startswith(b"PK\x03\x04"):
        return _in_unicode(source_of_word(data))
    if data.startswith(_OLD_WORD):
        raise UnreadablePlan("Tệp .doc của Word đời cũ chưa đọc được.", "Mở bằng Word, lưu lại dạng .docx rồi đọc lại.")
    return source_of_pasted(decoded(data))


def source_of_pasted(text: str) -> Source:
    """Raises: UnreadablePlan, TooLarge."""
    if len(text) > limits.MOST_CHARS or text.count("\n") > limits.MOST_LINES:
        raise TooLarge("quá nhiều chữ")
    if text.count("\0") > len(text) // 100:
        raise UnreadablePlan("Tệp không phải văn bản.", "Chọn tệp .docx, .pdf có chữ hoặc .txt.")
    return _in_unicode(source_of_text(text))


def _in_unicode(source: Source) -> Source:
    """Lines typed in a font of before Unicode, in Unicode; the reader of the draft is told (D17)."""
    encoding = by_score(source.lines[:_SAMPLE])
    if encoding in {None, Encoding.UNICODE}:
        return source
    assert encoding is not None
    return replace(source, lines=tuple(decode(line, encoding) for line in source.lines), typed_in=NAMES[encoding])

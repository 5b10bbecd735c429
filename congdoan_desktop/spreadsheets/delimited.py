"""Tables as text (.csv): which bytes stand for which letters, what parts the columns, and the rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from congdoan_desktop.domain.legacy_text import Encoding, by_score
from congdoan_desktop.domain.text import clean
from congdoan_desktop.spreadsheets.cells import Row
from congdoan_desktop.spreadsheets.facts import MOST_CELLS
from congdoan_desktop.spreadsheets.refusals import SheetRefused, too_big

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text file is written: the name of its code page and what parts its columns."""

    codec: str
    delimiter: str


def look(path: Path) -> Writing:
    """The likeliest; a text that nothing parts is a table of one column."""
    codec = _codec(path)
    with path.open(encoding=codec, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
    return Writing(codec, _delimiter(sample))


def rows(path: Path, writing: Writing) -> Iterator[Row]:
    """Raises: SheetRefused for cells without end."""
    cells = 0
    with path.open(encoding=writing.codec, errors="replace", newline="") as file:
        try:
            for number, values in enumerate(csv.reader(file, delimiter=writing.delimiter), 1):
                cells += len(values)
                if cells > MOST_CELLS:
                    raise too_big("Tệp có quá nhiều ô.")
                yield Row(number, values)
        except csv.Error as error:
            raise SheetRefused("Tệp có dấu nháy kép mở mà không đóng.") from error


def _codec(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        for mark, codec in _MARKS:
            if head.startswith(mark):
                return codec
        if head[1::2].count(0) > len(head) // 8:
            return "utf-16-le"
        file.seek(0)
        if _is_utf8(file):
            return "utf-8"
    return _single_byte(head)


def _is_utf8(file: io.BufferedIOBase) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(head: bytes) -> str:
    """The Vietnamese code page of Windows, unless the bytes are those of an old font."""
    composed = clean(head.decode("cp1258", "replace"))
    if by_score([composed]) is Encoding.UNICODE:
        return "cp1258"
    return "latin-1" if by_score([head.decode("latin-1")]) in (Encoding.TCVN3, Encoding.VNI) else "cp1258"


def _delimiter(sample: str) -> str:
    def columns(delimiter: str) -> tuple[int, int]:
        try:
            rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            widths = [len(row) for row in islice(rows, 50) if row]
        except csv.Error:
            return 0, 0
        usual = max(set(widths), key=widths.count, default=0)
        return (widths.count(usual) if usual > 1 else 0), usual

    return max(_DELIMITERS, key=columns)

"""Bytes of a text file into lines, whatever system wrote it (rule D12)."""

from __future__ import annotations

import codecs
import re

from congdoan_desktop.domain.legacy_text import Encoding, by_score
from congdoan_desktop.planreader.layout import Source
from congdoan_desktop.planreader.stacked import stacked_rows

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 300
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
_PIPE_RULE = re.compile(r"[\s|:-]+")


def decoded(data: bytes) -> str:
    """Text by its byte order mark, as UTF-8, else as the older code page of Vietnamese Windows; where single bytes
    read better as the letters of an old font (D17), as those.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if wide := _unmarked_utf16(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut in its last letter is still UTF-8.
        if error.start >= len(data) - 3:
            return data.decode("utf-8", "replace")
    old = data.decode("latin-1")
    typed = by_score(old.splitlines()[:_SAMPLE])
    return old if typed in {Encoding.TCVN3, Encoding.VNI, Encoding.TCVN3_CAPITALS} else data.decode("cp1258", "replace")


def source_of_text(text: str) -> Source:
    """Lines; those of a table drawn with bars or pasted with tabs become rows of cells."""
    lines: list[str] = []
    rows: list[tuple[int, ...]] = []
    for line in _LINE_END.split(text):
        cells = _tabbed(line) or _cells(line)
        if cells:
            rows.append(tuple(range(len(lines), len(lines) + len(cells))))
            lines.extend(cells)
        elif cells is None:
            lines.append(line)
    return Source(tuple(lines), rows=tuple(rows or stacked_rows(lines)))


def _tabbed(line: str) -> list[str] | None:
    """The cells of a row pasted out of a table: three or more, parted by tabs."""
    return line.strip("\r\n").split("\t") if line.count("\t") >= 2 and "\t\t\t" not in line else None


def _cells(line: str) -> list[str] | None:
    """The cells of a table row, [] for a rule between rows, None for a line of text."""
    if not _PIPE_ROW.fullmatch(line):
        return None
    return [] if _PIPE_RULE.fullmatch(line) else [cell.strip() for cell in line.strip().strip("|").split("|")]


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows in the zero bytes of its spaces and digits."""
    head = data[:2000]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_odd > len(head) // 8 and zeros_even <= zeros_odd // 8:
        return "utf-16-le"
    if zeros_even > len(head) // 8 and zeros_odd <= zeros_even // 8:
        return "utf-16-be"
    return None

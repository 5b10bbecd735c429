"""What people paste, and what somebody might send: put into every text of a paper."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

from congdoan_desktop.domain.units import LONGEST_NAME
from congdoan_desktop.reports.document import (
    Addressee,
    AnnexHead,
    Document,
    HeadCell,
    Letterhead,
    PaperCode,
    Section,
    Signature,
    Signers,
)

LONG_NOTE = "Nội dung ghi chú rất dài do dán nhầm cả một văn bản vào ô. " * 510
TEXTS: dict[str, str] = {
    "formula": '=HYPERLINK("x","y")',
    "formula-plus": "+1+cmd|' /C calc'!A0",
    "formula-at": "@SUM(A1:A9)",
    "bidi": "điều\u202ekhiển\u2066 phải\u200f sang trái",
    "control": "\x00\x07chuông\x1b[31m và\x0b\x0c dấu\x7f\x85",
    "surrogate": "nửa \ud800 chữ \udfff",
    "nonchar": "không\ufffe phải\uffff chữ",
    "emoji": "👩‍👩‍👧 gia đình 🎁",
    "markup": "<!--rows 0--> <w:t>&amp; ]]> <b>đậm</b> <?xml?>",
    "decomposed": "Nguye\u0302\u0303n Thi\u0323 Be\u0301",
    "breaks": "dòng một\ndòng hai\r\ndòng ba\u2028dòng bốn\tcột",
    "spaces": "   ",
    "nothing": "",
    "one-word": "khôngcódấucách" * 60,
    "long": LONG_NOTE,
}
_NAMES = (Letterhead, Addressee, AnnexHead, Signature, Signers)
_NAMED_BY_CODE = ("align", "form", "size", "content", "code")


def _shorter(value: Any) -> Any:
    """What only holds names, which no record may have longer (`domain.units.LONGEST_NAME`)."""
    if isinstance(value, dict):
        return {key: _shorter(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_shorter(one) for one in value)
    return value[:LONGEST_NAME] if isinstance(value, str) else value


def spoiled(document: Document, text: str, every: int = 1) -> Document:
    """The paper with `text` in each `every`-th of its texts, from the second section's head to the last cell."""
    turn = cycle([True, *[False] * (every - 1)])

    def within(value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            return text if name not in _NAMED_BY_CODE and next(turn) else value
        if isinstance(value, tuple):
            return tuple(within(one, name) for one in value)
        if isinstance(value, HeadCell):
            return value  # titles of columns are the program's own words
        if is_dataclass(value) and not isinstance(value, type | PaperCode):
            made = {f.name: within(getattr(value, f.name), f.name) for f in fields(value)}
            return replace(value, **(_shorter(made) if isinstance(value, _NAMES) else made))
        return value

    sections = tuple(Section(within(section.blocks), section.landscape) for section in document.sections)
    return replace(document, title=text, author=text, sections=sections)

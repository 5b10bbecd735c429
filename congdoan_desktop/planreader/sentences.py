"""Sentences of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from congdoan_desktop.planreader.draft import Span
from congdoan_desktop.planreader.letters import UPPER

_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|TS|ThS|TX|đ/c|Đ/c|v\.v|Q|P|H|T|ST|STT)$")
_END = re.compile(rf"(?:[.!?…]|\./\.)[”\")]?(?= ?[{UPPER}“\"(+\d≥>-])")
_ABBREVIATION_CHARS = 6


def stops_of(text: str, start: int, end: int) -> list[int]:
    """Where sentences begin between two offsets, the first one included."""
    found = [start]
    for match in _END.finditer(text, start, end):
        before = text[max(start, match.start() - _ABBREVIATION_CHARS) : match.start()]
        number = text[match.start()] == "." and before[-1:].isdigit() and text[match.end() : match.end() + 1].isdigit()
        if not number and not _ABBREVIATION.search(before):
            found.append(match.end())
    return found


def sentences_of(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences, and the parts between semicolons, without blanks at their ends."""
    stops = [*stops_of(text, start, end), end]
    for begin, stop in pairwise(stops):
        at = begin
        for part in text[begin:stop].split(";"):
            lead = len(part) - len(part.lstrip())
            if part.strip():
                yield Span(at + lead, at + len(part.rstrip()))
            at += len(part) + 1

"""Whether bytes from elsewhere are a picture as we keep them, judged by the markers alone: nothing is decoded."""

from __future__ import annotations

from congdoan_desktop.domain.attachments import LARGEST, LONGEST_EDGE

_START, _END, _FRAME, _SCAN = b"\xff\xd8", b"\xff\xd9", (0xC0, 0xC1, 0xC2), 0xDA
_PLAIN = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA, 0xE0})
"""Frames, tables, restart interval, scan and the JFIF head: a picture and nothing about it."""


def size_of(data: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels; None when it is not a JPEG without metadata within our limits."""
    if len(data) > LARGEST or not data.startswith(_START) or not data.endswith(_END):
        return None
    at, found = 2, None
    while at + 4 <= len(data):
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if data[at] != 0xFF or marker not in _PLAIN or length < 2:
            return None
        if marker in _FRAME:
            height, width = int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9])
            found = (width, height)
        if marker == _SCAN:
            return found if found and min(found) >= 1 and max(found) <= LONGEST_EDGE else None
        at += 2 + length
    return None

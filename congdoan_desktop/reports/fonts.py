"""Liberation Serif, the free face with Times New Roman's widths, embedded and subset in every PDF.

Version 2.1.5 is bundled because 1.07 lacks about 92 Vietnamese letters, which the PDF library would drop in silence.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from congdoan_desktop.paths import resources

FAMILY = "LiberationSerif"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_MISSING = "?"


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of the family at a size in points."""

    size: float
    bold: bool = False
    italic: bool = False

    @property
    def font(self) -> str:
        """The registered font's name; the file is read at first use."""
        return _registered(f"{FAMILY}-{_cut(self.bold, self.italic)}")

    @property
    def ascent(self) -> float:
        return 0.891 * self.size

    @property
    def descent(self) -> float:
        return 0.216 * self.size

    def width(self, text: str) -> float:
        """Width in points."""
        return float(pdfmetrics.stringWidth(text, self.font, self.size))

    def drop(self, line: float) -> float:
        """How far under a line's upper edge its baseline lies, half the lead above."""
        return (line - self.size) / 2 + self.ascent


def printable(text: str) -> str:
    """NFC without control and zero-width characters; what the face has no glyph for becomes "?"."""
    known = _glyphs()
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        char if ord(char) in known or char.isspace() else _MISSING
        for char in composed
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf"}
    )


def spaces_only(text: str) -> str:
    """No-break spaces as plain ones, for drawing: they copy out as what people type."""
    return text.replace(_NO_BREAK, " ")


def _cut(bold: bool, italic: bool) -> str:
    return {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}.get((bold, italic), "BoldItalic")


@cache
def _registered(name: str) -> str:
    pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / f"{name}.ttf")))
    return name


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(Face(12).font).face.charToGlyph)

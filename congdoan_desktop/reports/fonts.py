"""Liberation Serif, the free face with Times New Roman's widths, embedded and subset in every PDF.

Version 2.1.5 is bundled because 1.07 lacks about 92 Vietnamese letters, which the PDF library would drop in silence.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from congdoan_desktop.paths import resources

FAMILY = "LiberationSerif"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_MISSING = "?"
_UNPRINTED = frozenset({"Cc", "Cf"})
_WORDS_KEPT = 20_000
"""Widths remembered: a list says the same names of unions and sums over and over."""


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of the family at a size in points."""

    size: float
    bold: bool = False
    italic: bool = False

    @property
    def font(self) -> str:
        """The registered font's name; the file is read at first use."""
        return _registered(self.bold, self.italic)

    @property
    def ascent(self) -> float:
        return 0.891 * self.size

    @property
    def descent(self) -> float:
        return 0.216 * self.size

    def width(self, text: str) -> float:
        """Width in points."""
        return _width(text, self.size, self.bold, self.italic)

    def drop(self, line: float) -> float:
        """How far under a line's upper edge its baseline lies, half the lead above."""
        return (line - self.size) / 2 + self.ascent


def printable(text: str) -> str:
    """NFC without control and zero-width characters; what the face has no glyph for becomes "?"."""
    composed = unicodedata.normalize("NFC", text)
    known = _glyphs()
    if known.issuperset(composed):
        return composed
    return "".join(
        char if char in known or char.isspace() else _MISSING
        for char in composed
        if char.isspace() or unicodedata.category(char) not in _UNPRINTED
    )


def spaces_only(text: str) -> str:
    """No-break spaces as plain ones, for drawing: they copy out as what people type."""
    return text.replace(_NO_BREAK, " ")


def _cut(bold: bool, italic: bool) -> str:
    return {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}.get((bold, italic), "BoldItalic")


@lru_cache(_WORDS_KEPT)
def _width(text: str, size: float, bold: bool, italic: bool) -> float:
    return float(pdfmetrics.stringWidth(text, _registered(bold, italic), size))


@cache
def _registered(bold: bool, italic: bool) -> str:
    name = f"{FAMILY}-{_cut(bold, italic)}"
    pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / f"{name}.ttf")))
    return name


@cache
def _glyphs() -> frozenset[str]:
    """The characters that the face can print."""
    drawn = map(chr, pdfmetrics.getFont(Face(12).font).face.charToGlyph)
    return frozenset(char for char in drawn if char.isspace() or unicodedata.category(char) not in _UNPRINTED)

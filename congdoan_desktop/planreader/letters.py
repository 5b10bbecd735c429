"""Vietnamese capital and small letters as character classes; the ranges of Unicode mix the two."""

from __future__ import annotations

import unicodedata


def _letters(capital: bool) -> str:
    """The letters beyond ASCII of Latin-1, Latin Extended and the block of Vietnamese tones."""
    codes = (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))
    found = (chr(code) for code in codes if unicodedata.category(chr(code)) == ("Lu" if capital else "Ll"))
    return "".join(found)


UPPER = "A-Z" + _letters(capital=True)
LOWER = "a-z" + _letters(capital=False)

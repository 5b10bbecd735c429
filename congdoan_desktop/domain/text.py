"""Vietnamese text: cleaning what comes in, folding for search, keys for sorting (rules D07–D16)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\t"), " ")
_LINE_ENDS = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")
# The soft hyphen stays: in a cell typed with an old TCVN3 font it is the letter ư (D12, D17).
_DROPPED = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"), None)
_CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A, 0x0B, 0x0C, 0x85}, None)
# Halves of letters, as a terminal hands over bytes that are no UTF-8: no file could take them.
_HALVES = dict.fromkeys(range(0xD800, 0xE000), None)
_TURNING = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), None)
_LOOKALIKES = {ord("Ð"): "Đ", ord("ð"): "đ"}
_CLEANING = {**_SPACES, **_LINE_ENDS, **_DROPPED, **_CONTROLS, **_HALVES, **_LOOKALIKES}

_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining marks in Vietnamese order: huyền, hỏi, ngã, sắc, nặng."""
_QUALITIES = "\u0306\u0302\u031b"
"""Combining marks that make another letter: ă, â ê ô, ơ ư."""
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(ord("A") + number) for number, letter in enumerate(_ALPHABET)}

# Open syllables in oa, oe, uy whose tone stands on the last letter; never after q: quý, quỹ (D13).
_OLD_STYLE = re.compile(r"(?<!q)(?:o[àảãáạèẻẽéẹ]|u[ỳỷỹýỵ])(?![^\W\d_])", re.IGNORECASE)
# What stands on the left alone decides, so that a word typed half is still found in the whole one (D14).
_SHORT_I = re.compile(r"(?<=[bcdghklmnprstvx])y|(?<=qu)y")


def clean(text: str) -> str:
    """NFC, single spaces, no invisible characters, Đ for the Icelandic Ð; lines and ends trimmed (D12)."""
    if text.isprintable() and "Ð" not in text and "ð" not in text:
        return " ".join(unicodedata.normalize("NFC", text).split())  # nearly every text; nothing in it to clean
    known = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEANING))
    return "\n".join(" ".join(line.split()) for line in known.split("\n")).strip()


def one_line(text: str) -> str:
    """`clean` for names and titles: on one line, without the marks that turn the direction of writing.

    Such a name stands in the header of every package, where neither is allowed.
    """
    if not text.isprintable():  # which none of these marks is
        text = text.translate(_TURNING)
    return " ".join(clean(text).split())


def fold_tone_placement(text: str) -> str:
    """The tone on the first of oa, oe, uy at a syllable's end: hoà -> hòa, HOÀ -> HÒA (D13)."""
    return _OLD_STYLE.sub(_tone_on_first, unicodedata.normalize("NFC", text))


_NAMES = 20_000
"""Of people are kept: the 50,000 members of a province bear about as many."""


@lru_cache(maxsize=_NAMES)
def spelled_key(text: str) -> str:
    """Lower case with all marks, the tone in its new place: what two spellings of one word share (D11, D13)."""
    if text.isprintable():
        return " ".join(map(_spelled, text.split()))
    return fold_tone_placement(clean(text)).lower()


@lru_cache(maxsize=_NAMES)
def search_key(text: str) -> str:
    """Lower case without tones and marks, đ as d, y as i where both are written, single spaces (D11, D13, D14)."""
    words = (text if text.isprintable() else clean(text)).lower().split()
    return " ".join([word if word.isascii() and "y" not in word else _folded(word) for word in words])


def search_keys(values: Sequence[str | None]) -> Sequence[str | None]:
    """The search keys of many values, as they are where nothing is said. Those of numbers are the numbers."""
    told = "".join(filter(None, values))
    return values if told.isdecimal() and told.isascii() else [value and search_key(value) for value in values]


# No rule looks over a space, and names are made of few words: each is folded once.
@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    return fold_tone_placement(clean(word)).lower()


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    parts = unicodedata.normalize("NFD", clean(word))
    bare = "".join(c for c in parts if not unicodedata.combining(c)).replace("đ", "d")
    return _SHORT_I.sub("i", unicodedata.normalize("NFC", bare))


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A string whose plain order, also in a column, is the Vietnamese one: letters, then tones, then case (CLDR, D08).

    Three fields parted by spaces. Spaces come before punctuation, then digits, letters, and letters of others.
    """
    words = clean(text).split()
    if any(unicodedata.combining(word[0]) for word in words):
        words = [" ".join(words)]  # a mark belongs to the space before it
    of_words = [*map(_weighed, words)]
    letters, tones, cases = (
        between.join([word[level] for word in of_words]) for level, between in enumerate(_weights(" ", ""))
    )
    return " ".join((letters, tones.rstrip("0"), cases.rstrip("0")))


@lru_cache(maxsize=8192)
def _weighed(word: str) -> tuple[str, str, str]:
    """What a word adds to the three fields of a sort key; names are made of few."""
    weights = [_weights(base, marks) for base, marks in _clusters(unicodedata.normalize("NFD", word))]
    letters, tones, cases = ("".join([weight[level] for weight in weights]) for level in range(3))
    return letters, tones, cases


@lru_cache(maxsize=_NAMES)
def person_sort_key(full_name: str) -> str:
    """Given name, then family name, then the middle words; capitals and tone placement make no other person (D07)."""
    words = spelled_key(full_name).split() or [""]
    family = words[0] if len(words) > 1 else ""
    return f"{sort_key(words[-1])} {sort_key(family)} {sort_key(' '.join(words[1:-1]))}"


def upper(text: str) -> str:
    """Capitals of every Vietnamese letter (D16)."""
    return unicodedata.normalize("NFC", text).upper()


def _tone_on_first(match: re.Match[str]) -> str:
    last = unicodedata.normalize("NFD", match[0][1])
    return unicodedata.normalize("NFC", match[0][0] + last[1]) + last[0]


def _clusters(text: str) -> list[tuple[str, str]]:
    """(base character, combining marks behind it) of decomposed text."""
    found: list[tuple[str, str]] = []
    for character in text:
        if unicodedata.combining(character) and found:
            base, marks = found[-1]
            found[-1] = (base, marks + character)
        else:
            found.append((character, ""))
    return found


@lru_cache(maxsize=4096)
def _weights(base: str, marks: str) -> tuple[str, str, str]:
    """What one letter adds to the three fields of a sort key."""
    letter, left = _letter_and_tones(base, marks)
    tones = "".join(str(_TONES.index(mark) + 1) if mark in _TONES else "9" + mark for mark in left)
    capital = letter in _RANK and base != base.lower()
    return _primary(letter), tones + "0", "1" if capital else "0"


def _letter_and_tones(base: str, marks: str) -> tuple[str, str]:
    """A letter of the alphabet in lower case, and what is left of its marks; other bases as they are."""
    for mark in _QUALITIES:
        before, found, after = marks.partition(mark)
        composed = unicodedata.normalize("NFC", base.lower() + mark)
        blocked = any(unicodedata.combining(m) == unicodedata.combining(mark) for m in before)
        if found and composed in _RANK and not blocked:
            return composed, before + after
    return (base.lower() if base.lower() in _RANK else base), marks


def _primary(letter: str) -> str:
    if letter == " ":
        return "!"
    if letter in _RANK or (letter.isascii() and letter.isdigit()):
        return _RANK.get(letter, letter)
    return ("~" if letter.isalpha() else "#") + letter

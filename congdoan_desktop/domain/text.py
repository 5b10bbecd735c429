"""Vietnamese text: cleaning what comes in, folding for search, keys for sorting (rules D07–D16)."""

from __future__ import annotations

import re
import unicodedata

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\t"), " ")
_DROPPED = dict.fromkeys(map(ord, "\u200b\ufeff\u2060"), None)
_LOOKALIKES = {ord("Ð"): "Đ", ord("ð"): "đ"}
_CLEANING = {**_SPACES, **_DROPPED, **_LOOKALIKES}

_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining marks in Vietnamese order: huyền, hỏi, ngã, sắc, nặng."""
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x100 + number) for number, letter in enumerate(_ALPHABET)}

_OLD_STYLE = re.compile(r"(?<!q)(o)([ae])([\u0300\u0309\u0303\u0301\u0323])(?!\w)|(?<!q)(u)(y)([\u0300\u0309\u0303\u0301\u0323])(?!\w)")


def clean(text: str) -> str:
    """NFC, one kind of space, no invisible characters, Đ for the Icelandic Ð; ends trimmed (D12)."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_CLEANING)).split(" ")).strip()


def fold_tone_placement(text: str) -> str:
    """The style that puts the tone on the first of oa, oe, uy at a syllable's end: hoà -> hòa (D13)."""
    spread = _tones_last(text)
    return unicodedata.normalize("NFC", _OLD_STYLE.sub(_moved, spread))


def search_key(text: str) -> str:
    """Lower case, without tones and marks, đ as d, i for a final y after a consonant, single spaces (D11, D13, D14)."""
    bare = "".join(c for c in unicodedata.normalize("NFD", clean(text).lower()) if not unicodedata.combining(c))
    bare = " ".join(bare.replace("đ", "d").split())
    return re.sub(r"(?<=[bcdghklmnprstvx])y\b", "i", bare)


def sort_key(text: str) -> str:
    """A string whose plain order is the Vietnamese order: letters first, then tones, then case (CLDR vi, D08)."""
    primary, tones, cases = [], [], []
    for letter, tone in _letters(clean(text)):
        primary.append(_RANK.get(letter.lower(), letter))
        tones.append(chr(0x21 + tone))
        cases.append("B" if letter != letter.lower() else "A")
    return "".join(primary) + "\x01" + "".join(tones) + "\x01" + "".join(cases)


def person_sort_key(full_name: str) -> str:
    """Given name, then family name, then the middle words (D07)."""
    words = clean(full_name).split()
    if len(words) < 2:
        return sort_key(full_name)
    return "\x02".join(sort_key(part) for part in (words[-1], words[0], " ".join(words[1:-1])))


def upper(text: str) -> str:
    return unicodedata.normalize("NFC", text).upper()


def _letters(text: str) -> list[tuple[str, int]]:
    """(letter with its mark but without its tone, tone 0–5) of every character."""
    found: list[tuple[str, int]] = []
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        tone = next((_TONES.index(mark) + 1 for mark in parts if mark in _TONES), 0)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        found.append((letter, tone))
    return found


def _tones_last(text: str) -> str:
    """NFC letters, with the tone as a combining mark behind its letter."""
    return "".join(letter + (_TONES[tone - 1] if tone else "") for letter, tone in _letters(clean(text)))


def _moved(match: re.Match[str]) -> str:
    first, second, tone = (match.group(1), match.group(2), match.group(3)) if match.group(1) else match.groups()[3:]
    return f"{first}{tone}{second}"

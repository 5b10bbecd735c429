"""Fingerprints that people can say over a telephone, and type without a Vietnamese keyboard (FORMAT.md, section 11)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from importlib.resources import files

BITS = 10
FINGERPRINT_WORDS = 8
SECRET_BYTES, SECRET_WORDS = 16, 14
_CHECK_BITS = SECRET_WORDS * BITS - SECRET_BYTES * 8
_FINAL_Y = re.compile(r"^(h|k|l|m|s|t|qu)y$")


@cache
def word_list() -> tuple[str, ...]:
    """The 1024 words in their order, which never changes."""
    return tuple((files(__package__) / "words.txt").read_text("utf-8").split())


def words_of(digest: bytes) -> tuple[str, ...]:
    """The eight words of a digest of at least 10 bytes: its first 80 bits."""
    return _words(int.from_bytes(digest[: FINGERPRINT_WORDS * BITS // 8]), FINGERPRINT_WORDS)


def same_words(typed: str, digest: bytes) -> bool:
    """Whether somebody typed the eight words of `digest`, however he writes them."""
    return _folded(typed) == _folded(" ".join(words_of(digest)))


def encode(secret: bytes) -> tuple[str, ...]:
    """A secret of 16 bytes as 14 words: 128 bits and 12 bits of check."""
    number = int.from_bytes(secret) << _CHECK_BITS | _check_of(secret)
    return _words(number, SECRET_WORDS)


def decode(typed: str) -> bytes:
    """The secret that was written as words.

    Raises: ValueError with a Vietnamese sentence when words are missing, unknown, mistaken or out of order.
    """
    folded = _folded(typed)
    unknown = [f"thứ {at} (“{word}”)" for at, word in enumerate(folded, 1) if word not in _positions()]
    if unknown:
        raise ValueError(f"Từ {', '.join(unknown)} không có trong bảng từ. Xem lại phiếu.")
    if len(folded) != SECRET_WORDS:
        raise ValueError(f"Đã gõ {len(folded)} từ; phiếu có {SECRET_WORDS} từ, gõ đủ theo đúng thứ tự.")
    number = 0
    for word in folded:
        number = number << BITS | _positions()[word]
    secret = (number >> _CHECK_BITS).to_bytes(SECRET_BYTES)
    if number & (1 << _CHECK_BITS) - 1 != _check_of(secret):
        raise ValueError("Các từ chưa khớp với nhau: có từ gõ nhầm hoặc sai thứ tự. Xem lại phiếu.")
    return secret


def _words(number: int, count: int) -> tuple[str, ...]:
    shifts = range((count - 1) * BITS, -1, -BITS)
    return tuple(word_list()[number >> shift & (1 << BITS) - 1] for shift in shifts)


def _check_of(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(secret).digest()[:2]) >> 16 - _CHECK_BITS


def _folded(typed: str) -> tuple[str, ...]:
    """What stands between the words (spaces, commas, numbers of order) does not count."""
    plain = unicodedata.normalize("NFD", typed.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c)).replace("đ", "d")
    return tuple(_fold(word) for word in re.findall("[a-z]+", letters))


def _fold(word: str) -> str:
    return _FINAL_Y.sub(r"\1i", word)


@cache
def _positions() -> dict[str, int]:
    return {word: position for position, word in enumerate(_folded(" ".join(word_list())))}

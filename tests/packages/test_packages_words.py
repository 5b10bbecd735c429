"""Words that people compare and type."""

from __future__ import annotations

import re
import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.packages import words

DIGEST = bytes.fromhex(sha256_hex(b"a key"))
WORD_LIST = "76eabb43d30a9211588ac5d1e383cf315c47eb2c34c90a7e69224fde3c5e1148"


def plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def test_list_has_1024_words_that_stay_distinct() -> None:
    listed = words.word_list()
    assert len(listed) == 1024
    assert len({plain(word) for word in listed}) == 1024
    assert all(word == unicodedata.normalize("NFC", word) and word.isalpha() and word.islower() for word in listed)


def test_no_two_words_differ_only_by_a_final_y_for_i() -> None:
    assert len(words._positions()) == 1024


def test_the_list_never_changes() -> None:
    assert sha256_hex("\n".join(words.word_list()).encode()) == WORD_LIST


def test_words_of_a_digest_never_change() -> None:
    assert words.words_of(bytes(32)) == (words.word_list()[0],) * 8
    assert words.words_of(b"\xff" * 32) == (words.word_list()[1023],) * 8
    assert words.words_of(b"\0\x40" + bytes(30))[:2] == (words.word_list()[1], words.word_list()[0])


@pytest.mark.parametrize(
    "write",
    [
        " ".join,
        lambda w: ", ".join(w).upper(),
        lambda w: plain(" ".join(w)),
        lambda w: unicodedata.normalize("NFD", "\n".join(w)),
        lambda w: " ".join(f"{n}. {word}" for n, word in enumerate(w, 1)),
        lambda w: f"  {w[0]}-{w[1]};{w[2]}…" + " ".join(w[3:]) + ".",
    ],
)
def test_typed_in_any_way(write: object) -> None:
    assert callable(write)
    assert words.same_words(write(words.words_of(DIGEST)), DIGEST)


def test_final_y_and_i_are_the_same() -> None:
    position = words._positions()["li"]
    digest = (position << 70).to_bytes(10)
    rest = " ".join(words.words_of(digest)[1:])
    assert words.same_words(f"lí {rest}", digest)
    assert words.same_words(f"LÝ {rest}", digest)


@given(st.binary(min_size=32, max_size=32))
def test_other_digests_have_other_words(other: bytes) -> None:
    typed = " ".join(words.words_of(other))
    assert words.same_words(typed, other)
    assert words.same_words(typed, DIGEST) == (other[:10] == DIGEST[:10])


@pytest.mark.parametrize("typed", ["", "một", "1 2 3", " ".join(words.words_of(DIGEST)[:7]), "ữ" * 9])
def test_too_little_is_not_the_same(typed: str) -> None:
    assert not words.same_words(typed, DIGEST)


@given(st.binary(min_size=16, max_size=16))
def test_a_secret_comes_back_from_its_words(secret: bytes) -> None:
    written = words.encode(secret)
    assert len(written) == 14
    assert words.decode(plain(" ".join(written)).upper()) == secret


WRITTEN = words.encode(bytes(range(16)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" ".join(WRITTEN[:13]), "13 từ"),
        (" ".join((*WRITTEN, "anh")), "15 từ"),
        ("", "0 từ"),
        (" ".join(("zebra", *WRITTEN[1:])), "thứ 1 (“zebra”)"),
        (" ".join((WRITTEN[1], WRITTEN[0], *WRITTEN[2:])), "chưa khớp"),
        (" ".join((*WRITTEN[:13], "anh")), "chưa khớp"),
    ],
)
def test_mistakes_on_the_sheet_are_named(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        words.decode(typed)

"""Text of old fonts: every vector of the rule, and what must not be taken for one of them."""

from __future__ import annotations

import unicodedata

import pytest

from congdoan_desktop.domain.legacy_text import Encoding, by_font, by_score, decode, is_syllable
from congdoan_desktop.domain.text import clean

VECTORS = (
    ("Công đoàn", "C«ng ®oµn", "Coâng ñoaøn"),
    ("Liên đoàn Lao động tỉnh", "Liªn ®oµn Lao ®éng tØnh", "Lieân ñoaøn Lao ñoäng tænh"),
    ("Nguyễn Thị Hường", "NguyÔn ThÞ H\xadêng", "Nguyeãn Thò Höôøng"),
    ("thăm hỏi, trợ cấp", "th¨m hái, trî cÊp", "thaêm hoûi, trôï caáp"),
    ("Mái ấm Công đoàn", "M¸i Êm C«ng ®oµn", "Maùi aám Coâng ñoaøn"),
    ("Đặng Văn Ước", "§Æng V¨n ¦íc", "Ñaëng Vaên Öôùc"),
)


@pytest.mark.parametrize(("text", "tcvn3", "vni"), VECTORS)
def test_vectors(text: str, tcvn3: str, vni: str) -> None:
    assert decode(tcvn3, Encoding.TCVN3) == text
    assert decode(vni, Encoding.VNI) == text
    assert decode(text, Encoding.UNICODE) == text
    assert decode(tcvn3, Encoding.TCVN3_CAPITALS) == text.upper()


@pytest.mark.parametrize(("text", "tcvn3", "vni"), VECTORS)
def test_each_writing_is_told_from_the_others(text: str, tcvn3: str, vni: str) -> None:
    assert by_score([text]) is Encoding.UNICODE
    assert by_score([tcvn3]) is Encoding.TCVN3
    assert by_score([vni]) is Encoding.VNI


def test_the_soft_hyphen_is_a_letter_until_the_text_is_decoded() -> None:
    assert clean(decode(clean("H\xadêng"), Encoding.TCVN3)) == "Hường"


def test_decomposed_text_of_old_fonts_is_composed_first() -> None:
    for text, tcvn3, vni in VECTORS:
        assert decode(unicodedata.normalize("NFD", tcvn3), Encoding.TCVN3) == text
        assert decode(unicodedata.normalize("NFD", vni), Encoding.VNI) == text


def test_capitals_of_vni() -> None:
    assert decode("COÂNG ÑOAØN CÔ SÔÛ", Encoding.VNI) == "CÔNG ĐOÀN CƠ SỞ"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Nguyen Van A", "Kinh", "12/05/1990"], None),
        (["Thái", "Công"], None),  # every letter could be TCVN3 as well: nothing is changed
        (["Việt", "Th¸i"], None),
        ([], None),
        (["José Müller", "Ångström"], None),
        (["Thái", "Công", "Nguyễn"], Encoding.UNICODE),
        (["Th¸i", "M«ng", "Hµ Nh×"], Encoding.TCVN3),
    ],
)
def test_only_a_clear_winner_is_named(texts: list[str], expected: Encoding | None) -> None:
    assert by_score(texts) is expected


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", Encoding.TCVN3),
        (".VnArialH", Encoding.TCVN3_CAPITALS),
        ("VNI-Times", Encoding.VNI),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_fonts(font: str, expected: Encoding | None) -> None:
    assert by_font(font) is expected


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "Quýt", "giường", "huỳnh", "ngoằn", "thuở", "ƯỚC", "yêu", "gì"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NguyÔn", "H\xadêng", "ñoaøn", "strong", "", "ngươfi"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)

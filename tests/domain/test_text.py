"""Vietnamese text: what is typed in many ways is one text, found by many keys, in one order."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.text import clean, fold_tone_placement, person_sort_key, search_key, sort_key, upper

SINGLE_WORDS = [
    "An", "Anh", "Ảnh", "Ánh", "Ăng", "Ân", "Ẩn", "Ấn", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Dao", "Dung", "Dũng",
    "Đào", "Đức", "Hoa", "Hoà", "Hòa", "Hỏa", "Hóa", "Họa", "Oanh", "Ông", "Ơn", "Uyên", "Ưng", "Y", "Ỷ", "Ý", "Yến",
]  # fmt: skip
PERSONS = [
    "Nguyễn Thị Ái", "Đặng Văn An", "Nguyễn An", "Nguyễn Văn An", "Trần Văn Anh", "Lê Thị Ánh", "Lò Văn Ân",
    "Giàng Thị Dung", "Bùi Văn Dũng", "Đinh Văn Dũng", "Vàng A Dũng", "Đỗ Văn Đức", "Hoàng Thị Hoa", "Hoàng Thị Hòa",
    "Lý A Sử", "Tẩn Mí Sử", "Nguyễn Thị Út", "Lò Thị Ương", "Phạm Thị Yến",
]  # fmt: skip
OLD_AND_NEW = [
    ("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("uỷ", "ủy"), ("thoả", "thỏa"), ("hoá", "hóa"),
    ("uỷ ban", "ủy ban"), ("HOÀ BÌNH", "HÒA BÌNH"), ("Uỷ", "Ủy"), ("hoạ", "họa"), ("nguỵ", "ngụy"),
    ("loè, loẹ", "lòe, lọe"),
]  # fmt: skip
UNCHANGED = ["quý", "quỹ", "quỷ", "QUÝ", "hoàn", "toán", "huỳnh", "thuyền", "ngoài", "khuỷu", "hòa", "của", "mùa"]

ALPHABET = "aAăÂbdđĐeêghioôơOƠquUưyYýỳnt \u0300\u0301\u0302\u0306\u0309\u0323\u031b'-1“ñß"
LETTERS = st.text(st.sampled_from(ALPHABET), max_size=12)
ANYTHING = st.text(max_size=30)


def strictly_rising(keys: list[str]) -> bool:
    """As strings and as a database compares them, byte by byte."""
    return all(a < b and a.encode() < b.encode() for a, b in pairwise(keys))


@pytest.mark.parametrize("typed", ["Vi\u1ec7t", "Vi\u00ea\u0323t", "Vie\u0323\u0302t", "Vie\u0302\u0323t"])
def test_every_way_of_composing_gives_one_text(typed: str) -> None:
    assert clean(typed) == "Việt"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lò\u00a0Thị\u2007Hoa\u202f", "Lò Thị Hoa"),
        ("\ufeffCông\u200b đoàn", "Công đoàn"),
        ("Ðặng Văn Ðức, ðồng", "Đặng Văn Đức, đồng"),
        ("“Tết Sum vầy”", "“Tết Sum vầy”"),
        ("H\u00adêng", "H\u00adêng"),
        ("  Nguyễn   An ", "Nguyễn An"),
        ("dòng một \r\n dòng hai", "dòng một\ndòng hai"),
        ("xoá\x00 này\x1b", "xoá này"),
        ("e\u200b\u0302", "ê"),
        ("\t \n", ""),
    ],
)
def test_what_cleaning_changes_and_keeps(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(("old", "new"), OLD_AND_NEW)
def test_tone_moves_to_the_first_vowel(old: str, new: str) -> None:
    assert fold_tone_placement(old) == new
    assert fold_tone_placement(unicodedata.normalize("NFD", old)) == new
    assert search_key(old) == search_key(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    ],
)
def test_the_whole_table_of_tone_placement(old: str, new: str) -> None:
    """D13, with every first consonant but q."""
    for first in ("", "h", "kh", "th", "ng", "T"):
        typed, folded = (" ".join(first + end for end in ends.split()) for ends in (old, new))
        assert fold_tone_placement(typed) == folded
        assert search_key(typed) == search_key(folded)
    assert fold_tone_placement("quà quá quả") == "quà quá quả"


@pytest.mark.parametrize("word", UNCHANGED)
def test_other_syllables_stay(word: str) -> None:
    assert fold_tone_placement(word) == word


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("nguyen thi hong", "Nguyễn Thị Hồng"), ("dang duc", "ĐẶNG ĐỨC"), ("Đặng", "Ðặng"),
        ("lí", "Lý"), ("kĩ", "kỹ"), ("quí", "quý"), ("  tet   sum vay", "Tết Sum vầy"), ("quy", "quyền"),
        ("uỷ ban", "Ủy ban"), ("mỹ th", "Mĩ Thuật"),
    ],
)  # fmt: skip
def test_search_finds(typed: str, stored: str) -> None:
    assert search_key(typed) in search_key(stored)


@pytest.mark.parametrize(("typed", "stored"), [("tây", "Tài"), ("thuý", "Thúi"), ("duy", "Dui"), ("an", "Ân b")])
def test_search_keeps_other_words_apart(typed: str, stored: str) -> None:
    assert search_key(typed) != search_key(stored)


def test_single_words_in_the_order_of_cldr() -> None:
    assert strictly_rising([sort_key(word) for word in SINGLE_WORDS])


def test_persons_by_given_family_and_middle_name() -> None:
    assert strictly_rising([person_sort_key(person) for person in PERSONS])


@pytest.mark.parametrize(
    "ordered",
    [
        ["an", "An", "án"],
        ["CĐCS 1", "CĐCS 2", "CĐCS Mường Kim", "CĐCS Y tế"],
        ["", "An", "An Bình", "Anh", "Ân"],
        ["“Mái ấm”", "1 triệu sáng kiến", "An", "Zép", "Ωmega"],
        ["Thủy", "Thuỷ lợi"],
    ],
)
def test_order_of_names(ordered: list[str]) -> None:
    assert strictly_rising([sort_key(name) for name in ordered])


@pytest.mark.parametrize(("one", "other"), [("LÒ THỊ HOÀ", "Lò Thị Hòa"), ("Vàng A  Sử", "vàng a sử")])
def test_one_person_has_one_place(one: str, other: str) -> None:
    assert person_sort_key(one) == person_sort_key(other)


@pytest.mark.parametrize("name", ["Hoa", "", "Lò Hoa"])
def test_short_names_have_keys_of_the_same_shape(name: str) -> None:
    assert person_sort_key(name).count(" ") == person_sort_key("Lò Thị Thu Hoa").count(" ") == 8


def test_capitals_of_every_letter() -> None:
    assert upper("liên đoàn lao động") == "LIÊN ĐOÀN LAO ĐỘNG"
    assert upper(unicodedata.normalize("NFD", "ưỡng")) == "ƯỠNG"


@given(ANYTHING | LETTERS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert unicodedata.is_normalized("NFC", clean(text))


@given(ANYTHING | LETTERS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)
    assert fold_tone_placement(fold_tone_placement(text)) == fold_tone_placement(text)


@given(LETTERS)
def test_search_ignores_composition_and_tone_placement(text: str) -> None:
    assert search_key(unicodedata.normalize("NFD", text)) == search_key(text)
    assert search_key(fold_tone_placement(clean(text))) == search_key(text)


@given(st.text("abcdđeêghiklmnơpqrstưuvxyý ", max_size=12), st.integers(0, 12))
def test_a_text_typed_half_is_found_in_the_whole(text: str, length: int) -> None:
    assert search_key(text[:length]) in search_key(text)


@given(LETTERS | ANYTHING, LETTERS | ANYTHING)
def test_two_texts_share_a_sort_key_only_when_they_are_one(one: str, other: str) -> None:
    same = " ".join(clean(one).split()) == " ".join(clean(other).split())
    assert (sort_key(one) == sort_key(other)) == same


@given(LETTERS, LETTERS)
def test_plain_letters_decide_before_tones_and_case(one: str, other: str) -> None:
    letters_of_one, letters_of_other = sort_key(one).split(" ")[0], sort_key(other).split(" ")[0]
    if letters_of_one != letters_of_other:
        assert (sort_key(one) < sort_key(other)) == (letters_of_one < letters_of_other)


@given(ANYTHING | LETTERS)
def test_what_needs_no_cleaning_is_cleaned_like_the_rest(text: str) -> None:
    assert clean(text) == clean(text + "\u200b")


def test_a_mark_at_the_beginning_of_a_word_belongs_to_the_space_before_it() -> None:
    assert sort_key("a \u0301b").split(" ")[0] == sort_key("a b").split(" ")[0]
    assert sort_key("a b") < sort_key("a \u0301b") != sort_key("a b\u0301")

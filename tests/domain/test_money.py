"""Amounts in figures and words: every vector of the rule, both ways, and what must not be guessed."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from congdoan_desktop.domain.money import (
    LARGEST,
    NotANumber,
    format_ratio,
    group_thousands,
    money_in_words,
    number_in_words,
    parse_count,
    parse_money,
    parse_number,
    parse_words,
)

IN_WORDS = {
    0: "Không đồng",
    14: "Mười bốn đồng",
    15: "Mười lăm đồng",
    21: "Hai mươi mốt đồng",
    24: "Hai mươi tư đồng",
    25: "Hai mươi lăm đồng",
    101: "Một trăm linh một đồng",
    104: "Một trăm linh bốn đồng",
    111: "Một trăm mười một đồng",
    115: "Một trăm mười lăm đồng",
    1_001: "Một nghìn không trăm linh một đồng",
    1_010: "Một nghìn không trăm mười đồng",
    1_015: "Một nghìn không trăm mười lăm đồng",
    70_000: "Bảy mươi nghìn đồng",
    101_000: "Một trăm linh một nghìn đồng",
    234_000: "Hai trăm ba mươi tư nghìn đồng",
    1_000_001: "Một triệu không trăm linh một đồng",
    1_300_000: "Một triệu ba trăm nghìn đồng",
    2_005_000: "Hai triệu không trăm linh năm nghìn đồng",
    69_000_000: "Sáu mươi chín triệu đồng",
    187_500_000: "Một trăm tám mươi bảy triệu năm trăm nghìn đồng",
    1_000_000_005: "Một tỷ không trăm linh năm đồng",
    15_000_000_000: "Mười lăm tỷ đồng",
    1_234_567_890: ("Một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi đồng"),
    1_005_000_000_000: "Một nghìn không trăm linh năm tỷ đồng",
}
AMOUNTS = st.integers(0, LARGEST) | st.integers(0, 10**6) | st.integers(0, 999_999).map(lambda n: n * 10**9)


@pytest.mark.parametrize(("amount", "words"), IN_WORDS.items())
def test_vectors_of_amounts_in_words(amount: int, words: str) -> None:
    assert money_in_words(amount) == words
    assert parse_words(words) == amount


@given(AMOUNTS)
@example(LARGEST)
def test_words_read_back_to_their_amount(amount: int) -> None:
    assert parse_words(money_in_words(amount)) == amount


@given(AMOUNTS)
def test_southern_words_read_back_too(amount: int) -> None:
    southern = number_in_words(amount).replace("linh", "lẻ").replace("nghìn", "ngàn").replace("tư", "bốn")
    assert parse_words(southern.replace("tỷ", "tỉ")) == amount


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("(Bằng chữ: Năm triệu đồng)", 5_000_000),
        ("(Bằng chữ: Năm triệu đồng chẵn)./.", 5_000_000),
        ("Hai triệu lẻ năm ngàn đồng", 2_005_000),
        ("một nghìn linh năm", 1_005),
        (unicodedata.normalize("NFD", "Hai mươi bốn nghìn"), 24_000),
        ("hai mươi nhăm ngàn", 25_000),
        ("bẩy mươi nghìn", 70_000),
    ],
)
def test_other_ways_to_say_an_amount(words: str, amount: int) -> None:
    assert parse_words(words) == amount


@pytest.mark.parametrize(
    "words",
    ["", "đồng", "năm hai", "một hai ba", "mươi", "nghìn", "một nghìn năm triệu", "năm triệu rồi", "hai mươi năm",
     "một trăm một", "một tỷ hai tỷ", "5 triệu", "một nghìn tỷ tỷ"],
)  # fmt: skip
def test_words_that_name_no_amount(words: str) -> None:
    with pytest.raises(NotANumber):
        parse_words(words)


@pytest.mark.parametrize("amount", [-1, LARGEST + 1])
def test_no_words_outside_the_range(amount: int) -> None:
    with pytest.raises(ValueError, match="range"):
        money_in_words(amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5.000.000", 5_000_000), ("5000000", 5_000_000), ("5 000 000", 5_000_000), ("5\u00a0000\u00a0000", 5_000_000),
        ("0", 0), ("1.500", 1_500), ("500", 500), ("300.000đ", 300_000), ("300.000 đ", 300_000),
        ("70.000đồng", 70_000), ("1.300.000 VNĐ", 1_300_000), ("1.300.000 vnd", 1_300_000),
        ("15 tỷ đồng", 15 * 10**9), ("1,2 tỷ", 1_200_000_000), ("1,25 tỉ", 1_250_000_000), ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000), ("500k", 500_000), ("3 triệu", 3_000_000), ("3tr", 3_000_000),
        ("3 triệu 500", 3_500_000), ("3tr500", 3_500_000), ("3tr5", 3_500_000), ("3 triệu 500 nghìn", 3_500_000),
        ("1 tỷ 250", 1_250_000_000),
        ("1 tỷ 200 triệu 500 nghìn", 1_200_500_000), ("5 nghìn 500", 5_500), ("1.500 triệu", 1_500_000_000),
        ("0,5 triệu", 500_000), ("2 TRIỆU", 2_000_000),
        (unicodedata.normalize("NFD", "2 triệu đồng"), 2_000_000),
        ("Năm triệu đồng", 5_000_000), ("(Bằng chữ: một triệu ba trăm ngàn đồng chẵn)", 1_300_000), ("không", 0),
    ],
)  # fmt: skip
def test_amounts_as_typed(text: str, amount: int) -> None:
    assert parse_money(text) == amount


@pytest.mark.parametrize(
    "text",
    ["", " ", "đ", "abc", "-5", "1.5000", "1.50", "12.34.567", "1.234 567", "1.234.567,5", "5,000,000", "5,000", "1,5",
     "1,5 đồng", "triệu", "3 triệu 5", "3tr50", "3tr 5", "5k5", "3 triệu 50", "3 nghìn 2 triệu", "3 triệu 2 triệu",
     "3 củ", "1,2345 nghìn", "1.000.000 tỷ", "9" * 20, "9" * 5000, "٣", "5 triệu người", "năm hai", "năm triệu người",
     "0x10", "1e6", "4/100.000"],
)  # fmt: skip
def test_amounts_not_guessed(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse_money(text)
    assert refused.value.todo


@given(AMOUNTS)
def test_grouped_amounts_read_back(amount: int) -> None:
    assert parse_money(group_thousands(amount)) == parse_money(str(amount)) == amount
    assert parse_count(f" {group_thousands(amount)} ") == amount


@given(st.text("0123456789., đktrnghìeutỷ", max_size=14))
def test_any_text_gives_an_amount_in_range_or_is_refused(text: str) -> None:
    with suppress(NotANumber):
        assert 0 <= parse_money(text) <= LARGEST


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (999, "999"), (1912, "1.912"), (5_000_000, "5.000.000")])
def test_thousands_are_grouped_by_dots(number: int, text: str) -> None:
    assert group_thousands(number) == text


@pytest.mark.parametrize("text", ["", "1,5", "-1", "mười", "1.91", "1.0000", "12 người", "9" * 5000])
def test_counts_not_guessed(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_count(text)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (41, 48, "85,4%"), (13, 14, "92,9%"), (671, 812, "82,6%"), (14, 14, "100,0%"), (0, 7, "0,0%"), (0, 0, "–"),
        (1, 2000, "0,1%"), (1, 2001, "0,0%"), (999, 1000, "99,9%"), (9995, 10000, "100,0%"), (30, 2, "1.500,0%"),
        (-1, 200, "-0,5%"), (-3, 2, "-150,0%"), (-1, 1, "-100,0%"), (-1, 4000, "0,0%"),
    ],
)  # fmt: skip
def test_ratios_with_one_decimal(numerator: int, denominator: int, text: str) -> None:
    assert format_ratio(numerator, denominator) == text


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_ratios_are_rounded_once_from_exact_integers(numerator: int, denominator: int) -> None:
    shown = Fraction(format_ratio(numerator, denominator).rstrip("%").replace(".", "").replace(",", ""))
    exact = Fraction(1000 * numerator, denominator)
    assert -Fraction(1, 2) < shown - exact <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567,5", Fraction(2_469_135, 2)),
        ("1.500", Fraction(1500)),
        ("1,5", Fraction(3, 2)),
        ("4/100.000", Fraction(4, 100_000)),
        ("83,5%", Fraction(835, 1000)),
        ("83,5 %", Fraction(835, 1000)),
        ("-3", Fraction(-3)),
        ("12 000", Fraction(12_000)),
    ],
)
def test_vectors_of_numbers(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["1.5000", "1.50", "1,5,5", "1.500,", "4/0", "4/", "83%/100", "", "%", "1e5", "abc", "١٢"]
)
def test_numbers_that_must_not_be_guessed(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(text)

"""Identity numbers: the synthetic vectors of the rule, offers for what spreadsheets cut off, and masks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.people import (
    PROVINCES,
    CitizenIdParts,
    check_citizen_id,
    check_number,
    citizen_id_parts,
    mask,
    offer_citizen_id,
    offer_phone,
)

DIGITS = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("012190000001", CitizenIdParts("Lai Châu", "nữ", 1990)),
        ("010075000002", CitizenIdParts("Lào Cai", "nam", 1975)),
        ("072303000003", CitizenIdParts("Tây Ninh", "nữ", 2003)),
        ("080199000004", CitizenIdParts("Long An", "nữ", 1999)),
        ("115200000005", CitizenIdParts(None, "nam", 2000)),
    ],
)
def test_what_the_digits_say(number: str, parts: CitizenIdParts) -> None:
    assert citizen_id_parts(number) == parts


@pytest.mark.parametrize(
    ("number", "sex", "birth_year", "sentences"),
    [
        ("012190000001", "Nữ", 1990, []),
        ("012190000001", None, None, []),
        ("010075000002", "nam", 1975, []),
        ("012190000001", unicodedata.normalize("NFD", "nữ"), None, []),
        ("072303000003", "khác", 2003, []),
        ("123456789", "nam", 1960, []),
        ("080199000004", "Nam", None, ["giới tính"]),
        ("012190000001", "nữ", 1991, ["sinh năm 1990"]),
        ("999190000001", None, None, ["Ba số đầu 999"]),
        ("999190000001", "nam", 1991, ["Ba số đầu 999", "giới tính", "sinh năm 1990"]),
        ("12190000001", None, None, ["Có phải 012190000001?"]),
        ("1190000001", None, None, ["Có phải 001190000001?"]),
        ("99919000001", None, None, ["12 chữ số"]),
        ("012 190 000 001", None, None, ["12 chữ số viết liền"]),
        ("01219000000²", None, None, ["12 chữ số"]),
        ("", None, None, ["12 chữ số"]),
    ],
)
def test_warnings(number: str, sex: str | None, birth_year: int | None, sentences: list[str]) -> None:
    found = check_citizen_id(number, sex, birth_year)
    assert len(found) == len(sentences)
    for finding, part in zip(found, sentences, strict=True):
        assert part in finding.message
        assert finding.warning
        assert finding.field == "citizen_id"


@pytest.mark.parametrize(
    ("number", "offered"),
    [("12190000001", "012190000001"), ("1190000001", "001190000001"), ("99919000001", None), ("012190000001", None),
     ("123456789", None), ("1219000000a", None), ("1.2E+10", None), ("", None)],
)  # fmt: skip
def test_leading_zeros_of_citizen_ids_are_offered(number: str, offered: str | None) -> None:
    assert offer_citizen_id(number) == offered


@pytest.mark.parametrize(("number", "offered"), [("912345678", "0912345678"), ("0912345678", None), ("12345", None)])
def test_the_leading_zero_of_phones_is_offered(number: str, offered: str | None) -> None:
    assert offer_phone(number) == offered


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("citizen_id", ["012190000001", "123456789"], ["1234567890", "12345678a", ""]),
        ("insurance", ["1234567890"], ["123456789", "12345678901"]),
        ("tax_code", ["0301234567", "0301234567-001"], ["0301234567-1", "030123456", "0301234567001"]),
        ("budget_code", ["1034567"], ["103456", "10345678"]),
        ("phone", ["0912345678"], ["912345678", "+84912345678"]),
    ],
)
def test_shapes_of_numbers(kind: str, right: list[str], wrong: list[str]) -> None:
    assert [number for number in right if check_number(kind, number)] == []
    for number in wrong:
        (finding,) = check_number(kind, number)
        assert finding.warning
        assert finding.field == kind


def test_only_twelve_digits_are_taken_apart() -> None:
    with pytest.raises(ValueError, match="12 digits"):
        citizen_id_parts("123456789")


def test_the_codes_of_the_63_provinces() -> None:
    assert len(PROVINCES) == len(set(PROVINCES.values())) == 63


@pytest.mark.parametrize(
    ("number", "shown"),
    [("012190000001", "012•••••0001"), ("123456789", "••••••789"), ("12345678", "••••••••"), ("", "")],
)
def test_masks(number: str, shown: str) -> None:
    assert mask(number) == shown


@given(st.text("0123456789", max_size=20))
def test_a_mask_keeps_the_length_and_never_shows_more_than_seven_digits(number: str) -> None:
    assert len(mask(number)) == len(number)
    assert sum(character.isdigit() for character in mask(number)) <= 7


@given(DIGITS)
def test_a_number_agrees_with_what_it_says(number: str) -> None:
    parts = citizen_id_parts(number)
    found = check_citizen_id(number, parts.sex, parts.birth_year)
    assert len(found) == (parts.province is None)

"""Cells read for their fields: the vectors of identity numbers, dates and figures, and what must be asked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.spreadsheets.cells import UNCALCULATED, Fault
from congdoan_desktop.spreadsheets.columns import ColumnMatch
from congdoan_desktop.spreadsheets.fields import ListKind, fields_of
from congdoan_desktop.spreadsheets.findings import Read
from congdoan_desktop.spreadsheets.values import reader
from tests.spreadsheets.books import TODAY

REFUSED = object()
FIELDS = {field.code: field for kind in reversed(ListKind) for field in fields_of(kind).values()}


def value_of(field: str, cell: Any, **match: Any) -> Read:
    return reader(ColumnMatch(0, "", field, **match), FIELDS[field], TODAY)(cell)


def check(found: Read, expected: object, warned: bool) -> None:
    if expected is REFUSED:
        assert found.value is None
        assert any(not problem.warning for problem in found.problems)
    else:
        assert found.value == expected
        assert bool(found.problems) == warned
        assert all(problem.warning for problem in found.problems)


NUMBERS = [
    # Vectors of D02 and D05: what stands in the cell, what is taken, whether a warning says so.
    ("citizen_id", "012190000001", "012190000001", False),
    ("citizen_id", "010075000002", "010075000002", False),
    ("citizen_id", "12190000001", "012190000001", True),
    ("citizen_id", 12190000001.0, "012190000001", True),
    ("citizen_id", 12190000001, "012190000001", True),
    ("citizen_id", 1075000002.0, "001075000002", True),
    ("citizen_id", "012 190 000 001", "012190000001", False),
    ("citizen_id", "'012190000001", "012190000001", False),
    ("citizen_id", "012.190.000.001", "012190000001", False),
    ("citizen_id", "1.2E+10", REFUSED, False),
    ("citizen_id", "1,2190E+10", REFUSED, False),
    ("citizen_id", 1.2e10, REFUSED, False),
    ("citizen_id", 1.2e17, REFUSED, False),
    ("citizen_id", 12190000001.5, REFUSED, False),
    ("citizen_id", "0121900000012", REFUSED, False),
    ("citizen_id", "01219000000A", REFUSED, False),
    ("citizen_id", "99990000001", REFUSED, False),
    ("citizen_id", "٠١٢١٩٠٠٠٠٠٠١", REFUSED, False),
    ("citizen_id", True, REFUSED, False),
    ("citizen_id", date(1990, 1, 1), REFUSED, False),
    ("citizen_id", "", None, False),
    ("citizen_id", "  ", None, False),
    ("old_id", "045123456", "045123456", False),
    ("old_id", 45123456.0, "045123456", True),
    ("insurance", "0123456789", "0123456789", False),
    ("insurance", 123456789.0, "0123456789", True),
    ("insurance", "012190000001", "012190000001", True),
    ("insurance", "12345", REFUSED, False),
    ("phone", "0912345678", "0912345678", False),
    ("phone", 912345678.0, "0912345678", True),
    ("phone", "0912 345 678", "0912345678", False),
    ("phone", "0912.345.678", "0912345678", False),
    ("phone", "+84912345678", "0912345678", False),
    ("phone", "(0213) 3876543", "02133876543", True),
    ("phone", "0912345678/0987654321", "0912345678", True),
    ("phone", "091234", REFUSED, False),
    ("tax_code", "6200012345", "6200012345", False),
    ("tax_code", "6200012345-001", "6200012345-001", False),
    ("tax_code", 100012345.0, "0100012345", True),
    ("tax_code", 100012345001.0, "0100012345-001", False),
    ("tax_code", "62000", REFUSED, False),
    ("budget_code", "1012345", "1012345", False),
    ("budget_code", "12345678", REFUSED, False),
    # D23
    ("workers", "1.500", 1500, False),
    ("workers", "1.234.567", 1_234_567, False),
    ("workers", "1.5000", REFUSED, False),
    ("workers", "1,5", REFUSED, False),
    ("workers", "1.234.567,5", REFUSED, False),
    ("workers", "83,5%", REFUSED, False),
    ("workers", "4/100.000", REFUSED, False),
    ("workers", "12 người", 12, False),
    ("workers", 48.0, 48, False),
    ("workers", 1.5, REFUSED, False),
    ("workers", -3, REFUSED, False),
    ("workers", "-", None, False),
    ("workers", float("inf"), REFUSED, False),
    ("workers", float("nan"), REFUSED, False),
    ("workers", 1e300, REFUSED, False),
    ("workers", "một trăm", REFUSED, False),
]  # fmt: skip


@pytest.mark.parametrize(("field", "cell", "expected", "warned"), NUMBERS)
def test_numbers(field: str, cell: Any, expected: object, warned: bool) -> None:
    check(value_of(field, cell), expected, warned)


def test_an_old_number_in_the_column_of_the_new_goes_into_its_own_field() -> None:
    assert value_of("citizen_id", "045123456") == Read("045123456", field="old_id")
    assert value_of("old_id", "012190000001") == Read("012190000001", field="citizen_id")


def test_a_thousand_that_became_a_fraction_is_offered_back() -> None:
    """A count of "1.200" typed where the dot is decimal is stored as 1.2."""
    assert value_of("workers", 1.2).problems[0].mend == "1.200"


DATES = [
    # Vectors of D21 and D22.
    ("01/05/1994", "1994-05-01", False),
    ("27/2/1990", "1990-02-27", False),
    ("12/5/1990", "1990-05-12", False),
    ("12-5-1990", "1990-05-12", False),
    ("12.5.1990", "1990-05-12", False),
    ("ngày 05 tháng 4 năm 1985", "1985-04-05", False),
    ("05/4/1985", "1985-04-05", False),
    ("tháng 01/1994", "1994-01", False),
    ("01/1994", "1994-01", False),
    ("1985", "1985", False),
    ("năm 1985", "1985", False),
    (1985, "1985", False),
    (1985.0, "1985", False),
    ("1990-05-12", "1990-05-12", False),
    ("1990-05-12 00:00:00", "1990-05-12", False),
    (date(1990, 5, 12), "1990-05-12", False),
    (datetime(1990, 5, 12, 0, 0), "1990-05-12", False),  # noqa: DTZ001  # cells know no zone
    (33005, "1990-05-12", True),
    (33005.0, "1990-05-12", True),
    ("12/25/1990", REFUSED, False),
    ("5/13/1990", REFUSED, False),
    ("12/3/89", REFUSED, False),
    ("30/02/1990", REFUSED, False),
    ("5/4", REFUSED, False),
    ("tháng 5", REFUSED, False),
    ("05/04/2030", REFUSED, False),
    ("05/04/1885", REFUSED, False),
    ("từ 22 - 28/7/2024", REFUSED, False),
    ("không rõ", REFUSED, False),
    (5.1985, REFUSED, False),
    (99999999.0, REFUSED, False),
    (-5, REFUSED, False),
    (0, REFUSED, False),
    (True, REFUSED, False),
    (time(0, 0), REFUSED, False),
    (timedelta(days=2), REFUSED, False),
    (date(1899, 12, 31), REFUSED, False),
    (float("inf"), REFUSED, False),
    (float("nan"), REFUSED, False),
    ("", None, False),
    (" . ", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected", "warned"), DATES)
def test_births(cell: Any, expected: object, warned: bool) -> None:
    check(value_of("birth", cell), expected, warned)


@pytest.mark.parametrize(
    ("cell", "expected", "warned"),
    [
        ("01/09/2015", date(2015, 9, 1), False),
        (date(2015, 9, 1), date(2015, 9, 1), False),
        ("05/2012", date(2012, 5, 1), True),
        ("2012", date(2012, 1, 1), True),
    ],
)
def test_days_of_joining(cell: Any, expected: object, warned: bool) -> None:
    check(value_of("joined", cell), expected, warned)


def test_american_order_is_refused_with_the_day_it_means() -> None:
    found = value_of("birth", "12/25/1990").problems[0]
    assert found.mend == "25/12/1990"
    assert "tháng 25" in found.message


@pytest.mark.parametrize(
    ("cell", "year"), [("12/3/89", "1989-03-12"), ("12/3/05", "2005-03-12"), ("12/3/30", "1930-03-12")]
)
def test_a_two_digit_year_counts_once_the_century_was_chosen(cell: str, year: str) -> None:
    assert value_of("birth", cell, pivot=30).value == year


def test_in_a_column_with_american_dates_days_that_read_both_ways_are_asked_for() -> None:
    found = value_of("birth", "05/06/1991", month_first=True)
    assert found.value is None
    assert found.problems[0].message.startswith("05/06 hay 06/05/1991?")
    assert value_of("birth", "06/06/1991", month_first=True).value == "1991-06-06"
    assert value_of("birth", "25/06/1991", month_first=True).value == "1991-06-25"


def test_the_format_of_a_date_tells_its_precision() -> None:
    assert value_of("birth", date(1990, 5, 1), precision="month").value == "1990-05"
    assert value_of("birth", date(1990, 1, 1), precision="year").value == "1990"


def test_a_month_that_became_a_number_is_offered_back() -> None:
    assert value_of("birth", 5.1985).problems[0].mend == "05/1985"


WORDS = [
    ("sex", "Nam", "nam", False), ("sex", "NỮ", "nữ", False), ("sex", "nu", "nữ", False), ("sex", "F", "nữ", False),
    ("sex", "1", REFUSED, False), ("sex", "khác", REFUSED, False), ("sex", True, REFUSED, False),
    ("sex_male", "x", True, False), ("sex_male", "Không", False, False), ("sex_male", "Đã có", True, False),
    ("sex_male", 1.0, True, False), ("sex_male", True, True, False), ("sex_male", "tháng 5", REFUSED, False),
    ("name", "Lò Thị Hoa", "Lò Thị Hoa", False),
    ("name", "  Lò  Thị\u00a0Hoa ", "Lò Thị Hoa", False),
    ("name", "Nguye\u0302\u0303n Thi\u0323 Ho\u0300a", "Nguyễn Thị Hòa", False),
    ("name", "Ðặng Văn An", "Đặng Văn An", False),
    ("name", "H'Wing Niê", "H'Wing Niê", False),
    ("name", "Lò Thị Hoa (Hoa lớn)", "Lò Thị Hoa (Hoa lớn)", False),
    ("name", "Páo", "Páo", True),
    ("name", "=HYPERLINK(\"http://x\")", REFUSED, False),
    ("name", "Lò\x00 Thị Hoa", REFUSED, False),
    ("name", "Lò \u202eThị Hoa", REFUSED, False),
    ("name", "Lò Thị Hoa 2", REFUSED, False),
    ("name", 5.0, REFUSED, False),
    ("name", "Nguy\ufffdn Văn A", REFUSED, False),
    ("name", "Nguy???n Văn A", REFUSED, False),
    ("name", "a" * 32_000, REFUSED, False),
    ("address", "- Bản Nà Ban, tổ 3", "- Bản Nà Ban, tổ 3", False),
    ("address", "=cmd|'/c calc'!A1", REFUSED, False),
    ("address", "+SUM(A1)", REFUSED, False),
    ("address", "@echo", REFUSED, False),
    ("address", "Bản A\nxã B", "Bản A xã B", False),
    ("address", date(2025, 5, 1), "01/05/2025", True),
    ("address", False, REFUSED, False),
    ("card", 1234.0, "1234", False),
    ("card", 1e20, REFUSED, False),
    ("card", Fault("#REF!"), REFUSED, False),
    ("card", UNCALCULATED, REFUSED, False),
    ("code", "cdx-than uyen", "CDX-THANUYEN", False),
    ("code", "Đơn vị", REFUSED, False),
    ("code", "A" * 21, REFUSED, False),
]  # fmt: skip


@pytest.mark.parametrize(("field", "cell", "expected", "warned"), WORDS)
def test_words(field: str, cell: Any, expected: object, warned: bool) -> None:
    check(value_of(field, cell), expected, warned)


@pytest.mark.parametrize(
    ("male", "cell", "expected"), [("1", 1.0, "nam"), ("1", "2", "nữ"), ("1", 0, "nữ"), ("x", "X", "nam")]
)
def test_sex_in_figures_when_a_person_said_what_they_mean(male: str, cell: Any, expected: str) -> None:
    assert value_of("sex", cell, male=male).value == expected


@pytest.mark.parametrize(
    ("field", "cell", "encoding", "expected"),
    [
        ("name", "NguyÔn ThÞ H\xadêng", Encoding.TCVN3, "Nguyễn Thị Hường"),
        ("name", "LiÔu", Encoding.TCVN3_CAPITALS, "LIỄU"),
        ("address", "Lieân ñoaøn Lao ñoäng tænh", Encoding.VNI, "Liên đoàn Lao động tỉnh"),
        ("sex", "N÷", Encoding.TCVN3, "nữ"),
        ("birth", "ngµy 05 th¸ng 4 n¨m 1985", Encoding.TCVN3, "1985-04-05"),
    ],
)
def test_old_encodings(field: str, cell: str, encoding: Encoding, expected: str) -> None:
    assert value_of(field, cell, encoding=encoding).value == expected


def test_every_type_of_field_has_its_reader() -> None:
    for field in FIELDS.values():
        assert value_of(field.code, "") == Read()
        assert value_of(field.code, Fault("#N/A")).problems

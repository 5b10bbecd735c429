"""Dates in every form officers and plans use; what the calendar does not have is said, what is unclear is asked."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.dates import (
    DateRange,
    NoSuchDate,
    NotADate,
    Precision,
    cited_date,
    lunar_year_name,
    months_after,
    official_date,
    parse_date,
    parse_day,
    parse_range,
    short_date,
    tet,
    whole_months,
)

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/4/2025", date(2025, 4, 5)), ("05/04/2025", date(2025, 4, 5)), ("05/4/2025", date(2025, 4, 5)),
        ("5-4-2025", date(2025, 4, 5)), ("05.04.2025", date(2025, 4, 5)), ("5 / 4 / 2025", date(2025, 4, 5)),
        ("ngày 05 tháng 4 năm 2025", date(2025, 4, 5)), ("Ngày 5 tháng 04 năm 2025.", date(2025, 4, 5)),
        ("ngày 05/4/2025", date(2025, 4, 5)), ("5/4", date(2026, 4, 5)), ("ngày 5 tháng 4", date(2026, 4, 5)),
        ("01/05/1994", date(1994, 5, 1)), ("27/2/1990", date(1990, 2, 27)), ("12/5/1990", date(1990, 5, 12)),
        ("12/11/2026", date(2026, 11, 12)), ("29/2/2024", date(2024, 2, 29)), ("2025-04-05", date(2025, 4, 5)),
        (unicodedata.normalize("NFD", "ngày 05 tháng 4 năm 2025"), date(2025, 4, 5)),
        ("ngày\u00a005\u00a0tháng 4 năm 2025", date(2025, 4, 5)),
    ],
)  # fmt: skip
def test_days(text: str, day: date) -> None:
    assert parse_day(text, today=TODAY) == day
    assert parse_date(text, today=TODAY).last == day


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("tháng 01/2024", Precision.MONTH, date(2024, 1, 1), date(2024, 1, 31)),
        ("01/2024", Precision.MONTH, date(2024, 1, 1), date(2024, 1, 31)),
        ("tháng 2 năm 2024", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("ngày tháng 01 năm 2024", Precision.MONTH, date(2024, 1, 1), date(2024, 1, 31)),
        ("tháng 4", Precision.MONTH, date(2026, 4, 1), date(2026, 4, 30)),
        ("1985", Precision.YEAR, date(1985, 1, 1), date(1985, 12, 31)),
        ("năm 1985", Precision.YEAR, date(1985, 1, 1), date(1985, 12, 31)),
    ],
)
def test_dates_known_only_in_part(text: str, precision: Precision, first: date, last: date) -> None:
    found = parse_date(text, today=TODAY)
    assert (found.precision, found.value, found.last, found.text) == (precision, first, last, text)
    with pytest.raises(NotADate, match="đủ ngày"):
        parse_day(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/11/2026", "Tháng 11 có 30 ngày."),
        ("29/2/2026", "Tháng 2 năm 2026 có 28 ngày."),
        ("0/5/2026", "Tháng 5 có 31 ngày."),
        ("5/13/2026", "Không có tháng 13."),
        ("11/20/2026", "Không có tháng 20."),
        ("5/4/25", "Năm “25” chưa rõ: 1925 hay 2025?"),
        ("5/4/025", "Năm phải có bốn chữ số."),
        ("5/4/20255", "Năm phải có bốn chữ số."),
        ("5/4/1825", "Năm 1825 ngoài khoảng 1900–2100."),
        ("tháng 13/2026", "Không có tháng 13."),
        ("31-11-2026 đến 5-12-2026", "“31-11-2026 đến 5-12-2026” không phải ngày."),
        ("22", "“22” không phải ngày."),
        ("", "“” không phải ngày."),
        ("hôm qua", "“hôm qua” không phải ngày."),
        ("1/2/3/4", "“1/2/3/4” không phải ngày."),
        ("٥/٤/٢٠٢٥", "“٥/٤/٢٠٢٥” không phải ngày."),
    ],
)
def test_what_is_no_date_is_told_why(text: str, sentence: str) -> None:
    with pytest.raises(NotADate) as refused:
        parse_date(text, today=TODAY)
    assert refused.value.what == sentence
    assert refused.value.todo


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("từ 22 - 28/7/2024", date(2024, 7, 22), date(2024, 7, 28)),
        ("22-28/7/2024", date(2024, 7, 22), date(2024, 7, 28)),
        ("từ ngày 08 đến ngày 10 tháng 12 năm 2025", date(2025, 12, 8), date(2025, 12, 10)),
        ("(15/4/1963-15/4/2024)", date(1963, 4, 15), date(2024, 4, 15)),
        ("15-4-1963 – 15-4-2024", date(1963, 4, 15), date(2024, 4, 15)),
        ("22/7 - 28/7/2024", date(2024, 7, 22), date(2024, 7, 28)),
        ("25/12 - 05/01/2025", date(2024, 12, 25), date(2025, 1, 5)),
        ("từ 01/2024 đến 31/7/2024", date(2024, 1, 1), date(2024, 7, 31)),
        ("từ tháng 1 đến tháng 6 năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2023-2028", date(2023, 1, 1), date(2028, 12, 31)),
        ("Từ ngày 01/8/2024 đến hết ngày 31/12/2024", date(2024, 8, 1), date(2024, 12, 31)),
        ("22/7 đến 28/7", date(2026, 7, 22), date(2026, 7, 28)),
        ("28/7/2024", date(2024, 7, 28), date(2024, 7, 28)),
        ("tháng 5/2024", date(2024, 5, 1), date(2024, 5, 31)),
        ("từ ngày 01/8/2024 đến khi hoàn thành", date(2024, 8, 1), None),
        ("từ ngày 01/8/2024", date(2024, 8, 1), None),
        ("kể từ 01/8/2024 đến nay", date(2024, 8, 1), None),
        ("đến ngày 31/7/2024", None, date(2024, 7, 31)),
        (unicodedata.normalize("NFD", "từ ngày 08 đến 10/12/2025"), date(2025, 12, 8), date(2025, 12, 10)),
    ],
)
def test_ranges(text: str, starts: date | None, ends: date | None) -> None:
    assert parse_range(text, today=TODAY) == DateRange(starts, ends, unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("từ 22 - 31/6/2024", "Tháng 6 có 30 ngày."),
        ("28 - 22/7/2024", "Ngày đầu sau ngày cuối."),
        ("28/7/2024 - 22/7/2024", "Ngày đầu sau ngày cuối."),
        ("22/7 - 28/7/24", "Năm “24” chưa rõ: 1924 hay 2024?"),
    ],
)
def test_ranges_the_calendar_does_not_have(text: str, sentence: str) -> None:
    with pytest.raises(NoSuchDate) as refused:
        parse_range(text, today=TODAY)
    assert refused.value.what == sentence


@pytest.mark.parametrize("text", ["", "-", "đến", "từ", "từ đến", "22 - 28", "quý III", "hoàn thành - 28/7/2024"])
def test_no_range(text: str) -> None:
    with pytest.raises(NotADate):
        parse_range(text, today=TODAY)


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
        (date(2024, 2, 1), "ngày 01 tháng 02 năm 2024"),
        (date(2024, 10, 10), "ngày 10 tháng 10 năm 2024"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
    ],
)
def test_padding_on_papers(day: date, printed: str) -> None:
    assert official_date(day) == printed


def test_written_forms() -> None:
    assert short_date(date(2026, 6, 5)) == "05/06/2026"
    assert cited_date(date(2026, 6, 5)) == "05/6/2026"
    assert cited_date(date(2026, 1, 14)) == "14/01/2026"


@given(DAYS)
def test_every_written_form_reads_back(day: date) -> None:
    for written in (official_date(day), short_date(day), cited_date(day), day.isoformat()):
        assert parse_day(written, today=TODAY) == day


@given(DAYS, DAYS)
def test_written_ranges_read_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for written in (
        f"từ ngày {cited_date(first)} đến ngày {cited_date(last)}",
        f"{short_date(first)}-{short_date(last)}",
    ):
        found = parse_range(written, today=TODAY)
        assert (found.starts, found.ends) == (first, last)


@given(st.text("0123456789/-. ngàythángnămđếừ", max_size=20))
def test_any_text_gives_a_date_or_is_refused(text: str) -> None:
    with suppress(NotADate):
        found = parse_date(text, today=TODAY)
        assert found.value <= found.last < found.value + timedelta(days=366)
    with suppress(NotADate):
        ranged = parse_range(text, today=TODAY)
        assert ranged.starts is None or ranged.ends is None or ranged.starts <= ranged.ends


@pytest.mark.parametrize(
    ("year", "name"), [(2024, "Giáp Thìn"), (2025, "Ất Tỵ"), (2026, "Bính Ngọ"), (2027, "Đinh Mùi"), (1984, "Giáp Tý")]
)
def test_lunar_years(year: int, name: str) -> None:
    assert lunar_year_name(year) == name


def test_sixty_names_of_years_come_in_their_circle() -> None:
    """D25: can by (y + 6) mod 10, chi by (y + 8) mod 12."""
    stems = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"]
    branches = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"]
    named = [lunar_year_name(year) for year in range(1984, 2044)]
    assert named == [f"{stems[(y + 6) % 10]} {branches[(y + 8) % 12]}" for y in range(1984, 2044)]
    assert len(set(named)) == 60


@pytest.mark.parametrize("text", ["25 tháng Chạp", "ngày 25 tháng Chạp năm Ất Tỵ", "mùng 5 tháng Giêng"])
def test_a_lunar_day_is_never_taken_for_one_of_the_solar_year(text: str) -> None:
    with pytest.raises(NotADate):
        parse_date(text, today=TODAY)


def test_tet_is_a_table_of_new_moons() -> None:
    assert tet(2026) == date(2026, 2, 17)
    assert tet(1999) is None
    known = [day for year in range(2024, 2036) if (day := tet(year))]
    assert len(known) == 12
    for first, second in pairwise(known):
        assert (second - first).days in {353, 354, 355, 383, 384, 385}


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (date(2025, 3, 15), date(2025, 4, 14), 0),
        (date(2025, 3, 15), date(2025, 4, 15), 1),
        (date(2024, 12, 31), date(2025, 2, 28), 2),
        (date(2024, 1, 1), date(2024, 12, 31), 11),
        (date(2024, 1, 1), date(2025, 1, 1), 12),
        (date(2025, 4, 15), date(2025, 3, 15), -1),
    ],
)
def test_whole_months(starts: date, ends: date, months: int) -> None:
    assert whole_months(starts, ends) == months


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(-400, 400))
def test_months_after_a_day(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and months_after(later, 1).month != later.month)

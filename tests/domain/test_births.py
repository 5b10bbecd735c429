"""Births of three precisions: read as written, kept in order of time, shown as in lists."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.births import birth_year_of, looked_at, parse_birth, show_birth
from congdoan_desktop.domain.dates import NotADate

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("1990", "1990", "1990"),
        ("05/1990", "1990-05", "05/1990"),
        ("tháng 5/1990", "1990-05", "05/1990"),
        ("12/5/1990", "1990-05-12", "12/05/1990"),
        ("01.05.1994", "1994-05-01", "01/05/1994"),
    ],
)
def test_as_people_write_them(typed: str, kept: str, shown: str) -> None:
    assert parse_birth(typed, today=TODAY) == kept
    assert show_birth(kept) == shown
    assert birth_year_of(kept) == int(kept[:4])
    assert looked_at(kept)[1]


@pytest.mark.parametrize("typed", ["12/5/90", "31/2/1990", "không rõ", "13/1990", ""])
def test_what_is_no_birth(typed: str) -> None:
    with pytest.raises(NotADate):
        parse_birth(typed, today=TODAY)


@pytest.mark.parametrize("kept", ["", "90", "1990-13", "1990-02-30", "12/05/1990", "1990-5-1"])
def test_what_is_not_kept_so(kept: str) -> None:
    assert not looked_at(kept)[1]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_kept_births_stand_in_the_order_of_time(one: date, other: date) -> None:
    kept = [parse_birth(f"{day:%d/%m/}{day.year:04}", today=TODAY) for day in (one, other)]
    assert (kept[0] < kept[1]) == (one < other)
    assert parse_birth(show_birth(kept[0]), today=TODAY) == kept[0]

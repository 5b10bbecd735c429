"""Periods of reports: their days, their printed names, and reading the names back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain import periods
from congdoan_desktop.domain.periods import (
    NotAPeriod,
    Period,
    between,
    containing,
    free,
    half_year,
    month,
    parse_period,
    phase,
    quarter,
    statistics_half,
    statistics_year,
    usual,
    year,
)

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1902, 1, 1), date(2099, 12, 31))
KINDS = ["month", "quarter", "half", "year", "statistics_half", "statistics_year"]


@pytest.mark.parametrize(
    ("period", "name", "starts", "ends"),
    [
        (month(2024, 2), "tháng 02 năm 2024", date(2024, 2, 1), date(2024, 2, 29)),
        (month(2026, 6), "tháng 6 năm 2026", date(2026, 6, 1), date(2026, 6, 30)),
        (quarter(2026, 3), "quý III năm 2026", date(2026, 7, 1), date(2026, 9, 30)),
        (half_year(2026, 1), "6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        (half_year(2026, 2), "6 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31)),
        (year(2026), "năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        (statistics_half(2026, 1), "6 tháng đầu năm 2026", date(2025, 12, 1), date(2026, 5, 31)),
        (statistics_half(2026, 2), "6 tháng cuối năm 2026", date(2026, 6, 1), date(2026, 11, 30)),
        (statistics_year(2026), "năm 2026", date(2025, 12, 1), date(2026, 11, 30)),
        (phase(date(2024, 8, 1), date(2024, 12, 31), "Đợt 2"), "Đợt 2", date(2024, 8, 1), date(2024, 12, 31)),
        (
            free(date(2024, 7, 22), date(2024, 7, 28)),
            "từ ngày 22/7/2024 đến ngày 28/7/2024",
            date(2024, 7, 22),
            date(2024, 7, 28),
        ),
    ],
)
def test_days_and_names(period: Period, name: str, starts: date, ends: date) -> None:
    assert (period.name, period.starts, period.ends) == (name, starts, ends)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("quý III năm 2026", quarter(2026, 3)), ("Quý 3/2026", quarter(2026, 3)), ("quí iv", quarter(2026, 4)),
        ("Q1/2026", quarter(2026, 1)), ("QUÝ II 2025", quarter(2025, 2)), ("tháng 6", month(2026, 6)),
        ("tháng 06/2024", month(2024, 6)), ("sáu tháng đầu năm 2026", half_year(2026, 1)),
        ("6 tháng cuối năm", half_year(2026, 2)), ("2025", year(2025)), ("Năm 2025.", year(2025)),
        ("năm thống kê 2026", statistics_year(2026)), ("6 tháng đầu năm thống kê 2026", statistics_half(2026, 1)),
        ("từ 22 - 28/7/2024", free(date(2024, 7, 22), date(2024, 7, 28))),
        ("từ 01/2024 đến 31/7/2024", free(date(2024, 1, 1), date(2024, 7, 31))),
    ],
)  # fmt: skip
def test_periods_as_typed(text: str, period: Period) -> None:
    assert parse_period(text, today=TODAY) == period


@pytest.mark.parametrize(
    "text",
    ["", "quý V năm 2026", "quý 0/2026", "tháng 13/2026", "9 tháng đầu năm 2026", "năm 1800", "năm 9999",
     "từ ngày 01/8/2024 đến khi hoàn thành", "đợt 1", "31/6/2026 - 5/7/2026"],
)  # fmt: skip
def test_no_period(text: str) -> None:
    with pytest.raises(NotAPeriod):
        parse_period(text, today=TODAY)


@pytest.mark.parametrize("kind", KINDS)
@given(day=DAYS)
def test_a_period_holds_its_day_and_gives_itself_for_all_its_days(kind: str, day: date) -> None:
    period = containing(kind, day)
    assert period.kind == kind
    assert period.starts <= day <= period.ends
    assert containing(kind, period.starts) == containing(kind, period.ends) == period


@pytest.mark.parametrize("kind", KINDS)
@given(day=DAYS)
def test_periods_follow_each_other_without_a_gap(kind: str, day: date) -> None:
    period = containing(kind, day)
    assert containing(kind, period.ends + timedelta(days=1)).starts == period.ends + timedelta(days=1)


@given(DAYS, st.sampled_from(["month", "quarter", "half", "year"]))
def test_printed_names_read_back(day: date, kind: str) -> None:
    period = containing(kind, day)
    assert parse_period(period.name, today=TODAY) == period


@given(DAYS, st.integers(0, 400))
def test_free_names_read_back(starts: date, days: int) -> None:
    stretch = free(starts, min(starts + timedelta(days=days), date(2100, 12, 31)))
    assert parse_period(stretch.name, today=TODAY) == stretch


def test_choices_of_a_day_are_told_apart() -> None:
    choices = usual(TODAY)
    assert [period.kind for period in choices] == KINDS
    assert len({period.label for period in choices}) == len(choices)
    assert statistics_year(2026).label == "năm 2026 (01/12/2025 – 30/11/2026)"


@pytest.mark.parametrize("make", [free, phase])
def test_a_stretch_does_not_end_before_it_starts(make: Callable[..., Period]) -> None:
    with pytest.raises(ValueError, match="ends before"):
        make(date(2026, 5, 2), date(2026, 5, 1), "Đợt 1")


@pytest.mark.parametrize(
    ("starts", "ends", "name"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "năm 2024"),
        (date(2024, 7, 1), date(2024, 9, 30), "quý III năm 2024"),
        (date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "tháng 02 năm 2024"),
        (date(2024, 4, 15), date(2024, 7, 31), "từ ngày 15/4/2024 đến ngày 31/7/2024"),
        (date(2024, 1, 1), date(2025, 12, 31), "từ ngày 01/01/2024 đến ngày 31/12/2025"),
    ],
)
def test_days_get_the_name_of_the_period_they_make_up(starts: date, ends: date, name: str) -> None:
    found = between(starts, ends)
    assert (found.name, found.starts, found.ends) == (name, starts, ends)


@pytest.mark.parametrize(
    ("this", "name"),
    [
        (periods.month(2024, 1), "tháng 12 năm 2023"),
        (periods.quarter(2024, 1), "quý IV năm 2023"),
        (periods.half_year(2024, 2), "6 tháng đầu năm 2024"),
        (periods.year(2024), "năm 2023"),
        (periods.statistics_half(2024, 1), "6 tháng cuối năm 2023"),
        (periods.statistics_year(2024), "năm 2023"),
    ],
)
def test_the_period_before(this: periods.Period, name: str) -> None:
    found = periods.before(this.starts, this.ends)
    assert found is not None
    assert (found.kind, found.name, found.ends) == (this.kind, name, this.starts - timedelta(days=1))


def test_bare_days_have_no_period_before() -> None:
    assert periods.before(date(2024, 1, 2), date(2024, 3, 31)) is None


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_a_year_before_keeps_length_and_whole_months(starts: date, days: int) -> None:
    first, last = periods.year_before(starts, starts + timedelta(days=days))
    assert first.year == starts.year - 1
    assert abs((last - first).days - days) <= 1
    this, earlier = periods.month(starts.year, starts.month), periods.month(starts.year - 1, starts.month)
    assert periods.year_before(this.starts, this.ends) == (earlier.starts, earlier.ends)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Đợt 1", "đợt 1"),
        ("Tuần “Bữa cơm Công đoàn”", "tuần “Bữa cơm Công đoàn”"),
        ("Tuần Bữa cơm Công đoàn", "“Tuần Bữa cơm Công đoàn”"),
        ("Giai đoạn 2", "giai đoạn 2"),
    ],
)
def test_a_phase_inside_a_sentence(name: str, printed: str) -> None:
    assert periods.phase_named(name) == printed


def test_a_review_is_told_by_its_days_in_captions() -> None:
    days = date(2024, 1, 1), date(2024, 12, 31)
    assert periods.spanned("tổng kết", *days) == "năm 2024"
    assert periods.spanned("Sơ kết đợt 1", date(2024, 2, 23), date(2024, 7, 28)) == (
        "từ ngày 23/02/2024 đến ngày 28/7/2024"
    )
    assert periods.spanned("đợt 1", *days) == "đợt 1"

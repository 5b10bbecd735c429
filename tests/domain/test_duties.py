"""When reports fall due."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.campaigns import Duty
from congdoan_desktop.domain.duties import DAY_COUNTS, DAY_IS_LATE, dues, last_day, next_due

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def duty(due: date | None = None, relation: str = "", cadence: tuple[str, ...] = (), choice: str = "") -> Duty:
    return Duty("theo quy định", "CĐCS", "LĐLĐ tỉnh", "", due, relation, cadence, choice=choice)


@pytest.mark.parametrize(
    ("relation", "choice", "last"),
    [
        ("before", "", date(2024, 8, 9)),
        ("before", DAY_IS_LATE, date(2024, 8, 9)),
        ("before", DAY_COUNTS, date(2024, 8, 10)),
        ("no_later_than", "", date(2024, 8, 10)),
    ],
)
def test_whether_the_day_itself_is_in_time(relation: str, choice: str, last: date) -> None:
    assert last_day(duty(date(2024, 8, 10), relation, choice=choice)) == last


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        (("quarter",), ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        (("half", "year"), ["2024-06-30", "2024-12-31", "2024-12-31"]),
        (("statistics",), ["2024-05-31", "2024-11-30"]),
        (("of_tomorrow",), []),
    ],
)
def test_a_duty_that_returns_falls_due_at_the_end_of_each_period(cadence: tuple[str, ...], days: list[str]) -> None:
    assert [due.day.isoformat() for due in dues(duty(cadence=cadence), *YEAR)] == days


def test_the_shorter_period_comes_first_on_the_same_day() -> None:
    names = [due.period.name for due in dues(duty(cadence=("year", "quarter")), *YEAR) if due.period]
    assert names[-2:] == ["quý IV năm 2024", "năm 2024"]


def test_the_next_one_or_else_the_last() -> None:
    quarterly = duty(cadence=("quarter",))
    found = next_due(quarterly, *YEAR, date(2024, 4, 1))
    assert found is not None
    assert found.day == date(2024, 6, 30)
    found = next_due(quarterly, *YEAR, date(2026, 1, 1))
    assert found is not None
    assert found.day == date(2024, 12, 31)
    assert next_due(duty(), *YEAR, date(2024, 1, 1)) is None

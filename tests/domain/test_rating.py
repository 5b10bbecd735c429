"""Rating of CĐCS: who is rated at all, and which level so many points reach (rule B05)."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.rating import Rating, Score, eligibility, level_for, validate_rating

BANDS = (("xuat_sac", 90), ("tot", 70), ("hoan_thanh", 50), ("khong_hoan_thanh", 0))
MOST = {"a": 50, "b": 30}
END = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("founded", "reorganised", "rated", "months"),
    [
        (None, None, True, None),
        (date(2025, 1, 1), None, True, 12),
        (date(2025, 1, 2), None, False, 11),
        (date(2010, 5, 1), None, True, 188),
        (date(2010, 5, 1), date(2025, 7, 1), True, 6),
        (date(2010, 5, 1), date(2025, 7, 2), False, 5),
        (None, date(2025, 12, 1), False, 1),
    ],
)
def test_who_is_rated(founded: date | None, reorganised: date | None, rated: bool, months: int | None) -> None:
    found = eligibility(founded, reorganised, END)
    assert (found.rated, found.months) == (rated, months)


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (10000, "xuat_sac"),
        (9000, "xuat_sac"),
        (8999, "tot"),
        (7000, "tot"),
        (5000, "hoan_thanh"),
        (4999, "khong_hoan_thanh"),
        (0, "khong_hoan_thanh"),
    ],
)
def test_which_level_points_reach(points: int, level: str) -> None:
    assert level_for(points, BANDS) == level


def test_below_the_lowest_band_there_is_no_level() -> None:
    assert level_for(10, (("tot", 70),)) == ""


@pytest.mark.parametrize(
    ("level", "scores", "fields"),
    [
        ("tot", (Score("a", 5000), Score("b", 0)), []),
        ("gioi", (), ["level"]),
        ("tot", (Score("a", 5001), Score("b", -1), Score("c", 1)), ["a", "b", "c"]),
    ],
)
def test_findings(level: str, scores: tuple[Score, ...], fields: list[str]) -> None:
    found = validate_rating(Rating("u", 2025, level, scores), MOST, [level for level, _ in BANDS])
    assert [finding.field for finding in found] == fields

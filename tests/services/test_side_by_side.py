"""The members of lists beside those counted by hand: both, the difference, and where reports take theirs from."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.services import members, org_chart, side_by_side, units
from congdoan_desktop.services.membership import Standing
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.side_by_side import beside, said, source, told
from tests.services.conftest import NewOffice, person

YEAR_END, HALF = date(2025, 12, 31), date(2025, 6, 30)


def standing(listed: int, counted: int | None, on: date = YEAR_END) -> Standing:
    return Standing(listed, 0, Headcount("a", on, 900, counted) if counted is not None else None)


@pytest.mark.parametrize(
    ("standings", "words", "where"),
    [
        ([], "", ""),
        ([standing(48, 50)], "Số đếm đến 31/12/2025: 50 · danh sách hôm nay: 48, ít hơn 2", "theo danh sách"),
        ([standing(50, 48)], "Số đếm đến 31/12/2025: 48 · danh sách hôm nay: 50, nhiều hơn 2", "theo danh sách"),
        ([standing(50, 50)], "Số đếm đến 31/12/2025: 50 · danh sách hôm nay: 50, khớp số đếm", "theo danh sách"),
        ([standing(0, 50)], "Số đếm đến 31/12/2025: 50", "theo số đếm"),
        ([standing(7, None)], "Danh sách hôm nay: 7", "theo danh sách"),
        (
            [standing(2, 5), standing(5, None)],
            (
                "Số đếm đến 31/12/2025: 5 (1 CĐCS) · danh sách hôm nay: 7 (2 CĐCS) · "
                "ở 1 CĐCS có cả hai, danh sách ít hơn 3"
            ),
            "1 CĐCS theo danh sách, 1 theo số đếm",
        ),
        (
            [standing(2, 50), standing(1_000, 1_000, HALF)],
            "Số đếm từ 30/06/2025 đến 31/12/2025: 1.050 · danh sách hôm nay: 1.002, ít hơn 48",
            "1 CĐCS theo danh sách, 1 theo số đếm",
        ),
    ],
)
def test_both_figures_are_said_with_the_difference(standings: list[Standing], words: str, where: str) -> None:
    side = beside(standings)
    assert (said(side), source(side)) == (words, where)


def test_the_reason_is_said_where_the_two_differ() -> None:
    assert told(beside([standing(48, 50)])).endswith("danh sách có cả người vào, ra từ đó đến nay.")
    assert told(beside([standing(50, 50)])) == "Số đếm đến 31/12/2025: 50 · danh sách hôm nay: 50, khớp số đếm."
    assert told(beside([standing(0, 50)])) == ""


def test_what_is_listed_elsewhere_makes_up_the_whole_list(new_office: NewOffice) -> None:
    office: Office = new_office()
    own = office.identity.unit
    school = units.add(office, name="CĐCS Trường A", short_name="Trường A", code="A", kind="cdcs_su_nghiep")
    units.set_headcount(office, Headcount(school, YEAR_END, 4, 3))
    for name, unit in (("Lò Thị Mai", school), ("Lò Thị Lan", school), ("Vàng A Dũng", own)):
        members.add(office, person(unit, name))
    side = side_by_side.of_unit(office)
    assert (side.listed, side.counted, side.elsewhere, side.members) == (2, 3, 1, 3)
    assert told(side).startswith("Số đếm đến 31/12/2025: 3 · danh sách hôm nay: 2, ít hơn 1 · chưa vào CĐCS nào: 1.")
    assert org_chart.details(office, school).members == side_by_side.of_unit(office, school)
    assert side_by_side.of_unit(office, school, date(2026, 1, 1)).elsewhere == 0

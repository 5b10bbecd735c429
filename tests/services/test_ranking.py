"""The unions directly below in the order of their targets; equals have one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.services import activities, list_papers, reporting, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.ranking import Ranked, _placed, ranked
from congdoan_desktop.services.reporting import ReportRequest
from tests.services.conftest import Offices, activity, campaign, request


@pytest.fixture
def asked(offices: Offices) -> tuple[Office, ReportRequest]:
    """Three CĐCS under a plan that asks for one activity of each; two of them did it."""
    office = offices.union
    plan = campaign(office)
    made = [
        units.add(office, name=f"Công đoàn cơ sở {name}", short_name=name, code=code, kind="cdcs_su_nghiep")
        for name, code in (("Đông", "CS-D"), ("Ân", "CS-A"), ("An", "CS-AN"))
    ]
    for unit in made[1:]:
        activities.add(office, activity(plan), (unit,))
    return office, request(plan)


def order(office: Office, asked: ReportRequest) -> list[tuple[int, str, int, int, int]]:
    with office.read() as connection:
        own = office.identity.unit
        found = ranked(connection, office.tree(connection), own, own, asked)
    return [(one.place, one.name.removeprefix("Công đoàn cơ sở "), one.met, one.asked, one.activities) for one in found]


def test_who_meets_more_of_what_is_asked_comes_first(asked: tuple[Office, ReportRequest]) -> None:
    office, wanted = asked
    assert order(office, wanted) == [(1, "An", 1, 1, 1), (1, "Ân", 1, 1, 1), (3, "Đông", 0, 1, 0)]
    assert order(office, replace(wanted, campaign="")) == order(office, wanted)
    early = replace(wanted, starts=date(2020, 1, 1), ends=date(2020, 1, 31), campaign="")
    assert order(office, early) == []


def test_the_list_agrees_with_the_report(asked: tuple[Office, ReportRequest]) -> None:
    office, wanted = asked
    reported = reporting.prepare(office, wanted).report.units
    assert sorted((unit.met, unit.targets_met, unit.targets_asked) for unit in reported) == [
        (False, 0, 1), (True, 1, 1), (True, 1, 1),
    ]  # fmt: skip
    made = list_papers.paper(office, "ranking", wanted)
    table = next(block for block in made.document.sections[0].blocks if hasattr(block, "rows"))
    assert [row[5].text for row in table.rows[:-1]] == ["100,0%", "100,0%", "0,0%"]
    assert "39/KH-LĐLĐ" in made.document.title


def test_nobody_is_first_where_nobody_met_anything(asked: tuple[Office, ReportRequest]) -> None:
    office, wanted = asked
    early = replace(wanted, starts=date(2024, 3, 1), ends=date(2024, 3, 2))
    assert {met for _, _, met, _, _ in order(office, early)} == {0}
    table = next(
        block
        for block in list_papers.paper(office, "ranking", early).document.sections[0].blocks
        if hasattr(block, "rows")
    )
    assert [row[1].text for row in table.rows[:-1]] == ["–", "–", "–"]


@pytest.mark.parametrize(
    ("shares", "places"),
    [
        ([(1, 2), (2, 4), (3, 4)], [1, 2, 2]),
        ([(0, 0), (0, 3), (1, 1)], [1, 2, 3]),
        ([(1, 3), (2, 6), (3, 9)], [1, 1, 1]),
    ],
)
def test_equal_shares_have_one_place(shares: list[tuple[int, int]], places: list[int]) -> None:
    rows = [Ranked(0, f"{met}/{asked}", 1, met, asked, 0, 0) for met, asked in shares]
    found = list(_placed(rows))
    assert [one.place for one in found] == places
    assert [one.asked for one in found][-1:] == ([0] if (0, 0) in shares else [found[-1].asked])

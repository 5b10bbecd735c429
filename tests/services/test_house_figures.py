"""Mái ấm Công đoàn as a figure: by the stages of the needs, each house once, on the day it first got so far."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from congdoan_desktop.domain.indicators import Criterion, Definition, faults
from congdoan_desktop.domain.needs import Stage
from congdoan_desktop.services import target_records, targets
from congdoan_desktop.services.office import Office
from tests.services.conftest import Offices, grassroots, need
from tests.services.test_targets import figure, plan, put, target

BEGUN, DONE, GIVEN = "khoi_cong", "hoan_thanh", "ban_giao"


def house(office: Office, unit: str, *stages: tuple[str, date], **changes: Any) -> str:
    made = need(unit, kind="mai_am_moi", cause="nha_o", stages=tuple(Stage(*stage) for stage in stages), **changes)
    return put(office, made)[0]


@pytest.fixture
def told(offices: Offices) -> tuple[Office, str, str]:
    """(office, CĐCS, the one house that counts): others are begun only, of last year, or no house at all."""
    office = offices.union
    unit = grassroots(office)
    wanted = house(office, unit, (BEGUN, date(2024, 3, 1)), (DONE, date(2024, 6, 1)), (GIVEN, date(2024, 6, 20)))
    house(office, unit, (BEGUN, date(2024, 4, 1)))
    house(office, unit, (DONE, date(2023, 12, 20)), (GIVEN, date(2024, 1, 5)))
    house(office, unit)
    put(office, need(unit))
    return office, unit, wanted


@pytest.mark.parametrize(("indicator", "houses"), [("N04", 1), ("N05", 2)])
def test_houses_count_by_the_stage_reached(told: tuple[Office, str, str], indicator: str, houses: int) -> None:
    office, _, _ = told
    assert figure(office, plan(office, target(indicator, value=1))) == (houses, None)


def test_a_house_counts_in_the_month_it_was_done_and_leads_to_its_need(told: tuple[Office, str, str]) -> None:
    office, unit, wanted = told
    campaign = plan(office, target("N04", value=1))
    assert [row.added for row in targets.by_period(office, campaign, "t")][:7] == [0, 0, 0, 0, 0, 1, 0]
    (row,) = target_records.behind(office, campaign, "t", unit)
    assert (row.type, row.id, row.on) == ("need", wanted, date(2024, 6, 1))
    assert row.text == "Mái ấm Công đoàn: hoàn thành hoặc bàn giao"


def test_only_those_of_the_plan_where_it_asks_so(told: tuple[Office, str, str]) -> None:
    office, unit, _ = told
    own = Criterion("Của kế hoạch", "house", (DONE,), "cumulative", linked=True)
    counted = Definition("T-H", "Mái ấm của kế hoạch", criteria=(own,), measure="houses", noun="nhà")
    campaign = plan(office, target("T-H", value=1), definitions=(counted,))
    assert figure(office, campaign) == (0, None)
    house(office, unit, (DONE, date(2024, 7, 1)), campaign=campaign)
    assert figure(office, campaign) == (1, None)


@pytest.mark.parametrize(
    ("population", "measure"), [("unions", ""), ("needs", ""), ("", "people"), ("", "supports"), ("", "")]
)
def test_houses_are_a_bare_count_and_nothing_else(population: str, measure: str) -> None:
    made = Definition("T", "Mái ấm", population, criteria=(Criterion("x", "house", (DONE,)),), measure=measure)
    assert faults(made)

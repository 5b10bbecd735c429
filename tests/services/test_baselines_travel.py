"""A frozen list of small CĐCS goes home with the organisation, and what is measured on whose list (001-T04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.indicators import Condition, Criterion, Definition
from congdoan_desktop.domain.reorganising import Decision, Merge
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import Baseline
from congdoan_desktop.services import (
    campaign_ledger,
    campaigns,
    homeward,
    incoming,
    merging,
    outgoing,
    ranking,
    reorganisation,
    trusting,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import ReportRequest
from tests.services.conftest import NewOffice, grassroots
from tests.services.levels import Levels, carried, three_levels

FROZEN, LATER = date(2024, 3, 1), date(2024, 4, 1)
MERGED = Definition(
    "T-M", "Ghép CĐCS ít đoàn viên", "unions", (Condition("baseline"),), (Criterion("Đã ghép", "merged", ()),),
    noun="CĐCS",
)  # fmt: skip
PLAN = Campaign(
    "", "Sắp xếp", "Kế hoạch", "324/KH", date(2024, 2, 1), "Lai Châu", "Ban Thường vụ", date(2024, 2, 1),
    date(2024, 12, 31), definitions=(MERGED,),
    targets=(Target("t", "ghép trên 65%", "T-M", "gt", 65, "%", "trên 65%"),),
)  # fmt: skip


@pytest.fixture
def levels(new_office: NewOffice, tmp_path: Path) -> Iterator[Levels]:
    with three_levels(new_office, tmp_path / "usb", ()) as made:
        yield made


def freeze(office: Office, on: date, *units: str) -> None:
    with office.write(Right.ISSUE) as work:
        work.put(Baseline(office.identity.unit, on, 10, units))


def counted(office: Office, plan: str) -> int | None:
    return campaign_ledger.look(office, plan).targets[0].sum.total.denominator


def asked_over_all_plans(office: Office) -> list[int]:
    """Of how many targets each union is asked, over all plans of a period."""
    year = ReportRequest("", "năm 2024", PLAN.starts, PLAN.ends, PLAN.ends, "Chủ tịch", "Lò Thị Hoa")
    own = office.identity.unit
    with office.read() as connection:
        return sorted(one.asked for one in ranking.ranked(connection, office.tree(connection), own, own, year))


def test_below_a_target_is_measured_on_the_list_of_whoever_gave_the_plan(levels: Levels) -> None:
    province, upper = levels.province, levels.upper
    first, second = (office.identity.unit for office in levels.below)
    given = campaigns.add(province, PLAN).ids[0]
    package = outgoing.make_plan(province, given, upper.identity.unit)
    incoming.apply(upper, carried(province, package, levels.stick))
    own = campaigns.add(upper, replace(PLAN, number="7/KH")).ids[0]
    freeze(province, FROZEN, first, second)
    made = homeward.refresh(province)
    assert made is not None
    trusting.accept_trust(upper, carried(province, made, levels.stick))
    assert [len(one.baseline.units) for one in merging.baselines(upper)] == [2]
    assert (counted(upper, given), counted(upper, own)) == (2, 2)
    freeze(upper, LATER, first)
    assert (counted(upper, given), counted(upper, own)) == (2, 1)
    assert asked_over_all_plans(upper) == [1, 2]


def test_of_a_list_from_above_a_union_sees_its_own_part(levels: Levels) -> None:
    province, below = levels.province, levels.below[0]
    freeze(province, FROZEN, *(office.identity.unit for office in levels.below))
    made = homeward.refresh(province)
    assert made is not None
    trusting.accept_trust(below, carried(province, made, levels.stick))
    assert [one.baseline.units for one in merging.baselines(below)] == [(below.identity.unit,)]


def test_what_was_merged_is_told_from_the_list_that_is_measured_on(new_office: NewOffice) -> None:
    """A later list of another union, made when the merge was done, does not hide it."""
    office = new_office()
    first, second, third = (grassroots(office, f"CĐCS {code}", code) for code in ("A", "B", "C"))
    own = campaigns.add(office, PLAN).ids[0]
    freeze(office, FROZEN, first, second, third)
    reorganisation.decide(office, Merge((first, second), first), Decision(date(2024, 5, 1), "9/QĐ"))
    with office.write(Right.ISSUE) as work:
        work.put(Baseline(third, date(2024, 6, 1), 10, (first,)))
    total = campaign_ledger.look(office, own).targets[0].sum.total
    assert (total.numerator, total.denominator) == (2, 3)

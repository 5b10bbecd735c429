"""The target table beside earlier periods: reported figures stand, others are counted anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.campaigns import Campaign, Phase, Target
from congdoan_desktop.domain.period_report import EarlierResult, TargetResult
from congdoan_desktop.services import activities, campaigns, outgoing, reporting
from tests.services.conftest import Offices, activity, grassroots, request

Q1, Q2 = (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 6, 30))
PHASES = (Phase("Đợt 1", date(2024, 2, 1), date(2024, 2, 20)), Phase("Đợt 2", date(2024, 4, 10), date(2024, 4, 20)))


@pytest.fixture
def plan(offices: Offices) -> str:
    """A standing plan with one counted target, and an activity in each of three springs."""
    target = Target("T1", "hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01")
    made = Campaign(
        "", "Phong trào", "Kế hoạch", "14/KH", None, "", "", date(2023, 1, 1), date(2025, 12, 31), targets=(target,),
        phases=PHASES,
    )  # fmt: skip
    id_, unit = campaigns.add(offices.union, made).ids[0], grassroots(offices.union)
    for day in (date(2023, 5, 2), date(2024, 2, 5), date(2024, 5, 2)):
        activities.add(offices.union, activity(id_, starts=day, ends=day), (unit,))
    return id_


def result(offices: Offices, plan: str, days: tuple[date, date]) -> TargetResult:
    asked = replace(request(plan), starts=days[0], ends=days[1], period_name="kỳ")
    (found,) = reporting.prepare(offices.union, asked).report.targets
    return found


def test_the_quarter_before_and_the_same_quarter_last_year(offices: Offices, plan: str) -> None:
    found = result(offices, plan, Q2)
    assert found.before == EarlierResult(1, 1)
    assert found.year_before == EarlierResult(1, 1)
    autumn = result(offices, plan, (date(2024, 7, 1), date(2024, 9, 30)))
    assert (autumn.before, autumn.year_before) == (EarlierResult(1, 1), EarlierResult(0, 1))


def test_before_the_plan_there_is_nothing_to_compare(offices: Offices, plan: str) -> None:
    first = result(offices, plan, (date(2023, 1, 1), date(2023, 3, 31)))
    assert (first.before, first.year_before) == (None, None)
    assert result(offices, plan, (date(2024, 2, 3), date(2024, 6, 3))).before is None


def test_more_than_a_year_is_not_held_beside_days_of_its_own(offices: Offices, plan: str) -> None:
    whole = result(offices, plan, (date(2023, 1, 1), date(2024, 6, 30)))
    assert whole.year_before is None
    year = result(offices, plan, (date(2024, 1, 1), date(2024, 12, 31)))
    assert year.year_before == EarlierResult(1, 1)


def test_a_phase_is_held_beside_the_phase_before(offices: Offices, plan: str) -> None:
    assert result(offices, plan, (PHASES[1].starts, PHASES[1].ends)).before == EarlierResult(1, 1)
    assert result(offices, plan, (PHASES[0].starts, PHASES[0].ends)).before is None


def test_what_was_reported_stands_whatever_was_entered_later(offices: Offices, plan: str) -> None:
    quarter = (date(2023, 10, 1), date(2023, 12, 31))
    asked = replace(request(plan), starts=quarter[0], ends=quarter[1], period_name="quý IV năm 2023")
    outgoing.make_report(offices.union, asked, offices.province.identity.unit)
    assert result(offices, plan, Q1).before == EarlierResult(0, 1)
    late = activity(plan, starts=date(2023, 11, 2), ends=date(2023, 11, 2))
    activities.add(offices.union, late, (grassroots(offices.union, "CĐCS Chợ", "CDCS-C"),))
    assert result(offices, plan, Q1).before == EarlierResult(0, 1)
    assert result(offices, plan, quarter).numerator == 1

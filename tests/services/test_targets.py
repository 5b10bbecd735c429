"""What stands behind a target's figure: units, things, periods, records; what was entered beside what was computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congdoan_desktop.domain.activities import DONE, PLANNED, Detail
from congdoan_desktop.domain.campaigns import Campaign, Target, UnitMark
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.indicators import Condition, Criterion, Definition
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import (
    activities,
    campaign_ledger,
    campaigns,
    definitions,
    reporting,
    target_records,
    targets,
    units,
)
from congdoan_desktop.services.campaign_ledger import TargetView
from congdoan_desktop.services.office import Office
from tests.services.conftest import NewOffice, Offices, activity, grassroots, need, person, request
from tests.services.conftest import support as support_record

SHARE = Definition(
    "T-06", "Nơi làm việc có hội nghị và đối thoại", "workplaces",
    (Condition("kind", codes=("doanh_nghiep",)), Condition("headcount", "gte", 10)),
    (Criterion("Hội nghị", "activity", ("hoi_nghi_nld",)), Criterion("Đối thoại", "activity", ("doi_thoai",))),
    noun="doanh nghiệp",
)  # fmt: skip
REACH = Definition(
    "T-03", "Đoàn viên dự sinh hoạt", "members", (), (Criterion("Dự", "activity", ("sinh_hoat",)),), source="both",
    noun="đoàn viên",
)  # fmt: skip
OWN_PLANS = replace(
    definitions.shipped()["I18"], code="T-18", conditions=(Condition("level", codes=("cap_tren_co_so",)),)
)
PLAN = Campaign(
    "", "Dân vận", "Kế hoạch", "14/KH", date(2024, 1, 2), "Lai Châu", "Ban Thường vụ", date(2024, 1, 1),
    date(2024, 12, 31), definitions=(SHARE, REACH),
)  # fmt: skip


def target(indicator: str, op: str = "gte", value: int = 100, **more: Any) -> Target:
    return Target(more.pop("id", "t"), "câu chữ", indicator, op, value, "%", "mức", **more)


def plan(office: Office, *wanted: Target, **changes: Any) -> str:
    return campaigns.add(office, replace(PLAN, targets=wanted, **changes)).ids[0]


def put(office: Office, *records: Any) -> list[str]:
    with office.write(Right.ENTER) as work:
        return [work.put(record) for record in records]


def enterprise(office: Office, name: str, workers: int, union: str | None = None) -> str:
    me = office.identity.unit
    (place,) = put(office, Workplace(me, name, "doanh_nghiep", "tu_nhan", union=union))
    put(office, Workforce(me, place, date(2024, 1, 1), workers))
    return place


def held(office: Office, unit: str, kind: str, place: str | None = None, **changes: Any) -> str:
    made = activity(None, kind=kind, workplace=place, **changes)
    return put(office, replace(made, unit=unit))[0]


def view(office: Office, campaign: str) -> TargetView:
    return campaign_ledger.look(office, campaign).targets[0]


def figure(office: Office, campaign: str) -> tuple[int, int | None]:
    total = view(office, campaign).sum.total
    return total.numerator, total.denominator


def test_criteria_stand_alone_and_together(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    both, one, small = enterprise(office, "A", 30, unit), enterprise(office, "B", 10), enterprise(office, "C", 9)
    for place in (both, small):
        held(office, unit, "hoi_nghi_nld", place)
        held(office, unit, "doi_thoai", place)
    held(office, office.identity.unit, "doi_thoai", one)
    held(office, office.identity.unit, "hoi_nghi_nld", one, state=PLANNED)
    campaign = plan(office, target("T-06"))
    found = view(office, campaign)
    assert (found.sum.total.numerator, found.sum.total.denominator, found.sum.total.met) == (1, 2, False)
    assert [(name, result.numerator) for name, result in found.parts] == [("Hội nghị", 1), ("Đối thoại", 2)]
    detail = targets.look_closer(office, campaign, "t")
    assert [(row.name, row.reached, row.lacks, row.workers) for row in detail.things] == [
        ("A", True, (), 30),
        ("B", False, ("Hội nghị",), 10),
    ]
    assert sum(row.numerator for row in detail.units) == 1


def test_a_conference_without_a_workplace_is_that_of_the_unions_own(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    enterprise(office, "A", 30, unit)
    held(office, unit, "hoi_nghi_nld")
    held(office, unit, "doi_thoai")
    assert figure(office, plan(office, target("T-06"))) == (1, 1)


@pytest.mark.parametrize(("choice", "whole"), [("", 1), ("headcount_day=start", 0), ("headcount_day=average", 1)])
def test_the_headcount_is_that_of_the_chosen_day(offices: Offices, choice: str, whole: int) -> None:
    office = offices.union
    place = enterprise(office, "A", 8)
    put(office, Workforce(office.identity.unit, place, date(2024, 6, 1), 12))
    assert figure(office, plan(office, target("T-06", choice=choice)))[1] == whole


@pytest.mark.parametrize(("choice", "base"), [("", 2), ("within=denominator", 2), ("within=numerator", 1)])
def test_a_part_of_a_target_counts_of_the_chosen_population(offices: Offices, choice: str, base: int) -> None:
    office = offices.union
    unit = grassroots(office)
    enterprise(office, "A", 30, unit)
    enterprise(office, "B", 10)
    outer, inner = target("I01", id="a"), target("T-06", id="b", within="a", choice=choice)
    found = campaign_ledger.look(office, plan(office, outer, inner)).targets
    assert (found[0].sum.total.numerator, found[1].sum.total.denominator) == (1, base)
    assert [one.question.code for one in found[1].questions] == ["within", "headcount_day"]
    assert found[1].questions[0].chosen is bool(choice)


def test_an_officer_chooses_and_the_name_stands_by_it(offices: Offices) -> None:
    office = offices.union
    campaign = plan(office, target("I01", id="a"), target("T-06", id="b", within="a"))
    targets.choose(office, campaign, "b", "within", "numerator")
    targets.choose(office, campaign, "b", "headcount_day", "start")
    kept = campaigns.get(office, campaign).targets[1]
    assert (kept.choice, kept.chosen_by) == ("headcount_day=start;within=numerator", "Lò Thị Hoa")
    with pytest.raises(NotFound):
        targets.choose(office, campaign, "nowhere", "within", "numerator")


def members(office: Office, unit: str, count: int) -> None:
    units.set_headcount(office, Headcount(unit, date(2024, 1, 1), count, count))


def test_what_was_counted_by_hand_stands_before_the_records_and_the_difference_shows(offices: Offices) -> None:
    office = offices.union
    one, other = grassroots(office, "CĐCS A", "A"), grassroots(office, "CĐCS B", "B")
    for unit in (one, other):
        members(office, unit, 40)
        held(office, unit, "sinh_hoat", members=25)
    put(office, EnteredFigure(one, "T-03", date(2024, 1, 1), date(2024, 12, 31), 38, 40))
    put(office, EnteredFigure(other, "T-03", date(2023, 1, 1), date(2023, 12, 31), 40, 40))
    campaign = plan(office, target("T-03", "gt", 90))
    found = view(office, campaign)
    assert (found.sum.total.numerator, found.sum.total.denominator) == (63, 80)
    assert found.computed is not None
    assert found.entered is not None
    assert (found.computed.numerator, found.entered.numerator) == (50, 38)
    rows = targets.look_closer(office, campaign, "t").units
    assert [(row.told, row.computed, row.numerator) for row in rows] == [(True, 25, 38), (False, 25, 25)]


def test_one_person_is_reached_once_however_often(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    members(office, unit, 40)
    for people in ((), ("p1", "p2", "p3"), ("p2", "p4")):
        held(office, unit, "sinh_hoat", members=2, people=people)
    assert figure(office, plan(office, target("T-03"))) == (4, 40)


def test_more_guests_than_members_are_all_members(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    members(office, unit, 10)
    held(office, unit, "sinh_hoat", members=25)
    assert figure(office, plan(office, target("T-03"))) == (10, 10)


def test_persons_introduced_count_once_and_the_unnamed_beside_them(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    for people, count in (((), 3), (("p1", "p2"), 2), (("p2",), 2), ((), None)):
        held(office, unit, "gioi_thieu_dang", people=people, count=count)
    campaign = plan(office, target("I10", value=7))
    assert figure(office, campaign) == (6, None)
    assert view(office, campaign).pace.lacking == 1


def test_a_detail_of_the_kind_must_say_it(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    members(office, unit, 40)
    held(office, unit, "ung_ho_quy", participants=9, details=(Detail("amount", "1"), Detail("fund", "khac")))
    held(office, unit, "ung_ho_quy", participants=7, details=(Detail("amount", "1"), Detail("fund", "quy_xa_hoi")))
    assert figure(office, plan(office, target("I11"))) == (7, 40)


def test_from_a_figure_to_its_records(offices: Offices) -> None:
    office = offices.union
    unit, place = grassroots(office), enterprise(office, "A", 30)
    wanted = held(office, unit, "doi_thoai", place)
    held(office, unit, "doi_thoai", enterprise(office, "B", 30))
    campaign = plan(office, target("T-06"))
    (thing, _) = targets.look_closer(office, campaign, "t").things
    found = target_records.behind(office, campaign, "t", thing.id)
    assert [(row.type, row.id) for row in found] == [("activity", wanted)]
    assert "Giải cầu lông" not in found[0].text


def test_a_period_adds_what_was_done_in_it(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    campaign = plan(office, target("N01", value=3))
    for day in (date(2024, 2, 3), date(2024, 2, 29), date(2024, 6, 1)):
        activities.add(office, activity(campaign, starts=day, ends=day), (unit,))
    rows = targets.by_period(office, campaign, "t")
    assert [row.added for row in rows] == [0, 2, 0, 0, 0, 1, 0]
    assert (rows[-1].until.numerator, rows[-1].until.met) == (3, True)


def test_a_mark_of_its_own_is_held_against_the_union(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    members(office, unit, 10)
    held(office, unit, "sinh_hoat", members=6)
    campaign = plan(office, target("T-03"), marks=(UnitMark("t", unit, 60),))
    (row,) = targets.look_closer(office, campaign, "t").units
    assert (row.met, view(office, campaign).sum.total.met) == (True, False)


def test_members_in_difficulty_are_those_with_a_need(offices: Offices) -> None:
    """A need that help has answered, one that waits, one that was closed, one of somebody who is no member."""
    office = offices.union
    unit = grassroots(office)
    helped, waiting, closed, other = put(office, *(person(unit, name=f"Lò Văn {name}") for name in "ABCD"))
    day = date(2024, 5, 1)
    put(
        office,
        *(need(unit, person=one, on=day) for one in (helped, helped, waiting)),
        need(unit, person=closed, on=day, closed_on=date(2024, 5, 9)),
        need(unit, person=other, on=day, beneficiary="than_nhan"),
        need(unit, person=waiting, on=date(2023, 5, 1)),
        support_record(unit, person=helped, cause="benh_hiem_ngheo", on=day),
    )
    campaign = plan(office, target("I15"))
    assert figure(office, campaign) == (1, 2)
    put(office, support_record(unit, person=waiting, cause="om_dau", on=day))
    assert (figure(office, campaign), view(office, campaign).sum.total.met) == ((2, 2), True)
    put(office, EnteredFigure(unit, "I15", PLAN.starts, PLAN.ends, 0, 5))
    assert figure(office, campaign) == (2, 5)
    found = target_records.behind(office, campaign, "t", unit)
    assert {row.type for row in found} == {"support", "need", "entered_figure"}
    assert not any("Lò Văn" in row.text for row in found)


@pytest.mark.parametrize("recorded", [False, True])
def test_an_own_plan_counts_once_it_is_there_and_the_model_is_registered(offices: Offices, recorded: bool) -> None:
    """I18: a plan held here that carries ours out, or one that was recorded as issued; a model that was only tried."""
    office = offices.union
    me = office.identity.unit
    upper = plan(office, target("T-18"), definitions=(OWN_PLANS,))

    def parts() -> list[int]:
        return [result.numerator for _, result in view(office, upper).parts]

    held(office, me, "dan_van_kheo", details=(Detail("action", "duy_tri"),))
    assert (figure(office, upper), parts()) == ((0, 1), [0, 0])
    held(office, me, "dan_van_kheo", details=(Detail("action", "dang_ky"),))
    assert (figure(office, upper), parts()) == ((0, 1), [0, 1])
    if recorded:
        held(office, me, "ke_hoach_rieng", campaign=upper)
    else:
        campaigns.add(office, replace(campaigns.own_plan(office, upper), number="5/KH", targets=()))
    assert (figure(office, upper), parts()) == ((1, 1), [1, 1])
    assert view(office, upper).sum.total.met is True


def test_an_indicator_that_is_not_known_has_no_figure_and_stops_nothing(offices: Offices) -> None:
    office = offices.union
    newer = Definition("T-99", "Của bản mới", "workplaces", (), (Criterion("?", "drones"),))
    with office.write(Right.ISSUE) as work:
        made = replace(PLAN, unit=office.identity.unit, targets=(target("T-99"), target("N01", id="u")))
        campaign = work.put(replace(made, definitions=(newer,)))
    found = campaign_ledger.look(office, campaign).targets
    assert (found[0].definition, found[0].sum.total.met) == (None, None)
    assert found[1].sum.total.met is False
    assert {one.target for one in reporting.prepare(office, request(campaign)).figures} == {"t", "u"}


KINDS = ("hoi_nghi_nld", "doi_thoai", "sinh_hoat")
DONE_THINGS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.integers(0, 50), st.sampled_from((DONE, PLANNED))),
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(done=DONE_THINGS)
def test_laws_of_figures(shared: tuple[Office, list[str], list[str]], done: list[tuple[int, str, int, str]]) -> None:
    """Nothing exceeds its whole, all together are no more than each alone, and the units sum up to the total."""
    office, below, places = shared
    with office.write(Right.ISSUE) as work:
        for at, kind, people, state in done:
            place = None if kind == "sinh_hoat" else places[at]
            made = activity(None, kind=kind, state=state, workplace=place, participants=people, members=people)
            work.put(replace(made, unit=below[at]))
        kept = work.put(replace(PLAN, unit=office.identity.unit, targets=(target("T-06"), target("T-03", id="u"))))
    for found in campaign_ledger.look(office, kept).targets:
        total = found.sum.total
        assert total.denominator is not None
        assert total.numerator <= total.denominator
        assert all(total.numerator <= part.numerator <= total.denominator for _, part in found.parts)
        rows = targets.look_closer(office, kept, found.sum.target.id).units
        assert sum(row.numerator for row in rows) == total.numerator
        assert sum(row.denominator or 0 for row in rows) == total.denominator


@pytest.fixture
def shared(new_office: NewOffice) -> tuple[Office, list[str], list[str]]:
    office = new_office()
    below = [grassroots(office, f"CĐCS {n}", f"C{n}") for n in range(3)]
    for n, unit in enumerate(below):
        members(office, unit, 15 * n)
    return office, below, [enterprise(office, f"DN {n}", 10 + n, unit) for n, unit in enumerate(below)]

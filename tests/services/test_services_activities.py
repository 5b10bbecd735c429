"""Activities that are planned, and those of kinds with fields of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.activities import DONE, PLANNED, Detail
from congdoan_desktop.domain.campaigns import Phase
from congdoan_desktop.domain.reorganising import Alter, Decision
from congdoan_desktop.domain.units import Change
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import (
    activities,
    campaign_ledger,
    campaigns,
    coverage,
    home,
    incoming,
    outgoing,
    reorganisation,
    reporting,
    targets,
    workplaces,
)
from congdoan_desktop.services.workplaces import Counted
from tests.services.conftest import Offices, activity, campaign, grassroots, request


def test_propaganda_that_counts_stands_in_one_column_of_the_annex(offices: Offices) -> None:
    plan, unit = campaign(offices.union), grassroots(offices.union)
    for kind, counts in (("tuyen_truyen", True), ("tuyen_truyen", False), ("the_thao", True), ("bua_com", False)):
        activities.add(offices.union, activity(plan, kind=kind, counts=counts), (unit,))
    (line,) = reporting.prepare(offices.union, request(plan)).report.units
    assert (line.propaganda, line.counted_activities, line.other_activities, line.activities) == (1, 2, 1, 4)


def test_a_report_carries_the_fields_of_a_kind(offices: Offices) -> None:
    union, province = offices.union, offices.province
    plan, unit = campaign(union), grassroots(union)
    held_at = workplaces.save(union, Workplace(unit, "Công ty chè", "doanh_nghiep", "tu_nhan"), Counted()).ids[0]
    agreement = activity(
        plan, kind="thoa_uoc", number="01/TƯ", until=date(2027, 6, 30), details=(Detail("action", "ky"),)
    )
    activities.add(union, agreement, (), (held_at,))
    made = outgoing.make_report(union, request(plan), province.identity.unit)[0]
    incoming.apply(province, offices.carry(union, made))
    assert activities.listing(province)[0].activity == replace(agreement, unit=unit, workplace=held_at)


def test_one_is_saved_for_each_workplace_and_none_for_an_unknown_one(offices: Offices) -> None:
    office, unit = offices.union, grassroots(offices.union)
    own = office.identity.unit
    made = [
        workplaces.save(office, Workplace(own, name, "doanh_nghiep", "tu_nhan", union=union), Counted())
        for name, union in (("Công ty chè", unit), ("Hợp tác xã", None))
    ]
    ids = tuple(saved.ids[0] for saved in made)
    assert [(place.id, place.unit) for place in activities.places(office)] == [(ids[0], unit), (ids[1], own)]
    talk = activity(kind="doi_thoai")
    with pytest.raises(NotFound):
        activities.add(office, talk, (unit,), (*ids, "unknown"))
    assert activities.listing(office) == []
    assert len(activities.add(office, talk, (unit,), ids).ids) == 2
    found = {(row.workplace_name, row.activity.unit) for row in activities.listing(office)}
    assert found == {("Công ty chè", unit), ("Hợp tác xã", own)}
    assert [row.workplace_name for row in activities.listing(office, search="hop tac")] == ["Hợp tác xã"]
    assert activities.listing(office, state=PLANNED) == []


def test_what_is_only_planned_counts_nowhere(offices: Offices) -> None:
    office = offices.union
    plan, unit = campaign(office), grassroots(office)
    phases = (Phase("Tháng Công nhân", date(2024, 7, 1), date(2024, 7, 28)),)
    campaigns.edit(office, plan, replace(campaigns.get(office, plan), phases=phases))
    planned = activity(plan, state=PLANNED, starts=date(2024, 7, 20), ends=date(2024, 7, 20))
    record = activities.add(office, planned, (unit,)).ids[0]

    def figures() -> tuple[object, ...]:
        report = reporting.prepare(office, request(plan))
        look = campaign_ledger.look(office, plan)
        state = home.overview(office)
        return (
            sum(kind.times for kind in report.report.activities),
            sum(one.numerator for one in report.figures),
            sum(line.counted_activities for line in report.report.units),
            look.linked.activities,
            sum(look.phase_counts),
            sum(target.sum.total.numerator for target in look.targets),
            sum(row.numerator for row in targets.look_closer(office, plan, look.targets[0].sum.target.id).units),
            sum(state.months),
            state.coverage.done,
            sum(row.activities for row in coverage.coverage(office)),
        )

    assert set(figures()) == {0}
    activities.edit(office, record, replace(planned, unit=unit, state=DONE))
    assert 0 not in figures()


def test_a_list_names_unions_as_they_are_called_today(offices: Offices) -> None:
    office, unit = offices.union, grassroots(offices.union)
    activities.add(office, activity(), (unit,), ())
    renamed = Alter(unit, (Change("name", "Công đoàn cơ sở Trường Nội trú"), Change("short_name", "CĐCS Nội trú")))
    reorganisation.decide(office, renamed, Decision(office.clock.today(), "9/QĐ-CĐX"))
    assert [row.unit_name for row in activities.listing(office)] == ["CĐCS Nội trú"]

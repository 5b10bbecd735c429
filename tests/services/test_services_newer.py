"""A record written by a newer program: listed as such, kept, passed on untouched, and read once the program is here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.services import activities, doctor, incoming, newer, outgoing, records, trusting, unit_desk, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.unit_of_work import NeedsNewerProgram
from tests.services.conftest import NewOffice, Offices, activity, campaign, every_row, grassroots, request
from tests.services.newer_program import newer_program


@pytest.fixture
def plan(offices: Offices) -> str:
    id_ = campaign(offices.province)
    made = outgoing.make_plan(offices.province, id_, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, made))
    return id_


def report(offices: Offices, plan: str) -> None:
    """From the union to the province, who imports it."""
    made = outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)[0]
    assert incoming.apply(offices.province, offices.carry(offices.union, made)).refused == ()


def listed(office: Office) -> list[str]:
    return [row.id for row in activities.listing(office)]


def test_it_comes_in_a_package_and_waits_for_the_program(offices: Offices, plan: str) -> None:
    unit = grassroots(offices.union)
    (old,) = activities.add(offices.union, activity(plan, title="Giải cầu lông"), (unit,)).ids
    report(offices, plan)
    with newer_program("activity"):
        activities.edit(offices.union, old, activity(plan, unit=unit, title="Giải bóng bàn"))
        (born,) = activities.add(offices.union, activity(plan, title="Hội thao"), (unit,)).ids
        report(offices, plan)
    doctor.rebuild(offices.province)
    assert listed(offices.province) == []
    found = {one.record: one for one in newer.listing(offices.province, "activity")}
    assert {record: one.name for record, one in found.items()} == {old: "Giải cầu lông", born: ""}
    assert {one.unit_name for one in found.values()} == {"CĐCS Trường Mầm non số 1"}
    assert {one.author for one in found.values()} == {"Lò Thị Hoa"}
    assert newer.listing(offices.province, "support") == []
    with newer_program("activity"):
        doctor.rebuild(offices.province)
        assert sorted(row.activity.title for row in activities.listing(offices.province)) == [
            "Giải bóng bàn",
            "Hội thao",
        ]
        assert newer.listing(offices.province, "activity") == []


def test_the_history_names_it_and_nothing_touches_it(offices: Offices, plan: str) -> None:
    unit = grassroots(offices.union)
    (id_,) = activities.add(offices.union, activity(plan), (unit,)).ids
    with newer_program("activity"):
        activities.edit(offices.union, id_, activity(plan, unit=unit, title="Giải bóng bàn"))
    last, first = records.versions(offices.union, id_)
    assert (last.newer, last.is_current, dict(last.changes)) == (True, True, {})
    assert not first.newer
    assert [(side.newer, dict(side.content)) for side in records.sides(offices.union, id_)] == [(True, {})]
    for touch in (
        lambda: activities.edit(offices.union, id_, activity(plan, unit=unit)),
        lambda: records.delete(offices.union, id_, "ghi nhầm"),
        lambda: records.restore(offices.union, id_, first.hash),
    ):
        with pytest.raises(NeedsNewerProgram):
            touch()
    assert isinstance(newer.WHY, AppError)


def test_a_unit_below_may_run_a_newer_program(offices: Offices, plan: str) -> None:
    """Its own record is shown as last read: its place, its units, its reports stay, and plans can be sent to it."""
    union, province = offices.union, offices.province
    unit = grassroots(union)
    (id_,) = activities.add(union, activity(plan), (unit,)).ids
    with newer_program("unit"):
        units.edit(
            union, union.identity.unit, name="Công đoàn phường Mường Kim", short_name="", code="CDP-MK", kind="x"
        )
        report(offices, plan)
    doctor.rebuild(province)
    assert listed(province) == [id_]
    (found,) = newer.listing(province, "unit")
    assert (found.record, found.name) == (union.identity.unit, "Công đoàn xã Mường Kim")
    shown = {line.row.id: line.row.name for line in unit_desk.listing(province)}
    assert shown[union.identity.unit] == "Công đoàn xã Mường Kim"
    assert unit in shown
    outgoing.make_plan(province, plan, union.identity.unit)
    activities.edit(union, id_, replace(activity(plan, unit=unit), participants=31))
    report(offices, plan)
    assert [row.activity.participants for row in activities.listing(province)] == [31]


def test_a_union_of_a_newer_program_is_not_admitted_unread(offices: Offices, new_office: NewOffice) -> None:
    """Nothing of it could be named in the answer; it comes again when the program is here."""
    with newer_program("unit"):
        stranger = new_office()
        made = trusting.write_enrolment(stranger)
    path, words = offices.carry(stranger, made), " ".join(trusting.enrolment_words(stranger, made))
    before = every_row(offices.province)
    with pytest.raises(PackageRefused, match="bản chương trình mới hơn"):
        trusting.approve(offices.province, path, words)
    assert every_row(offices.province) == before
    with newer_program("unit"):
        assert trusting.approve(offices.province, path, words).unit.unit == stranger.identity.unit

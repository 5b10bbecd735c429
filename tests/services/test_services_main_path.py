"""The main job through the services: a plan down, records, a report up, a receipt back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congdoan_desktop.services import (
    activities,
    campaigns,
    consolidation,
    doctor,
    incoming,
    outgoing,
    receipts,
    records,
    reporting,
    support,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff
from tests.services.conftest import Offices, activity, campaign, every_row, grassroots, person, request
from tests.services.conftest import support as support_record


def planned(offices: Offices) -> str:
    """A campaign of the province, imported by the union."""
    id_ = campaign(offices.province)
    plan = outgoing.make_plan(offices.province, id_, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, plan))
    return id_


def recorded(union: Office, campaign_id: str) -> tuple[str, str]:
    """A CĐCS with an activity and a support; the ids of both."""
    unit = grassroots(union)
    (done,) = activities.add(union, activity(campaign_id), (unit,)).ids
    (given,) = support.add(union, support_record(unit, campaign_id), person(unit)).ids
    return done, given


def reported(offices: Offices, campaign_id: str) -> handoff.Outgoing:
    return outgoing.make_report(offices.union, request(campaign_id), offices.province.identity.unit)[0]


def test_down_up_and_back(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    report = reported(offices, id_)
    path = offices.carry(offices.union, report)
    seen = incoming.preview(offices.province, path)
    result = incoming.apply(offices.province, path)
    assert seen == result
    assert (result.refused, result.conflicts, result.gaps) == ((), 0, ())
    (target,) = consolidation.consolidate(offices.province, id_)
    assert (target.total.numerator, target.total.denominator, target.total.met) == (1, 1, True)
    assert not any(line.differs for line in target.lines)
    receipt = receipts.write_receipt(offices.province, result)
    incoming.apply(offices.union, offices.carry(offices.province, receipt))
    (sent,) = [p for p in outgoing.outbox(offices.union) if p.package_id == report.package_id]
    assert sent.state == handoff.RECEIVED
    assert doctor.check(offices.union) == doctor.check(offices.province) == []


def test_the_plan_is_shown_below_and_not_editable(offices: Offices) -> None:
    id_ = planned(offices)
    (row,) = campaigns.listing(offices.union)
    assert (row.id, row.own) == (id_, False)


def test_importing_five_times_changes_nothing(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    path = offices.carry(offices.union, reported(offices, id_))
    incoming.apply(offices.province, path)
    before, rows = doctor.digest(offices.province), every_row(offices.province)
    for _ in range(5):
        again = incoming.apply(offices.province, path)
        assert (again.known, again.new, again.changed) == (True, 0, 0)
        assert doctor.digest(offices.province) == before
        assert every_row(offices.province) == rows


def test_a_preview_changes_nothing(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    offices.carry(offices.union, reported(offices, id_))
    before = every_row(offices.province)
    incoming.look(offices.province, offices.stick)
    assert every_row(offices.province) == before
    offices.province.copies.forget()  # as when another stick is looked at
    assert list(offices.province.quarantine.iterdir()) == []


def test_a_missing_package_is_named_and_heals(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    first, second = (offices.carry(offices.union, reported(offices, id_)) for _ in range(2))
    assert incoming.apply(offices.province, second).gaps == (1,)
    late = incoming.apply(offices.province, first)
    assert (late.gaps, late.new, late.changed) == ((), 0, 0)


def test_a_deletion_travels(offices: Offices) -> None:
    id_ = planned(offices)
    done, _ = recorded(offices.union, id_)
    incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    records.delete(offices.union, done, "ghi nhầm")
    incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    assert activities.listing(offices.province) == []
    (target,) = consolidation.consolidate(offices.province, id_)
    assert target.total.numerator == 0


def test_withdrawing_an_import_and_lifting_it(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    path = offices.carry(offices.union, reported(offices, id_))
    empty = doctor.digest(offices.province)
    result = incoming.apply(offices.province, path)
    full = doctor.digest(offices.province)
    incoming.withdraw(offices.province, result.package_id)
    assert doctor.digest(offices.province) == empty
    incoming.lift_withdrawal(offices.province, result.package_id)
    assert doctor.digest(offices.province) == full
    incoming.withdraw(offices.province, result.package_id)
    incoming.apply(offices.province, path)
    assert doctor.digest(offices.province) == full


def test_the_report_is_a_file(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    prepared = reporting.prepare(offices.union, request(id_))
    target = offices.stick / "bao-cao.pdf"
    reporting.save(offices.union, prepared, target)
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_report_that_names_a_member_is_not_packed(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    before = every_row(offices.union)
    telling = replace(request(id_), difficulties="Gia đình chị Lò Thị Ương còn khó khăn.")
    with pytest.raises(outgoing.NamesInClear, match="Lò Thị Ương"):
        outgoing.make_report(offices.union, telling, offices.province.identity.unit)
    assert every_row(offices.union) == before

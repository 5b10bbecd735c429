"""A union that has ended hands its records to its heir: what no report carried arrives, and until then it is owed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.reorganising import Decision, Merge
from congdoan_desktop.services import (
    activities,
    coverage,
    doctor,
    exchanging,
    incoming,
    mailbox,
    outgoing,
    records,
    reorganisation,
    stick_run,
    support,
)
from congdoan_desktop.services.exchanging import NobodyToGiveTo
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff
from tests.services.conftest import Offices, activity, grassroots, person
from tests.services.conftest import support as support_record

PAPER = Decision(date(2024, 8, 1), "14/QĐ")
LATER = FixedClock(datetime(2024, 8, 5, 8, 0, tzinfo=VIETNAM))


@pytest.fixture
def recorded(offices: Offices) -> Offices:
    """The first union has written what belongs to no plan and travels in no report."""
    unit = grassroots(offices.union)
    activities.add(offices.union, activity(None), (unit,))
    support.add(offices.union, support_record(unit, None), person(unit))
    return offices


def merge(offices: Offices) -> None:
    """The first union goes into the other; both learn it from the stick."""
    for office in (offices.province, offices.union, offices.other):
        office.clock = LATER
    ends, stays = offices.union.identity.unit, offices.other.identity.unit
    order = Merge((ends, stays), stays)
    said = [finding.message for finding in reorganisation.preview(offices.province, order, PAPER).findings]
    assert any("bấm Trao hồ sơ để bàn giao cho Công đoàn xã Nậm Xuân" in one for one in said)
    reorganisation.decide(offices.province, order, PAPER)
    for office in (offices.province, offices.union, offices.other):
        stick_run.take_and_write(office, offices.stick)


def owing(office: Office) -> list[str]:
    return [row.name for row in coverage.coverage(office) if row.state == "owing"]


def test_what_no_report_carried_reaches_the_heir(recorded: Offices) -> None:
    offices = recorded
    assert not any(one.heir for one in exchanging.partners(offices.union))
    merge(offices)
    assert owing(offices.other) == ["Công đoàn xã Mường Kim"]
    assert owing(offices.province) == []
    assert activities.listing(offices.other) == []
    (heir, *_) = exchanging.partners(offices.union)
    assert (heir.unit, heir.heir, heir.own) == (offices.other.identity.unit, True, False)
    made = exchanging.make(offices.union, heir.unit)
    path = offices.carry(offices.union, made)
    assert incoming.preview(offices.other, path).refused == ()
    run = stick_run.take_and_write(offices.other, offices.stick)
    (result,) = run.taken
    assert (result.kind, result.refused, result.conflicts) == ("cascade", (), 0)
    assert [row.activity.title for row in activities.listing(offices.other)] == ["Giải cầu lông"]
    assert len(support.listing(offices.other)) == 1
    assert owing(offices.other) == []
    assert doctor.check(offices.other) == []
    (got,) = [one for one in mailbox.inbox(offices.other) if one.kind == "cascade"]
    assert got.kind_name == "Hồ sơ bàn giao"
    stick_run.take_and_write(offices.union, offices.stick)
    (sent,) = [one for one in outgoing.outbox(offices.union) if one.package_id == made.package_id]
    assert sent.state == handoff.RECEIVED


def test_the_heir_goes_on_with_what_it_was_given(recorded: Offices) -> None:
    offices = recorded
    merge(offices)
    made = exchanging.make(offices.union, offices.other.identity.unit)
    incoming.apply(offices.other, offices.carry(offices.union, made))
    (row,) = activities.listing(offices.other)
    records.delete(offices.other, row.id, "ghi trùng")
    assert activities.listing(offices.other) == []


def test_a_withdrawn_package_is_owed_again(recorded: Offices) -> None:
    offices = recorded
    merge(offices)
    made = exchanging.make(offices.union, offices.other.identity.unit)
    incoming.apply(offices.other, offices.carry(offices.union, made))
    incoming.withdraw(offices.other, made.package_id)
    assert owing(offices.other) == ["Công đoàn xã Mường Kim"]


def test_who_goes_on_has_no_heir(offices: Offices) -> None:
    with pytest.raises(NobodyToGiveTo):
        exchanging.make(offices.union, offices.other.identity.unit)

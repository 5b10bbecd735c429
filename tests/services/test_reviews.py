"""Return, resubmission, lock and reopening of a reported period, from both ends of the stick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from congdoan_desktop.clock import FixedClock
from congdoan_desktop.domain.reviews import LOCKED, RETURNED, Fault, Review, validate_review
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import NotFound, ValidationError
from congdoan_desktop.services import (
    activities,
    consolidation,
    doctor,
    home,
    incoming,
    mailbox,
    naming,
    outgoing,
    receipts,
    returned,
    reviewed,
    reviews,
    sheets,
)
from congdoan_desktop.services.incoming import PackageLocked
from congdoan_desktop.services.reviews import PeriodLocked
from congdoan_desktop.storage import handoff, tables
from tests.services.conftest import Offices, activity, every_row, grassroots, request
from tests.services.test_receipt_papers import text as paper_text
from tests.services.test_services_main_path import planned, recorded, reported

DEADLINE = date(2024, 8, 5)


def handed_in(offices: Offices, campaign: str) -> str:
    """One more report of the union, imported by the province; its package id."""
    made = reported(offices, campaign)
    incoming.apply(offices.province, offices.carry(offices.union, made))
    return made.package_id


def answered(offices: Offices, made: handoff.Outgoing) -> None:
    incoming.apply(offices.union, offices.carry(offices.province, made))


def begun(offices: Offices) -> tuple[str, str, str]:
    """(campaign, activity, first report) as the province has it."""
    campaign = planned(offices)
    done, _ = recorded(offices.union, campaign)
    return campaign, done, handed_in(offices, campaign)


def test_a_return_leads_to_the_fault_and_the_next_report_shows_what_changed(offices: Offices) -> None:
    campaign, done, package = begun(offices)
    seen = reviews.look(offices.province, package)
    target = next(subject.target for subject in seen.subjects if subject.target)
    assert done in {subject.record for subject in seen.subjects}
    faults = (Fault("Thiếu số người dự", record=done, field="Số người"), Fault("Tính lại", target=target))
    answered(offices, reviews.send_back(offices.province, package, faults, DEADLINE, "Gửi lại sớm"))
    first, second = returned.listing(offices.union)
    assert (first.type, first.record, first.field, first.message) == ("activity", done, "Số người", faults[0].message)
    assert (first.deadline, second.target, bool(second.name)) == (DEADLINE.isoformat(), target, True)
    (todo,) = [todo for todo in home.overview(offices.union).todos if todo.state == "returned"]
    assert (todo.due, todo.days, todo.action, todo.page) == (DEADLINE, 7, "Xem 2 chỗ", "handoff")
    assert {sent.state for sent in mailbox.outbox(offices.union) if sent.kind == "report"} == {handoff.RETURNED}

    (row,) = activities.listing(offices.union)
    activities.edit(offices.union, done, replace(activity(campaign), unit=row.activity.unit, participants=99))
    again = handed_in(offices, campaign)
    assert returned.listing(offices.union) == []
    asked = reviews.look(offices.province, again).asked
    assert [(one.fault.message, one.mended) for one in asked] == [("Thiếu số người dự", True), ("Tính lại", False)]
    assert doctor.check(offices.province) == doctor.check(offices.union) == []


def test_figures_stand_beside_those_of_the_package_before(offices: Offices) -> None:
    campaign, _, _ = begun(offices)
    grassroots(offices.union, "CĐCS Chợ", "CDCS-CHO")
    (figure,) = reviews.look(offices.province, handed_in(offices, campaign)).figures
    assert (figure.before, figure.now) == ((1, 1), (1, 2))


def test_what_a_package_changes_is_seen_before_it_is_imported(offices: Offices) -> None:
    campaign, _, _ = begun(offices)
    grassroots(offices.union, "CĐCS Chợ", "CDCS-CHO")
    path = offices.carry(offices.union, reported(offices, campaign))
    before = every_row(offices.province)
    (figure,) = reviews.differences(offices.province, path)
    assert (figure.before, figure.now) == ((1, 1), (1, 2))
    assert every_row(offices.province) == before
    plan = outgoing.make_plan(offices.province, campaign, offices.union.identity.unit)
    assert reviews.differences(offices.union, offices.carry(offices.province, plan)) == ()


def test_what_the_locked_package_replaced_is_not_late(offices: Offices) -> None:
    campaign, _, first = begun(offices)
    answered(offices, reviews.send_back(offices.province, first, (), DEADLINE, "Bổ sung CĐCS"))
    second = handed_in(offices, campaign)
    answered(offices, reviews.approve(offices.province, second))
    assert reviews.late(offices.province) == frozenset()
    assert not reviews.look(offices.province, first).late
    third = handed_in(offices, campaign)
    assert reviews.late(offices.province) == {third}


def test_a_locked_period_keeps_its_figures_and_names_what_comes_late(offices: Offices) -> None:
    campaign, _, package = begun(offices)
    answered(offices, reviews.approve(offices.province, package))
    answer = next(sent.answer for sent in mailbox.outbox(offices.union) if sent.id == package)
    assert answer is not None
    assert answer.approved
    grassroots(offices.union, "CĐCS Chợ", "CDCS-CHO")
    after = handed_in(offices, campaign)
    assert reviews.late(offices.province) == {after}
    assert reviews.look(offices.province, after).late
    (target,) = consolidation.consolidate(offices.province, campaign)
    assert (target.total.numerator, target.total.denominator) == (1, 1)
    for refused in (reviews.approve, lambda o, p: reviews.send_back(o, p, (), DEADLINE, "x")):
        with pytest.raises(PeriodLocked):
            refused(offices.province, after)

    made = receipts.write_receipt(offices.province, mailbox.result_of(offices.province, after))
    answered(offices, made)
    told = next(sent.answer for sent in mailbox.outbox(offices.union) if sent.id == after)
    assert told is not None
    assert (told.verdict, told.note) == ("accepted", reviewed.LATE), "its sender learns that it does not count yet"
    assert "chưa được tính" in paper_text(sheets.receipt_again(offices.province, made.package_id))
    answered(offices, reviews.reopen(offices.province, after, "Đơn vị bổ sung CĐCS mới"))
    assert reviews.late(offices.province) == frozenset()
    (target,) = consolidation.consolidate(offices.province, campaign)
    assert (target.total.numerator, target.total.denominator) == (1, 2)
    assert returned.listing(offices.union)[0].message == "Đơn vị bổ sung CĐCS mới"
    reviews.approve(offices.province, after)
    assert reviews.standing(offices.province) == {after: LOCKED}


def test_the_lock_is_the_provinces_and_does_not_travel(offices: Offices) -> None:
    _, _, package = begun(offices)
    answered(offices, reviews.approve(offices.province, package))
    assert reviews.standing(offices.union) == {}


NOTHING_SAID = [
    (lambda o, p: reviews.send_back(o, p, (), DEADLINE), "note"),
    (lambda o, p: reviews.send_back(o, p, (Fault("  "),), DEADLINE), "note"),
    (lambda o, p: reviews.send_back(o, p, (), None, "Sửa"), "deadline"),
]


@pytest.mark.parametrize(("rule", "field"), NOTHING_SAID)
def test_without_a_reason_nothing_goes_back(rule: object, field: str, offices: Offices) -> None:
    _, _, package = begun(offices)
    before = every_row(offices.province)
    assert callable(rule)
    with pytest.raises(ValidationError) as caught:
        rule(offices.province, package)
    assert [finding.field for finding in caught.value.findings] == [field]
    assert every_row(offices.province) == before


def test_opening_again_needs_a_lock_and_a_reason(offices: Offices) -> None:
    _, _, package = begun(offices)
    with pytest.raises(NotFound):
        reviews.reopen(offices.province, package, "lý do")
    reviews.approve(offices.province, package)
    with pytest.raises(ValidationError):
        reviews.reopen(offices.province, package, " ")


def test_only_reports_that_came_in_are_reviewed(offices: Offices) -> None:
    _, _, package = begun(offices)
    incoming.withdraw(offices.province, package)
    for id_ in (package, "0" * 64):
        with pytest.raises(NotFound):
            reviews.look(offices.province, id_)


def test_a_plain_receipt_still_names_what_the_import_refused(offices: Offices) -> None:
    _, _, package = begun(offices)
    answered(offices, receipts.write_receipt(offices.province, mailbox.result_of(offices.province, package)))
    (sent,) = [one for one in outgoing.outbox(offices.union) if one.package_id == package]
    assert sent.state == handoff.RECEIVED


def test_what_a_review_must_say() -> None:
    review = Review("u", "v", "c", DEADLINE, DEADLINE, "p", RETURNED, DEADLINE, "Sửa")
    assert validate_review(review) == ()
    assert len(validate_review(replace(review, note="", deadline=None))) == 2


def test_what_is_missing_before_a_report_is_said_again_with_each_ruling(offices: Offices) -> None:
    id_ = planned(offices)
    reported(offices, id_)
    package = reported(offices, id_)
    result = incoming.apply(offices.province, offices.carry(offices.union, package))
    receipts.write_receipt(offices.province, result)
    locked = reviews.approve(offices.province, package.package_id)
    answered(offices, locked)
    (answer,) = (sent.answer for sent in mailbox.outbox(offices.union) if sent.answer)
    assert (answer.approved, answer.gaps) == (True, (1,))
    (got,) = (got for got in mailbox.inbox(offices.province) if got.kind == "report")
    assert got.receipt == locked.file_name, "the last receipt is the one that counts"


def sent_back(offices: Offices) -> str:
    """The second report of the union came back; its campaign."""
    id_ = planned(offices)
    reported(offices, id_)
    answered(offices, reviews.send_back(offices.province, handed_in(offices, id_), (), DEADLINE, "Ghi đủ số người dự"))
    assert len(returned.listing(offices.union)) == 1
    return id_


def test_a_report_under_another_name_of_the_period_answers_a_return(offices: Offices) -> None:
    asked = replace(request(sent_back(offices)), period_name="Đợt một")
    outgoing.make_report(offices.union, asked, offices.province.identity.unit)
    assert returned.listing(offices.union) == []


def test_after_a_backup_was_restored_a_new_report_answers_a_return(offices: Offices) -> None:
    id_ = sent_back(offices)
    with offices.union.write(Right.ISSUE) as work:  # as `erasing.after_restore` leaves it
        work.connection.execute(delete(tables.meta).where(tables.meta.c.key.startswith("feed:")))
    offices.union.clock = FixedClock(offices.union.clock.now() + timedelta(days=1))
    assert reported(offices, id_).seq == 1
    assert returned.listing(offices.union) == []


def test_a_locked_package_is_not_withdrawn_before_its_period_is_opened(offices: Offices) -> None:
    campaign, _, package = begun(offices)
    reviews.approve(offices.province, package)
    with pytest.raises(PackageLocked):
        incoming.withdraw(offices.province, package)
    assert reviews.look(offices.province, package).locked
    reviews.reopen(offices.province, package, "Gói này gửi nhầm")
    incoming.withdraw(offices.province, package)
    assert consolidation.consolidate(offices.province, campaign)[0].received == 0


def test_of_a_report_only_what_it_brought_is_read_and_once(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, _, package = begun(offices)
    answered(offices, reviews.send_back(offices.province, package, (Fault("Thiếu ảnh"),), DEADLINE))
    for at in range(20):
        activities.add(offices.union, activity(campaign, title=f"Lần {at}"), (offices.union.identity.unit,))
        activities.add(offices.province, activity(None, title=f"Việc khác {at}"), (offices.province.identity.unit,))
    second = handed_in(offices, campaign)
    read, named = Counted(reviewed.hashes), Counted(naming._name)
    monkeypatch.setattr(reviewed, "hashes", read)
    monkeypatch.setattr(naming, "_name", named)
    look = reviews.look(offices.province, second)
    assert sorted(id_ for _, id_ in read.asked) == sorted([package, second])
    told = [one for one in look.subjects if one.type == "activity"]
    assert len([type_ for type_, _ in named.asked if type_ == "activity"]) == len(told) == 21


class Counted:
    """A function that remembers what it was asked."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self.real, self.asked = real, list[tuple[Any, ...]]()

    def __call__(self, *asked: Any) -> Any:
        self.asked.append(asked)
        return self.real(*asked)

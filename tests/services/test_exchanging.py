"""Two computers of one union, and one that was lost: whole records over a stick, a person settles conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.attachments import PHOTO
from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.revisions import State
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError, NotAllowed, NotFound
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.services import (
    activities,
    attachments,
    conflicts,
    doctor,
    exchanging,
    incoming,
    key_changes,
    members,
    outgoing,
    records,
    second_computer,
    stick_run,
    support,
    trusting,
    units,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import custody
from tests.pictures.photos import photo
from tests.services.conftest import NewOffice, activity, as_role, every_row, person
from tests.services.conftest import support as support_record
from tests.services.levels import Levels, below_form, carried, three_levels, upper_form

TARGETS = (Target("n", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01"),)


@dataclass
class Two:
    """The upper union on two laptops, the first of which has records."""

    levels: Levels
    first: Office
    second: Office

    def give(self, giver: Office, taker: Office) -> None:
        made = exchanging.make(giver, taker.identity.unit)
        result = incoming.apply(taker, carried(giver, made, self.levels.stick))
        assert (result.kind, result.refused) == ("exchange", ())


def joined(levels: Levels, new: Office, unit: str) -> Office:
    """The province admits a further computer of a union, which takes on the union by the list; others get the list."""
    asked = trusting.write_enrolment(new)
    words = " ".join(trusting.enrolment_words(new, asked))
    second_computer.admit(levels.province, carried(new, asked, levels.stick), words, unit)
    answer = trusting.write_trust(levels.province, unit)
    path = carried(levels.province, answer, levels.stick)
    assert second_computer.naming_us(new, path) is not None
    second_computer.join(new, path, " ".join(trusting.root_words(levels.province)))
    assert new.identity.unit == unit
    return new


@pytest.fixture
def levels(new_office: NewOffice, tmp_path: Path) -> Iterator[Levels]:
    with three_levels(new_office, tmp_path / "usb", TARGETS) as made:
        yield made


@pytest.fixture
def two(levels: Levels, new_office: NewOffice) -> Two:
    first = levels.upper
    unit = units.add(first, name="CĐCS Chợ", short_name="Chợ", code="CS-CHO", kind="su_nghiep")
    activities.add(first, activity(levels.plan), (unit,))
    support.add(first, support_record(unit, levels.plan), person(unit))
    second = joined(levels, new_office("upper-2", upper_form("Công đoàn xã Mường Kim", "CDX-MK")), first.identity.unit)
    answer = trusting.write_trust(levels.province, first.identity.unit)
    trusting.accept_trust(first, carried(levels.province, answer, levels.stick))
    return Two(levels, first, second)


def test_the_second_laptop_gets_everything(two: Two) -> None:
    assert [(one.own, one.computers) for one in exchanging.partners(two.first)][:1] == [(True, 1)]
    two.give(two.first, two.second)
    assert doctor.digest(two.second) == doctor.digest(two.first)
    assert doctor.check(two.second) == []
    assert [row.activity.title for row in activities.listing(two.second)] == ["Giải cầu lông"]


def test_the_one_button_takes_it_along_although_only_the_province_is_met_on_the_stick(two: Two) -> None:
    exchanging.make(two.first, two.second.identity.unit)
    assert stick_run.take_and_write(two.first, two.levels.stick).waiting == ()
    assert "exchange" in [one.kind for one in stick_run.take_and_write(two.second, two.levels.stick).taken]


def test_what_both_changed_is_a_conflict_that_a_person_settles(two: Two) -> None:
    two.give(two.first, two.second)
    (row,) = activities.listing(two.first)
    for office, people in ((two.first, 40), (two.second, 50)):
        activities.edit(office, row.id, replace(row.activity, participants=people))
    two.give(two.first, two.second)
    two.give(two.second, two.first)
    assert doctor.digest(two.second) == doctor.digest(two.first)
    for office in (two.first, two.second):
        (one,) = conflicts.listing(office)
        told = {side.content["participants"]: side.author for side in records.sides(office, one.record)}
        assert told == {40: "Lò Thị Hoa", 50: "Lò Thị Hoa"}
    chosen = next(side for side in records.sides(two.second, row.id) if side.content["participants"] == 50)
    records.restore(two.second, row.id, chosen.hash)
    two.give(two.second, two.first)
    assert conflicts.listing(two.first) == conflicts.listing(two.second) == []
    assert [one.activity.participants for one in activities.listing(two.first)] == [50]
    assert doctor.digest(two.second) == doctor.digest(two.first)


def test_a_colleague_s_stick_is_one_button(two: Two) -> None:
    exchanging.make(two.first, two.first.identity.unit)
    for path in two.levels.stick.rglob("*.cdpkg"):
        path.unlink()
    assert stick_run.take_and_write(two.first, two.levels.stick).written > 0
    run = stick_run.take_and_write(two.second, two.levels.stick)
    assert "exchange" in {result.kind for result in run.taken}
    assert doctor.digest(two.second) == doctor.digest(two.first)


def test_both_laptops_report_and_the_province_counts_each_record_once(two: Two) -> None:
    two.give(two.first, two.second)
    for office in (two.first, two.second):
        unit = next(id_ for id_, name in units.grassroots(office) if "Chợ" in name)
        activities.add(office, activity(two.levels.plan), (unit,))
        two.levels.up(office, two.levels.province)
    assert len(activities.listing(two.levels.province)) == 3


def test_a_lost_laptop_gets_back_what_had_been_sent(levels: Levels, new_office: NewOffice) -> None:
    lost, upper = levels.below[0], levels.upper
    kept = levels.done(lost)
    with lost.write(Right.ENTER) as work:
        given = work.put(person(lost.identity.unit, "Lò Văn Đông"))
    support.add(lost, support_record(lost.identity.unit, levels.plan, person=given))
    levels.up(lost, upper)
    never_sent = levels.done(lost)
    key_changes.revoke(levels.province, lost.identity.key.key_id)
    new = joined(levels, new_office("new-1", below_form("CĐCS Trường số 1", "CS-1")), lost.identity.unit)
    answer = trusting.write_trust(levels.province, upper.identity.unit)
    trusting.accept_trust(upper, carried(levels.province, answer, levels.stick))
    assert new.identity.unit in {one.unit for one in exchanging.partners(upper)}
    made = exchanging.make(upper, new.identity.unit)
    assert stick_run.take_and_write(upper, levels.stick).waiting == (), (
        "the new computer has sent nothing to meet it by"
    )
    path = next(levels.stick.rglob(made.file_name))
    assert incoming.preview(new, path).gaps, "the numbers before it came to the lost computer"
    run = stick_run.take_and_write(new, levels.stick)
    assert (run.shared, [unit for unit, _ in run.gaps]) == (True, ["Công đoàn xã Mường Kim"])
    result = next(one for one in run.taken if one.kind == "exchange")
    assert (result.refused, result.conflicts) == ((), 0)
    assert [row.id for row in activities.listing(new)] == [kept]
    assert never_sent not in {row.id for row in activities.listing(new)}
    found = members.get(new, given)
    assert found is not None
    assert found.person.name == "Lò Văn Đông"
    activities.edit(new, kept, replace(activities.listing(new)[0].activity, participants=77))
    levels.up(new, upper)
    assert [row.activity.participants for row in activities.listing(upper)] == [77]
    with pytest.raises(PackageRefused, match="đã bị thu hồi"):
        levels.up(lost, upper)


def test_nothing_of_others_is_given_to_a_union_below(two: Two) -> None:
    """What is about the other CĐCS, and about people of our own, stays."""
    levels, below = two.levels, two.levels.below
    levels.done(below[0])
    levels.up(below[0], two.first)
    made = exchanging.make(two.first, below[1].identity.unit)
    package = incoming.verified(below[1], carried(two.first, made, levels.stick))
    told = {(told.fields["type"], told.fields["unit"]) for told in package.revisions}
    assert {type_ for type_, _ in told} <= {"unit", "org_event"}


def test_a_computer_that_has_records_takes_on_no_other_union(two: Two, new_office: NewOffice) -> None:
    used = new_office("used", upper_form("Công đoàn xã Khác", "CDX-K"))
    units.add(used, name="CĐCS Chợ", short_name="Chợ", code="CS-CHO", kind="su_nghiep")
    asked = trusting.write_enrolment(used)
    words = " ".join(trusting.enrolment_words(used, asked))
    path = carried(used, asked, two.levels.stick)
    unit = two.first.identity.unit
    with pytest.raises(trusting.WordsDiffer):
        second_computer.admit(two.levels.province, path, "một hai ba bốn năm sáu bảy tám", unit)
    with pytest.raises(AppError, match="khoá gốc"):
        second_computer.admit(two.first, path, words, unit)
    with pytest.raises(NotFound):
        second_computer.admit(two.levels.province, path, words, used.identity.unit)
    second_computer.admit(two.levels.province, path, words, unit)
    answer = carried(two.levels.province, trusting.write_trust(two.levels.province, unit), two.levels.stick)
    before = every_row(used)
    with pytest.raises(second_computer.AlreadyInUse):
        second_computer.join(used, answer, " ".join(trusting.root_words(two.levels.province)))
    assert every_row(used) == before


def test_wrong_words_change_nothing(levels: Levels, new_office: NewOffice) -> None:
    new, unit = new_office("wrong", upper_form("Công đoàn xã Mường Kim", "CDX-MK")), levels.upper.identity.unit
    asked = trusting.write_enrolment(new)
    words = " ".join(trusting.enrolment_words(new, asked))
    second_computer.admit(levels.province, carried(new, asked, levels.stick), words, unit)
    path = carried(levels.province, trusting.write_trust(levels.province, unit), levels.stick)
    before = every_row(new)
    with pytest.raises(PackageRefused, match="Tám từ"):
        second_computer.join(new, path, words)
    assert (every_row(new), new.identity.unit == unit) == (before, False)
    assert second_computer.naming_us(levels.upper, path) is None


def test_without_another_computer_there_is_nobody_to_give_to(levels: Levels) -> None:
    with pytest.raises(exchanging.NobodyToGiveTo):
        exchanging.make(levels.below[0], levels.below[0].identity.unit)
    assert exchanging.partners(levels.below[0]) == []


def test_a_careless_judge_would_leave_the_second_laptop_without(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: were only those who stand over an author believed, the plans would not come across."""
    monkeypatch.setattr(
        custody.Custody, "_may_pass_on", lambda judge, sender, author: sender in judge.tree.above(author)
    )
    made = exchanging.make(two.first, two.second.identity.unit)
    result = incoming.apply(two.second, carried(two.first, made, two.levels.stick))
    assert {row.type for row in result.refused} == {"campaign"}
    with two.second.read() as connection:
        states = connection.exec_driver_sql("SELECT state FROM revisions WHERE type = 'campaign'").scalars()
        assert set(states) == {State.QUARANTINED}
    assert outgoing.outbox(two.second) != []


def test_a_viewer_gives_nothing_and_an_officer_admits_nobody(two: Two) -> None:
    viewer, officer = as_role(two.first, Role.VIEWER), as_role(two.levels.province, Role.OFFICER)
    with pytest.raises(NotAllowed):
        exchanging.make(viewer, two.first.identity.unit)
    path = carried(two.second, trusting.write_enrolment(two.second), two.levels.stick)
    for refused in (
        lambda: second_computer.admit(officer, path, "", two.first.identity.unit),
        lambda: second_computer.join(viewer, path, ""),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_the_same_package_five_times_changes_nothing_and_tells_nobody_s_name(two: Two) -> None:
    levels = two.levels
    path = carried(two.first, exchanging.make(two.first, two.second.identity.unit), levels.stick)
    levels.done(levels.below[0])
    levels.up(levels.below[0], two.first)
    report = levels.report(two.first, levels.province)
    for office, package in ((two.second, path), (levels.province, report)):
        incoming.apply(office, package)
        before = every_row(office)
        assert all(incoming.apply(office, package).known for _ in range(5))
        assert every_row(office) == before
        content = package.read_bytes()
        assert all(text.encode() not in content for text in ("Lò Thị Ương", "gia đình đông con", "Giải cầu lông"))
    named = "Lò Thị Hoa".encode()  # the officer, as on public papers: it is looked for in the right way
    assert named in report.read_bytes()


def test_what_was_erased_here_our_other_computer_learns(two: Two) -> None:
    (row, *_) = activities.listing(two.first)
    attached = [attachments.attach(two.first, "activity", [row.id], [photo(seed)], PHOTO).ids[0] for seed in (1, 2)]
    package = exchanging.make(two.first, two.second.identity.unit, pictures=True)
    incoming.apply(two.second, carried(two.first, package, two.levels.stick))
    assert [one.here for one in attachments.listing(two.second)] == [True, True]
    attachments.erase(two.first, attached[0])
    records.delete(two.first, attached[1], "ảnh nhầm")
    two.give(two.first, two.second)
    assert [(one.id, one.here, one.erased) for one in attachments.listing(two.second)] == [(attached[0], False, True)]

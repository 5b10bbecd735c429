"""One stick in one go: the good comes in, the bad is named, receipts and what waits go out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import doctor, incoming, mailbox, outgoing, stick, stick_run, trusting
from congdoan_desktop.services.stick import StickProblem
from congdoan_desktop.storage import handoff
from tests.packages.offices import report
from tests.services.conftest import (
    NewOffice,
    Offices,
    campaign,
    enrol,
    every_row,
    first_start,
    request,
)
from tests.services.test_services_main_path import planned, recorded, reported


def both_reported(offices: Offices) -> str:
    """The plan went down to both unions and both wrote a report to the stick; the campaign's id."""
    id_ = planned(offices)
    plan = outgoing.make_plan(offices.province, id_, offices.other.identity.unit)
    incoming.apply(offices.other, offices.carry(offices.province, plan))
    for union in (offices.union, offices.other):
        recorded(union, id_)
        made = outgoing.make_report(union, request(id_), offices.province.identity.unit)[0]
        offices.carry(union, made)
    return id_


def files(folder: Path, kind: str) -> list[Path]:
    return [path for path in stick.find_packages(folder) if path.name.startswith(kind)]


def test_many_units_come_in_and_their_receipts_go_out(offices: Offices) -> None:
    both_reported(offices)
    (bad := offices.stick / "CONGDOAN" / "xx.cdpkg").write_bytes(b"PK\3\4 half a package")
    before = every_row(offices.province)
    seen = stick_run.survey(offices.province, offices.stick)
    assert every_row(offices.province) == before
    assert [(group.kind_name, group.fresh) for group in seen.groups] == [("Báo cáo", 1), ("Báo cáo", 1)]
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert [left.file_name for left in seen.left] == [left.file_name for left in done.left] == [bad.name]
    assert (len(done.taken), done.receipts, done.written, done.stopped) == (2, 2, 3, False)
    assert done.problem is None
    for union in (offices.union, offices.other):
        home = stick_run.take_and_write(union, offices.stick)
        assert [result.kind for result in home.taken] == ["trust", "receipt"]
        assert home.others > 0
        states = {sent.state for sent in mailbox.outbox(union) if sent.kind == "report"}
        assert states == {handoff.RECEIVED}
    assert doctor.check(offices.province) == []


def test_the_same_stick_again_changes_nothing(offices: Offices) -> None:
    both_reported(offices)
    stick_run.take_and_write(offices.province, offices.stick)
    before = every_row(offices.province)
    again = stick_run.take_and_write(offices.province, offices.stick)
    assert (again.taken, again.known, again.receipts, again.written) == ((), 2, 0, 0)
    assert every_row(offices.province) == before


def test_gaps_and_forks_are_named(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    reported(offices, id_)
    offices.carry(offices.union, reported(offices, id_))
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert [numbers for _, numbers in done.gaps] == [(1,)]
    assert done.forks == ()


def test_two_packages_of_one_feed_leave_no_gap_whatever_their_names_sort_to(offices: Offices) -> None:
    id_ = planned(offices)
    for _ in range(11):
        offices.carry(offices.union, reported(offices, id_))
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (len(done.taken), done.gaps) == (11, ())


def test_what_was_stopped_goes_on_where_it_was(offices: Offices) -> None:
    both_reported(offices)
    token = CancelToken()

    def stop_after_one(_done: int, _total: int, text: str) -> None:
        if text.startswith("Đang nhập report"):
            token.cancel()

    first = stick_run.take_and_write(offices.province, offices.stick, Progress(stop_after_one, token))
    assert (first.stopped, len(first.taken), first.receipts) == (True, 1, 0)
    second = stick_run.take_and_write(offices.province, offices.stick)
    assert (second.stopped, len(second.taken), second.known, second.receipts) == (False, 1, 1, 2)


def test_keys_wait_for_their_paper_and_a_later_list_does_not(offices: Offices, new_office: NewOffice) -> None:
    third = new_office("third", first_start("Công đoàn xã Tà Tổng", "CDX-TT"))
    offices.carry(third, trusting.write_enrolment(third))
    assert len(stick_run.survey(offices.province, offices.stick).left) == 1
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert [(left.what, done.taken) for left in done.left] == [("Cần so tám từ với phiếu giấy.", ())]
    enrol(offices.province, third, offices.stick)
    stick_run.take_and_write(offices.province, offices.stick)
    assert {result.kind for result in stick_run.take_and_write(offices.union, offices.stick).taken} == {"trust"}
    assert offices.union.trust is not None
    assert offices.union.trust.unit(third.identity.unit) is not None


def test_a_stick_without_others_takes_what_was_not_written_yet(offices: Offices) -> None:
    id_ = planned(offices)
    for path in stick.find_packages(offices.stick):
        path.unlink()
    recorded(offices.union, id_)
    made = reported(offices, id_)
    done = stick_run.take_and_write(offices.union, offices.stick)
    assert done.written >= 1
    assert made.file_name in {path.name for path in files(offices.stick, "report")}


def test_what_lies_on_another_stick_without_a_receipt_is_written_again(offices: Offices, tmp_path: Path) -> None:
    id_ = planned(offices)
    made = reported(offices, id_)
    offices.carry(offices.union, made)
    (second := tmp_path / "second").mkdir()
    plan = outgoing.make_plan(offices.province, campaign(offices.province), offices.union.identity.unit)
    outgoing.write_to_stick(offices.province, plan.package_id, second)
    stick_run.take_and_write(offices.union, second)
    assert made.file_name in {path.name for path in files(second, "report")}


def test_a_stick_that_takes_nothing_is_told_and_what_came_in_stays(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_reported(offices)

    def full(*_: object, **__: object) -> None:
        raise StickProblem("USB không đủ chỗ trống.", "Dùng USB khác.")

    monkeypatch.setattr(stick, "write", full)
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (len(done.taken), done.receipts, done.written) == (2, 2, 0)
    assert isinstance(done.problem, StickProblem)


def test_what_a_person_withdrew_does_not_come_back_by_itself(offices: Offices) -> None:
    both_reported(offices)
    first = stick_run.take_and_write(offices.province, offices.stick).taken[0]
    incoming.withdraw(offices.province, first.package_id)
    stick_run.take_and_write(offices.province, offices.stick)
    assert {got.id: got.state for got in mailbox.inbox(offices.province)}[first.package_id] == handoff.WITHDRAWN


def test_a_folder_that_is_none_is_told(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: Path) -> list[Path]:
        raise OSError(5, "gone")

    monkeypatch.setattr(stick, "find_packages", gone)
    with pytest.raises(StickProblem):
        stick_run.survey(offices.province, offices.stick)


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data[:500] + b"?" + data[501:], lambda _: b""])
def test_a_damaged_copy_is_read_from_the_other(offices: Offices, harm: Callable[[bytes], bytes]) -> None:
    id_ = both_reported(offices)
    for path in files(offices.stick, "report"):
        path.write_bytes(harm(path.read_bytes()))
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (len(done.taken), done.left) == (2, ())
    assert {result.about for result in done.taken} == {id_}


def test_a_copy_gone_is_read_from_the_other_and_two_bad_ones_are_named(offices: Offices) -> None:
    both_reported(offices)
    lost, bad = files(offices.stick, "report")
    lost.unlink()
    copy = stick.second_copy(bad)
    assert copy is not None
    for path in (bad, copy):
        path.write_bytes(path.read_bytes()[:-1])
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert [result.file_name for result in done.taken] == [lost.name]
    assert [(left.file_name, "cụt" in left.what) for left in done.left] == [(bad.name, True)]


def test_a_copy_by_somebody_else_is_worth_nothing(offices: Offices) -> None:
    """The second copy must verify like any other, and what is said is what the first was refused for."""
    both_reported(offices)
    first = files(offices.stick, "report")[0]
    copy = stick.second_copy(first)
    assert copy is not None
    first.write_bytes(first.read_bytes()[:-1])
    copy.write_bytes(report().data)
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert len(done.taken) == 1
    assert [(left.file_name, "cụt" in left.what) for left in done.left] == [(first.name, True)]

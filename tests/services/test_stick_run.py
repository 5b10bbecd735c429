"""One stick in one go: the good comes in, the bad is named, receipts and what waits go out."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.packages import reader
from congdoan_desktop.packages.reader import VerifiedPackage
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import (
    doctor,
    homeward,
    incoming,
    mailbox,
    outgoing,
    stick,
    stick_facts,
    stick_run,
    trusting,
)
from congdoan_desktop.services.office import Office
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


def test_for_whom_nothing_was_written_is_named(offices: Offices, tmp_path: Path) -> None:
    """A stick takes what is for the units met on it; what was never written for others must not be forgotten."""
    id_ = planned(offices)
    outgoing.make_plan(offices.province, id_, offices.other.identity.unit)
    recorded(offices.union, id_)
    offices.carry(offices.union, outgoing.make_report(offices.union, request(id_), offices.province.identity.unit)[0])
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert done.waiting == ("Công đoàn xã Nậm Xuân",)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert stick_run.take_and_write(offices.province, empty).waiting == ()


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


def test_a_list_before_ours_is_nothing_to_see_to(offices: Offices, new_office: NewOffice) -> None:
    stick_run.take_and_write(offices.province, offices.stick)
    (path,) = files(offices.stick, "trust")
    path.rename(kept := offices.stick / path.name)
    enrol(offices.province, new_office("new", first_start("Công đoàn xã Hua Bum", "CDX-HB")), offices.stick)
    stick_run.take_and_write(offices.province, offices.stick)
    stick_run.take_and_write(offices.union, offices.stick)
    kept.rename(path)
    assert [one.older for one in incoming.look(offices.union, offices.stick) if one.path == path] == [True]
    assert path.name not in {left.file_name for left in stick_run.survey(offices.union, offices.stick).left}
    assert stick_run.take_and_write(offices.union, offices.stick).older >= 1


def test_an_enrolment_waits_for_the_province_alone(offices: Offices, new_office: NewOffice) -> None:
    new = new_office("new", first_start("Công đoàn xã Hua Bum", "CDX-HB"))
    path = offices.carry(new, trusting.write_enrolment(new))
    at_union = stick_run.survey(offices.union, offices.stick)
    assert (at_union.groups, at_union.left, at_union.others) == ((), (), 1)
    assert [one.for_root for one in incoming.look(offices.union, offices.stick)] == [True]
    done = stick_run.take_and_write(offices.union, offices.stick)
    assert (done.left, done.others) == ((), 1)
    at_province = stick_run.survey(offices.province, offices.stick)
    assert [(group.packages, group.fresh) for group in at_province.groups] == [(1, 0)]
    assert [left.file_name for left in at_province.left] == [path.name]
    assert [one.for_root for one in incoming.look(offices.province, path.parent.parent)][:1] == [False]


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

    monkeypatch.setattr(stick, "_packages_in", gone)
    with pytest.raises(StickProblem):
        stick_run.survey(offices.province, offices.stick)


@pytest.mark.parametrize("ask", [stick_run.survey, stick_run.take_and_write, incoming.look, stick_facts.offers])
def test_a_stick_that_was_pulled_is_not_an_empty_one(offices: Offices, ask: Callable[..., object]) -> None:
    both_reported(offices)
    offices.stick.rename(offices.stick.with_name("pulled"))
    with pytest.raises(StickProblem, match="Không mở được") as told:
        ask(offices.province, offices.stick)
    assert "không thay đổi" in told.value.safe
    assert "Cắm lại USB" in told.value.todo


def test_a_stick_pulled_before_the_writing_leaves_what_came_in(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_reported(offices)
    refresh = homeward.refresh

    def pull(office: Office) -> object:
        offices.stick.rename(offices.stick.with_name("pulled"))
        return refresh(office)

    monkeypatch.setattr(homeward, "refresh", pull)
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert len(done.taken) == 2
    assert done.problem is not None
    assert done.written == 0


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data[:500] + b"?" + data[501:], lambda _: b""])
def test_a_damaged_copy_is_read_from_the_other(offices: Offices, harm: Callable[[bytes], bytes]) -> None:
    id_ = both_reported(offices)
    for path in files(offices.stick, "report"):
        path.write_bytes(harm(path.read_bytes()))
    assert stick_run.survey(offices.province, offices.stick).second == 2
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (len(done.taken), done.left) == (2, ())
    assert {result.about for result in done.taken} == {id_}
    assert (done.second, done.mended) == (2, 2)
    for path in files(offices.stick, "report"):
        assert path.parent.name == stick.FOLDER
        assert path.read_bytes() == (path.parent / stick.COPIES / path.name).read_bytes()
    again = stick_run.take_and_write(offices.province, offices.stick)
    assert (again.second, again.mended, again.known) == (0, 0, 2)


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
    assert (done.second, done.mended, lost.exists()) == (1, 1, True)
    assert [(left.file_name, "cụt" in left.what) for left in done.left] == [(bad.name, True)]


@pytest.mark.parametrize("harm", [lambda data: data[:-1] + b"x", None])
def test_a_bad_second_copy_is_written_again_out_of_the_good_first_one(
    offices: Offices, harm: Callable[[bytes], bytes] | None
) -> None:
    both_reported(offices)
    (path, _) = files(offices.stick, "report")
    good, copy = path.read_bytes(), path.parent / stick.COPIES / path.name
    if harm is None:
        copy.unlink()
    else:
        copy.write_bytes(harm(good))
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (len(done.taken), done.second, done.mended, done.renewed) == (2, 0, 0, 1)
    assert path.read_bytes() == copy.read_bytes() == good
    assert stick_run.take_and_write(offices.province, offices.stick).renewed == 0


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


def test_a_stick_that_cannot_be_written_keeps_its_bad_copy_and_says_so(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_reported(offices)
    bad = files(offices.stick, "report")[0]
    bad.write_bytes(bad.read_bytes()[:-1])

    def read_only(*_: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(stick.RealFiles, "write_synced", read_only)
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (len(done.taken), done.second, done.mended) == (2, 1, 0)


def test_a_file_that_stays_as_it_is_is_read_and_verified_once(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_reported(offices)
    checked: list[int] = []
    real = reader.read

    def counted(data: bytes, **given: Any) -> VerifiedPackage:
        checked.append(len(data))
        return real(data, **given)

    monkeypatch.setattr(reader, "read", counted)
    on_stick = len(stick.find_packages(offices.stick))
    incoming.look(offices.province, offices.stick)
    first = len(checked)
    assert first == on_stick
    stick_run.survey(offices.province, offices.stick)
    assert len(checked) == first
    for path in files(offices.stick, "report"):
        path.chmod(0)  # its content is not asked of the stick again
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (len(done.taken), len(checked)) == (2, first + 2)


def test_a_file_that_was_changed_is_read_again(offices: Offices) -> None:
    both_reported(offices)
    stick_run.survey(offices.province, offices.stick)
    path = files(offices.stick, "report")[0]
    whole = path.read_bytes()
    for where in (path, path.parent / stick.COPIES / path.name):
        where.write_bytes(whole[:-1])
    assert [left.file_name for left in stick_run.survey(offices.province, offices.stick).left] == [path.name]
    path.write_bytes(whole)
    assert stick_run.survey(offices.province, offices.stick).left == ()


def test_copies_go_with_the_stick_and_with_the_office(offices: Offices, tmp_path: Path) -> None:
    both_reported(offices)
    incoming.look(offices.province, offices.stick)
    assert list(offices.province.quarantine.iterdir())
    (tmp_path / "empty").mkdir()
    incoming.look(offices.province, tmp_path / "empty")
    assert not list(offices.province.quarantine.iterdir())


def test_only_our_folder_is_looked_at(offices: Offices) -> None:
    """A package beside our folder was put there by somebody: it is taken when an officer chooses it himself."""
    both_reported(offices)
    (ours,) = files(offices.stick, "report")[:1]
    beside = offices.stick / ours.name
    (ours.parent / stick.COPIES / ours.name).unlink()
    ours.rename(beside)
    assert beside not in [seen.path for seen in incoming.look(offices.province, offices.stick)]
    assert len(stick_run.take_and_write(offices.province, offices.stick).taken) == 1
    (seen,) = incoming.look_at(offices.province, [beside])
    assert seen.result is not None
    assert seen.result.new > 0


def test_a_disk_that_takes_no_copy_does_no_harm(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    both_reported(offices)
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.parent == offices.province.quarantine:
            raise OSError(errno.ENOSPC, "full")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert stick_run.survey(offices.province, offices.stick).left == ()
    assert len(stick_run.take_and_write(offices.province, offices.stick).taken) == 2


def test_who_waits_is_served_while_a_package_is_read_and_answered(offices: Offices) -> None:
    """The window lets a save in at each step; in each of these no transaction is open, or one that can be left."""
    both_reported(offices)
    said: list[str] = []
    stick_run.take_and_write(offices.province, offices.stick, Progress(lambda _done, _of, text: said.append(text)))
    for begin, at_least in (("Đang nhập report", 3), ("Đang lập biên nhận", 3)):
        assert said.count(next(text for text in said if text.startswith(begin))) >= at_least, said

"""What comes in on a stick is doubted: keys only through paper, no package twice, nothing half, nothing in our name."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.revisions import Revision
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError, Cancelled, NotFound, ValidationError
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import (
    activities,
    campaigns,
    consolidation,
    doctor,
    incoming,
    mailbox,
    outgoing,
    receipts,
    records,
    stick,
    trusting,
    units,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.custody import NotCustodian
from congdoan_desktop.storage.unit_of_work import UnitOfWork
from tests.services.conftest import (
    OTHER,
    NewOffice,
    Offices,
    activity,
    campaign,
    enrol,
    every_row,
    first_start,
    request,
    unlocked,
)
from tests.services.test_services_main_path import planned, recorded, reported


def sent(offices: Offices) -> tuple[str, Path]:
    """(campaign, the union's first report on the stick)"""
    id_ = planned(offices)
    recorded(offices.union, id_)
    return id_, offices.carry(offices.union, reported(offices, id_))


def test_a_damaged_package_is_refused_and_writes_nothing(offices: Offices) -> None:
    _, path = sent(offices)
    copy = stick.second_copy(path)
    assert copy is not None
    copy.unlink()
    before, whole = every_row(offices.province), path.read_bytes()
    for position in range(0, len(whole), len(whole) // 40):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        with pytest.raises(PackageRefused):
            incoming.apply(offices.province, path)
    assert every_row(offices.province) == before
    assert list(offices.province.quarantine.iterdir()) == []


def test_a_package_for_somebody_else_is_refused(offices: Offices) -> None:
    _, path = sent(offices)
    with pytest.raises(PackageRefused):
        incoming.apply(offices.other, path)


def test_nobody_unknown_is_believed(offices: Offices, new_office: NewOffice) -> None:
    _, path = sent(offices)
    with pytest.raises(PackageRefused):
        incoming.apply(new_office("elsewhere", OTHER), path)


@pytest.mark.parametrize("name", ["missing.cdpkg", "folder.cdpkg"])
def test_a_file_that_cannot_be_read_is_told(name: str, offices: Offices) -> None:
    (offices.stick / "folder.cdpkg").mkdir()
    with pytest.raises(AppError, match=name):
        incoming.apply(offices.province, offices.stick / name)


def test_the_name_of_the_file_means_nothing(offices: Offices) -> None:
    _, path = sent(offices)
    renamed = path.rename(path.with_name("tài liệu & ảnh.cdpkg"))
    assert incoming.apply(offices.province, renamed).new > 0


def test_look_shows_good_and_bad_side_by_side(offices: Offices) -> None:
    _, path = sent(offices)
    (path.parent / "xx.cdpkg").write_bytes(b"PK")
    seen = {one.path.name: one for one in incoming.look(offices.province, offices.stick)}
    assert seen[path.name].result is not None
    assert seen["xx.cdpkg"].refusal is not None


def test_keys_come_in_only_through_the_comparison_on_paper(offices: Offices, new_office: NewOffice) -> None:
    union = new_office("third", first_start("Công đoàn xã Tà Tổng", "CDX-TT"))
    made = trusting.write_enrolment(union)
    path = offices.carry(union, made)
    before = every_row(offices.province)
    with pytest.raises(AppError, match="mã xác thực"):
        incoming.apply(offices.province, path)
    with pytest.raises(trusting.WordsDiffer):
        trusting.approve(offices.province, path, "một hai ba bốn năm sáu bảy tám")
    assert every_row(offices.province) == before
    trusting.approve(offices.province, path, " ".join(trusting.enrolment_words(union, made)))
    answer = trusting.write_trust(offices.province, union.identity.unit)
    path = offices.carry(offices.province, answer)
    with pytest.raises(AppError, match="mã xác thực"):
        incoming.apply(union, path)
    with pytest.raises(ValidationError):
        trusting.accept_trust(union, path)
    with pytest.raises(AppError):
        trusting.accept_trust(union, path, "một hai ba bốn năm sáu bảy tám")
    assert not trusting.is_trusted(union)
    trusting.accept_trust(union, path, " ".join(trusting.root_words(offices.province)))
    assert trusting.is_trusted(union)


def test_nobody_enrols_as_the_province_itself(offices: Offices, new_office: NewOffice) -> None:
    forger = new_office("forger", first_start("Liên đoàn Lao động tỉnh", "LDLD-LC"))
    mine = offices.province.identity.unit
    with forger.write(Right.ISSUE) as work:
        (own,) = work.ledger.revisions(forger.identity.unit)
        work.ledger.add(replace(own, record=mine, unit=mine), None, local=True)
        work.ledger.settle(mine)
    forger.identity = replace(forger.identity, unit=mine)
    made = trusting.write_enrolment(forger)
    path = offices.carry(forger, made)
    with pytest.raises(AppError, match="chính đơn vị ta"):
        trusting.approve(offices.province, path, " ".join(trusting.enrolment_words(forger, made)))


def test_approving_the_same_file_twice_is_no_harm(offices: Offices) -> None:
    made = trusting.write_enrolment(offices.union)
    path, typed = offices.carry(offices.union, made), " ".join(trusting.enrolment_words(offices.union, made))
    for _ in range(2):
        trusting.approve(offices.province, path, typed)
    assert doctor.check(offices.province) == []


def test_a_later_trust_file_needs_no_words_and_counts_at_once(offices: Offices, new_office: NewOffice) -> None:
    third = new_office("third", first_start("Công đoàn xã Tà Tổng", "CDX-TT"))
    enrol(offices.province, third, offices.stick)
    path = offices.carry(offices.province, trusting.write_trust(offices.province, offices.union.identity.unit))
    version = trusting.accept_trust(offices.union, path)
    assert trusting.accept_trust(offices.union, path) == version
    with offices.union.read() as connection:
        tree = offices.union.tree(connection)
    assert tree.parent(third.identity.unit) == offices.province.identity.unit
    assert len(trusting.keys(offices.union)) == 4


def test_an_older_trust_file_is_refused(offices: Offices, new_office: NewOffice) -> None:
    old = offices.carry(offices.province, trusting.write_trust(offices.province, offices.union.identity.unit))
    kept = old.rename(old.with_name("old.cdpkg"))
    enrol(offices.province, new_office("third", first_start("Công đoàn xã Tà Tổng", "CDX-TT")), offices.stick)
    new = offices.carry(offices.province, trusting.write_trust(offices.province, offices.union.identity.unit))
    trusting.accept_trust(offices.union, new)
    with pytest.raises(PackageRefused):
        trusting.accept_trust(offices.union, kept)


def test_other_files_are_named_when_a_key_file_is_wanted(offices: Offices) -> None:
    _, path = sent(offices)
    with pytest.raises(AppError, match="tệp đăng ký"):
        trusting.read_enrolment(offices.province, path)
    with pytest.raises(AppError, match="tệp tin cậy"):
        trusting.accept_trust(offices.province, path)


def with_forged(monkeypatch: pytest.MonkeyPatch, forged: Revision) -> None:
    """Let the next package carry a revision that the sender's own program would not have written."""
    honest = outgoing.revision_lines

    def lines(work: UnitOfWork, *given: Any) -> tuple[dict[str, Any], ...]:
        line = {"line": "revision", "body": forged.body.decode(), "salt": None, "personal": None}
        return (*honest(work, *given), line)

    monkeypatch.setattr(outgoing, "revision_lines", lines)


def revision(office: Office, record: str) -> Revision:
    with office.write(Right.READ) as work:
        return work.ledger.revisions(record)[-1]


def test_a_union_cannot_rewrite_the_provinces_plan(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    plan, union = revision(offices.province, id_), offices.union.identity
    as_itself = replace(
        plan, parents=(plan.hash,), generation=2, unit=union.unit, installation=union.installation,
        facts={**plan.facts, "targets": []}, personal_hash=None,
    )  # fmt: skip
    in_our_name = replace(as_itself, unit=plan.unit, installation=plan.installation)
    for forged in (as_itself, in_our_name):
        with_forged(monkeypatch, forged)
        report = reported(offices, id_)
        result = incoming.apply(offices.province, offices.carry(offices.union, report))
        monkeypatch.undo()
        assert [row.record for row in result.refused] == [id_]
        assert mailbox.result_of(offices.province, report.package_id).refused == result.refused
        assert len(campaigns.get(offices.province, id_).targets) == 1
        receipt = receipts.write_receipt(offices.province, result)
        incoming.apply(offices.union, offices.carry(offices.province, receipt))
        states = {package.id: package.state for package in mailbox.outbox(offices.union)}
        assert states[report.package_id] == handoff.RETURNED


def test_a_broken_row_does_not_keep_the_rest_out(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = planned(offices)
    done, _ = recorded(offices.union, id_)
    sound = revision(offices.union, done)
    with_forged(
        monkeypatch,
        replace(sound, record=sound.record[:-4] + "beef", facts={**sound.facts, "cost": "nhiều"}, personal_hash=None),
    )
    result = incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    assert [row.reason for row in result.refused] == ["nội dung không đúng kiểu"]
    assert len(activities.listing(offices.province)) == 1


def test_what_the_province_gave_down_is_not_edited_below(offices: Offices) -> None:
    id_ = planned(offices)
    given = campaigns.get(offices.union, id_)
    with pytest.raises(NotCustodian):
        campaigns.edit(offices.union, id_, replace(given, title="Kế hoạch khác"))
    with pytest.raises(NotCustodian):
        records.delete(offices.union, id_, "không thích")


def test_what_the_union_keeps_is_not_edited_above(offices: Offices) -> None:
    _, path = sent(offices)
    incoming.apply(offices.province, path)
    (row,) = activities.listing(offices.province)
    assert not row.own
    with pytest.raises(NotCustodian):
        activities.edit(offices.province, row.id, replace(row.activity, participants=31))
    with pytest.raises(NotCustodian):
        activities.add(offices.province, activity(), (row.activity.unit,))


def test_two_packages_for_one_place_are_an_alarm_and_neither_is_chosen(offices: Offices, tmp_path: Path) -> None:
    id_, first = sent(offices)
    incoming.apply(offices.province, first)
    twin = tmp_path / "twin"
    offices.union.close()
    shutil.copytree(offices.union.folder, twin)
    offices.union = unlocked(offices.union.folder)
    copy = unlocked(twin)
    incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    units.add(copy, name="CĐCS lạ", short_name="", code="CDCS-LA", kind="doanh_nghiep")
    forked = offices.carry(copy, outgoing.make_report(copy, request(id_), offices.province.identity.unit)[0])
    copy.close()
    before = doctor.digest(offices.province)
    for _ in range(2):
        assert incoming.apply(offices.province, forked).fork
    assert doctor.digest(offices.province) == before
    kept = [package for package in incoming.inbox(offices.province) if package.state == handoff.KEPT]
    assert len(kept) == 1
    for change in (incoming.withdraw, incoming.lift_withdrawal):
        with pytest.raises(NotFound):
            change(offices.province, kept[0].package_id)


def test_withdrawing_what_never_came_is_told(offices: Offices) -> None:
    with pytest.raises(NotFound):
        incoming.withdraw(offices.province, "0" * 64)


def test_a_cancelled_import_keeps_nothing(offices: Offices) -> None:
    _, path = sent(offices)
    token = CancelToken()
    token.cancel()
    before = every_row(offices.province)
    with pytest.raises(Cancelled):
        incoming.apply(offices.province, path, Progress(token=token))
    assert every_row(offices.province) == before


def test_figures_and_records_that_differ_are_shown(offices: Offices) -> None:
    id_, path = sent(offices)
    result = incoming.apply(offices.province, path)
    with offices.province.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM p_activity")
    (target,) = consolidation.consolidate(offices.province, id_)
    assert any(line.differs for line in target.lines)
    assert result.by_type["activity"] == 1


def test_the_campaign_of_another_union_is_nobody_elses(offices: Offices) -> None:
    id_ = campaign(offices.union)
    assert campaigns.get(offices.union, id_).unit == offices.union.identity.unit
    with pytest.raises(NotFound):
        campaigns.get(offices.other, id_)


def test_nobody_is_blamed_for_what_others_sent_about_his_records(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, path = sent(offices)
    incoming.apply(offices.province, path)
    (row,) = activities.listing(offices.union)
    mine, stranger = revision(offices.union, row.id), offices.other.identity
    plan = outgoing.make_plan(offices.province, id_, stranger.unit)
    incoming.apply(offices.other, offices.carry(offices.province, plan))
    with_forged(monkeypatch, replace(mine, unit=mine.unit, installation=stranger.installation, personal_hash=None))
    theirs = outgoing.make_report(offices.other, request(id_), offices.province.identity.unit)[0]
    monkeypatch.undo()
    assert incoming.apply(offices.province, offices.carry(offices.other, theirs)).refused != ()
    report = reported(offices, id_)
    result = incoming.apply(offices.province, offices.carry(offices.union, report))
    assert result.refused == ()
    assert mailbox.result_of(offices.province, report.package_id).refused == ()


def test_a_stick_shows_what_this_office_wrote_itself(offices: Offices) -> None:
    made = outgoing.make_plan(offices.province, campaign(offices.province), offices.union.identity.unit)
    offices.carry(offices.province, made)
    (seen,) = incoming.look(offices.province, offices.stick)
    assert (seen.result, seen.own) == (None, True)
    (seen,) = incoming.look(offices.union, offices.stick)
    assert seen.refusal is None
    assert not seen.own

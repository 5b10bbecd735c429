"""Several officers of one computer, the chair's confirmation, a renewed key, a root with two holders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.roles import Role
from congdoan_desktop.errors import AppError, NotAllowed, NotFound, ValidationError
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from congdoan_desktop.services import (
    chair_asked,
    confirming,
    doctor,
    incoming,
    key_changes,
    key_renewal,
    mailbox,
    opening,
    outgoing,
    root_holders,
    second_computer,
    staff,
    stick_run,
    trusting,
)
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.confirming import ChairMissing
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.trusting import WordsDiffer
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.keyring import WrongPassphrase
from congdoan_desktop.storage.rows import OfficerKey
from tests.services.conftest import PASSPHRASE, PROVINCE, NewOffice, Offices, as_role, every_row, fixed_clock, request
from tests.services.test_services_main_path import planned, recorded, reported

CLERK = NewOfficer("Lò Văn Thử", "Cán bộ văn phòng", Role.OFFICER, "ruong bac thang", "ruong bac thang")
DEPUTY = NewOfficer("Vàng A Mẫu", "Phó Chủ tịch", Role.CHAIR, "ruong bac thang", "ruong bac thang")


@contextmanager
def at_desk(office: Office, form: NewOfficer) -> Iterator[Office]:
    """The office, closed and opened by a colleague; closed again afterwards."""
    office.close()
    door = doors.door(office.folder)
    assert door is not None
    slot = next(slot for slot, name in door.officers if name == form.officer_name)
    opened = opening.unlock(office.folder, slot, form.passphrase, clock=fixed_clock())
    try:
        yield opened
    finally:
        opened.close()


def own(office: Office) -> Office:
    """The office as its founder opens it again."""
    door = doors.door(office.folder)
    assert door is not None
    for slot, _ in door.officers:
        try:
            return opening.unlock(office.folder, slot, PASSPHRASE, clock=fixed_clock())
        except WrongPassphrase:
            continue
    raise AssertionError


def admitted(offices: Offices) -> None:
    """The union's enrolment with all its officers walks up, the list walks home."""
    made = trusting.write_enrolment(offices.union)
    path = offices.carry(offices.union, made)
    trusting.approve(offices.province, path, " ".join(trusting.enrolment_words(offices.union, made)))
    home = offices.carry(offices.province, trusting.write_trust(offices.province, offices.union.identity.unit))
    trusting.accept_trust(offices.union, home)


@pytest.fixture
def with_clerk(offices: Offices, cheap_kdf: KdfCost) -> Offices:
    staff.add(offices.union, CLERK, cost=cheap_kdf)
    return offices


def test_a_colleague_opens_with_a_passphrase_and_signs_with_keys_of_his_own(with_clerk: Offices) -> None:
    offices = with_clerk
    id_ = planned(offices)
    recorded(offices.union, id_)
    assert [(one.name, one.standing) for one in staff.listing(offices.union)] == [
        ("Lò Thị Hoa", staff.TRUSTED), (CLERK.officer_name, staff.UNKNOWN),
    ]  # fmt: skip
    with at_desk(offices.union, CLERK) as clerk:
        early = offices.carry(clerk, reported(replace(offices, union=clerk), id_))
    with pytest.raises(PackageRefused) as caught:
        incoming.apply(offices.province, early)
    assert caught.value.reason is Reason.UNKNOWN_KEY
    offices.union = own(offices.union)
    admitted(offices)
    assert incoming.apply(offices.province, early).officer == CLERK.officer_name
    assert [one.standing for one in staff.listing(offices.union)] == [staff.TRUSTED] * 2
    assert len([key for key in trusting.keys(offices.province) if key.unit_name == "Công đoàn xã Mường Kim"]) == 2
    assert doctor.check(offices.province) == []


def test_a_further_officer_moves_no_union_and_needs_the_paper(with_clerk: Offices) -> None:
    offices = with_clerk
    made = trusting.write_enrolment(offices.union)
    path = offices.carry(offices.union, made)
    seen = trusting.read_enrolment(offices.province, path)
    assert (seen.already, seen.vouched) == (False, False)
    assert seen.officers == ("Lò Thị Hoa, Chủ tịch", "Lò Văn Thử, Cán bộ văn phòng")
    with pytest.raises(WordsDiffer):
        trusting.approve(offices.province, path, "một hai ba bốn năm sáu bảy tám")
    with pytest.raises(key_renewal.NotVouched):
        key_renewal.admit(offices.province, path)
    with offices.province.read() as connection:
        before = len(offices.province.tree(connection).events)
    trusting.approve(offices.province, path, " ".join(trusting.enrolment_words(offices.union, made)))
    with offices.province.read() as connection:
        assert len(offices.province.tree(connection).events) == before


def test_what_a_scanner_types_is_the_sheet_s_word(with_clerk: Offices) -> None:
    offices = with_clerk
    made = trusting.write_enrolment(offices.union)
    path, typed = offices.carry(offices.union, made), " ".join(trusting.enrolment_words(offices.union, made))
    with pytest.raises(WordsDiffer):
        trusting.approve(offices.province, path, f"enrolment {'0' * 64} {typed}")
    trusting.approve(offices.province, path, f"enrolment {made.package_id} {typed}")
    assert trusting.read_enrolment(offices.province, path).already


BAD_OFFICERS = {
    "no name": replace(CLERK, officer_name=" "),
    "no title": replace(CLERK, officer_title=""),
    "no role": replace(CLERK, role="king"),
    "a short passphrase": replace(CLERK, passphrase="ngắn", passphrase_again="ngắn"),
    "two passphrases": replace(CLERK, passphrase_again="ruong bac thang!"),
}


@pytest.mark.parametrize("case", BAD_OFFICERS)
def test_an_officer_who_is_half_described_is_refused(case: str, offices: Offices, cheap_kdf: KdfCost) -> None:
    before = every_row(offices.union)
    with pytest.raises(ValidationError):
        staff.add(offices.union, BAD_OFFICERS[case], cost=cheap_kdf)
    assert every_row(offices.union) == before


def test_nine_officers_are_all(offices: Offices, cheap_kdf: KdfCost) -> None:
    for number in range(8):
        staff.add(offices.union, replace(CLERK, officer_name=f"Cán bộ {number}"), cost=cheap_kdf)
    with pytest.raises(AppError, match="đã có 9 cán bộ"):
        staff.add(offices.union, CLERK, cost=cheap_kdf)
    door = doors.door(offices.union.folder)
    assert door is not None
    assert len(door.officers) == 9


def test_who_left_opens_nothing_and_what_he_did_stays(with_clerk: Offices) -> None:
    offices = with_clerk
    gone = staff.listing(offices.union)[1]
    staff.remove(offices.union, gone.id)
    door = doors.door(offices.union.folder)
    assert door is not None
    assert CLERK.officer_name not in {name for _, name in door.officers}
    with pytest.raises(WrongPassphrase):
        opening.unlock(offices.union.folder, gone.id, CLERK.passphrase)
    with pytest.raises(NotFound):
        staff.remove(offices.union, gone.id)
    with pytest.raises(AppError, match="chính mình"):
        staff.remove(offices.union, offices.union.identity.officer.id)
    with pytest.raises(NotAllowed):
        staff.remove(as_role(offices.union, Role.OFFICER), gone.id)


# The chair's confirmation


def test_where_the_province_asks_nothing_leaves_without_the_chair(with_clerk: Offices) -> None:
    offices = with_clerk
    id_ = planned(offices)
    recorded(offices.union, id_)
    admitted(offices)
    chair_asked.ask(offices.province, True)
    stick_run.take_and_write(offices.province, offices.stick)
    stick_run.take_and_write(offices.union, offices.stick)
    with at_desk(offices.union, CLERK) as clerk:
        package = reported(replace(offices, union=clerk), id_)
        assert confirming.of(clerk, package).wanted
        with pytest.raises(ChairMissing):
            offices.carry(clerk, package)
        run = stick_run.take_and_write(clerk, offices.stick)
        assert package.file_name in {left.file_name for left in run.left}
        assert run.problem is None
        with pytest.raises(NotAllowed):
            confirming.confirm(clerk, package.package_id)
        data = (clerk.outbox / package.file_name).read_bytes()
    stolen = offices.stick / package.file_name
    stolen.write_bytes(data)
    with pytest.raises(PackageRefused) as caught:
        incoming.apply(offices.province, stolen)
    assert caught.value.reason is Reason.NO_CHAIR
    stolen.unlink()
    offices.union = own(offices.union)
    assert confirming.of(offices.union, package).can_confirm
    done = confirming.confirm(offices.union, package.package_id)
    assert (done.signers, done.wanted, done.can_confirm) == (
        ("Lò Văn Thử, Cán bộ văn phòng", "Lò Thị Hoa, Chủ tịch"), False, False,
    )  # fmt: skip
    result = incoming.apply(offices.province, offices.carry(offices.union, package))
    assert (result.officer, result.confirmed_by) == ("Lò Văn Thử", ("Lò Thị Hoa, Chủ tịch",))


def test_what_was_written_before_is_written_again_with_the_confirmation(with_clerk: Offices) -> None:
    offices = with_clerk
    id_ = planned(offices)
    recorded(offices.union, id_)
    with at_desk(offices.union, CLERK) as clerk:
        package = reported(replace(offices, union=clerk), id_)
        offices.carry(clerk, package)
    offices.union = own(offices.union)
    confirming.confirm(offices.union, package.package_id)
    confirming.confirm(offices.union, package.package_id)
    assert [sent.state for sent in mailbox.outbox(offices.union) if sent.id == package.package_id] == [handoff.MADE]
    made = trusting.write_enrolment(offices.union)
    with pytest.raises(AppError, match="không cần"):
        confirming.confirm(offices.union, made.package_id)
    with pytest.raises(NotFound):
        confirming.confirm(offices.union, "0" * 64)


def test_the_province_alone_asks_and_can_ask_no_more(offices: Offices) -> None:
    with pytest.raises(key_changes.NotTheRoot):
        chair_asked.ask(offices.union, True)
    first = chair_asked.ask(offices.province, True)
    assert chair_asked.ask(offices.province, True) == first
    assert chair_asked.is_asked(offices.province)
    chair_asked.ask(offices.province, False)
    assert not chair_asked.is_asked(offices.province)
    id_ = planned(offices)
    recorded(offices.union, id_)
    assert incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_))).new


# A renewed key


def test_the_old_key_vouches_for_the_new_and_the_union_goes_on(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    before = offices.union.identity.key
    path = offices.carry(offices.union, key_renewal.begin(offices.union))
    under_way = offices.carry(offices.union, reported(offices, id_))
    assert trusting.read_enrolment(offices.province, path).vouched
    key_renewal.admit(offices.province, path)
    assert key_renewal.admit(offices.province, path).already
    incoming.apply(offices.province, under_way)
    answer = trusting.write_trust(offices.province, offices.union.identity.unit)
    trusting.accept_trust(offices.union, offices.carry(offices.province, answer))
    after = offices.union.identity.key
    assert (after.key_id != before.key_id, after.age_secret) == (True, before.age_secret)
    offices.union = offices.reopen(offices.union)
    assert offices.union.identity.key == after
    incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    key_changes.revoke(offices.province, before.key_id)
    incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    assert doctor.check(offices.province) == []


def renewed(offices: Offices) -> OfficerKey:
    """The union has changed to a new key; the key before it."""
    before = offices.union.identity.key
    key_renewal.admit(offices.province, offices.carry(offices.union, key_renewal.begin(offices.union)))
    answer = trusting.write_trust(offices.province, offices.union.identity.unit)
    trusting.accept_trust(offices.union, offices.carry(offices.province, answer))
    return before


def counting(office: Office, key_id: str) -> bool:
    assert office.trust is not None
    return any(key.key_id == key_id and key.revoked_from is None for key in office.trust.keys)


def test_the_old_key_gives_itself_up_and_what_it_signed_still_counts(offices: Offices, tmp_path: Path) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    first = reported(offices, id_)
    before = renewed(offices)
    (ending,) = [one for one in outgoing.outbox(offices.union) if one.kind == "enrolment" and one.state == handoff.MADE]
    assert key_renewal.gives_up(offices.union, ending.package_id)
    second = reported(offices, id_)
    path = offices.carry(offices.union, ending)
    seen = trusting.read_enrolment(offices.province, path)
    assert (seen.vouched, seen.gives_up, seen.already) == (True, True, False)
    assert path.name not in {left.file_name for left in stick_run.survey(offices.province, offices.stick).left}
    run = stick_run.take_and_write(offices.province, offices.stick)
    assert run.given_up == 1
    assert not counting(offices.province, before.key_id)
    assert stick_run.take_and_write(offices.province, offices.stick).given_up == 0
    stick_run.take_and_write(offices.union, offices.stick)
    assert not counting(offices.union, before.key_id)
    assert not key_renewal.gives_up(offices.union, ending.package_id)
    assert {one.state for one in outgoing.outbox(offices.union) if one.kind == "enrolment"} == {handoff.RECEIVED}
    for package in (first, second, reported(offices, id_)):  # by the old key before its end, and by the new one
        assert incoming.apply(offices.province, offices.carry(offices.union, package)).refused == ()
    old = replace(offices.union, identity=replace(offices.union.identity, key=before))
    forged = outgoing.make_report(old, request(id_), offices.province.identity.unit)[0]
    path = tmp_path / forged.file_name
    path.write_bytes((old.outbox / forged.file_name).read_bytes())
    with pytest.raises(PackageRefused) as caught:
        incoming.apply(offices.province, path)
    assert caught.value.reason is Reason.REVOKED


def test_a_colleague_s_old_key_ends_with_it(with_clerk: Offices) -> None:
    """Whoever is at the desk when the list comes home: each key that was renewed gives itself up."""
    offices = with_clerk
    admitted(offices)
    with at_desk(offices.union, CLERK) as clerk:
        old = clerk.identity.key.key_id
        package = key_renewal.begin(clerk)
        key_renewal.admit(offices.province, offices.carry(clerk, package))
    offices.union = own(offices.union)
    stick_run.take_and_write(offices.province, offices.stick)
    stick_run.take_and_write(offices.union, offices.stick)
    assert stick_run.take_and_write(offices.province, offices.stick).given_up == 1
    assert not counting(offices.province, old)
    assert counting(offices.province, offices.union.identity.key.key_id)


def test_until_the_list_comes_the_old_key_signs_and_a_second_file_names_the_same_key(offices: Offices) -> None:
    before = offices.union.identity.key
    files = [offices.carry(offices.union, key_renewal.begin(offices.union)) for _ in range(2)]
    assert offices.union.identity.key == before
    for path in files:
        key_renewal.admit(offices.province, path)
    keys = [key for key in trusting.keys(offices.province) if key.unit_name == "Công đoàn xã Mường Kim"]
    assert len(keys) == 2


def test_a_revoked_key_vouches_for_nothing(offices: Offices) -> None:
    path = offices.carry(offices.union, key_renewal.begin(offices.union))
    key_changes.revoke(offices.province, offices.union.identity.key.key_id)
    assert not trusting.read_enrolment(offices.province, path).vouched
    with pytest.raises(key_renewal.NotVouched):
        key_renewal.admit(offices.province, path)
    answer = trusting.write_trust(offices.province, offices.other.identity.unit)
    trusting.accept_trust(offices.other, offices.carry(offices.province, answer))


def test_the_root_and_who_never_enrolled_renew_otherwise(offices: Offices) -> None:
    with pytest.raises(AppError, match="khoá gốc"):
        key_renewal.begin(offices.province)
    offices.union.trust = None
    with pytest.raises(AppError, match="chưa được công nhận"):
        key_renewal.begin(offices.union)


# A root with two holders


def test_a_second_holder_takes_over_the_root_and_all_follow(offices: Offices, cheap_kdf: KdfCost) -> None:
    staff.add(offices.province, DEPUTY, cost=cheap_kdf)
    assert not root_holders.may_take(offices.province)
    words = trusting.root_words(offices.province)
    with at_desk(offices.province, DEPUTY) as deputy:
        with pytest.raises(key_changes.NotTheRoot):
            key_changes.revoke(deputy, offices.other.identity.key.key_id)
        assert root_holders.may_take(deputy)
        assert root_holders.take_over(deputy) != words
        key_changes.revoke(deputy, offices.other.identity.key.key_id)
        stick_run.take_and_write(deputy, offices.stick)
        expected = deputy.trust
    stick_run.take_and_write(offices.union, offices.stick)
    assert offices.union.trust == expected
    offices.province = own(offices.province)
    id_ = planned(offices)
    recorded(offices.union, id_)
    assert incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_))).new
    assert root_holders.may_take(offices.province)


def test_only_who_manages_at_the_root_s_computer_takes_over(offices: Offices, tmp_path: Path) -> None:
    for office in (offices.union, offices.province):
        with pytest.raises(AppError, match="không nằm ở máy này"):
            root_holders.take_over(office)
    with pytest.raises(NotAllowed):
        root_holders.take_over(as_role(offices.province, Role.OFFICER))


@pytest.fixture
def second_of_the_province(offices: Offices, new_office: NewOffice) -> Office:
    """The province's other computer, admitted and with the newest list."""
    new = new_office("province-2", replace(PROVINCE, officer_name="Vàng A Mẫu", officer_title="Phó Chủ tịch"))
    unit = offices.province.identity.unit
    made = trusting.write_enrolment(new)
    words = " ".join(trusting.enrolment_words(new, made))
    second_computer.admit(offices.province, offices.carry(new, made), words, unit)
    answer = offices.carry(offices.province, trusting.write_trust(offices.province, unit))
    second_computer.join(new, answer, " ".join(trusting.root_words(offices.province)))
    return new


def listed_at(offices: Offices, taker: Office) -> None:
    stick_run.take_and_write(offices.province, offices.stick)
    stick_run.take_and_write(taker, offices.stick)


def test_a_named_holder_takes_over_from_another_computer(offices: Offices, second_of_the_province: Office) -> None:
    second, lost = second_of_the_province, offices.province.identity.key.key_id
    assert not root_holders.may_take(second)
    (one,) = root_holders.candidates(offices.province)
    assert (one.officer, one.named) == ("Vàng A Mẫu", False)
    root_holders.appoint(offices.province, [one.key_id])
    listed_at(offices, second)
    assert [holder.named for holder in root_holders.candidates(second)] == [True]
    assert root_holders.may_take(second)
    assert not root_holders.may_take(offices.union)
    root_holders.take_over(second)
    key_changes.revoke(second, lost)
    stick_run.take_and_write(second, offices.stick)
    stick_run.take_and_write(offices.union, offices.stick)
    assert offices.union.trust == second.trust
    assert offices.union.trust is not None
    assert offices.union.trust.root_digest.hex() == second.identity.key.key_id
    assert root_holders.candidates(second) == []


def test_a_mandate_ends_when_it_is_taken_back(offices: Offices, second_of_the_province: Office) -> None:
    """Whoever keeps the old list takes over for himself alone: who has the new one follows another root."""
    second, before = second_of_the_province, trusting.root_words(offices.province)
    (one,) = root_holders.candidates(offices.province)
    root_holders.appoint(offices.province, [one.key_id])
    listed_at(offices, second)
    root_holders.appoint(offices.province, [])
    assert trusting.root_words(offices.province) != before
    listed_at(offices, offices.union)
    root_holders.take_over(second)
    made = next(one for one in mailbox.outbox(second) if one.kind == "trust")
    path = outgoing.write_to_stick(second, made.id, offices.stick).path
    with pytest.raises(PackageRefused) as caught:
        trusting.accept_trust(offices.union, path)
    assert caught.value.reason is Reason.TRUST_ROOT


def test_a_new_root_names_whom_the_old_one_had_named(offices: Offices, second_of_the_province: Office) -> None:
    second = second_of_the_province
    (one,) = root_holders.candidates(offices.province)
    root_holders.appoint(offices.province, [one.key_id])
    words = key_changes.rotate_root(offices.province)
    listed_at(offices, second)
    assert root_holders.may_take(second)
    key_changes.revoke(offices.province, one.key_id)
    assert trusting.root_words(offices.province) != words, "its mandate holds no more"
    assert root_holders.candidates(offices.province) == []
    with pytest.raises(NotFound):
        root_holders.appoint(offices.province, [one.key_id])
    with pytest.raises(AppError, match="chưa chỉ định"):
        root_holders.take_over(offices.union)


def test_only_the_root_names_holders(offices: Offices, second_of_the_province: Office) -> None:
    for office in (offices.union, second_of_the_province):
        with pytest.raises(key_changes.NotTheRoot):
            root_holders.appoint(office, [])
    with pytest.raises(NotFound):
        root_holders.appoint(offices.province, [offices.union.identity.key.key_id])

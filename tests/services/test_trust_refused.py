"""What must not change whom we believe: a list that nobody signed, a root that lies elsewhere or would be lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.names import TRUST_BODY
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.services import (
    homeward,
    incoming,
    key_renewal,
    mailbox,
    opening,
    root_holders,
    second_computer,
    staff,
    stick_facts,
    trusting,
    units,
)
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.outgoing import Content, send
from tests.services.conftest import (
    PASSPHRASE,
    PROVINCE,
    UNION,
    NewOffice,
    Offices,
    every_row,
    first_start,
    fixed_clock,
)
from tests.services.newer_program import newer_program

THIRD = first_start("Công đoàn xã Tà Tổng", "CDX-TT")
DEPUTY = NewOfficer("Giàng A Páo", "Phó Chủ tịch", "chair", PASSPHRASE, PASSPHRASE)


def asked(offices: Offices, new: Office) -> tuple[Path, str]:
    """(the file, the words of its sheet) of a computer that asks for admission."""
    made = trusting.write_enrolment(new)
    return offices.carry(new, made), " ".join(trusting.enrolment_words(new, made))


@pytest.fixture
def second(offices: Offices, new_office: NewOffice) -> Office:
    """The province's other computer, with the newest list."""
    new = new_office("province-2", PROVINCE)
    second_computer.admit(offices.province, *asked(offices, new), offices.province.identity.unit)
    made = homeward.refresh(offices.province)
    assert made is not None
    root = " ".join(trusting.root_words(offices.province))
    second_computer.join(new, offices.carry(offices.province, made), root)
    return new


def test_where_the_root_does_not_lie_the_list_is_not_gone_on_with(
    offices: Offices, second: Office, new_office: NewOffice
) -> None:
    path, words = asked(offices, new_office("third", THIRD))
    before, held = every_row(second), second.trust
    with pytest.raises(AppError, match="nằm ở máy khác"):
        trusting.approve(second, path, words)
    renewed = offices.carry(offices.union, key_renewal.begin(offices.union))
    with pytest.raises(AppError, match="nằm ở máy khác"):
        key_renewal.admit(second, renewed)
    assert (every_row(second), second.trust) == (before, held)


def test_at_the_root_s_computer_a_colleague_admits_too(
    offices: Offices, new_office: NewOffice, cheap_kdf: KdfCost
) -> None:
    deputy = staff.add(offices.province, DEPUTY, cost=cheap_kdf)
    path, words = asked(offices, third := new_office("third", THIRD))
    offices.province.close()
    offices.province = opening.unlock(offices.province.folder, deputy, PASSPHRASE, clock=fixed_clock())
    trusting.approve(offices.province, path, words)
    assert offices.province.trust is not None
    assert offices.province.trust.unit(third.identity.unit) is not None


def test_a_computer_is_admitted_once_by_words_or_by_scanner(offices: Offices, new_office: NewOffice) -> None:
    made = trusting.write_enrolment(new := new_office("second", UNION))
    path, words = offices.carry(new, made), " ".join(trusting.enrolment_words(new, made))
    unit = offices.union.identity.unit
    with pytest.raises(trusting.WordsDiffer):
        second_computer.admit(offices.province, path, f"enrolment {'0' * 64} {words}", unit)
    second_computer.admit(offices.province, path, f"enrolment {made.package_id} {words}", unit)
    before = every_row(offices.province)
    second_computer.admit(offices.province, path, words, unit)
    assert every_row(offices.province) == before


def test_a_list_that_names_the_root_and_is_not_signed_by_it_moves_no_computer(
    offices: Offices, new_office: NewOffice
) -> None:
    new, thief = new_office("second", UNION), new_office("thief", THIRD)
    assert offices.province.trust is not None
    entry = offices.province.trust.unit(offices.union.identity.unit)
    assert entry is not None
    forged = offices.province.trust.with_unit(entry, (replace(trusting.own_key(new), unit=entry.unit),))
    with thief.write(Right.ISSUE) as work:
        made = send(thief, work, Content("trust", None, (), clear={TRUST_BODY: forged.to_bytes()}))
    path, before = offices.carry(thief, made), every_row(new)
    with pytest.raises(PackageRefused):
        second_computer.join(new, path, " ".join(trusting.root_words(offices.province)))
    assert (every_row(new), new.identity.unit == entry.unit, new.trust) == (before, False, None)


def test_whoever_holds_the_root_is_not_removed_before_it_has_another_holder(
    offices: Offices, cheap_kdf: KdfCost
) -> None:
    deputy, founder = staff.add(offices.province, DEPUTY, cost=cheap_kdf), offices.province.identity.officer.id
    offices.province.close()
    offices.province = opening.unlock(offices.province.folder, deputy, PASSPHRASE, clock=fixed_clock())
    with pytest.raises(AppError, match="giữ khoá gốc"):
        staff.remove(offices.province, founder)
    assert len(staff.listing(offices.province)) == 2
    root_holders.take_over(offices.province)
    staff.remove(offices.province, founder)
    assert [one.id for one in staff.listing(offices.province)] == [deputy]
    assert staff.root_secret(offices.province) is not None


def test_an_enrolment_by_a_newer_program_hides_no_other_file(offices: Offices, new_office: NewOffice) -> None:
    with newer_program("unit"):
        asked(offices, new_office("newer", first_start("Công đoàn xã Mới", "CDX-M")))
    path, _ = asked(offices, new_office("third", THIRD))
    assert [seen.path for seen in stick_facts.offers(offices.province, offices.stick).enrolments] == [path]


def test_where_a_union_stands_and_who_is_trusted_is_not_withdrawn(offices: Offices) -> None:
    above = units.upper(offices.union)
    for office in (offices.union, offices.province):
        for got in mailbox.inbox(office):
            with pytest.raises(AppError, match="không rút lại được"):
                incoming.withdraw(office, got.id)
    assert units.upper(offices.union) == above == offices.province.identity.unit

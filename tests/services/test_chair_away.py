"""The chair's computer is another one: the package walks there on a stick, is read, signed, and walks back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.roles import Role
from congdoan_desktop.errors import AppError, NotAllowed
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from congdoan_desktop.services import (
    chair_asked,
    chair_away,
    confirming,
    incoming,
    key_changes,
    outgoing,
    second_computer,
    staff,
    stick,
    stick_run,
    trusting,
)
from congdoan_desktop.services.chair_away import Turn
from congdoan_desktop.services.confirming import ChairMissing
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.storage import handoff, rows
from tests.services.conftest import UNION, NewOffice, Offices, as_role, every_row
from tests.services.test_services_main_path import planned, recorded, reported

CLERK = NewOfficer("Lò Văn Thử", "Cán bộ văn phòng", Role.OFFICER, "ruong bac thang", "ruong bac thang")


def as_clerk(office: Office) -> Office:
    """The office with the clerk at its desk."""
    with office.read() as connection:
        who = next(one for one in rows.officers(connection) if one.name == CLERK.officer_name)
        key = next(one for one in rows.officer_keys(connection) if one.officer == who.id)
    return replace(office, identity=replace(office.identity, officer=who, key=key))


def list_home(offices: Offices, office: Office) -> None:
    home = offices.carry(offices.province, trusting.write_trust(offices.province, office.identity.unit))
    trusting.accept_trust(office, home)


class Union:
    """The clerk's computer with a report that waits for the chair, who works at another one."""

    def __init__(self, offices: Offices, chair: Office) -> None:
        self.offices, self.chair = offices, chair
        self.clerk = as_clerk(offices.union)
        self.package = reported(replace(offices, union=self.clerk), self._plan())

    def _plan(self) -> str:
        id_ = planned(self.offices)
        recorded(self.offices.union, id_)
        return id_

    @property
    def id(self) -> str:
        return self.package.package_id

    def carried(self) -> Path:
        return chair_away.carry(self.clerk, self.id, self.offices.stick)


@pytest.fixture
def union(offices: Offices, new_office: NewOffice, cheap_kdf: KdfCost) -> Union:
    province, unit = offices.province, offices.union.identity.unit
    staff.add(offices.union, CLERK, cost=cheap_kdf)
    made = trusting.write_enrolment(offices.union)
    words = " ".join(trusting.enrolment_words(offices.union, made))
    trusting.approve(province, offices.carry(offices.union, made), words)
    chair = new_office("chair", replace(UNION, officer_name="Vàng Thị Mẫu", officer_title="Phó Chủ tịch"))
    asked = trusting.write_enrolment(chair)
    words = " ".join(trusting.enrolment_words(chair, asked))
    second_computer.admit(province, offices.carry(chair, asked), words, unit)
    chair_asked.ask(province, True)
    answer = offices.carry(province, trusting.write_trust(province, unit))
    second_computer.join(chair, answer, " ".join(trusting.root_words(province)))
    list_home(offices, offices.union)
    return Union(offices, chair)


def test_the_chair_signs_at_another_computer_and_the_package_leaves(union: Union) -> None:
    offices, clerk, chair = union.offices, union.clerk, union.chair
    asked = confirming.of(clerk, union.package)
    assert (asked.wanted, asked.can_confirm, asked.can_carry) == (True, False, True)
    before = every_row(chair)
    path = union.carried()
    assert path.parent == offices.stick / "CONGDOAN" / "CHO-KY"
    assert [one.state for one in outgoing.outbox(clerk) if one.package_id == union.id] == [handoff.MADE]
    (seen,) = [one.carried for one in incoming.look(chair, offices.stick) if one.carried]
    assert (seen.turn, seen.officer, seen.receiver) == (
        Turn.SIGN, "Lò Văn Thử, Cán bộ văn phòng", "Liên đoàn Lao động tỉnh Lai Châu",
    )  # fmt: skip
    assert [figure[1:] for figure in seen.figures] == [(1, 1)]
    assert seen.pdf is not None
    assert seen.pdf.startswith(b"%PDF")
    assert every_row(chair) == before
    assert path.name in {left.file_name for left in stick_run.take_and_write(chair, offices.stick).left}
    signed = chair_away.sign(chair, path)
    assert (signed.turn, signed.signers[1:]) == (Turn.SIGNED, ("Vàng Thị Mẫu, Phó Chủ tịch",))
    assert stick_run.survey(clerk, offices.stick).signed == 1
    run = stick_run.take_and_write(clerk, offices.stick)
    assert (run.signed, run.problem) == (1, None)
    assert not path.exists()
    assert not confirming.of(clerk, union.package).wanted
    (way,) = [one for one in stick.find_packages(offices.stick) if one.name == union.package.file_name]
    result = incoming.apply(offices.province, way)
    assert (result.officer, result.confirmed_by) == ("Lò Văn Thử", ("Vàng Thị Mẫu, Phó Chủ tịch",))


def test_a_copy_that_nobody_signed_brings_nothing(union: Union) -> None:
    union.carried()
    run = stick_run.take_and_write(union.clerk, union.offices.stick)
    assert run.signed == 0
    assert confirming.of(union.clerk, union.package).wanted
    with pytest.raises(ChairMissing):
        outgoing.write_to_stick(union.clerk, union.id, union.offices.stick)


def test_a_file_from_elsewhere_is_signed_where_it_lies(union: Union, tmp_path: Path) -> None:
    """A file out of an e-mail: no stick, no folder of ours."""
    mailed = tmp_path / "mailed.cdpkg"
    mailed.write_bytes(union.carried().read_bytes())
    (seen,) = incoming.look_at(union.chair, [mailed])
    assert seen.carried is not None
    chair_away.sign(union.chair, mailed)
    (back,) = incoming.look_at(union.clerk, [mailed])
    assert back.carried is not None
    assert back.carried.turn is Turn.HOME
    assert not chair_away.bring_home(union.clerk, mailed).wanted
    assert mailed.exists()


def test_only_a_chair_whose_key_counts_signs(union: Union) -> None:
    path = union.carried()
    for office in (as_role(union.chair, Role.OFFICER), as_role(union.chair, Role.VIEWER)):
        found = chair_away.look(office, path)
        assert found is not None
        assert found.turn is Turn.NOT_OURS
        with pytest.raises(NotAllowed):
            chair_away.sign(office, path)
    union.chair.trust = key_changes.revoke(union.offices.province, union.chair.identity.key.key_id)
    before = path.read_bytes()
    with pytest.raises(AppError, match="không chờ"):
        chair_away.sign(union.chair, path)
    assert path.read_bytes() == before


def test_a_signature_by_a_revoked_key_does_not_come_home(union: Union) -> None:
    path = union.carried()
    chair_away.sign(union.chair, path)
    key_changes.revoke(union.offices.province, union.chair.identity.key.key_id)
    list_home(union.offices, union.offices.union)
    union.clerk = as_clerk(union.offices.union)
    before = (union.clerk.outbox / union.package.file_name).read_bytes()
    with pytest.raises(PackageRefused) as caught:
        chair_away.bring_home(union.clerk, path)
    assert caught.value.reason is Reason.REVOKED
    assert (union.clerk.outbox / union.package.file_name).read_bytes() == before
    run = stick_run.take_and_write(union.clerk, union.offices.stick)
    assert (run.signed, path.name in {left.file_name for left in run.left}) == (0, True)


def test_packages_of_others_are_nothing_to_sign(union: Union) -> None:
    path = union.carried()
    assert chair_away.look(union.offices.other, path) is None
    assert [one for one in incoming.look(union.offices.other, union.offices.stick) if one.carried] == []
    with pytest.raises(AppError, match="không chờ"):
        chair_away.sign(union.offices.other, path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(PackageRefused):
        chair_away.look(union.chair, path)


def test_a_chair_unknown_to_the_list_confirms_nothing_that_would_be_refused(
    offices: Offices, cheap_kdf: KdfCost
) -> None:
    """A deputy of the same computer whose key nobody has admitted yet."""
    deputy = replace(CLERK, role=Role.CHAIR)
    staff.add(offices.union, deputy, cost=cheap_kdf)
    id_ = planned(offices)
    recorded(offices.union, id_)
    package = reported(offices, id_)
    office = as_clerk(offices.union)
    assert not confirming.of(office, package).can_confirm
    with pytest.raises(AppError, match="chưa được công nhận"):
        confirming.confirm(office, package.package_id)
    assert incoming.apply(offices.province, offices.carry(offices.union, package)).refused == ()

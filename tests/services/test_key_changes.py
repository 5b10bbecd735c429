"""A lost key, an officer who left, a new root: what counts from then on, and what stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError, NotAllowed, NotFound, ValidationError
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from congdoan_desktop.packages.trust import MOST_MARKS
from congdoan_desktop.services import (
    activities,
    doctor,
    incoming,
    key_changes,
    mailbox,
    outgoing,
    stick_run,
    trusting,
)
from congdoan_desktop.services.key_changes import NotTheRoot
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import rows
from tests.services.conftest import Offices, as_role, campaign, every_row
from tests.services.test_services_main_path import planned, recorded, reported


def key_of(office: Office) -> str:
    return office.identity.key.key_id


def refused(office: Office, path: Path) -> Reason:
    with pytest.raises(PackageRefused) as caught:
        incoming.apply(office, path)
    return caught.value.reason


def test_after_a_loss_only_what_was_accepted_counts(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    key_changes.revoke(offices.province, key_of(offices.union))
    later = offices.carry(offices.union, reported(offices, id_))
    assert refused(offices.province, later) is Reason.REVOKED
    assert len(activities.listing(offices.province)) == 1
    assert doctor.check(offices.province) == []
    assert [row.revoked for row in trusting.keys(offices.province) if row.key_id == key_of(offices.union)] == [True]
    with pytest.raises(outgoing.NotEnrolled):
        outgoing.make_plan(offices.province, id_, offices.union.identity.unit)


def test_what_an_officer_wrote_before_leaving_may_still_come(offices: Offices) -> None:
    id_ = planned(offices)
    first, second, third = (offices.carry(offices.union, reported(offices, id_)) for _ in range(3))
    incoming.apply(offices.province, first)
    key_changes.revoke(offices.province, key_of(offices.union), on_the_way=1)
    incoming.apply(offices.province, second)
    assert refused(offices.province, third) is Reason.REVOKED


def test_every_unit_learns_of_it_by_the_next_stick(offices: Offices) -> None:
    key_changes.revoke(offices.province, key_of(offices.other))
    stick_run.take_and_write(offices.province, offices.stick)
    done = stick_run.take_and_write(offices.union, offices.stick)
    assert [result.kind for result in done.taken] == ["trust"]
    assert offices.union.trust == offices.province.trust
    sent = next(one for one in mailbox.outbox(offices.province) if one.kind == "trust" and one.receiver == "Mọi đơn vị")
    assert sent.state == "sent"


def test_the_newest_list_goes_on_every_stick(offices: Offices) -> None:
    key_changes.revoke(offices.province, key_of(offices.other))
    stick_run.take_and_write(offices.province, offices.stick)
    second = offices.stick.parent / "second"
    second.mkdir()
    assert stick_run.take_and_write(offices.province, second).written == 1
    assert stick_run.take_and_write(offices.province, second).written == 0


def test_a_key_is_revoked_once(offices: Offices) -> None:
    key_changes.revoke(offices.province, key_of(offices.other))
    with pytest.raises(NotFound):
        key_changes.revoke(offices.province, key_of(offices.other))


def test_a_new_root_is_followed_without_words(offices: Offices) -> None:
    old, words = key_of(offices.province), trusting.root_words(offices.province)
    before = offices.carry(
        offices.province,
        outgoing.make_plan(offices.province, campaign(offices.province), offices.union.identity.unit),
    )
    new_words = key_changes.rotate_root(offices.province)
    assert new_words != words
    assert trusting.root_words(offices.province) == new_words
    assert key_of(offices.province) != old
    after = outgoing.make_plan(offices.province, campaign(offices.province), offices.union.identity.unit)
    path = offices.carry(offices.province, after)
    assert refused(offices.union, path) is Reason.UNKNOWN_KEY
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert done.problem is None
    home = stick_run.take_and_write(offices.union, offices.stick)
    assert sorted(result.kind for result in home.taken) == ["plan", "plan", "trust"]
    assert before.exists()
    assert offices.union.trust is not None
    assert offices.union.trust.root_digest.hex() == key_of(offices.province)
    assert doctor.check(offices.union) == doctor.check(offices.province) == []


def test_the_new_root_is_there_after_closing(offices: Offices) -> None:
    key_changes.rotate_root(offices.province)
    new = key_of(offices.province)
    offices.province = offices.reopen(offices.province)
    assert key_of(offices.province) == new
    key_changes.revoke(offices.province, key_of(offices.other))


def test_what_was_sealed_before_the_rotation_still_opens(offices: Offices) -> None:
    id_ = planned(offices)
    path = offices.carry(offices.union, reported(offices, id_))
    key_changes.rotate_root(offices.province)
    assert incoming.apply(offices.province, path).kind == "report"


def test_a_rotation_that_fails_leaves_the_old_root(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    old, before = key_of(offices.province), every_row(offices.province)

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(outgoing, "write_atomically", full)
    with pytest.raises(OSError, match="full"):
        key_changes.rotate_root(offices.province)
    assert key_of(offices.province) == old
    assert every_row(offices.province) == before


def test_only_the_root_and_its_chair_change_keys(offices: Offices) -> None:
    for act in (lambda o: key_changes.revoke(o, key_of(offices.other)), key_changes.rotate_root):
        with pytest.raises(NotTheRoot):
            act(offices.union)
        with pytest.raises(NotAllowed):
            act(as_role(offices.province, Role.OFFICER))


@pytest.mark.parametrize("count", [-1, 100])
def test_how_many_may_be_on_the_way(count: int, offices: Offices) -> None:
    with pytest.raises(ValidationError):
        key_changes.revoke(offices.province, key_of(offices.union), on_the_way=count)


def test_the_root_does_not_revoke_itself(offices: Offices) -> None:
    before = every_row(offices.province)
    with pytest.raises(AppError, match="khoá gốc"):
        key_changes.revoke(offices.province, key_of(offices.province))
    assert every_row(offices.province) == before


def test_a_root_with_more_feeds_than_a_list_takes_names_those_used_last(offices: Offices) -> None:
    """A province writes to hundreds of units; a key that ends may name a hundred feeds."""
    province = offices.province
    feeds = {f"feed:{at}": json.dumps({"feed": new_id(), "seq": 1, "previous": "0" * 64}) for at in range(120)}
    with province.write(Right.TRUST) as work:
        rows.set_settings(work.connection, feeds)
    old = province.identity.key.key_id
    key_changes.rotate_root(province)
    assert province.trust is not None
    (ended,) = [key for key in province.trust.keys if key.key_id == old]
    assert ended.revoked_from is not None
    assert len(ended.revoked_from) == MOST_MARKS
    answer = trusting.write_trust(province, offices.union.identity.unit)
    trusting.accept_trust(offices.union, offices.carry(province, answer))
    used = {Header.from_bytes(one.header).feed for one in outgoing.outbox(province) if one.kind == "trust"}
    assert used & {mark.feed for mark in ended.revoked_from}

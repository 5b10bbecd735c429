"""Who may revise what: revisions from elsewhere are judged by their author's unit, whatever they claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.org_events import NO_AUTHORITY
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.revisions import Revision, State, generation_after
from congdoan_desktop.domain.units import OrgEvent, Unit
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.custody import NotCustodian
from tests.storage.conftest import Install, Installation, activity, enrolment, person, unit_called


class World:
    """A province, two unions that it enrolled, and a stranger whom nobody knows."""

    def __init__(self, install: Install) -> None:
        self.province, self.union, self.other, self.stranger = (install() for _ in range(4))
        enrolled = (self.union, self.other)
        for laptop in enrolled:
            self.province.put(enrolment(self.province.writer.unit, laptop.writer.unit))
        known = {p.writer.installation: p.writer.unit for p in (self.province, *enrolled)}
        for laptop in enrolled:
            self.province.receive(laptop.carried(laptop.writer.unit), laptop.writer.unit)
        for laptop in (self.province, *enrolled):
            laptop.trust(known, self.province.writer.unit)
        for laptop in enrolled:
            laptop.receive(self.province.carried(), self.province.writer.unit)


@pytest.fixture
def world(install: Install) -> World:
    return World(install)


def state(laptop: Installation, revision: Revision) -> tuple[State, str]:
    with laptop.work() as work:
        history = work.history(revision.record)
        return history.states[revision.hash], history.reasons.get(revision.hash, "")


def forged(laptop: Installation, revision: Revision, **changes: Any) -> Revision:
    """A child of a revision as `laptop` would write it when its own program did not stop it."""
    return replace(
        revision,
        parents=(revision.hash,),
        generation=generation_after([revision]),
        installation=laptop.writer.installation,
        author=laptop.writer.officer,
        **changes,
    )


def only(laptop: Installation, record: str) -> Revision:
    with laptop.work() as work:
        (revision,) = work.ledger.revisions(record)
        return revision


def test_what_a_union_keeps_is_accepted_above(world: World) -> None:
    id_ = world.union.put(activity(world.union.writer.unit))
    world.province.receive(world.union.carried(id_), world.union.writer.unit)
    with world.province.work() as work:
        assert work.value(Activity.TYPE, id_) == activity(world.union.writer.unit)


def test_a_stranger_is_quarantined_until_the_trust_list_knows_the_installation(world: World) -> None:
    unit = world.stranger.writer.unit
    world.province.receive(world.stranger.carried(), unit)
    root = only(world.stranger, unit)
    assert state(world.province, root) == (State.QUARANTINED, "máy ghi bản này chưa được công nhận")
    known = {**world.province.writer.installations, world.stranger.writer.installation: unit}
    world.province.trust(known, world.province.writer.unit)
    assert state(world.province, root) == (State.ACCEPTED, "")


def test_another_unit_cannot_revise_our_record(world: World) -> None:
    id_ = world.union.put(activity(world.union.writer.unit))
    theirs = forged(world.other, only(world.union, id_))
    world.province.receive(world.union.carried(id_), world.union.writer.unit)
    world.province.receive([(theirs, None)], world.other.writer.unit)
    assert state(world.province, theirs) == (State.QUARANTINED, "đơn vị ghi bản này không giữ hồ sơ đó")


def test_a_record_is_not_taken_over_by_naming_oneself_its_unit(world: World) -> None:
    id_ = world.union.put(activity(world.union.writer.unit))
    theirs = forged(world.other, only(world.union, id_), unit=world.other.writer.unit)
    world.province.receive(world.union.carried(id_), world.union.writer.unit)
    world.province.receive([(theirs, None)], world.other.writer.unit)
    assert state(world.province, theirs)[0] is State.QUARANTINED
    with world.province.work() as work:
        assert work.value(Activity.TYPE, id_).unit == world.union.writer.unit


def test_a_second_start_of_the_provinces_record_is_refused(world: World) -> None:
    id_ = world.province.put(activity(world.province.writer.unit))
    mine = only(world.province, id_)
    second = replace(
        mine, unit=world.union.writer.unit, installation=world.union.writer.installation, facts={"participants": 9}
    )
    world.province.receive([(second, None)], world.union.writer.unit)
    assert state(world.province, second)[0] is State.QUARANTINED
    with world.province.work() as work:
        assert not work.history(id_).conflict


def test_a_revision_in_our_name_counts_only_from_us_or_from_above(world: World) -> None:
    id_ = world.province.put(activity(world.province.writer.unit))
    forgery = replace(forged(world.province, only(world.province, id_)), facts={"participants": 1})
    world.province.receive([(forgery, None)], world.union.writer.unit)
    assert state(world.province, forgery) == (State.QUARANTINED, "gói do đơn vị không liên quan chuyển đến")
    lost = world.union.put(activity(world.union.writer.unit))
    world.other.receive(world.union.carried(lost), world.province.writer.unit)
    assert state(world.other, only(world.union, lost))[0] is State.ACCEPTED


def test_only_the_root_places_and_enrols_units(world: World) -> None:
    claimed = world.other.writer.unit
    mine = world.union.put(enrolment(world.union.writer.unit, claimed))
    world.province.receive(world.union.carried(mine), world.union.writer.unit)
    with world.province.work() as work:
        assert work.custody.tree.parent(claimed) == world.province.writer.unit
    with pytest.raises(NotCustodian):
        world.union.put(enrolment(world.province.writer.unit, claimed))
    forgery = replace(
        only(world.union, mine), unit=world.province.writer.unit, record="01900000-0000-7000-8000-00000000000f"
    )
    world.province.receive([(forgery, None)], world.union.writer.unit)
    assert state(world.province, forgery)[0] is State.QUARANTINED


UNIT_ATTACKS = ("parent", "record", "rival")


@pytest.mark.parametrize("attack", UNIT_ATTACKS)
def test_the_tree_is_not_bent_by_unit_records(world: World, attack: str) -> None:
    below = world.union.put(unit_called("CĐCS Thủy điện", parent=world.union.writer.unit, level="co_so"))
    entered = only(world.union, below)
    world.province.receive(world.union.carried(below), world.union.writer.unit)
    parent = world.other.writer.unit
    bent = {
        "parent": forged(world.union, entered, facts={**entered.facts, "parent": parent}),
        "record": replace(only(world.other, parent), record=world.union.writer.unit),
        "rival": replace(
            only(world.union, world.union.writer.unit),
            installation=world.other.writer.installation,
            facts={**entered.facts, "parent": parent},
        ),
    }[attack]
    with world.province.work() as work:
        before = work.custody.tree
    sender = world.union if attack == "parent" else world.other
    world.province.receive([(bent, None)], sender.writer.unit)
    assert state(world.province, bent)[0] is State.QUARANTINED
    with world.province.work() as work:
        assert work.custody.tree == before


def test_units_in_a_circle_do_not_turn_for_ever(install: Install) -> None:
    province, one, two = install(), install(founded=False), install(founded=False)
    for laptop, parent in ((one, two), (two, one)):
        laptop.put(unit_called("Trong vòng", laptop.writer.unit))
        with laptop.work() as work:
            (made,) = work.ledger.revisions(laptop.writer.unit)
        entered_by = parent.writer
        circular = replace(made, installation=entered_by.installation, facts={**made.facts, "parent": entered_by.unit})
        province.receive([(circular, None)], entered_by.unit)
    known = {laptop.writer.installation: laptop.writer.unit for laptop in (province, one, two)}
    province.trust(known, province.writer.unit)
    first = province.digest()
    province.trust(known, province.writer.unit)
    assert province.digest() == first


def test_a_row_of_the_wrong_shape_never_blocks_the_rest(world: World) -> None:
    unit = world.union.writer.unit
    good = world.union.put(activity(unit))
    sound = only(world.union, good)
    bad = [
        replace(sound, record=f"01900000-0000-7000-8000-0000000000{n:02d}", facts=facts)
        for n, facts in enumerate(
            ({}, {**sound.facts, "cost": "nhiều"}, {**sound.facts, "starts": "hôm nay"}, {**sound.facts, "kind": None})
        )
    ]
    world.province.receive([*((b, None) for b in bad), *world.union.carried(good)], unit)
    assert {state(world.province, one) for one in bad} == {(State.QUARANTINED, "nội dung không đúng kiểu")}
    with world.province.work() as work:
        assert work.value(Activity.TYPE, good).participants == 30


def test_what_only_a_newer_program_knows_is_kept_and_accepted(world: World) -> None:
    id_ = world.union.put(activity(world.union.writer.unit))
    newer = forged(world.union, only(world.union, id_), v=99, facts={"shape": "new"})
    unknown = replace(only(world.union, id_), type="of_tomorrow", record="01900000-0000-7000-8000-0000000000aa")
    world.province.receive([*world.union.carried(id_), (newer, None), (unknown, None)], world.union.writer.unit)
    assert state(world.province, newer)[0] is State.ACCEPTED
    assert state(world.province, unknown)[0] is State.ACCEPTED


def test_withdrawing_and_lifting(world: World) -> None:
    id_ = world.union.put(activity(world.union.writer.unit))
    package = world.province.receive(world.union.carried(id_), world.union.writer.unit)
    with_it = world.province.digest()
    world.province.switch(package, handoff.WITHDRAWN)
    assert state(world.province, only(world.union, id_))[0] is State.WITHDRAWN
    assert world.province.count("p_activity") == 0
    world.province.switch(package, handoff.ACCEPTED)
    assert world.province.digest() == with_it


def test_what_another_package_delivers_too_is_not_withdrawn(world: World) -> None:
    id_ = world.union.put(activity(world.union.writer.unit))
    first = world.province.receive(world.union.carried(id_), world.union.writer.unit)
    world.province.receive(world.union.carried(id_), world.union.writer.unit)
    before = world.province.digest()
    world.province.switch(first, handoff.WITHDRAWN)
    assert world.province.digest() == before


def test_our_own_writing_is_never_withdrawn(world: World) -> None:
    id_ = world.union.put(person(world.union.writer.unit))
    package = world.union.receive(world.union.carried(id_), world.province.writer.unit)
    before = world.union.digest()
    world.union.switch(package, handoff.WITHDRAWN)
    assert world.union.digest() == before


def test_a_unit_record_of_an_enrolled_unit_is_its_own_to_edit(world: World) -> None:
    unit = world.union.writer.unit
    with world.union.work() as work:
        old: Unit = work.value(Unit.TYPE, unit)
        work.put(replace(old, name="Công đoàn xã Mường Kim"), unit)
    world.province.receive(world.union.carried(unit), unit)
    with world.province.work() as work:
        assert work.value(Unit.TYPE, unit).name == "Công đoàn xã Mường Kim"
    with pytest.raises(NotCustodian), world.province.work() as work:
        work.put(replace(old, name="Tên do tỉnh đặt"), unit)


def moved(world: World, unit: str) -> None:
    """The province decides that a CĐCS of the union stands under the other one; everybody hears of it."""
    event = OrgEvent(world.province.writer.unit, "move", unit, world.other.writer.unit, date(2024, 7, 1), "9/QĐ")
    id_ = world.province.put(event)
    for laptop in (world.union, world.other):
        laptop.receive(world.province.carried(id_, unit), world.province.writer.unit)


def test_a_move_hands_the_records_over_and_what_was_written_before_stands(world: World) -> None:
    below = world.union.put(unit_called("CĐCS Chợ", parent=world.union.writer.unit, level="co_so"))
    kept = world.union.put(activity(below))
    world.province.receive(world.union.carried(below, kept), world.union.writer.unit)
    moved(world, below)
    with pytest.raises(NotCustodian), world.union.work() as work:
        work.put(activity(below, participants=1), kept)
    world.other.receive(world.province.carried(below, kept), world.province.writer.unit)
    with world.other.work() as work:
        assert work.value(Activity.TYPE, kept) == activity(below)
        work.put(activity(below, participants=31), kept)
    world.province.receive(world.other.carried(kept), world.other.writer.unit)
    with world.province.work() as work:
        assert work.value(Activity.TYPE, kept).participants == 31
        assert not work.history(kept).conflict


def test_a_former_keeper_does_not_write_on_top_of_the_later_one(world: World) -> None:
    below = world.union.put(unit_called("CĐCS Chợ", parent=world.union.writer.unit, level="co_so"))
    kept = world.union.put(activity(below))
    world.province.receive(world.union.carried(below, kept), world.union.writer.unit)
    moved(world, below)
    world.other.receive(world.province.carried(below, kept), world.province.writer.unit)
    world.other.put(activity(below, participants=31), kept)
    with world.other.work() as work:
        latest = work.history(kept).winner
    assert latest is not None
    late = forged(world.union, latest, facts={**latest.facts, "participants": 99})
    world.province.receive(world.other.carried(kept), world.other.writer.unit)
    world.province.receive([(late, None)], world.union.writer.unit)
    assert state(world.province, late) == (State.QUARANTINED, "đơn vị ghi bản này không giữ hồ sơ đó")
    with world.province.work() as work:
        assert work.value(Activity.TYPE, kept).participants == 31


def test_a_neighbour_moves_nothing_to_itself(world: World) -> None:
    below = world.union.put(unit_called("CĐCS Chợ", parent=world.union.writer.unit, level="co_so"))
    world.province.receive(world.union.carried(below), world.union.writer.unit)
    grab = OrgEvent(world.other.writer.unit, "move", below, world.other.writer.unit, date(2024, 7, 1))
    world.province.receive(world.other.carried(world.other.put(grab)), world.other.writer.unit)
    with world.province.work() as work:
        assert work.custody.tree.parent(below) == world.union.writer.unit
        assert [reason for _, reason in work.custody.tree.refused] == [NO_AUTHORITY]


def enrolled_and_cut(world: World, before: Tree) -> None:
    with world.province.work() as work:
        work.put(enrolment(world.province.writer.unit, world.stranger.writer.unit))
        assert work.custody.tree != before
        raise KeyboardInterrupt


def test_what_is_rolled_back_leaves_the_organisation_as_it_was(world: World) -> None:
    with world.province.work() as work:
        before = work.custody.tree
    with pytest.raises(KeyboardInterrupt):
        enrolled_and_cut(world, before)
    with world.province.work() as work:
        assert work.custody.tree is before
        work.custody.forget_tree()
        assert work.custody.tree == before

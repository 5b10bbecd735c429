"""What a package brings of unknown records, taken in at once, is what the ledger makes of it revision by revision."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from congdoan_desktop.domain.revisions import Revision
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.personal import Personal, new_personal
from tests.storage.conftest import KEY, Carried, Install, Installation, activity, person
from tests.storage.test_storage_custody import World, forged

_Change = Callable[[World, Carried], Carried]


def as_written(world: World, carried: Carried) -> Carried:
    return carried


def each(**changes: Any) -> _Change:
    def changed(world: World, carried: Carried) -> Carried:
        return [(replace(revision, **changes), part) for revision, part in carried]

    return changed


def by_another(world: World, carried: Carried) -> Carried:
    return [(replace(revision, installation=world.other.writer.installation), part) for revision, part in carried]


def by_a_stranger(world: World, carried: Carried) -> Carried:
    return [(replace(revision, installation=world.stranger.writer.installation), part) for revision, part in carried]


def with_children(world: World, carried: Carried) -> Carried:
    return [*carried, *((forged(world.union, revision, at="2024-08-01"), part) for revision, part in carried)]


def disputed(world: World, carried: Carried) -> Carried:
    return [*with_children(world, carried), *((forged(world.union, one, facts={}), None) for one, _ in carried)]


def erased(world: World, carried: Carried) -> Carried:
    return [*carried, *((forged(world.union, one, erases=True, personal_hash=None), None) for one, _ in carried)]


def lacking(name: str) -> _Change:
    def changed(world: World, carried: Carried) -> Carried:
        bare = [({n: v for n, v in one.facts.items() if n != name}, one, part) for one, part in carried]
        return [(replace(one, facts=facts), part) for facts, one, part in bare]

    return changed


def told_twice(world: World, carried: Carried) -> Carried:
    return [*carried, *((revision, None) for revision, _ in carried)]


def wrongly_told(world: World, carried: Carried) -> Carried:
    return [with_part(revision, new_personal({"title": 5, "name": ["x"]})) for revision, _ in carried]


def with_part(revision: Revision, part: Personal | None) -> tuple[Revision, Personal | None]:
    return replace(revision, personal_hash=part.hash if part else None), part


CASES: dict[str, _Change] = {
    "as written": as_written,
    "deleted": each(deleted=True),
    "erasing": each(erases=True),
    "erased after": erased,
    "of tomorrow": each(v=99),
    "of an unknown type": each(type="of_tomorrow"),
    "a wrong generation": each(generation=2),
    "without what it was built on": each(parents=("ab" * 32,), generation=2),
    "by another union": by_another,
    "by a stranger": by_a_stranger,
    "about another unit": each(unit="01900000-0000-7000-8000-0000000000ff"),
    "a needed fact missing": lacking("starts"),
    "a fact missing that has a default": lacking("cost"),
    "facts of a wrong type": each(facts={"participants": "many"}),
    "a personal part of wrong types": wrongly_told,
    "no personal part": lambda world, carried: [with_part(one, None) for one, _ in carried],
    "revised on the way": with_children,
    "disputed": disputed,
    "told twice, once without the person": told_twice,
}


@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_at_once_is_one_by_one(install: Install, change: _Change) -> None:
    world = World(install)
    unit = world.union.writer.unit
    ids = [world.union.put(record) for record in (activity(unit), activity(unit, cost=0), person(unit))]
    carried = change(world, world.union.carried(*ids))
    folder = world.province.path / "twin"
    folder.mkdir()
    shutil.copyfile(world.province.path / "congdoan.db", folder / "congdoan.db")
    twin = Installation(folder, world.province.writer, Database(folder / "congdoan.db", KEY))
    world.province.receive(carried, unit, "package")
    at_once(twin, carried, unit)
    assert held(twin) == held(world.province)
    assert twin.digest() == world.province.digest()
    twin.close()


def at_once(laptop: Installation, carried: Carried, sender: str) -> None:
    with laptop.work() as work:
        row = handoff.Incoming("package", "report", sender, "feed", 1, "", handoff.ACCEPTED, "", b"")
        handoff.add_incoming(work.connection, row)
        arrived = work.ledger.arrive(carried, sender)
        handoff.add_arrived(work.connection, "package", arrived.numbers)


def held(laptop: Installation) -> list[Any]:
    """Revisions with what they count for, whose packages brought them, and their personal parts."""
    query = (
        "SELECT r.hash, r.state, r.reason, r.local, r.body, d.package_id, p.salt, p.body FROM revisions r"
        " LEFT JOIN deliveries d ON d.revision = r.seq LEFT JOIN personal p ON p.revision = r.seq ORDER BY r.hash"
    )
    with laptop.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]

"""Saving many records at once is saving them one by one, but for the log, which gets one line."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congdoan_desktop.domain.ids import IdSource
from congdoan_desktop.domain.revisions import State
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import Cancelled, NotFound
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.storage import bulk, check, engine, projections, tables
from congdoan_desktop.storage.custody import NotCustodian
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.rebuild import rebuild
from congdoan_desktop.storage.unit_of_work import UnitOfWork
from tests.storage.conftest import KEY, Install, Installation, activity, enrolment, person, unit_called


@pytest.fixture
def laptop(install: Install) -> Installation:
    return install()


def twin(laptop: Installation) -> Installation:
    folder = laptop.path / "twin"
    folder.mkdir()
    shutil.copyfile(laptop.path / "congdoan.db", folder / "congdoan.db")
    return Installation(folder, laptop.writer, Database(folder / "congdoan.db", KEY))


class OneByOne(IdSource):
    def many(self, count: int) -> list[str]:
        return [super(OneByOne, self).many(1)[0] for _ in range(count)]


@dataclass(frozen=True)
class Put:
    """Records with their ids, as `put_many` takes them."""

    records: list[Any]
    ids: list[str | None]

    def at_once(self, work: UnitOfWork, new_ids: IdSource) -> None:
        work.put_many(self.records, self.ids, new_ids=new_ids)

    def one_by_one(self, work: UnitOfWork, new_ids: IdSource) -> None:
        for record, id_ in zip(self.records, self.ids, strict=True):
            work.put(record, id_, new_ids=new_ids)


@dataclass(frozen=True)
class Delete:
    ids: list[str]

    def at_once(self, work: UnitOfWork, _: IdSource) -> None:
        work.delete_many(self.ids, "nhập nhầm")

    def one_by_one(self, work: UnitOfWork, _: IdSource) -> None:
        for id_ in self.ids:
            work.delete(id_, "nhập nhầm")


@dataclass(frozen=True)
class Restore:
    versions: list[tuple[str, str]]

    def at_once(self, work: UnitOfWork, _: IdSource) -> None:
        work.restore_many(self.versions)

    def one_by_one(self, work: UnitOfWork, _: IdSource) -> None:
        for version in self.versions:
            work.restore(*version)


Step = Put | Delete | Restore


class Story:
    """What happens next, chosen from what one of the two databases holds."""

    def __init__(self, laptop: Installation, seed: int) -> None:
        self.laptop, self.choice = laptop, random.Random(seed)

    def next(self) -> Step:
        living, deleted = self._records()
        if deleted and self.choice.random() < 0.2:
            return Restore(self._some(deleted))
        if living and self.choice.random() < 0.3:
            return Delete([id_ for id_, _ in self._some(living)])
        return self._put([id_ for id_, type_ in living if type_ == "person"])

    def _records(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """(id, type) of what stands, (id, hash of the first version) of what was deleted."""
        with self.laptop.work() as work:
            rows = work.connection.execute(
                tables.revisions.select().where(tables.revisions.c.type.in_(("person", "activity", "workplace")))
            )
            types = {row.record: row.type for row in rows}
            winners = {id_: work.history(id_).winner for id_ in types}
            living = [(id_, types[id_]) for id_, winner in winners.items() if winner and not winner.deleted]
            gone = [id_ for id_, winner in winners.items() if winner and winner.deleted]
            return living, [(id_, work.ledger.revisions(id_)[0].hash) for id_ in gone]

    def _some(self, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return self.choice.sample(found, self.choice.randint(1, len(found)))

    def _put(self, people: list[str]) -> Put:
        """New records of many kinds, a branch of units with its people, and edits, one person twice among them."""
        own, branch, leaf = self.laptop.writer.unit, *(f"{self.choice.random()}" for _ in "12")
        fresh: list[Any] = [
            unit_called("CĐCS Trường Mầm non", branch, parent=own),
            unit_called("Tổ công đoàn", leaf, parent=branch),
            activity(branch, note=str(self.choice.random())),
            Workplace(own, "Hợp tác xã chè", "hop_tac_xa", "tap_the", since=date(2020, 1, 1), note="mùa vụ"),
            *(person(self.choice.choice((own, branch, leaf)), f"Vàng A {n}") for n in range(4)),
        ]
        wanted = self.choice.sample(fresh[2:], 4)
        known = [id_ for id_ in people if self.choice.random() < 0.5]
        edits = [
            replace(person(own, f"Tẩn Mí {n}"), joined=date(2020, 5, 1) + timedelta(days=n))
            for n, _ in enumerate([*known, *known[:1]])
        ]
        return Put([*fresh[:2], *wanted, *edits], [*[None] * (2 + len(wanted)), *known, *known[:1]])


def same_salts(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    source = random.Random(seed)
    monkeypatch.setattr(os, "urandom", source.randbytes)


def ids_of(seed: int) -> IdSource:
    source = random.Random(seed)
    return OneByOne(lambda: source.randrange(2**40), source.randbytes)


def test_at_once_is_one_by_one(
    install: Install, rounds: Callable[..., int], monkeypatch: pytest.MonkeyPatch, laptop: Installation
) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 5)
    monkeypatch.setattr("congdoan_desktop.storage.unit_of_work.CHUNK", 5)
    other = twin(laptop)
    for seed in range(rounds("batches saved at once and one by one", first=12, build=50, soak=500)):
        step = Story(laptop, seed).next()
        for where, way in ((laptop, step.one_by_one), (other, step.at_once)):
            with monkeypatch.context() as patch, where.work() as work:
                same_salts(patch, seed)
                way(work, ids_of(seed))
        assert truth(laptop) == truth(other)
        assert laptop.digest() == other.digest()
    sound(other)
    other.close()


def truth(laptop: Installation) -> list[Any]:
    revisions = tables.revisions.c
    with laptop.database.read() as connection:
        columns = [column for column in revisions if column.name != "seq"]
        rows = connection.execute(tables.revisions.select().with_only_columns(*columns).order_by(revisions.hash))
        own = tables.personal.c
        query = select(revisions.hash, own.salt, own.body).join_from(tables.personal, tables.revisions)
        parts = connection.execute(query.order_by(revisions.hash))
        return [*map(tuple, rows), *map(tuple, parts)]


def sound(laptop: Installation) -> None:
    with laptop.database.read() as connection:
        assert check.faults(connection, Progress()) == []
    before = laptop.digest()
    with laptop.work() as work:
        assert rebuild(work, Progress()) == before


def test_the_log_gets_one_line_over_all_hashes(laptop: Installation) -> None:
    with laptop.work() as work:
        ids = work.put_many([person(laptop.writer.unit, f"Lò Thị {n}") for n in range(7)])
        hashes = [work.ledger.revisions(id_)[0].hash for id_ in ids]
    with laptop.database.read() as connection:
        lines = connection.execute(tables.log.select().order_by(tables.log.c.seq)).all()
    assert lines[-1].action == "put_many:7"
    assert lines[-1].object == hashlib.sha256(b"".join(map(bytes.fromhex, hashes))).hexdigest()
    assert len(lines) == 2


def test_nothing_at_all_writes_nothing(laptop: Installation) -> None:
    with laptop.work() as work:
        assert work.put_many([]) == []
    assert laptop.count("log") == 1


def test_a_unit_and_what_hangs_below_it_come_together(laptop: Installation) -> None:
    own = laptop.writer.unit
    school, group = unit_called("Trường", parent=own), unit_called("Tổ")
    group = replace(group, parent=school.unit)
    with laptop.work() as work:
        work.put_many([school, group, activity(group.unit), person(group.unit)])
    assert laptop.count("p_unit") == 3
    sound(laptop)


def test_a_branch_goes_and_comes_back_together(laptop: Installation) -> None:
    school = unit_called("Trường", parent=laptop.writer.unit)
    with laptop.work() as work:
        ids = work.put_many([school, replace(unit_called("Tổ"), parent=school.unit), person(school.unit)])
        versions = [(id_, work.ledger.revisions(id_)[0].hash) for id_ in ids]
    before = laptop.count("p_unit")
    with laptop.work() as work:
        work.delete_many(ids[::-1], "nhập nhầm")
    assert (laptop.count("p_unit"), laptop.count("p_person")) == (before - 2, 0)
    with laptop.work() as work:
        work.restore_many(versions)
    assert (laptop.count("p_unit"), laptop.count("p_person")) == (before, 1)
    sound(laptop)


def test_a_unit_that_enrols_in_the_batch_keeps_what_follows(install: Install) -> None:
    province = install()
    own = province.writer.unit
    province.trust({province.writer.installation: own}, own)
    union = unit_called("Công đoàn xã", parent=own)
    with pytest.raises(NotCustodian), province.work() as work:
        work.put_many([union, activity(union.unit), enrolment(own, union.unit), activity(union.unit)])
    assert province.count("p_unit") == 1
    with province.work() as work:
        work.put_many([union, activity(union.unit), enrolment(own, union.unit)])


@pytest.mark.parametrize("at", [0, 3, 6])
def test_one_refused_keeps_all_out(laptop: Installation, at: int) -> None:
    records: list[Any] = [person(laptop.writer.unit)] * 6
    records.insert(at, activity("another unit"))
    with pytest.raises(NotCustodian), laptop.work() as work:
        work.put_many(records)
    assert (laptop.count("revisions"), laptop.count("log")) == (1, 1)


def test_an_unknown_or_deleted_one_is_named(laptop: Installation) -> None:
    gone = laptop.put(person(laptop.writer.unit))
    with laptop.work() as work:
        work.delete(gone, "nhầm")
    for id_ in (gone, "nothing"):
        with pytest.raises(NotFound), laptop.work() as work:
            work.put_many([person(laptop.writer.unit)], [id_])
    with pytest.raises(NotFound), laptop.work() as work:
        work.delete_many([gone], "lần nữa")


def test_what_came_from_elsewhere_or_is_disputed_is_weighed_as_ever(laptop: Installation) -> None:
    ids = [laptop.put(activity(laptop.writer.unit, note=str(n))) for n in range(3)]
    with laptop.work() as work:
        (first,) = work.ledger.revisions(ids[1])
        for n in (41, 42):
            rival = replace(first, parents=(first.hash,), generation=2, facts={**first.facts, "participants": n})
            work.ledger.add(rival, None, local=True)
        assert work.ledger.settle(ids[1]).conflict
        work.erase(ids[2])
    with laptop.work() as work:
        work.put_many([activity(laptop.writer.unit, participants=50)] * 3, list(ids))
        for id_ in ids:
            history = work.history(id_)
            assert not history.conflict
            assert set(history.states.values()) == {State.ACCEPTED}
    sound(laptop)


def test_stopping_leaves_nothing(laptop: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congdoan_desktop.storage.unit_of_work.CHUNK", 10)
    token, steps = CancelToken(), []

    def report(done: int, total: int, _: str) -> None:
        steps.append((done, total))
        if done >= 20:
            token.cancel()

    with pytest.raises(Cancelled), laptop.work() as work:
        work.put_many([person(laptop.writer.unit)] * 50, progress=Progress(report, token))
    assert steps == [(0, 50), (10, 50), (20, 50)]
    assert laptop.count("revisions") == 1
    laptop.put(person(laptop.writer.unit))
    sound(laptop)


@pytest.mark.parametrize("stopped", [False, True], ids=["done", "stopped"])
def test_a_table_that_grows_much_has_its_indexes_afterwards(
    laptop: Installation, monkeypatch: pytest.MonkeyPatch, stopped: bool
) -> None:
    monkeypatch.setattr(bulk, "_MANY", 10)
    insert = engine.insert_values
    dropped: list[set[str]] = []

    def watched(connection: Any, table: Any, *rest: Any) -> None:
        insert(connection, table, *rest)
        if table.name == "p_person":
            dropped.append(before - indexes(connection))
            if stopped:
                raise Cancelled

    with laptop.database.read() as connection:
        before = indexes(connection)
    monkeypatch.setattr(bulk, "insert_values", watched)
    with suppress(Cancelled), laptop.work() as work:
        work.put_many([person(laptop.writer.unit, f"Lò Thị {n}") for n in range(20)])
    assert dropped == [{index.name for index in projections.TABLES["person"].indexes}]
    with laptop.database.read() as connection:
        assert indexes(connection) == before
    assert laptop.count("p_person") == (0 if stopped else 20)
    sound(laptop)


def indexes(connection: Any) -> set[str]:
    return set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars())

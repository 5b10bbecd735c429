"""The ledger: what is saved, edited, deleted, restored and erased is a revision, and all else follows from them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.revisions import State, generation_after
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import NotFound
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.custody import NotCustodian
from congdoan_desktop.storage.personal import new_personal
from congdoan_desktop.storage.rebuild import rebuild
from congdoan_desktop.storage.unit_of_work import NeedsNewerProgram
from tests.storage.conftest import Install, Installation, activity, person, support, unit_called


@pytest.fixture
def laptop(install: Install) -> Installation:
    return install()


def test_saved_and_read_back(laptop: Installation) -> None:
    wanted = activity(laptop.writer.unit)
    id_ = laptop.put(wanted)
    with laptop.work() as work:
        assert work.value(Activity.TYPE, id_) == wanted


def test_an_edit_is_a_child_and_keeps_the_old_version(laptop: Installation) -> None:
    old = activity(laptop.writer.unit)
    id_ = laptop.put(old)
    laptop.put(replace(old, participants=45), id_)
    with laptop.work() as work:
        first, second = work.ledger.revisions(id_)
        assert (second.parents, second.generation) == ((first.hash,), 2)
        assert work.version(Activity.TYPE, id_, first.hash) == old
        assert work.value(Activity.TYPE, id_).participants == 45


def test_deleting_and_bringing_back(laptop: Installation) -> None:
    old = activity(laptop.writer.unit)
    id_ = laptop.put(old)
    with laptop.work() as work:
        work.delete(id_, "ghi nhầm")
    with laptop.work() as work, pytest.raises(NotFound):
        work.value(Activity.TYPE, id_)
    with laptop.work() as work:
        work.restore(id_, work.ledger.revisions(id_)[0].hash)
        assert work.value(Activity.TYPE, id_) == old


def test_what_is_deleted_cannot_be_edited_or_deleted_again(laptop: Installation) -> None:
    id_ = laptop.put(activity(laptop.writer.unit))
    with laptop.work() as work:
        work.delete(id_, "ghi nhầm")
    with pytest.raises(NotFound), laptop.work() as work:
        work.delete(id_, "lần nữa")
    with pytest.raises(NotFound):
        laptop.put(activity(laptop.writer.unit), id_)
    with pytest.raises(NotFound), laptop.work() as work:
        work.restore(id_, work.ledger.revisions(id_)[-1].hash)
    assert laptop.count("revisions") == 3


def test_a_record_keeps_its_type(laptop: Installation) -> None:
    id_ = laptop.put(person(laptop.writer.unit))
    with pytest.raises(NotFound):
        laptop.put(activity(laptop.writer.unit), id_)


def test_unknown_records_and_versions_are_named(laptop: Installation) -> None:
    id_ = laptop.put(activity(laptop.writer.unit))
    with pytest.raises(NotFound), laptop.work() as work:
        work.delete("nothing", "vì")
    with pytest.raises(NotFound), laptop.work() as work:
        work.restore(id_, "0" * 64)


def test_an_edit_keeps_what_a_newer_program_wrote(laptop: Installation) -> None:
    id_ = laptop.put(person(laptop.writer.unit))
    with laptop.work() as work:
        (first,) = work.ledger.revisions(id_)
        part = new_personal({"name": "Lò Thị Ương", "nickname": "Ương"})
        assert part is not None
        newer = replace(
            first, parents=(first.hash,), generation=2, facts={**first.facts, "since": "2020"}, personal_hash=part.hash
        )
        work.ledger.add(newer, part, local=True)
        work.ledger.settle(id_)
    laptop.put(person(laptop.writer.unit, "Lò Thị Ương Anh"), id_)
    with laptop.work() as work:
        last = work.ledger.revisions(id_)[-1]
        kept = work.ledger.personal(last.hash)
        assert last.facts["since"] == "2020"
        assert kept is not None
        assert kept.body["nickname"] == "Ương"
        assert kept.body["name"] == "Lò Thị Ương Anh"


def test_a_newer_version_is_kept_and_not_touched(laptop: Installation) -> None:
    id_ = laptop.put(activity(laptop.writer.unit))
    with laptop.work() as work:
        (first,) = work.ledger.revisions(id_)
        newer = replace(first, v=99, parents=(first.hash,), generation=2, facts={"shape": "new"})
        work.ledger.add(newer, None, local=True)
        assert work.ledger.settle(id_).winner == newer
    with pytest.raises(NeedsNewerProgram), laptop.work() as work:
        work.delete(id_, "vì")
    with pytest.raises(NeedsNewerProgram):
        laptop.put(activity(laptop.writer.unit), id_)
    with pytest.raises(NeedsNewerProgram), laptop.work() as work:
        work.restore(id_, newer.hash)
    assert laptop.count("revisions") == 3


def test_erasing_takes_every_text_and_leaves_the_figures(laptop: Installation) -> None:
    unit = laptop.writer.unit
    who = laptop.put(person(unit))
    help_ = laptop.put(support(unit, who))
    laptop.put(support(unit, who, note="mồ côi"), help_)
    with laptop.work() as work:
        for record in (who, help_):
            work.erase(record)
        assert work.connection.execute(select(tables.personal)).all() == []
        assert work.value(Person.TYPE, who) == Person(unit, True)
        left: SupportRecord = work.value(SupportRecord.TYPE, help_)
        assert (left.cash, left.cause, left.note) == (1_000_000, "om_dau", "")


def test_what_was_erased_does_not_come_back_with_an_old_version(laptop: Installation) -> None:
    who = laptop.put(person(laptop.writer.unit))
    with laptop.work() as work:
        work.erase(who)
        work.restore(who, work.ledger.revisions(who)[0].hash)
        assert work.value(Person.TYPE, who).name == ""


def test_a_new_text_after_erasing_stays(laptop: Installation) -> None:
    who = laptop.put(person(laptop.writer.unit))
    with laptop.work() as work:
        work.erase(who)
        work.put(person(laptop.writer.unit, "Vàng A Dũng"), who)
        assert work.value(Person.TYPE, who).name == "Vàng A Dũng"


def test_a_deleted_record_can_be_erased(laptop: Installation) -> None:
    who = laptop.put(person(laptop.writer.unit))
    with laptop.work() as work:
        work.delete(who, "chị Ương xin rút tên")
        work.erase(who)
        assert work.connection.execute(select(tables.personal)).all() == []
        assert work.history(who).winner is not None
        with pytest.raises(NotFound):
            work.value(Person.TYPE, who)


def test_we_write_only_what_we_keep(laptop: Installation) -> None:
    for record in (activity("another unit"), unit_called("CĐCS", parent="another unit")):
        with pytest.raises(NotCustodian):
            laptop.put(record)
    id_ = laptop.put(activity(laptop.writer.unit))
    with pytest.raises(NotCustodian):
        laptop.put(activity("another unit"), id_)
    below = laptop.put(unit_called("CĐCS Trường Mầm non", parent=laptop.writer.unit))
    laptop.put(activity(below), id_)


def test_a_rebuild_gives_the_same_digest(laptop: Installation) -> None:
    unit = laptop.writer.unit
    ids = [laptop.put(activity(unit, participants=n)) for n in range(30)]
    for id_ in ids[:10]:
        laptop.put(activity(unit, note="sửa"), id_)
    with laptop.work() as work:
        work.delete(ids[3], "ghi nhầm")
        who = work.put(person(unit))
        work.erase(who)
    before = laptop.digest()
    with laptop.work() as work:
        work.connection.exec_driver_sql("UPDATE p_activity SET participants = 0")
    assert laptop.digest() != before
    with laptop.work() as work:
        assert rebuild(work, Progress()) == before
    assert laptop.digest() == before


def test_the_body_is_stored_as_it_was_hashed(laptop: Installation) -> None:
    laptop.put(activity(laptop.writer.unit))
    with laptop.database.read() as connection:
        for row in connection.execute(select(tables.revisions)):
            assert hashlib.sha256(row.body).hexdigest() == row.hash
            assert canonical(json.loads(row.body)) == row.body


def test_a_local_revision_is_written_once(laptop: Installation) -> None:
    id_ = laptop.put(activity(laptop.writer.unit))
    with pytest.raises(ValueError, match="once"), laptop.work() as work:
        work.ledger.add(work.ledger.revisions(id_)[0], None, local=True)


def test_a_failing_block_keeps_nothing(laptop: Installation) -> None:
    before = [laptop.count(table) for table in ("revisions", "personal", "log", "p_activity")]

    def fail() -> None:
        with laptop.work() as work:
            work.put(activity(laptop.writer.unit))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [laptop.count(table) for table in ("revisions", "personal", "log", "p_activity")] == before


def test_the_log_is_a_chain_over_everything_written(laptop: Installation) -> None:
    id_ = laptop.put(activity(laptop.writer.unit))
    with laptop.work() as work:
        work.delete(id_, "lý do riêng của chị Ương")
        work.note("export:report", "0" * 64)
    with laptop.database.read() as connection:
        lines = connection.execute(select(tables.log).order_by(tables.log.c.seq)).all()
    assert [line.action for line in lines] == ["new:unit", "new:activity", "delete:activity", "export:report"]
    assert "Ương" not in repr(lines)
    head = hashlib.sha256(b"").digest()
    for line in lines:
        entry = {"at": line.at, "officer": line.officer, "action": line.action, "object": line.object}
        head = hashlib.sha256(head + canonical(dict(entry))).digest()
        assert line.head == head.hex()
    with laptop.work() as work:
        assert work.log_head() == head.hex()


def test_two_heads_show_the_winner_and_an_edit_settles_them(laptop: Installation) -> None:
    id_ = laptop.put(activity(laptop.writer.unit))
    with laptop.work() as work:
        (first,) = work.ledger.revisions(id_)
        rivals = [
            replace(first, parents=(first.hash,), generation=2, facts={**first.facts, "participants": n})
            for n in (41, 42)
        ]
        for rival in rivals:
            work.ledger.add(rival, None, local=True)
        history = work.ledger.settle(id_)
        assert history.conflict
        assert work.connection.exec_driver_sql("SELECT conflict FROM p_activity").scalar() == 1
        work.put(activity(laptop.writer.unit, participants=50), id_)
        settled = work.history(id_)
        assert not settled.conflict
        assert settled.winner is not None
        assert settled.winner.generation == generation_after(rivals)
        assert set(settled.states.values()) == {State.ACCEPTED}

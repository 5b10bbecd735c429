"""One transaction of an office: append revisions, keep the log, commit on leaving, roll back on any error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import Connection

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.bodies import CURRENT, facts_now, is_readable
from congdoan_desktop.domain.ids import IdSource, new_id
from congdoan_desktop.domain.records import Record, carried, join, split
from congdoan_desktop.domain.revisions import Beginnings, Body, History, Revision, generation_after
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import projections
from congdoan_desktop.storage.begun import begin
from congdoan_desktop.storage.bulk import CHUNK, Buffer
from congdoan_desktop.storage.custody import TREE_TYPES, Custody, NotCustodian
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.imports import Written
from congdoan_desktop.storage.ledger import Ledger, Log
from congdoan_desktop.storage.personal import Personal, new_personal

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")


class NeedsNewerProgram(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Mục này do một bản chương trình mới hơn ghi.",
            safe="Nội dung vẫn được giữ nguyên và chuyển tiếp khi gửi.",
            todo="Cài bản chương trình mới để xem và sửa.",
        )


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the officer at this installation, and whom this installation trusts."""

    officer: str
    unit: str
    installation: str
    installations: Mapping[str, str]
    """Installation id -> unit id, from the trust list."""
    root: str | None
    """The union whose trust list was accepted, None before that."""


class UnitOfWork:
    """All writing of one transaction."""

    def __init__(self, connection: Connection, writer: Writer, clock: Clock) -> None:
        self.connection = connection
        self.writer = writer
        self.clock = clock
        self.custody = Custody(connection, writer.installations, writer.root, writer.unit)
        self.ledger = Ledger(connection, self.custody)
        self._log = Log(connection)
        self._shared: tuple[str, bool] | None = None
        self._begun: dict[str, Beginnings] = {}
        self.written: list[Written] = []
        """What was saved by the many in this transaction."""

    def put(self, record: Record, id_: str | None = None, *, new_ids: IdSource = new_id) -> str:
        """Save a new record, or the next version of record `id_`, settling all heads. Returns the record's id.

        `new_ids` makes the id of a new one.

        Raises: NotFound, NotCustodian, NeedsNewerProgram.
        """
        facts, personal = split(record)
        if id_ is None:
            return self._first(record, facts, personal, record.unit if record.TYPE == "unit" else new_ids())
        heads = self._heads(id_)
        if heads[0].type != record.TYPE or heads[0].deleted:
            raise _gone()
        unknown = {name: value for name, value in self._personal(heads[0]).items() if name not in record.PERSONAL}
        facts = carried(facts_now(heads[0]), facts)
        self._next(heads, facts=facts, personal={**unknown, **personal}, unit=record.unit, record=record)
        return id_

    def put_many(
        self,
        records: Sequence[Record],
        ids: Sequence[str | None] | None = None,
        *,
        new_ids: IdSource = new_id,
        progress: Progress | None = None,
    ) -> list[str]:
        """`put` for each of the records, in a few statements and with one line in the log.

        ids: for each record its id, or None where it is new; without them all are new. The line's object is SHA-256
        over the hashes of the revisions in order.

        Raises: NotFound, NotCustodian, NeedsNewerProgram, Cancelled.
        """
        wanted = list(zip(records, ids or [None] * len(records), strict=True))
        return self._many("put", wanted, lambda one: one[1], lambda some: self._put_some(some, new_ids), progress)

    def delete_many(self, ids: Sequence[str], reason: str, progress: Progress | None = None) -> None:
        """`delete` for each; one line in the log as of `put_many`."""
        self._many("delete", ids, lambda id_: id_, _each(lambda id_: self.delete(id_, reason)), progress)

    def restore_many(self, versions: Sequence[tuple[str, str]], progress: Progress | None = None) -> None:
        """`restore` for each (id, hash); one line in the log as of `put_many`."""
        self._many("restore", versions, lambda one: one[0], _each(lambda one: self.restore(*one)), progress)

    def delete(self, id_: str, reason: str) -> None:
        """Raises: NotFound when it is not there or deleted already, NotCustodian, NeedsNewerProgram."""
        heads = self._heads(id_)
        if heads[0].deleted:
            raise _gone()
        self._next(heads, facts={}, personal={"reason": reason}, deleted=True)

    def restore(self, id_: str, hash_: str) -> None:
        """Make an earlier revision's content current again, as a new revision.

        Raises: NotFound when there is no such revision or it is a deletion, NotCustodian, NeedsNewerProgram.
        """
        earlier = self._revision(id_, hash_)
        if earlier.deleted:
            raise _gone()
        if not is_readable(earlier):
            raise NeedsNewerProgram
        self._next(self._heads(id_), facts=facts_now(earlier), personal=self._personal(earlier), unit=earlier.unit)

    def erase(self, id_: str) -> None:
        """Remove the personal part of all versions of a record for ever; its facts stay.

        Raises: NotFound, NotCustodian, NeedsNewerProgram.
        """
        heads = self._heads(id_)
        self._next(heads, facts=facts_now(heads[0]), personal={}, deleted=heads[0].deleted, erases=True)

    def value(self, type_: str, id_: str) -> Any:
        """The current record.

        Raises: NotFound when there is none.
        """
        found = projections.current(self.connection, type_, id_)
        if found is None:
            raise _gone()
        return found

    def version(self, type_: str, id_: str, hash_: str) -> Any:
        """The record as one of its revisions had it."""
        earlier = self._revision(id_, hash_)
        part = self.ledger.personal(hash_)
        return join(projections.KINDS[type_], earlier.unit, facts_now(earlier), part.body if part else None)

    def history(self, id_: str) -> History:
        return self.ledger.history(id_)

    def note(self, action: str, object_: str) -> None:
        """One line of the log: exports, prints, imports, looks at masked numbers."""
        self._log.write(at=self.clock.now().isoformat(), officer=self.writer.officer, action=action, object_=object_)

    def log_head(self) -> str:
        return self._log.head()

    def _many(
        self,
        verb: str,
        items: Sequence[_Item],
        id_of: Callable[[_Item], str | None],
        do: Callable[[Sequence[_Item]], list[_Done]],
        progress: Progress | None,
    ) -> list[_Done]:
        shown, found = progress or Progress(), list[_Done]()
        buffer = self.ledger.buffer = Buffer(self.connection)
        self._shared, self._begun = None, {}
        try:
            for start in range(0, len(items), CHUNK):
                shown.step(start, len(items), "Đang ghi vào sổ")
                chunk = items[start : start + CHUNK]
                buffer.read_ahead(id_ for id_ in map(id_of, chunk) if id_)
                found += do(chunk)
            buffer.flush()
            shown.step(len(items), len(items), "Đang ghi vào sổ")
        finally:
            self.ledger.buffer, self._begun = None, {}
        self.custody.forget_tree()
        if buffer.written:
            self.note(f"{verb}_many:{len(buffer.written)}", buffer.digest)
            self.written += buffer.written
        return found

    def _put_some(self, wanted: Sequence[tuple[Record, str | None]], new_ids: IdSource) -> list[str]:
        """Neighbours that are new and of one kind are made together."""
        found: list[str] = []
        for kind, some in groupby(wanted, _begun_kind):
            if kind is None:
                found += [self.put(record, id_, new_ids=new_ids) for record, id_ in some]
            else:
                found += self._begin([record for record, _ in some], new_ids)
        return found

    def _begin(self, records: Sequence[Record], new_ids: IdSource) -> list[str]:
        buffer = self.ledger.buffer
        assert buffer is not None
        if buffer.holds_tree:
            buffer.flush()
            self.custody.forget_tree()
        if {self.custody.keeper_of(unit) for unit in {record.unit for record in records}} != {self.writer.unit}:
            raise NotCustodian
        begun = begin(records, new_ids.many(len(records)), self._beginnings(records[0].TYPE))
        buffer.add_begun(begun)
        return list(begun.ids)

    def _first(self, record: Record, facts: Body, personal: Body, id_: str) -> str:
        part = new_personal(personal)
        revision = self._beginnings(record.TYPE).revision(id_, record.unit, facts, part.hash if part else None)
        self._ours(revision)
        self.ledger.add_first(revision, part, record)
        self._saved("new", revision)
        return id_

    def _next(
        self,
        heads: tuple[Revision, ...],
        *,
        facts: Body,
        personal: Body,
        unit: str | None = None,
        deleted: bool = False,
        erases: bool = False,
        record: Record | None = None,
    ) -> None:
        part: Personal | None = new_personal(personal)
        ground = (*heads, *self.ledger.history(heads[0].record).unsettled)
        at, suspect = self._moment()
        revision = replace(
            heads[0],
            v=CURRENT.get(heads[0].type, heads[0].v),
            unit=unit or heads[0].unit,
            author=self.writer.officer,
            installation=self.writer.installation,
            parents=tuple(one.hash for one in ground),
            generation=generation_after(ground),
            at=at,
            clock_suspect=suspect,
            deleted=deleted,
            erases=erases,
            facts=facts,
            personal_hash=part.hash if part else None,
        )
        self._ours(revision, ground)
        self.ledger.add_next(revision, part, record)
        verb = "erase" if erases else "delete" if deleted else "edit"
        self._saved(verb, revision)

    def _beginnings(self, type_: str) -> Beginnings:
        """Of this type and moment; many records saved at once share theirs."""
        if (shared := self._begun.get(type_)) is not None:
            return shared
        at, suspect = self._moment()
        made = Beginnings(
            type=type_,
            v=CURRENT[type_],
            author=self.writer.officer,
            installation=self.writer.installation,
            at=at,
            clock_suspect=suspect,
        )
        if self.ledger.buffer is not None:
            self._begun[type_] = made
        return made

    def _ours(self, revision: Revision, ground: tuple[Revision, ...] = ()) -> None:
        """Raises: NotCustodian. A level never edits what it does not keep; elsewhere it would be refused anyway."""
        buffer = self.ledger.buffer
        if buffer is not None and buffer.bears_on(revision):
            buffer.flush()
            self.custody.forget_tree()
        known = {one.hash: one for one in self.ledger.revisions(revision.record)} if ground else {}
        if self.custody.keepers(revision, known) != {self.writer.unit}:
            raise NotCustodian

    def _moment(self) -> tuple[str, bool]:
        """The time to be written, and whether it cannot be right; many records saved at once share theirs."""
        if self.ledger.buffer is None:
            return self.clock.now().isoformat(), self.clock.suspect()
        if self._shared is None:
            self._shared = (self.clock.now().isoformat(), self.clock.suspect())
        return self._shared

    def _personal(self, revision: Revision) -> Body:
        part = self.ledger.personal(revision.hash)
        return part.body if part else {}

    def _saved(self, verb: str, revision: Revision) -> None:
        if self.ledger.buffer is not None:
            self.ledger.buffer.counted(revision)
            return
        if revision.type in TREE_TYPES:
            self.custody.forget_tree()
        self.note(f"{verb}:{revision.type}", revision.hash)

    def _heads(self, id_: str) -> tuple[Revision, ...]:
        heads = self.ledger.history(id_).heads
        if not heads:
            raise _gone()
        if not all(is_readable(head) for head in heads):
            raise NeedsNewerProgram
        return heads

    def _revision(self, id_: str, hash_: str) -> Revision:
        for revision in self.ledger.revisions(id_):
            if revision.hash == hash_:
                return revision
        raise NotFound("Không có phiên bản này.", todo="Mở lại lịch sử để xem các phiên bản còn giữ.")


def _each(do: Callable[[_Item], _Done]) -> Callable[[Sequence[_Item]], list[_Done]]:
    return lambda some: [*map(do, some)]


def _begun_kind(wanted: tuple[Record, str | None]) -> type[Record] | None:
    """The kind of a new record that others of its kind may be made together with; None for all else."""
    record, id_ = wanted
    return type(record) if id_ is None and record.TYPE not in TREE_TYPES else None


def _gone() -> NotFound:
    return NotFound("Không còn mục này trong máy.", todo="Xem lại danh sách; có thể nó đã bị xoá hoặc rút lại.")


@contextmanager
def unit_of_work(database: Database, writer: Writer, clock: Clock, *, leaves: bool = False) -> Iterator[UnitOfWork]:
    with database.write(leaves=leaves) as connection:
        yield UnitOfWork(connection, writer, clock)

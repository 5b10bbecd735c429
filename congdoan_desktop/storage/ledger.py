"""The append-only ledger of revisions: write, settle, project, in the caller's transaction.

Everything that adds revisions goes through `Ledger.add`, whether an officer saved a form or a package came in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, select, update

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.revisions import History, Revision, State, revision_of, settle
from congdoan_desktop.storage import projections, tables
from congdoan_desktop.storage.arriving import Arrived, Arriving, arrive
from congdoan_desktop.storage.bulk import Buffer, revision_row
from congdoan_desktop.storage.custody import Custody, Senders
from congdoan_desktop.storage.engine import LOG_HEAD, insert_row
from congdoan_desktop.storage.personal import Personal

_LOG_HEAD = select(tables.log.c.head).order_by(tables.log.c.seq.desc()).limit(1)


class Ledger:
    """The revisions of one database, inside one transaction."""

    def __init__(self, connection: Connection, custody: Custody) -> None:
        self._connection = connection
        self._custody = custody
        self.buffer: Buffer | None = None
        """Where many local revisions are held back, while there are many."""
        self.erasures: list[Revision] = []
        """Erasing revisions added in this transaction."""

    def add(self, revision: Revision, part: Personal | None, *, local: bool) -> bool:
        """Store one revision unless it is there; settle its record afterwards. True when it was new."""
        held = self._find(revision.hash)
        if held is not None and local:
            raise ValueError("a local revision is written once")
        number = self._insert(revision, State.PENDING, local=local) if held is None else held
        if held is None and revision.erases:
            self.erasures.append(revision)
        if part is not None:
            self._keep_personal(number, part)
        return held is None

    def history(self, record: str) -> History:
        held = self._held(record)
        if held is not None:
            return settle(held)
        senders = self._senders(record)
        return settle(
            self.revisions(record),
            judge=lambda revision, known: self._custody.judge(revision, known, senders.get(revision.hash)),
            withdrawn=self._withdrawn(record),
        )

    def settle(self, record: str) -> History:
        """Recompute a record's states, drop what was erased, and bring its projected row up to date."""
        history = self.history(record)
        for hash_, state in history.states.items():
            self._connection.execute(
                update(tables.revisions)
                .where(tables.revisions.c.hash == hash_)
                .values(state=state, reason=history.reasons.get(hash_, ""))
            )
        if history.erased:
            gone = select(tables.revisions.c.seq).where(tables.revisions.c.hash.in_(history.erased))
            self._connection.execute(delete(tables.personal).where(tables.personal.c.revision.in_(gone)))
        part = self.personal(history.winner.hash) if history.winner else None
        projections.project(self._connection, record, history, part.body if part else None)
        return history

    def add_first(self, revision: Revision, part: Personal | None, record: Record) -> None:
        """The short way for the first revision of a local record: there is nothing to weigh it against."""
        if self.buffer is not None:
            self._hold(self.buffer, revision, part, record)
            return
        number = self._insert(revision, State.ACCEPTED, local=True)
        if part is not None:
            self._insert_personal(number, part)
        projections.project_new(self._connection, revision, record)

    def add_next(self, revision: Revision, part: Personal | None, record: Record | None = None) -> None:
        """A further revision of a record, written here; `record` is what it says, where the caller has it at hand."""
        if self.buffer is not None and self._held(revision.record) is not None and not revision.erases:
            self._hold(self.buffer, revision, part, record)
            return
        self.add(revision, part, local=True)
        self.settle(revision.record)

    def arrive(self, revisions: Sequence[Arriving], sender: str) -> Arrived:
        """The short way for what a package brings of records unknown here; `sender` is whose package it is."""
        self.erasures += [revision for revision, _ in revisions if revision.erases]
        return arrive(self._connection, self._custody, revisions, frozenset({sender}))

    def revisions(self, record: str) -> list[Revision]:
        held = self._held(record)
        if held is not None:
            return held
        rows = self._connection.execute(
            select(tables.revisions.c.body).where(tables.revisions.c.record == record).order_by(tables.revisions.c.seq)
        )
        return [revision_of(row.body) for row in rows]

    def personal(self, hash_: str) -> Personal | None:
        if self.buffer is not None and (ahead := self.buffer.part(hash_)) is not None:
            return ahead
        query = select(tables.personal).join(tables.revisions).where(tables.revisions.c.hash == hash_)
        row = self._connection.execute(query).first()
        return Personal(row.salt, json.loads(row.body)) if row else None

    def settle_all(self, records: Iterable[str]) -> None:
        for record in records:
            self.settle(record)

    def _find(self, hash_: str) -> int | None:
        found: int | None = self._connection.execute(
            select(tables.revisions.c.seq).where(tables.revisions.c.hash == hash_)
        ).scalar()
        return found

    def _keep_personal(self, number: int, part: Personal) -> None:
        kept = tables.personal.c.revision
        if self._connection.execute(select(kept).where(kept == number)).first() is None:
            self._insert_personal(number, part)

    def _insert(self, revision: Revision, state: State, *, local: bool) -> int:
        return insert_row(self._connection, tables.revisions, revision_row(revision, state, local=local))

    def _held(self, record: str) -> list[Revision] | None:
        return self.buffer.held(record) if self.buffer is not None else None

    def _hold(self, buffer: Buffer, revision: Revision, part: Personal | None, record: Record | None) -> None:
        row = None
        if record is not None:
            row = projections.row_of(record, revision)
        elif not revision.deleted:
            row = projections.shown_row(revision, part.body if part else None)
        buffer.add(revision, part, row)

    def _insert_personal(self, number: int, part: Personal) -> None:
        insert_row(self._connection, tables.personal, {"revision": number, "salt": part.salt, "body": part.data})

    def _senders(self, record: str) -> Mapping[str, Senders]:
        """Revision from elsewhere -> the units that ever sent it, withdrawn packages included."""
        rows = self._connection.execute(
            select(tables.revisions.c.hash, tables.packages_in.c.sender)
            .outerjoin(tables.deliveries, tables.deliveries.c.revision == tables.revisions.c.seq)
            .outerjoin(tables.packages_in, tables.packages_in.c.package_id == tables.deliveries.c.package_id)
            .where(_from_elsewhere(record))
        )
        found: dict[str, Senders] = {}
        for hash_, sender in rows:
            found[hash_] = found.get(hash_, frozenset()) | ({sender} if sender else set())
        return found

    def _withdrawn(self, record: str) -> frozenset[str]:
        """Revisions from elsewhere that no accepted package delivers any more."""
        delivered = (
            select(tables.deliveries.c.revision)
            .join(tables.packages_in, tables.packages_in.c.package_id == tables.deliveries.c.package_id)
            .where(tables.deliveries.c.revision == tables.revisions.c.seq, tables.packages_in.c.state == "accepted")
        )
        return frozenset(
            self._connection.execute(
                select(tables.revisions.c.hash).where(_from_elsewhere(record), ~delivered.exists())
            ).scalars()
        )


def _from_elsewhere(record: str) -> ColumnElement[bool]:
    return (tables.revisions.c.record == record) & tables.revisions.c.local.is_(False)


class Log:
    """The hash-chained log of who did what. It names objects by id and holds no personal data."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> str:
        kept: str | None = self._connection.info.get(LOG_HEAD)
        if kept is None:
            kept = self._connection.execute(_LOG_HEAD).scalar() or hashlib.sha256(b"").hexdigest()
            self._connection.info[LOG_HEAD] = kept
        return kept

    def write(self, *, at: str, officer: str, action: str, object_: str) -> None:
        entry = {"at": at, "officer": officer, "action": action, "object": object_}
        head = hashlib.sha256(bytes.fromhex(self.head()) + canonical(dict(entry))).hexdigest()
        insert_row(self._connection, tables.log, {**entry, "head": head})
        self._connection.info[LOG_HEAD] = head

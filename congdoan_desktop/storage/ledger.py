"""The append-only ledger of revisions: write, settle, project, in the caller's transaction.

Everything that adds revisions goes through `Ledger.add`, whether an officer saved a form or a package came in.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, select, update

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.revisions import (
    SALT_BYTES,
    Body,
    History,
    Revision,
    State,
    personal_hash,
    revision_of,
    settle,
)
from congdoan_desktop.storage import projections, tables
from congdoan_desktop.storage.custody import Custody, Senders
from congdoan_desktop.storage.engine import LOG_HEAD, insert_row

_LOG_HEAD = select(tables.log.c.head).order_by(tables.log.c.seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Personal:
    """The personal part of a revision, with the salt that keeps its hash from being guessed."""

    salt: bytes
    body: Body

    @property
    def hash(self) -> str:
        return personal_hash(self.salt, self.body)


def new_personal(body: Body) -> Personal | None:
    return Personal(os.urandom(SALT_BYTES), body) if body else None


class Ledger:
    """The revisions of one database, inside one transaction."""

    def __init__(self, connection: Connection, custody: Custody) -> None:
        self._connection = connection
        self._custody = custody
        self.erasures: list[Revision] = []
        """Erasing revisions added in this transaction."""

    def add(self, revision: Revision, part: Personal | None, *, local: bool) -> bool:
        """Store one revision unless it is there; settle its record afterwards. True when it was new."""
        new = self._find(revision.hash) is None
        if new:
            self._insert(revision, State.PENDING, local=local)
            if revision.erases:
                self.erasures.append(revision)
        elif local:
            raise ValueError("a local revision is written once")
        if part is not None:
            self._keep_personal(revision.hash, part)
        return new

    def history(self, record: str) -> History:
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
            self._connection.execute(delete(tables.personal).where(tables.personal.c.hash.in_(history.erased)))
        part = self.personal(history.winner.hash) if history.winner else None
        projections.project(self._connection, record, history, part.body if part else None)
        return history

    def add_first(self, revision: Revision, part: Personal | None) -> None:
        """The short way for the first revision of a local record: there is nothing to weigh it against."""
        self._insert(revision, State.ACCEPTED, local=True)
        if part is not None:
            self._insert_personal(revision.hash, part)
        projections.project_first(self._connection, settle([revision]), part.body if part else None)

    def revisions(self, record: str) -> list[Revision]:
        rows = self._connection.execute(
            select(tables.revisions.c.body).where(tables.revisions.c.record == record).order_by(tables.revisions.c.seq)
        )
        return [revision_of(row.body) for row in rows]

    def personal(self, hash_: str) -> Personal | None:
        row = self._connection.execute(select(tables.personal).where(tables.personal.c.hash == hash_)).first()
        return Personal(row.salt, json.loads(row.body)) if row else None

    def settle_all(self, records: Iterable[str]) -> None:
        for record in records:
            self.settle(record)

    def _find(self, hash_: str) -> int | None:
        found: int | None = self._connection.execute(
            select(tables.revisions.c.seq).where(tables.revisions.c.hash == hash_)
        ).scalar()
        return found

    def _keep_personal(self, hash_: str, part: Personal) -> None:
        held = self._connection.execute(select(tables.personal.c.hash).where(tables.personal.c.hash == hash_)).first()
        if held is None:
            self._insert_personal(hash_, part)

    def _insert(self, revision: Revision, state: State, *, local: bool) -> None:
        insert_row(
            self._connection,
            tables.revisions,
            {
                "hash": revision.hash,
                "record": revision.record,
                "type": revision.type,
                "unit": revision.unit,
                "installation": revision.installation,
                "generation": revision.generation,
                "state": state,
                "reason": "",
                "local": local,
                "body": revision.body,
            },
        )

    def _insert_personal(self, hash_: str, part: Personal) -> None:
        insert_row(self._connection, tables.personal, {"hash": hash_, "salt": part.salt, "body": canonical(part.body)})

    def _senders(self, record: str) -> Mapping[str, Senders]:
        """Revision from elsewhere -> the units that ever sent it, withdrawn packages included."""
        rows = self._connection.execute(
            select(tables.revisions.c.hash, tables.packages_in.c.sender)
            .outerjoin(tables.deliveries, tables.deliveries.c.hash == tables.revisions.c.hash)
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
            select(tables.deliveries.c.hash)
            .join(tables.packages_in, tables.packages_in.c.package_id == tables.deliveries.c.package_id)
            .where(tables.deliveries.c.hash == tables.revisions.c.hash, tables.packages_in.c.state == "accepted")
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

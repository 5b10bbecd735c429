"""The append-only ledger of revisions: write, settle, project, in the caller's transaction.

Everything that adds revisions goes through `Ledger.add`, whether an officer saved a form or a package came in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.revisions import Body, History, Revision, State, revision_of, settle
from congdoan_desktop.storage import projections, tables, weighing
from congdoan_desktop.storage.arriving import Arrived, Arriving, arrive
from congdoan_desktop.storage.bulk import Buffer, revision_row
from congdoan_desktop.storage.custody import Custody
from congdoan_desktop.storage.engine import LOG_HEAD, fetch, insert_row
from congdoan_desktop.storage.personal import Personal

_WITHOUT_TEXT = "DELETE FROM personal WHERE revision = (SELECT seq FROM revisions WHERE hash = ?)"
_COUNTS_FOR = "UPDATE revisions SET state = ?, reason = ? WHERE hash = ?"
_CARRIED = (
    "SELECT r.record, r.body, p.salt, p.body FROM revisions r LEFT JOIN personal p ON p.revision = r.seq"
    " WHERE r.record IN (SELECT value FROM json_each(?)) ORDER BY r.generation, r.hash"
)
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
        self._fresh: set[str] = set()
        """Records to which something was added since their row was written."""

    def add(self, revision: Revision, part: Personal | None, *, local: bool) -> bool:
        """Store one revision unless it is there; settle its record afterwards. True when it was new."""
        held = self._find(revision.hash)
        if held is not None and local:
            raise ValueError("a local revision is written once")
        number = self._insert(revision, State.PENDING, local=local) if held is None else held
        if held is None and revision.erases:
            self.erasures.append(revision)
        if (part is not None and self._keep_personal(number, part)) or held is None:
            self._fresh.add(revision.record)
        return held is None

    def history(self, record: str) -> History:
        read_ahead = self._held(record)
        return settle(read_ahead) if read_ahead is not None else self._weighed([record])[record][1]

    def settle(self, record: str) -> History:
        """Recompute a record's states, drop what was erased, and bring its projected row up to date."""
        return self.settle_all([record], anew=True)[record]

    def settle_all(self, records: Sequence[str], *, anew: bool = False) -> dict[str, History]:
        """`settle` for each of the records. What counts for the same as before keeps the row it has, unless `anew`."""
        found: dict[str, History] = {}
        for start in range(0, len(records), weighing.CHUNK):
            weighed = self._weighed(records[start : start + weighing.CHUNK])
            self.write(weighed, anew=anew)
            found |= {record: history for record, (_, history) in weighed.items()}
        return found

    def write(self, weighed: Mapping[str, tuple[weighing.Held, History]], *, anew: bool = False) -> None:
        """Bring states and projected rows to what the histories say, by record."""
        differing = {
            record: (held, history)
            for record, (held, history) in weighed.items()
            if anew or record in self._fresh or not held.stands(history)
        }
        self._fresh -= weighed.keys()
        raw: Any = self._connection.connection.dbapi_connection
        raw.executemany(_COUNTS_FOR, [row for held, history in differing.values() for row in held.changes(history)])
        histories = {record: history for record, (_, history) in differing.items()}
        gone = [(hash_,) for history in histories.values() for hash_ in history.erased]
        raw.executemany(_WITHOUT_TEXT, gone)
        projections.project(self._connection, histories, self._texts(histories))

    def _texts(self, histories: Mapping[str, History]) -> dict[str, Body]:
        """Winner -> its personal part, of those that have one."""
        winners = [one.winner for one in histories.values() if one.winner is not None and one.winner.personal_hash]
        found = weighing.texts(self._connection, [one.record for one in winners])
        return {one.hash: found[one.hash] for one in winners if one.hash in found}

    def _weighed(self, records: Sequence[str]) -> dict[str, tuple[weighing.Held, History]]:
        held = weighing.held(self._connection, records)
        return {record: (one, one.weighed(self._custody)) for record, one in held.items()}

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

    def carried(self, records: Iterable[str]) -> dict[str, list[tuple[bytes, Personal | None]]]:
        """Body and personal part of all revisions of the records, the oldest generation first, in one statement."""
        found: dict[str, list[tuple[bytes, Personal | None]]] = {}
        for record, body, salt, part in fetch(self._connection, _CARRIED, json.dumps(list(records))):
            found.setdefault(record, []).append((body, Personal(salt, json.loads(part)) if salt is not None else None))
        return found

    def personal(self, hash_: str) -> Personal | None:
        if self.buffer is not None and (ahead := self.buffer.part(hash_)) is not None:
            return ahead
        query = select(tables.personal).join(tables.revisions).where(tables.revisions.c.hash == hash_)
        row = self._connection.execute(query).first()
        return Personal(row.salt, json.loads(row.body)) if row else None

    def _find(self, hash_: str) -> int | None:
        found = fetch(self._connection, "SELECT seq FROM revisions WHERE hash = ?", hash_)
        return found[0][0] if found else None

    def _keep_personal(self, number: int, part: Personal) -> bool:
        if fetch(self._connection, "SELECT 1 FROM personal WHERE revision = ?", number):
            return False
        self._insert_personal(number, part)
        return True

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

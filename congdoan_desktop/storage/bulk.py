"""Many local revisions of one transaction, held back and written with one statement for each table.

What is held back is what the ledger would write one by one, so nothing else can tell the difference. A record is
revised here only where there is nothing to weigh: one head, nothing from elsewhere, nothing erased.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from congdoan_desktop.domain.revisions import Revision, State, kept_revision
from congdoan_desktop.domain.units import OrgEvent, Unit
from congdoan_desktop.storage import projections, tables
from congdoan_desktop.storage.begun import Begun
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.engine import fetch, insert_values
from congdoan_desktop.storage.imports import Written
from congdoan_desktop.storage.personal import Personal

CHUNK = 1000
"""Records between two flushes: enough that a statement costs nothing, few enough to stay small in memory."""
_MANY = 5 * CHUNK
_MOST_HELD = 50 * CHUNK
"""Rows of the typed tables are held back longer, some 600 bytes a record: their indexes are ordered by names, so that a
thousand of them fall on a thousand pages, and what one table's pages need of the cache is not taken by another's.
"""
_REVISION = (
    "seq", "hash", "record", "type", "unit", "installation", "generation", "state", "reason", "local", "body",
)  # fmt: skip


class Buffer:
    """Revisions waiting to be written, and what was read ahead of the records they belong to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._revisions: list[tuple[Any, ...]] = []
        self._own: list[tuple[str, bytes, bytes]] = []
        """Personal parts: the hash of the revision, salt, data."""
        self._rows: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {}
        """By type, the columns and what stands in them."""
        self._replaced: dict[str, list[str]] = {}
        self._waiting: set[str] = set()
        """Records whose row is not written yet."""
        self._tree: set[str] = set()
        """Types among them that the organisation is made of."""
        self._held: dict[str, list[Revision]] = {}
        self._parts: dict[str, Personal] = {}
        self._total = hashlib.sha256()
        self.written: list[Written] = []

    @property
    def digest(self) -> str:
        """SHA-256 over the hashes of all revisions, in the order in which they were added."""
        return self._total.hexdigest()

    def counted(self, revision: Revision) -> None:
        self._total.update(bytes.fromhex(revision.hash))
        before = revision.parents[0] if revision.parents else ""
        self.written.append(Written(revision.record, revision.type, revision.hash, before))

    def read_ahead(self, records: Iterable[str]) -> None:
        """Read what is known of records about to be revised; the ones not plain enough are left to the ledger."""
        wanted = list(records)
        if wanted or len(self._waiting) >= _MOST_HELD:
            self.flush()
        else:
            self._write_revisions()
        self._held, self._parts = {}, {}
        if not wanted:
            return
        revisions, personal = tables.revisions, tables.personal
        query = (
            select(revisions, personal.c.salt, personal.c.body.label("part"))
            .join(personal, isouter=True)
            .where(revisions.c.record.in_(wanted))
            .order_by(revisions.c.seq)
        )
        plain: dict[str, bool] = {}
        for row in self._connection.execute(query):
            revision = kept_revision(row.body, row.hash)
            self._held.setdefault(row.record, []).append(revision)
            fits = row.local and row.state == State.ACCEPTED and not revision.erases
            plain[row.record] = plain.get(row.record, True) and fits and _follows(self._held[row.record])
            if row.salt is not None:
                self._parts[row.hash] = Personal(row.salt, json.loads(row.part))
        self._held = {record: held for record, held in self._held.items() if plain[record]}

    def held(self, record: str) -> list[Revision] | None:
        """All revisions of a record read ahead, oldest first; None for any other. What waits is written first."""
        if record in self._waiting:
            self.flush()
        return self._held.get(record)

    def part(self, hash_: str) -> Personal | None:
        """The personal part of a revision read ahead."""
        return self._parts.get(hash_)

    def add(self, revision: Revision, part: Personal | None, row: dict[str, Any] | None) -> None:
        """A revision that nothing speaks against, with the row it gives its record; no row for a deletion."""
        self._revisions.append(revision_values(revision, State.ACCEPTED, local=True))
        if part is not None:
            self._own.append((revision.hash, part.salt, part.data))
        if revision.parents:
            self._replaced.setdefault(revision.type, []).append(revision.record)
        if row is not None:
            self._rows.setdefault(revision.type, (tuple(row), []))[1].append(tuple(row.values()))
        self._waiting.add(revision.record)
        if revision.type in TREE_TYPES:
            self._tree.add(revision.type)
        self._held.pop(revision.record, None)

    def add_begun(self, begun: Begun) -> None:
        """First revisions of a type that the organisation is not made of, counted too."""
        type_, ids, hashes = begun.type, begun.ids, begun.hashes
        accepted = (repeat(1), repeat(State.ACCEPTED.value), repeat(""), repeat(1))
        own = (repeat(type_), begun.units, repeat(begun.installation))
        self._revisions += zip(hashes, ids, *own, *accepted, begun.bodies, strict=False)
        self._own += [(hash_, *part) for hash_, part in zip(hashes, begun.parts, strict=True) if part]
        self._rows.setdefault(type_, (begun.columns, []))[1].extend(begun.rows)
        self._waiting.update(ids)
        self._total.update(bytes.fromhex("".join(hashes)))
        self.written += map(Written, ids, repeat(type_), hashes, repeat(""))

    @property
    def holds_tree(self) -> bool:
        """Whether what waits may change the organisation."""
        return bool(self._tree)

    def bears_on(self, revision: Revision) -> bool:
        """Whether what waits may change who keeps the revision's record."""
        if not self._tree or revision.type != Unit.TYPE or revision.parents:
            return bool(self._tree)
        moved = OrgEvent.TYPE in self._tree or Unit.TYPE in self._replaced
        return moved or revision.facts["parent"] in self._waiting

    def flush(self) -> None:
        """Write what waits."""
        self._write_revisions()
        for type_, records in self._replaced.items():
            table = projections.TABLES[type_]
            self._connection.execute(delete(table).where(table.c.record.in_(records)))
        for type_, (columns, rows) in self._rows.items():
            _insert(self._connection, projections.TABLES[type_], columns, rows)
        self._rows, self._replaced, self._waiting, self._tree = {}, {}, set(), set()

    def _write_revisions(self) -> None:
        _write(self._connection, self._revisions, self._own)
        self._revisions, self._own = [], []


def _insert(connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """A table that grows to more than twice its size gets its indexes anew at the end: each page is written once."""
    grows = len(rows) >= _MANY and len(rows) > connection.execute(select(func.count()).select_from(table)).scalar_one()
    indexes = sorted(table.indexes, key=lambda index: str(index.name)) if grows else []
    for index in indexes:
        index.drop(connection)
    insert_values(connection, table, columns, rows)
    for index in indexes:
        index.create(connection)


def last_revision(connection: Connection) -> int:
    """The number of the revision stored last, 0 for none; those of later ones are greater."""
    ((number,),) = fetch(connection, "SELECT max(seq) FROM revisions")
    return int(number or 0)


def write_revisions(
    connection: Connection, rows: Sequence[tuple[Any, ...]], parts: Mapping[str, Personal]
) -> Collection[int]:
    """New revisions as `revision_values` makes them, and their personal parts by hash, in order; the numbers given."""
    own = [(hash_, part.salt, part.data) for hash_, part in parts.items()]
    return _write(connection, rows, own)


def _write(
    connection: Connection, rows: Sequence[tuple[Any, ...]], parts: Sequence[tuple[str, bytes, bytes]]
) -> Collection[int]:
    """Rows as `revision_values` makes them; the numbers given to them."""
    if not rows:
        return ()
    first = 1 + last_revision(connection)
    numbers = {row[0]: number for number, row in enumerate(rows, first)}
    insert_values(connection, tables.revisions, _REVISION, [(number, *row) for number, row in enumerate(rows, first)])
    own = [(numbers[hash_], salt, data) for hash_, salt, data in parts]
    insert_values(connection, tables.personal, ("revision", "salt", "body"), own)
    return numbers.values()


def revision_row(revision: Revision, state: State, *, local: bool, reason: str = "") -> dict[str, Any]:
    """What the table of revisions holds of one; in plain types, for the driver takes a microsecond for any other."""
    return dict(zip(_REVISION[1:], revision_values(revision, state, local=local, reason=reason), strict=True))


def revision_values(revision: Revision, state: State, *, local: bool, reason: str = "") -> tuple[Any, ...]:
    """`revision_row` without the names."""
    return (
        revision.hash, revision.record, revision.type, revision.unit, revision.installation, revision.generation,
        state.value, reason, int(local), revision.body,
    )  # fmt: skip


def _follows(revisions: list[Revision]) -> bool:
    """Whether the last of them was built on the one before and on nothing else."""
    before = tuple(one.hash for one in revisions[-2:-1])
    return revisions[-1].parents == before and revisions[-1].generation == len(revisions)

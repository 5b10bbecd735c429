"""Projections computed anew from the revisions, to an equal digest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from congdoan_desktop.domain.bodies import needs_newer
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import projections, rows, tables
from congdoan_desktop.storage.bulk import CHUNK, Buffer
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.engine import insert_rows
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_VERSION_KEY = "projection_version"


def create_projections(connection: Connection) -> None:
    projections.projected.drop_all(connection)
    projections.projected.create_all(connection)
    rows.set_settings(connection, {_VERSION_KEY: str(projections.VERSION)})


def is_outdated(connection: Connection) -> bool:
    return rows.settings(connection).get(_VERSION_KEY) != str(projections.VERSION)


def rebuild(work: UnitOfWork, progress: Progress) -> str:
    """Drop and compute all projections; returns the digest."""
    create_projections(work.connection)
    settle_tree(work)
    records = _records(work.connection, foreign_only=False)
    reader = Buffer(work.connection)
    for start in range(0, len(records), CHUNK):
        progress.step(start, len(records), "Đang tính lại các bảng")
        _rebuild_chunk(work, reader, records[start : start + CHUNK])
    return projections.digest(work.connection)


def _rebuild_chunk(work: UnitOfWork, reader: Buffer, records: list[str]) -> None:
    """Records with one line of our own versions give their row at once; the others are weighed one by one."""
    reader.read_ahead(records)
    rows: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        held = reader.held(record)
        if held is None or needs_newer(held[-1]):
            work.ledger.settle(record)
        elif not held[-1].deleted:
            part = reader.part(held[-1].hash)
            rows.setdefault(held[-1].type, []).append(projections.shown_row(held[-1], part.body if part else None))
    for type_, found in rows.items():
        insert_rows(work.connection, projections.TABLES[type_], found)


def settle_foreign(work: UnitOfWork) -> None:
    """Judge everything from elsewhere again, after trust or the organisation changed."""
    settle_tree(work)
    work.ledger.settle_all(_records(work.connection, foreign_only=True))


def settle_tree(work: UnitOfWork) -> None:
    """The organisation out of its revisions: from nothing, as long as what was accepted makes more acceptable.

    Starting from nothing keeps the result free of the order in which packages came. A branch is known after as many
    rounds as it is deep; the bound ends what only units standing under each other in a circle could prolong.
    """
    for type_ in TREE_TYPES:
        work.connection.execute(delete(projections.TABLES[type_]))
    work.custody.forget_tree()
    records = _tree_records(work.connection)
    before: Tree | None = None
    for _ in range(len(records) + 2):
        if work.custody.tree == before:
            break
        before = work.custody.tree
        work.ledger.settle_all(records)
        work.custody.forget_tree()


def _tree_records(connection: Connection) -> list[str]:
    found = connection.execute(
        select(tables.revisions.c.record).where(tables.revisions.c.type.in_(TREE_TYPES)).distinct()
    )
    return sorted(row.record for row in found)


def _records(connection: Connection, *, foreign_only: bool) -> list[str]:
    query = select(tables.revisions.c.record).where(tables.revisions.c.type.not_in(TREE_TYPES)).distinct()
    if foreign_only:
        query = query.where(tables.revisions.c.local.is_(False))
    return sorted(row.record for row in connection.execute(query))

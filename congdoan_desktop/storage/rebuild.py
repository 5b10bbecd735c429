"""Projections computed anew from the revisions, to an equal digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from congdoan_desktop.domain.bodies import needs_newer
from congdoan_desktop.domain.revisions import History
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import projections, rows, tables, weighing
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
    """`renew`, and the digest of what was made."""
    renew(work, progress)
    return projections.digest(work.connection)


def renew(work: UnitOfWork, progress: Progress) -> None:
    """Drop and compute all projections: first the organisation, which the others are judged by.

    Raises: Cancelled.
    """
    create_projections(work.connection)
    indexes = [index for table in projections.projected.tables.values() for index in table.indexes]
    for index in indexes:
        index.drop(work.connection)
    tree, others = _tree_records(work.connection), _records(work.connection, foreign_only=False)
    total = len(tree) + len(others)
    reader = Buffer(work.connection)
    settle_tree(work, anew=True)
    for done, chunk in enumerate(_chunks(others)):
        progress.step(len(tree) + done * CHUNK, total, "Đang tính lại các bảng")
        work.ledger.settle_all(_written(work, reader, chunk), anew=True)
    for index in indexes:  # made at the end, each page of them is written once
        progress.step(total, total, "Đang tính lại các bảng")
        index.create(work.connection)


def _chunks(records: list[str]) -> Iterator[list[str]]:
    return (records[start : start + CHUNK] for start in range(0, len(records), CHUNK))


def _written(work: UnitOfWork, reader: Buffer, records: list[str]) -> list[str]:
    """Records with one line of our own versions get their row at once; returns the others, to be weighed one by one."""
    reader.read_ahead(records)
    rows: dict[str, list[dict[str, Any]]] = {}
    left: list[str] = []
    for record in records:
        held = reader.held(record)
        if held is None or needs_newer(held[-1]):
            left.append(record)
        elif not held[-1].deleted:
            part = reader.part(held[-1].hash)
            rows.setdefault(held[-1].type, []).append(projections.shown_row(held[-1], part.body if part else None))
    for type_, found in rows.items():
        insert_rows(work.connection, projections.TABLES[type_], found)
    return left


def settle_foreign(work: UnitOfWork) -> dict[str, History]:
    """Judge everything from elsewhere again, after trust or the organisation changed.

    Returns the histories of the records that the organisation is made of.
    """
    organisation = settle_tree(work)
    for chunk in _chunks(_records(work.connection, foreign_only=True)):
        work.ledger.settle_all(chunk)
    return organisation


def settle_tree(work: UnitOfWork, *, anew: bool = False) -> dict[str, History]:
    """The organisation out of its revisions; `anew` where its tables are empty.

    Starting from nothing keeps the result free of the order in which packages came.
    """
    held = weighing.held(work.connection, _tree_records(work.connection))
    histories = weighing.organisation(work.connection, work.custody, held)
    work.ledger.write({record: (held[record], history) for record, history in histories.items()}, anew=anew)
    return histories


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

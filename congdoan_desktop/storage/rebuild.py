"""Projections computed anew from the revisions, to an equal digest."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import projections, rows, tables
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_VERSION_KEY = "projection_version"
_CHUNK = 200


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
    for done, record in enumerate(records):
        if done % _CHUNK == 0:
            progress.step(done, len(records), "Đang tính lại các bảng")
        work.ledger.settle(record)
    return projections.digest(work.connection)


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

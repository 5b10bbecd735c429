"""Records of which nothing is held yet, as a package brings them: weighed in memory, written with one statement for
each table.

What comes out is what the ledger would reach one by one; a record that is known already is left to the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from congdoan_desktop.domain.revisions import History, Revision, settle
from congdoan_desktop.storage import projections
from congdoan_desktop.storage.bulk import revision_row, write_revisions
from congdoan_desktop.storage.custody import Custody, Senders
from congdoan_desktop.storage.engine import insert_rows
from congdoan_desktop.storage.personal import Personal

Arriving = tuple[Revision, Personal | None]


def arrive(
    connection: Connection, custody: Custody, revisions: Sequence[Arriving], senders: Senders
) -> dict[str, History]:
    """Store the revisions and project their records, none of which the database may know. Record -> its history."""
    parts = {revision.hash: part for revision, part in revisions if part is not None}
    histories = {record: _weighed(custody, known, senders) for record, known in _by_record(revisions).items()}
    held: list[dict[str, Any]] = []
    kept: dict[str, Personal] = {}
    for (revision, _), history in _each(revisions, histories):
        state, reason = history.states[revision.hash], history.reasons.get(revision.hash, "")
        held.append(revision_row(revision, state, local=False, reason=reason))
        if revision.hash in parts and revision.hash not in history.erased:
            kept[revision.hash] = parts[revision.hash]
    write_revisions(connection, held, kept)
    for name, rows in _shown(histories.values(), parts).items():
        insert_rows(connection, projections.projected.tables[name], rows)
    return histories


def _shown(histories: Iterable[History], parts: Mapping[str, Personal]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the records, by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for history in histories:
        own = parts.get(history.winner.hash) if history.winner else None
        for table, row in projections.rows_now(history, own.body if own else None):
            found.setdefault(table.name, []).append(row)
    return found


def _by_record(revisions: Iterable[Arriving]) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = {}
    for revision, _ in revisions:
        found.setdefault(revision.record, []).append(revision)
    return found


def _weighed(custody: Custody, known: list[Revision], senders: Senders) -> History:
    return settle(known, judge=lambda revision, others: custody.judge(revision, others, senders))


def _each(revisions: Iterable[Arriving], histories: Mapping[str, History]) -> Iterable[tuple[Arriving, History]]:
    """Each revision once, in the order in which they came."""
    once = {revision.hash: (revision, part) for revision, part in revisions}
    return (((revision, part), histories[revision.record]) for revision, part in once.values())

"""Records of which nothing is held yet, as a package brings them: weighed in memory, written with one statement for
each table.

What comes out is what the ledger would reach one by one; a record that is known already is left to the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from congdoan_desktop.domain.revisions import History, Revision, State, settle
from congdoan_desktop.storage import projections
from congdoan_desktop.storage.bulk import revision_values, write_revisions
from congdoan_desktop.storage.custody import TREE_TYPES, Custody, Senders
from congdoan_desktop.storage.engine import insert_rows, left_between
from congdoan_desktop.storage.personal import Personal

Arriving = tuple[Revision, Personal | None]


class Arrived(NamedTuple):
    """`histories`: by record, of those alone that are anything but one accepted revision. `numbers`: of all revisions
    as they are stored.
    """

    histories: Mapping[str, History]
    numbers: Collection[int]


def arrive(connection: Connection, custody: Custody, revisions: Sequence[Arriving], senders: Senders) -> Arrived:
    """Store the revisions and project their records, none of which the database may know."""
    once = {revision.hash: (revision, part) for revision, part in revisions}
    parts = {revision.hash: part for revision, part in revisions if part is not None}
    histories: dict[str, History] = {}
    shown: dict[str, list[dict[str, Any]]] = {}
    welcome = _Welcome(custody, senders)
    for record, known in left_between(connection, _by_record(once).items()):
        row = _of_the_only(welcome, known, parts)
        if row is not None:
            shown.setdefault(projections.TABLES[known[0].type].name, []).append(row)
            continue
        history = histories[record] = _weighed(custody, known, senders)
        for erased in history.erased:
            parts.pop(erased, None)
        own = parts.get(history.winner.hash) if history.winner else None
        for table, row in projections.rows_now(history, own.body if own else None):
            shown.setdefault(table.name, []).append(row)
    held = [_held(revision, histories.get(revision.record)) for revision, _ in once.values()]
    numbers = write_revisions(connection, held, parts)
    for name, rows in shown.items():
        insert_rows(connection, projections.projected.tables[name], rows)
    return Arrived(histories, numbers)


def _by_record(once: Mapping[str, Arriving]) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = {}
    for revision, _ in once.values():
        found.setdefault(revision.record, []).append(revision)
    return found


class _Welcome:
    """Whether nothing speaks against a record that begins: asked once for each computer and each union it tells of."""

    def __init__(self, custody: Custody, senders: Senders) -> None:
        self._custody, self._senders = custody, senders
        self._said: dict[tuple[str, str, str], bool] = {}

    def __call__(self, only: Revision) -> bool:
        key = only.type, only.installation, only.unit
        if key not in self._said:
            stranger = self._custody.stranger(only, {only.hash: only}, self._senders)
            self._said[key] = stranger is None and only.type not in TREE_TYPES  # of which each tells of itself
        return self._said[key]


def _of_the_only(welcome: _Welcome, known: list[Revision], parts: Mapping[str, Personal]) -> dict[str, Any] | None:
    """The row of a record that begins with its only revision, as nearly all do, where nothing speaks against it.

    None for every other: `settle` says then what it counts for.
    """
    only = known[0]
    if len(known) > 1 or only.parents or only.generation != 1 or only.erases:
        return None
    if not welcome(only):
        return None
    own = parts.get(only.hash)
    return projections.first_row(only, own.body if own else None)


def _weighed(custody: Custody, known: list[Revision], senders: Senders) -> History:
    return settle(known, judge=lambda revision, others: custody.judge(revision, others, senders))


def _held(revision: Revision, history: History | None) -> tuple[Any, ...]:
    if history is None:
        return revision_values(revision, State.ACCEPTED, local=False)
    reason = history.reasons.get(revision.hash, "")
    return revision_values(revision, history.states[revision.hash], local=False, reason=reason)

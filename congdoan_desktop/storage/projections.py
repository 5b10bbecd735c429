"""Typed tables computed from the revisions: disposable, rebuilt at any time to an equal digest.

A table is made from each record class, so a new record type needs no new code here; what only a newer program can read
is named in a table of its own. `VERSION` grows whenever the tables or the way they are filled change; an older
projection is rebuilt at opening.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    select,
)

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.adjustments import Adjustment
from congdoan_desktop.domain.attachments import Attachment
from congdoan_desktop.domain.bodies import facts_now, is_readable, needs_newer
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.figures import EnteredFigure, PeriodFigures
from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.domain.narrative import Narrative
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.proposals import Proposal, ReviewMeeting, SupportDecision
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.records import Columns, Record, field_types, join, plain, rows_of, told, values_of
from congdoan_desktop.domain.reviews import Review
from congdoan_desktop.domain.revisions import Body, History, Revision
from congdoan_desktop.domain.shared_files import SharedFile
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import person_sort_key, search_key, search_keys, sort_key, spelled_key
from congdoan_desktop.domain.units import Baseline, Department, Headcount, OrgEvent, Unit
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.storage.engine import insert_row, insert_rows
from congdoan_desktop.storage.projected_indexes import LISTED, indexes_of

VERSION = 19

_RECORDS: tuple[type[Record], ...] = (
    Unit,
    OrgEvent,
    Headcount,
    Department,
    Baseline,
    Workplace,
    Workforce,
    Campaign,
    Activity,
    Person,
    Post,
    Training,
    Rating,
    Need,
    Proposal,
    ReviewMeeting,
    SupportDecision,
    SupportRecord,
    Contribution,
    PeriodFigures,
    EnteredFigure,
    Narrative,
    Review,
    Adjustment,
    SharedFile,
    Attachment,
)
KINDS: Mapping[str, type[Record]] = {kind.TYPE: kind for kind in _RECORDS}
_PLAIN, _NOTHING = (str, int), "[]"
_AS_IS = frozenset({str, int, type(None)})
_FOUND_BY: Mapping[type[Record], tuple[str, ...]] = {
    Person: ("name", "citizen_id", "old_id", "insurance", "card", "phone"),
    Workplace: ("name", "tax_code", "budget_code", "place", "address"),
    Contribution: ("giver",),
    Need: ("group",),
}
"""Where a list is searched by other fields than `_SEARCHED`: by names and numbers, never by what was noted."""
_SEARCHED = frozenset(
    {"name", "short_name", "code", "number", "title", "place", "note", "goods", "decision", "citizen_id", "group"}
)

projected = MetaData()


def _column(name: str, hint: Any) -> Column[Any]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
    kind = {str: Text, int: Integer, bool: Boolean, date: Date}.get(hint, Text)
    return Column(name, kind)


def _table(kind: type[Record]) -> Table:
    return Table(
        f"p_{kind.TYPE}",
        projected,
        Column("record", String(36), primary_key=True),
        Column("hash", String(64), nullable=False),
        Column("generation", Integer, nullable=False),
        Column("at", String, nullable=False),
        Column("author", String(36), nullable=False),
        Column("installation", String(36), nullable=False),
        Column("conflict", Boolean, nullable=False),
        Column("erased", Boolean, nullable=False),
        Column("sort", Text, nullable=False),
        Column("search", Text, nullable=False),
        *(_column(name, hint) for name, hint in field_types(kind).items()),
        *indexes_of(kind),
        sqlite_with_rowid=False,
    )


TABLES: Mapping[str, Table] = {type_: _table(kind) for type_, kind in KINDS.items()}

NEWER = Table(
    "p_newer",
    projected,
    Column("record", String(36), primary_key=True),
    Column("type", String, nullable=False),
    Column("unit", String(36), nullable=False),
    Column("at", String, nullable=False),
    Column("author", String(36), nullable=False),
    sqlite_with_rowid=False,
)
"""Records whose winner is of a type or version that this program does not know."""
_HUNG_ON = frozenset({Unit.TYPE, OrgEvent.TYPE})
"""Others hang on these, so meanwhile they stand in their tables as last read."""


def project(connection: Connection, histories: Mapping[str, History], personal: Mapping[str, Body]) -> None:
    """Bring the rows of records to what their histories say now; `personal`: by winner."""
    gone: dict[str, list[tuple[str]]] = {NEWER.name: [(record,) for record in histories]}
    shown: dict[str, list[dict[str, Any]]] = {}
    for record, history in histories.items():
        for type_ in history.types & TABLES.keys():
            gone.setdefault(TABLES[type_].name, []).append((record,))
        own = personal.get(history.winner.hash) if history.winner else None
        for table, row in rows_now(history, own):
            shown.setdefault(table.name, []).append(row)
    raw: Any = connection.connection.dbapi_connection
    for name, records in gone.items():
        raw.executemany(f'DELETE FROM "{name}" WHERE record = ?', records)  # noqa: S608 - names are ours
    for name, rows in shown.items():
        insert_rows(connection, projected.tables[name], rows)


def rows_now(history: History, personal: Body | None) -> list[tuple[Table, dict[str, Any]]]:
    """The rows that a record's history gives it; `personal` is its winner's part."""
    winner = history.winner
    if winner is None or winner.deleted:
        return []
    if not needs_newer(winner):
        return [(TABLES[winner.type], _row(winner, history, personal))]
    rows = [(NEWER, {column.name: getattr(winner, column.name) for column in NEWER.columns})]
    if winner.type in _HUNG_ON and (last := _last_read(history)):
        rows.append((TABLES[last.type], _row(last, history, None)))
    return rows


def value_now(history: History, personal: Body | None) -> Record | None:
    """The record that a history shows; `personal` is its winner's part."""
    winner = history.winner
    if winner is None or winner.deleted:
        return None
    if not needs_newer(winner):
        return _shown(KINDS[winner.type], winner, personal)
    last = _last_read(history) if winner.type in _HUNG_ON else None
    return None if last is None else _shown(KINDS[last.type], last, None)


def project_new(connection: Connection, revision: Revision, record: Record) -> None:
    """The row of a record whose first revision has just been made of `record` here."""
    insert_row(connection, TABLES[revision.type], row_of(record, revision))


def _last_read(history: History) -> Revision | None:
    return next((one for one in history.counted if is_readable(one) and not one.deleted), None)


def misfit(revision: Revision) -> str | None:
    """Why a revision's facts cannot be shown here, None when they can or when only a newer program knows them."""
    if revision.deleted or not is_readable(revision):
        return None
    try:
        join(KINDS[revision.type], revision.unit, facts_now(revision), None)
    except (ValueError, TypeError, KeyError):
        return "nội dung không đúng kiểu"
    return None


def first_row(revision: Revision, personal: Body | None) -> dict[str, Any] | None:
    """`shown_row` of a record that has this one revision; None where anything about it must be weighed first."""
    if revision.deleted or not is_readable(revision):
        return None
    kind = KINDS[revision.type]
    try:
        values = told(kind, revision.unit, facts_now(revision), personal)
    except (ValueError, TypeError, KeyError):
        return None
    row = dict(_untold(kind))
    for name, value in values.items():
        row[name] = value if value.__class__ in _AS_IS else _stored(value)
    return _completed(kind, row, revision, conflict=False, erased=False)


@cache
def _untold(kind: type[Record]) -> Mapping[str, Any]:
    """What a row holds of fields that nobody tells; in the order of the fields, so that all rows have one."""
    return {field.name: None if field.default is MISSING else _stored(field.default) for field in fields(kind)}  # type: ignore[arg-type]  # every record is a dataclass


def _row(winner: Revision, history: History, personal: Body | None) -> dict[str, Any]:
    value = _shown(KINDS[winner.type], winner, personal)
    erased = winner.hash in history.erased or (winner.erases and winner.personal_hash is None)
    return row_of(value, winner, conflict=history.conflict, erased=erased)


def shown_row(winner: Revision, personal: Body | None) -> dict[str, Any]:
    """The row of a record that nobody disputes and nobody erased, out of its one head."""
    return row_of(_shown(KINDS[winner.type], winner, personal), winner)


def begun_rows(
    kind: type[Record], columns: Columns, ids: Sequence[str], hashes: Sequence[str], shared: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """`row_of` for records that were begun together, out of the columns of their values: the names of the table's
    columns, and the rows. `shared`: "at", "author" and "installation" of all their revisions.
    """
    held = {name: _stored_column(values) for name, values in columns.items()}
    blank = [""] * len(ids)
    names = [one or other or "" for one, other in zip(held.get("name", blank), held.get("title", blank), strict=True)]
    folded = rows_of([search_keys(held[name]) for name in _found_by(kind)], len(ids))
    found_by = [" ".join(filter(None, told)) for told in folded]
    beside: dict[str, Iterable[Any]] = {
        "record": ids,
        "hash": hashes,
        "generation": repeat(1),
        **{name: repeat(shared[name]) for name in ("at", "author", "installation")},
        "conflict": repeat(0),
        "erased": repeat(0),
        "sort": map(_sorting(kind), names),
        "search": [_search_text(kind, told, name) for told, name in zip(found_by, names, strict=True)],
    }
    return (*held, *beside), [*rows_of([*held.values(), *beside.values()], len(ids))]


def _stored_column(values: Sequence[Any]) -> Sequence[Any]:
    return values if set(map(type, values)) <= _AS_IS else [*map(_stored, values)]


def row_of(value: Record, winner: Revision, *, conflict: bool = False, erased: bool = False) -> dict[str, Any]:
    """The row of a record whose winner says `value`."""
    kind = type(value)
    names, read = values_of(kind)
    values = [held if held.__class__ in _AS_IS else _stored(held) for held in read(value)]
    return _completed(kind, dict(zip(names, values, strict=True)), winner, conflict=conflict, erased=erased)


def _completed(
    kind: type[Record], row: dict[str, Any], winner: Revision, *, conflict: bool, erased: bool
) -> dict[str, Any]:
    """With what stands beside the fields."""
    name = row.get("name") or row.get("title") or ""
    row |= {
        "record": winner.record,
        "hash": winner.hash,
        "generation": winner.generation,
        "at": winner.at,
        "author": winner.author,
        "installation": winner.installation,
        "conflict": int(conflict),
        "erased": int(erased),
        "sort": _sorting(kind)(name),
        "search": _search_text(kind, search_key(" ".join(filter(None, map(row.get, _found_by(kind))))), name),
    }
    return row


def _sorting(kind: type[Record]) -> Callable[[str], str]:
    return person_sort_key if kind is Person else sort_key


def _search_text(kind: type[Record], folded: str, name: str) -> str:
    """The folded key of what it is found by; in a list with the name as spelled behind, and a space before each word.

    So who has the very marks, or a word that begins so, can rank first.
    """
    return f" {folded}\n {spelled_key(name)}" if kind in LISTED else folded


@cache
def _found_by(kind: type[Record]) -> tuple[str, ...]:
    return _FOUND_BY.get(kind) or tuple(field for field in field_types(kind) if field in _SEARCHED)


def _shown(kind: type[Record], winner: Revision, personal: Body | None) -> Record:
    """The record; a personal part of the wrong types (a sender's defect) stays stored and is shown as absent."""
    facts = facts_now(winner)
    try:
        return join(kind, winner.unit, facts, personal)
    except ValueError:
        return join(kind, winner.unit, facts, None)


def _stored(value: Any) -> Any:
    if value.__class__ is bool:
        return int(value)  # for which the driver need not ask how it is kept
    if value is None or isinstance(value, _PLAIN):
        return value
    if not value:
        return _NOTHING
    return value.isoformat() if isinstance(value, date) else json.dumps(plain(value), ensure_ascii=False)


def current(connection: Connection, type_: str, record: str | None) -> Any:
    """A record as it stands, None where there is none."""
    table = TABLES[type_]
    row = connection.execute(select(table).where(table.c.record == record)).mappings().first()
    return None if row is None else value_of(type_, row)


def value_of(type_: str, row: RowMapping) -> Any:
    """The record dataclass out of a projected row."""
    kind = KINDS[type_]
    names, lists = _columns_of(kind)
    given: Body = dict(zip(names, itemgetter(*names)(row), strict=True))
    for name in lists:
        given[name] = json.loads(given[name])
    return join(kind, row["unit"], given, given)


@cache
def _columns_of(kind: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All fields, and those that are kept as JSON."""
    hints = field_types(kind)
    return tuple(hints), tuple(name for name, hint in hints.items() if typing.get_origin(hint) is tuple)


def digest(connection: Connection) -> str:
    """SHA-256 over all rows of all projections, in one order: equal sets of revisions give equal digests."""
    total = hashlib.sha256()
    for name in sorted(projected.tables):
        table = projected.tables[name]
        for row in connection.execute(select(table).order_by(table.c.record)).mappings():
            plain_row = {column: v.isoformat() if isinstance(v, date) else v for column, v in row.items()}
            total.update(canonical({"table": name, "row": plain_row}) + b"\n")
    return total.hexdigest()

"""The order of a long list: its ids sorted once, so that a page anywhere in it is read by id."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.engine import ORDERED
from congdoan_desktop.storage.ledger import Log
from congdoan_desktop.storage.projections import TABLES

_Kept = TypeVar("_Kept")
CHUNK = 500
"""Ids in one question to the database."""


def ids(connection: Connection, type_: str, asked: Hashable, ask: Callable[[], Sequence[str]]) -> Sequence[str]:
    """The ids of the records of a type in the order asked for; 50,000 ids are 5 MB."""
    return kept(connection, type_, asked, ask)


def kept(connection: Connection, name: str, asked: Hashable, ask: Callable[[], _Kept]) -> _Kept:
    """What was found for the same question, until the log goes on, else what `ask` says; of each name one answer."""
    answers: dict[str, tuple[tuple[str, Hashable], _Kept]] = connection.info.setdefault(ORDERED, {})
    key = (Log(connection).head(), asked)
    if name not in answers or answers[name][0] != key:
        answers[name] = (key, ask())
    return answers[name][1]


def chunks(wanted: Iterable[str]) -> Iterable[list[str]]:
    """So many ids as one question takes."""
    every = list(wanted)
    return (every[at : at + CHUNK] for at in range(0, len(every), CHUNK))


def by_value(rows: Iterable[Any], value: Callable[[Any], Any], *, descending: bool) -> list[Any]:
    """Rows by a value; those without one stand at the end, whichever way round, and equals as they came."""
    keyed = [(value(row), row) for row in rows]
    filled = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=descending)
    return [row for _, row in filled] + [row for held, row in keyed if held is None]


def place_of(
    connection: Connection,
    day: ColumnElement[Any],
    record: ColumnElement[Any],
    where: Sequence[ColumnElement[bool]],
    id_: str,
) -> int | None:
    """Where a record stands among those that hold, the latest day and the greatest id first; None where it does not."""
    on = connection.execute(select(day).where(record == id_, *where)).scalar()
    if on is None:
        return None
    later = or_(day > on, and_(day == on, record > id_))
    return int(connection.execute(select(func.count()).where(later, *where)).scalar_one())


def by_unit(office: Office, connection: Connection) -> Callable[[Any], object]:
    """The name of the `unit` of a row."""
    now = office.structure(connection).units
    return lambda row: sort_key(now[row.unit].short_name) if row.unit in now else None


def given(ids_: Iterable[str]) -> Select[Any]:
    """The statement that gives these ids, however many they are."""
    return select(func.json_each(json.dumps([*ids_])).table_valued("value").c.value)


def people(connection: Connection, wanted: Select[Any], most: int | None = None) -> dict[str, int]:
    """Person -> place in the Vietnamese order of names, of those that a statement gives, or of the first of them."""
    table = TABLES[Person.TYPE].c
    # coalesce: so that the index of the list of people is read through, and not a page for each of them.
    query = select(table.record).where(func.coalesce(table.record, "").in_(wanted)).order_by(table.sort, table.record)
    return {id_: place for place, id_ in enumerate(connection.execute(query.limit(most)).scalars().all())}


def by_name(catalogue_name: str, codes: Iterable[str | None]) -> list[int]:
    """For each code of a catalogue the place of its name in the Vietnamese order; one not in it comes behind."""
    names = {entry.code: sort_key(entry.name) for entry in catalogue().entries(catalogue_name)}
    places = {key: place for place, key in enumerate(sorted(set(names.values())))}
    ranks: dict[str | None, int] = {code: places[key] for code, key in names.items()}
    return [ranks.get(code, len(places)) for code in codes]

"""People whom support may be given to, as suggested while a name is typed and as a record's list shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from congdoan_desktop.domain.people import mask
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import spelled_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.services import persons
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody already known, as suggested while a name is typed. The identity number is masked."""

    id: str
    name: str
    unit: str
    unit_name: str
    birth_year: int | None
    citizen_id: str
    times_this_year: int
    member: bool = True


def find_people(office: Office, typed: str, *, unit: str | None = None, limit: int = 12) -> list[PersonHit]:
    """People whose name or number contains what was typed; who is spelled with the very marks comes first."""
    known = TABLES[Person.TYPE].c
    ids = select(known.record).where(known.erased.is_(False), *persons.holding(typed))
    with office.read() as connection:
        if unit:
            ids = ids.where(known.unit.in_(under(office, connection, unit)))
        found = list(connection.execute(ids.order_by(*persons.best_first(typed)).limit(limit)).scalars())
        shown = hits(office, connection, found)
        return [shown[id_] for id_ in found]


def hits(office: Office, connection: Connection, ids: Iterable[str] | Select[Any]) -> dict[str, PersonHit]:
    """Those of the people who are known and not erased, by id."""
    found = people(office).where(TABLES[Person.TYPE].c.record.in_(ids))
    now = office.structure(connection).units
    return {row.record: hit_of(row, now) for row in connection.execute(found)}


def namesakes(office: Office, name: str) -> list[PersonHit]:
    """People of exactly this name, whatever the case and the place of the tone."""
    return [hit for hit in find_people(office, name) if spelled_key(hit.name) == spelled_key(name)]


def people(office: Office) -> Select[Any]:
    """The rows of all who are not erased, with how often each was given something this year."""
    people, given = TABLES[Person.TYPE], TABLES[SupportRecord.TYPE].c
    year = office.clock.today().year
    times = (
        select(func.count())
        .where(given.person == people.c.record, given.on.between(date(year, 1, 1), date(year, 12, 31)))
        .correlate(people)
        .scalar_subquery()
    )
    return select(people, times.label("times")).where(people.c.erased.is_(False))


def hit_of(row: Row[Any], now: Mapping[str, Unit]) -> PersonHit:
    """Somebody out of a row of `people`."""
    return PersonHit(
        row.record,
        row.name,
        row.unit,
        now[row.unit].short_name if row.unit in now else "–",
        row.birth_year,
        mask(row.citizen_id) if row.citizen_id else "",
        row.times,
        row.member,
    )

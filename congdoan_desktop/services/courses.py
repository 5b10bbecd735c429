"""The list of courses that people took, in pages: of 10,000 only those in sight are read whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from congdoan_desktop.domain.persons import Person, Training
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.services import ordered, persons
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.officers import TrainingRow
from congdoan_desktop.storage.projections import TABLES, value_of

_T, _P = TABLES[Training.TYPE].c, TABLES[Person.TYPE].c
_Light = Row[Any]
"""What orders, counts and filters a course: `_LIGHT`."""
_LIGHT = (_T.record, _T.person, _T.unit, _T.on, _T.days)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for. `unit` alone, without those below it."""

    year: int | None = None
    unit: str | None = None
    search: str = ""
    conflict: bool = False
    order: str = ""
    """A key of ORDERS, "" for the latest first."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How many courses are listed, people who took one, and days in all."""

    listed: int = 0
    people: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from a place of the list on, and what all of it counts."""

    counted: Counted
    rows: list[TrainingRow]


def page(office: Office, wanted: Wanted, starts: int = 0, count: int = 100) -> Page:
    """One page of the list."""
    with office.read() as connection:
        light = _light(connection, wanted)
        counted = Counted(len(light), len({row.person for row in light}), sum(row.days for row in light))
        window = _window(office, connection, wanted, light, starts, count)
        return Page(counted, _rows(office, connection, window))


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[TrainingRow]:
    """Further rows, without counting."""
    with office.read() as connection:
        window = _window(office, connection, wanted, _light(connection, wanted), starts, count)
        return _rows(office, connection, window)


def place(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list a course stands, None where the filters leave it out."""
    with office.read() as connection:
        light = _light(connection, wanted)
        found = list(_window(office, connection, wanted, light, 0, len(light)))
        return found.index(id_) if id_ in found else None


def listing(office: Office, wanted: Wanted) -> list[TrainingRow]:
    """The whole list, for a sheet."""
    with office.read() as connection:
        light = _light(connection, wanted)
        return _rows(office, connection, _window(office, connection, wanted, light, 0, len(light)))


def _light(connection: Connection, wanted: Wanted) -> Sequence[_Light]:
    """All that are wanted, the latest first; kept, because another order is asked for of the same."""
    asked = (replace(wanted, order="", descending=False), wanted.order == "course")
    return ordered.kept(connection, f"{Training.TYPE}.light", asked, lambda: _read_light(connection, wanted))


def _read_light(connection: Connection, wanted: Wanted) -> Sequence[_Light]:
    further = (_T.course,) if wanted.order == "course" else ()
    query = select(*_LIGHT, *further).order_by(_T.on.desc(), _T.record)
    if wanted.year:
        query = query.where(_T.on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.unit:
        query = query.where(_T.unit == wanted.unit)
    if wanted.conflict:
        query = query.where(_T.conflict)
    if wanted.search:
        query = query.where(_T.person.in_(select(_P.record).where(*persons.holding(wanted.search))))
    return connection.execute(query).all()


def _window(
    office: Office, connection: Connection, wanted: Wanted, light: Sequence[_Light], starts: int, count: int
) -> Sequence[str]:
    """The ids of a page."""
    if not wanted.order:
        return _of_days(connection, light, starts, count)
    found = ordered.ids(connection, Training.TYPE, wanted, lambda: _in_order(office, connection, wanted, light))
    return found[starts : starts + count]


def _of_days(connection: Connection, light: Sequence[_Light], starts: int, count: int) -> list[str]:
    """Those of one day stand in the order of names, which only the people of the days in sight are asked for."""
    seen = light[starts : starts + count]
    if not seen:
        return []
    first = bisect_left(light, _backwards(seen[0]), key=_backwards)
    last = bisect_right(light, _backwards(seen[-1]), key=_backwards)
    names = _names(connection, {row.person for row in light[first:last]})
    days = sorted(light[first:last], key=lambda row: (_backwards(row), names.get(row.person, ""), row.record))
    return [row.record for row in days[starts - first : starts - first + count]]


def _backwards(row: _Light) -> int:
    return -int(row.on.toordinal())


def _in_order(office: Office, connection: Connection, wanted: Wanted, light: Sequence[_Light]) -> list[str]:
    value = ORDERS[wanted.order](office, connection)
    return [row.record for row in ordered.by_value(light, value, descending=wanted.descending)]


def _by_name(_office: Office, connection: Connection) -> Callable[[_Light], object]:
    name, took_part = f"{Training.TYPE}.people", select(_T.person)
    took = ordered.kept(connection, name, None, lambda: ordered.people(connection, took_part))
    return lambda row: took.get(row.person)


ORDERS: Mapping[str, Callable[[Office, Connection], Callable[[_Light], object]]] = {
    "oldest": lambda _office, _connection: lambda row: row.on,
    "name": _by_name,
    "unit": ordered.by_unit,
    "course": lambda _office, _connection: lambda row: sort_key(row.course) if row.course else None,
    "days": lambda _office, _connection: lambda row: row.days,
}


def _rows(office: Office, connection: Connection, ids: Sequence[str]) -> list[TrainingRow]:
    tree, now = office.tree(connection), office.structure(connection).units
    join = TABLES[Training.TYPE].outerjoin(TABLES[Person.TYPE], _P.record == _T.person)
    query = select(TABLES[Training.TYPE], _P.name, _P.erased.label("gone")).select_from(join)
    found: dict[str, TrainingRow] = {}
    for chunk in ordered.chunks(ids):
        for row in connection.execute(query.where(_T.record.in_(chunk))).mappings():
            name = str(row["name"] or (persons.ERASED if row["gone"] else "–"))
            unit = now[row["unit"]].short_name if row["unit"] in now else "–"
            own = tree.custodian(row["unit"]) == office.identity.unit
            training: Training = value_of(Training.TYPE, row)
            found[row["record"]] = TrainingRow(row["record"], training, name, unit, row["conflict"], own)
    return [found[id_] for id_ in ids]


def _names(connection: Connection, people: Iterable[str]) -> dict[str, str]:
    """Person -> its sort key."""
    found: dict[str, str] = {}
    for chunk in ordered.chunks(people):
        found |= {
            row.record: row.sort for row in connection.execute(select(_P.record, _P.sort).where(_P.record.in_(chunk)))
        }
    return found

"""Activities: one form saves the activity for each of the CĐCS chosen, because each is counted on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from congdoan_desktop.domain.activities import DONE, Activity, validate_activity
from congdoan_desktop.domain.activity_kinds import validate_kind
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, search_key, sort_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import Finding, NotFound, ValidationError
from congdoan_desktop.services import ordered
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import named, under
from congdoan_desktop.storage.projections import TABLES, value_of

_Conditions = list[ColumnElement[bool]]
_CHUNK = 500
"""Ids in one question to the database."""
_T, _UNITS, _WORKPLACES = (TABLES[kind.TYPE].c for kind in (Activity, Unit, Workplace))
_ORDERS: Mapping[str, ColumnElement[Any]] = {
    "when": _T.starts,
    "title": func.nullif(_T.sort, ""),
    "participants": _T.participants,
    "women": _T.women,
    "cost": func.nullif(_T.cost, 0),
}
"""What is not known stands at the end, whichever way round; equals stand with the latest first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; None and "" ask for all."""

    campaign: str | None = None
    unit: str | None = None
    kind: str | None = None
    state: str | None = None
    year: int | None = None
    search: str = ""
    conflict: bool = False
    order: str = ""
    """A key of the columns of the list, "" for the latest first."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as listed; `unit_name` is the short name, "–" while the unit is unknown here."""

    id: str
    activity: Activity
    unit_name: str
    conflict: bool
    own: bool
    """Whether it was entered at this installation's union (otherwise it came in a package and is only shown)."""
    workplace_name: str = ""
    people: tuple[tuple[str, str], ...] = ()
    """(id, name) of those who are named; one who is not known here has no name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A workplace to choose. `unit`: its CĐCS, or the union that keeps its record; what is held there is entered so."""

    id: str
    name: str
    unit: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Summed:
    """How many are listed; of them those that were held, their sums (cost in đồng), and how many units held them."""

    listed: int
    held: int
    units: int
    participants: int
    women: int
    cost: int
    first: date | None
    last: date | None
    """The first and the last day on which one of those listed starts."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from a place of the list on, and the sums of all of it."""

    summed: Summed
    rows: list[ActivityRow]


def add(office: Office, activity: Activity, units: tuple[str, ...], workplaces: tuple[str, ...] = ()) -> Saved:
    """Save one activity for each workplace, or for each unit where no workplace is chosen. All or none.

    Raises: ValidationError with all findings, NotFound for an unknown workplace.
    """
    if not units and not workplaces:
        raise ValidationError((Finding("units", "Chọn ít nhất một đơn vị đã tổ chức hoạt động."),))
    tidy = _tidy(activity)
    warnings = refuse(check(replace(tidy, unit="any"), office.clock.today()))
    with office.write(Right.ENTER) as work:
        held = [(unit, tidy.workplace) for unit in units]
        if workplaces:
            known = {place.id: place.unit for place in _places(office, work.connection)}
            if not known.keys() >= set(workplaces):
                raise NotFound("Không còn cơ quan, doanh nghiệp này trong sổ.", todo="Chọn lại trong danh sách.")
            held = [(known[one], one) for one in workplaces]
        return Saved(tuple(work.put(replace(tidy, unit=unit, workplace=one)) for unit, one in held), warnings)


def edit(office: Office, record: str, activity: Activity) -> Saved:
    """Raises: ValidationError, NotFound."""
    tidy = _tidy(activity)
    warnings = refuse(check(tidy, office.clock.today()))
    with office.write(Right.ENTER) as work:
        return Saved((work.put(tidy, record),), warnings)


def listing(
    office: Office,
    *,
    campaign: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    year: int | None = None,
    search: str = "",
) -> list[ActivityRow]:
    """Activities, latest first."""
    return all_of(office, Wanted(campaign, unit, kind, state, year, search))


def all_of(office: Office, wanted: Wanted) -> list[ActivityRow]:
    """The whole list, for a sheet."""
    with office.read() as connection:
        query = _whole().where(*_conditions(office, connection, wanted)).order_by(*_order(wanted, office.clock.today()))
        return _found(office, connection, query)


def page(office: Office, wanted: Wanted, starts: int = 0, count: int = 100) -> Page:
    """One page of the list, and what all of it sums up to; only the rows shown are read whole."""
    with office.read() as connection:
        where = _conditions(office, connection, wanted)
        return Page(_summed(connection, where), _page(office, connection, wanted, starts, count))


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[ActivityRow]:
    """Further rows, without summing."""
    with office.read() as connection:
        return _page(office, connection, wanted, starts, count)


def position(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list an activity stands, None where the filters leave it out."""
    with office.read() as connection:
        ids = _ids(office, connection, wanted)
        return ids.index(id_) if id_ in ids else None


def held_at(office: Office) -> list[str]:
    """The names of places where activities were held, the latest first."""
    query = select(_T.place).where(_T.place != "").group_by(_T.place).order_by(func.max(_T.starts).desc(), _T.place)
    with office.read() as connection:
        return list(connection.execute(query).scalars())


def places(office: Office) -> list[Place]:
    """All workplaces in Vietnamese order."""
    with office.read() as connection:
        return _places(office, connection)


def check(activity: Activity, today: date) -> tuple[Finding, ...]:
    """All findings of an activity, those of its kind's own fields with them."""
    kind = catalogue().entry("activity_kinds", activity.kind)
    return (*validate_activity(activity, today), *(validate_kind(activity, kind) if kind else ()))


# The list


def _whole() -> Select[Any]:
    query = select(TABLES[Activity.TYPE], _UNITS.short_name, _WORKPLACES.name.label("workplace_name"))
    return query.join(TABLES[Unit.TYPE], _UNITS.record == _T.unit, isouter=True).join(
        TABLES[Workplace.TYPE], _WORKPLACES.record == _T.workplace, isouter=True
    )


def _narrowed(query: Select[Any], where: _Conditions) -> Select[Any]:
    return query.select_from(TABLES[Activity.TYPE]).where(*where)


def _ordered(wanted: Wanted, where: _Conditions, today: date) -> Select[Any]:
    return _narrowed(select(_T.record), where).order_by(*_order(wanted, today))


def _conditions(office: Office, connection: Connection, wanted: Wanted) -> _Conditions:
    asked = {_T.campaign: wanted.campaign, _T.kind: wanted.kind, _T.state: wanted.state}
    found: list[ColumnElement[bool]] = [column == value for column, value in asked.items() if value]
    if wanted.unit:
        found.append(_T.unit.in_(under(office, connection, wanted.unit)))
    if wanted.year:
        found.append(_T.starts.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.search:
        typed = search_key(wanted.search)
        places = select(_WORKPLACES.record).where(func.instr(_WORKPLACES.search, typed) > 0)
        said = or_(func.instr(_T.search, typed) > 0, _T.unit.in_(named(office, connection, typed)))
        # Two questions, because one with "or" looks for the workplace of each of 140,000.
        held_there = select(_T.record).where(_T.workplace.in_(places))
        found.append(_T.record.in_(select(_T.record).where(said).union(held_there)))
    return [*found, _T.conflict] if wanted.conflict else found


def _order(wanted: Wanted, today: date) -> list[ColumnElement[Any]]:
    latest: list[ColumnElement[Any]] = [_T.starts.desc(), _T.record.desc()]
    if not wanted.order:
        return latest
    key = {**_ORDERS, "kind": _kind_rank(), "state": _state_rank(today)}[wanted.order]
    return [key.is_(None), key.desc() if wanted.descending else key, *latest]


def _kind_rank() -> ColumnElement[Any]:
    """Kinds in the order of their names; one that is not in the catalogue comes behind."""
    names = {entry.code: sort_key(entry.name) for entry in catalogue().entries("activity_kinds")}
    ranks = {key: rank for rank, key in enumerate(sorted(set(names.values())))}
    return case({code: ranks[name] for code, name in names.items()}, value=_T.kind, else_=len(ranks))


def _state_rank(today: date) -> ColumnElement[Any]:
    """In the order of the words: Dự kiến, Không tính, Mâu thuẫn, Quá ngày, Tính chỉ tiêu."""
    planned = _T.state != DONE
    return case((_T.conflict, 2), (and_(planned, _T.ends < today), 3), (planned, 0), (_T.counts, 4), else_=1)


def _summed(connection: Connection, where: _Conditions) -> Summed:
    held = _T.state == DONE
    sums = [func.coalesce(func.sum(case((held, column))), 0) for column in (_T.participants, _T.women, _T.cost)]
    query = select(
        func.count(),
        func.count(case((held, 1))),
        func.count(case((held, _T.unit)).distinct()),
        *sums,
        func.min(_T.starts),
        func.max(_T.starts),
    )
    return Summed(*connection.execute(_narrowed(query, where)).one())


def _page(office: Office, connection: Connection, wanted: Wanted, starts: int, count: int) -> list[ActivityRow]:
    """What was sorted or searched is kept, so that the next page is there at once."""
    today = office.clock.today()
    if wanted.order or wanted.search:
        ids = _ids(office, connection, wanted)[starts : starts + count]
    else:
        query = _ordered(wanted, _conditions(office, connection, wanted), today).offset(starts).limit(count)
        ids = list(connection.execute(query).scalars())
    return _found(office, connection, _whole().where(_T.record.in_(ids)).order_by(*_order(wanted, today)))


def _ids(office: Office, connection: Connection, wanted: Wanted) -> Sequence[str]:
    """Of the whole list, in its order."""
    today = office.clock.today()

    def ask() -> Sequence[str]:
        query = _ordered(wanted, _conditions(office, connection, wanted), today)
        return list(connection.execute(query).scalars())

    return ordered.ids(connection, Activity.TYPE, (wanted, today), ask)


def _found(office: Office, connection: Connection, query: Select[Any]) -> list[ActivityRow]:
    keeper, now = office.tree(connection).custodian, office.structure(connection).units
    found = [(row, value_of(Activity.TYPE, row)) for row in connection.execute(query).mappings()]
    names = _names(connection, {person for _, activity in found for person in activity.people})
    return [
        ActivityRow(
            row["record"],
            activity,
            now[row["unit"]].short_name if row["unit"] in now else row["short_name"] or "–",
            row["conflict"],
            keeper(row["unit"]) == office.identity.unit,
            row["workplace_name"] or "",
            tuple((person, names.get(person, "")) for person in activity.people),
        )
        for row, activity in found
    ]


def _tidy(activity: Activity) -> Activity:
    return replace(
        activity,
        title=clean(activity.title),
        place=clean(activity.place),
        note=clean(activity.note),
        number=clean(activity.number),
    )


def _places(office: Office, connection: Connection) -> list[Place]:
    table, now = TABLES[Workplace.TYPE], office.structure(connection).units
    keeper = func.coalesce(table.c.union, table.c.unit)
    query = select(table.c.record, table.c.name, keeper.label("unit")).order_by(table.c.sort, table.c.record)
    return [
        Place(row.record, row.name, row.unit, now[row.unit].short_name if row.unit in now else "–")
        for row in connection.execute(query)
    ]


def _names(connection: Connection, people: set[str]) -> dict[str, str]:
    table, ids = TABLES[Person.TYPE].c, sorted(people)
    found: dict[str, str] = {}
    for at in range(0, len(ids), _CHUNK):
        query = select(table.record, table.name).where(table.record.in_(ids[at : at + _CHUNK]))
        found.update((row.record, row.name) for row in connection.execute(query))
    return found

"""Activities: one form saves the activity for each of the CĐCS chosen, because each is counted on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, case, func, select

from congdoan_desktop.domain.activities import DONE, Activity, validate_activity
from congdoan_desktop.domain.activity_kinds import validate_kind
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import Finding, NotFound, ValidationError
from congdoan_desktop.services import long_list, ordered
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.long_list import LongList
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import named, under
from congdoan_desktop.storage.projections import TABLES, value_of

_Conditions = list[ColumnElement[bool]]
_CHUNK = 500
"""Ids in one question to the database."""
_T, _UNITS, _WORKPLACES = (TABLES[kind.TYPE].c for kind in (Activity, Unit, Workplace))
_LATEST = (_T.starts.desc(), _T.record.desc())
_HELD = long_list.Of(
    Activity,
    "starts",
    (
        "ends", "unit", "workplace", "campaign", "kind", "state", "counts", "participants", "women", "cost", "conflict",
        "sort", "search",
    ),
)  # fmt: skip


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
        held = long_list.held(connection, _HELD)
        return _found(office, connection, held.ids_of(_sorted(office, connection, wanted, held)))


def page(office: Office, wanted: Wanted, starts: int = 0, count: int = 100) -> Page:
    """One page of the list, and what all of it sums up to; only the rows shown are read whole."""
    with office.read() as connection:
        held = _held(connection, wanted)
        if held is not None:
            summed = _sums(held, wanted, _places_wanted(office, connection, wanted, held))
        else:
            summed = _summed(connection, _conditions(office, connection, wanted))
        return Page(summed, _page(office, connection, wanted, starts, count))


def read_ahead(office: Office) -> bool:
    """Read a portion of what searching and sorting need; True while there is more."""
    with office.read() as connection:
        return long_list.read_on(connection, _HELD)


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[ActivityRow]:
    """Further rows, without summing."""
    with office.read() as connection:
        return _page(office, connection, wanted, starts, count)


def position(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list an activity stands, None where the filters leave it out."""
    with office.read() as connection:
        held = _held(connection, wanted)
        if held is not None:
            return long_list.position(held, _sorted(office, connection, wanted, held), id_)
        return ordered.place_of(connection, _T.starts, _T.record, _conditions(office, connection, wanted), id_)


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


def _conditions(office: Office, connection: Connection, wanted: Wanted) -> _Conditions:
    """What the database answers; words are looked for in `_places_wanted`."""
    asked = {_T.campaign: wanted.campaign, _T.kind: wanted.kind, _T.state: wanted.state}
    found: list[ColumnElement[bool]] = [column == value for column, value in asked.items() if value]
    if wanted.unit:
        found.append(_T.unit.in_(under(office, connection, wanted.unit)))
    if wanted.year:
        found.append(_T.starts.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    return [*found, _T.conflict] if wanted.conflict else found


def _held(connection: Connection, wanted: Wanted) -> LongList | None:
    """The list in memory, where it is there or has to be for what is asked."""
    return (long_list.held if wanted.order or wanted.search else long_list.ready)(connection, _HELD)


def _places_wanted(office: Office, connection: Connection, wanted: Wanted, held: LongList) -> list[int]:
    """`_conditions` and the words looked for, in memory; latest first."""

    def ask() -> list[int]:
        found = held.latest
        asked = {"campaign": wanted.campaign, "kind": wanted.kind, "state": wanted.state}
        for name, value in asked.items():
            found = long_list.equal(found, held[name], value) if value else found
        if wanted.unit:
            found = long_list.among(found, held["unit"], under(office, connection, wanted.unit))
        found = long_list.of_year(held, found, wanted.year) if wanted.year else found
        found = long_list.equal(found, held["conflict"], 1) if wanted.conflict else found
        return _holding(office, connection, wanted.search, held, found) if wanted.search else found

    return held.once("places", _unordered(wanted), ask)


def _unordered(wanted: Wanted) -> Wanted:
    return replace(wanted, order="", descending=False)


def _holding(office: Office, connection: Connection, typed: str, held: LongList, places: Sequence[int]) -> list[int]:
    """Those that hold the words, or whose workplace or union does."""
    words = search_key(typed)
    query = select(_WORKPLACES.record).where(func.instr(_WORKPLACES.search, words) > 0)
    there, unions = set(connection.execute(query).scalars()), set(named(office, connection, words))
    return long_list.holding(held, places, words, {"workplace": there, "unit": unions})


def _keys(held: LongList, order: str, today: str) -> Sequence[Any]:
    """What the places are sorted by; what is not known has none."""
    if order == "title":
        return [title or None for title in held["sort"]]
    if order == "kind":
        return ordered.by_name("activity_kinds", held["kind"])
    if order == "cost":
        return [cost or None for cost in held["cost"]]
    if order == "state":
        columns = zip(held["conflict"], held["state"], held["ends"], held["counts"], strict=True)
        return [_state_rank(conflict, state, ends < today, counts) for conflict, state, ends, counts in columns]
    return held[{"when": "starts"}.get(order, order)]


def _state_rank(conflict: int, state: str, over: bool, counts: int) -> int:
    """In the order of the words: Dự kiến, Không tính, Mâu thuẫn, Quá ngày, Tính chỉ tiêu."""
    if conflict:
        return 2
    if state != DONE:
        return 3 if over else 0
    return 4 if counts else 1


def _sums(held: LongList, wanted: Wanted, places: Sequence[int]) -> Summed:
    """`_summed` of places, which come latest first."""

    def ask() -> Summed:
        done = long_list.equal(places, held["state"], DONE)
        units = len(set(map(held["unit"].__getitem__, done)))
        people, women, cost = (held.sum(name, done) for name in ("participants", "women", "cost"))
        return Summed(len(places), len(done), units, people, women, cost, *held.days(places))

    return held.once("summed", _unordered(wanted), ask)


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
    held = _held(connection, wanted)
    if held is not None:
        places = _sorted(office, connection, wanted, held)[starts : starts + count]
        return _found(office, connection, held.ids_of(places))
    query = _narrowed(select(_T.record), _conditions(office, connection, wanted)).order_by(*_LATEST)
    return _found(office, connection, connection.execute(query.offset(starts).limit(count)).scalars().all())


def _sorted(office: Office, connection: Connection, wanted: Wanted, held: LongList) -> list[int]:
    today = office.clock.today().isoformat()

    def ask() -> list[int]:
        places = _places_wanted(office, connection, wanted, held)
        if not wanted.order:
            return places
        return long_list.in_order(places, _keys(held, wanted.order, today), descending=wanted.descending)

    return held.once("sorted", (wanted, today), ask)


def _found(office: Office, connection: Connection, ids: Sequence[str]) -> list[ActivityRow]:
    keeper, now = office.tree(connection).custodian, office.structure(connection).units
    read: dict[str, tuple[RowMapping, Activity]] = {}
    for chunk in ordered.chunks(ids):
        for row in connection.execute(_whole().where(_T.record.in_(chunk))).mappings():
            read[row["record"]] = row, value_of(Activity.TYPE, row)
    names = _names(connection, {person for _, activity in read.values() for person in activity.people})
    return [
        ActivityRow(
            id_,
            activity,
            now[row["unit"]].short_name if row["unit"] in now else row["short_name"] or "–",
            row["conflict"],
            keeper(row["unit"]) == office.identity.unit,
            row["workplace_name"] or "",
            tuple((person, names.get(person, "")) for person in activity.people),
        )
        for id_, (row, activity) in ((id_, read[id_]) for id_ in ids)
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

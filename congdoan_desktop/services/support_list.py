"""The list of support records in pages: of 200,000 only those in sight are read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.services import long_list, ordered, persons
from congdoan_desktop.services.long_list import LongList, Place
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receivers import PersonHit, hits
from congdoan_desktop.services.units import named, under
from congdoan_desktop.storage.projections import TABLES, value_of

_T, _PEOPLE, _UNITS = (TABLES[kind.TYPE].c for kind in (SupportRecord, Person, Unit))
_AMOUNT = _T.cash + _T.in_kind
_HELD = long_list.Of(
    SupportRecord,
    "on",
    ("unit", "person", "campaign", "cause", "fund", "cash", "in_kind", "decision", "signed", "conflict", "search"),
)


_CATALOGUES = {"cause": "support_causes", "fund": "funds"}
_RECEIVERS = long_list.Of(Person, "sort", ("search",))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; None and "" ask for all. Of a unit also what was merged into it."""

    campaign: str | None = None
    unit: str | None = None
    cause: str | None = None
    fund: str | None = None
    year: int | None = None
    search: str = ""
    no_decision: bool = False
    conflict: bool = False
    order: str = ""
    """A key of the columns of the list, "" for the latest first."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A support record as listed."""

    id: str
    record: SupportRecord
    person: str
    """Name of the receiver, or a note that it was erased."""
    unit_name: str
    conflict: bool
    own: bool
    receiver: PersonHit | None = None
    """None where the person was erased or is not known here."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are listed, to how many people, their sum in đồng, and the days of the first and the last of them."""

    listed: int = 0
    people: int = 0
    amount: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from a place of the list on, and what all of it comes to."""

    counted: Counted
    rows: list[SupportRow]


def page(office: Office, wanted: Wanted, starts: int = 0, count: int = 100) -> Page:
    """One page of the list, and what all of it comes to."""
    with office.read() as connection:
        held = _held(connection, wanted)
        if held is not None:
            counted = _summed(held, wanted, _places(office, connection, wanted, held))
        else:
            counted = _counted(connection, _conditions(office, connection, wanted))
        return Page(counted, _rows(office, connection, _window(office, connection, wanted, starts, count)))


def read_ahead(office: Office) -> bool:
    """Read a portion of what searching and sorting need; True while there is more."""
    with office.read() as connection:
        return long_list.read_on(connection, _HELD) or long_list.read_on(connection, _RECEIVERS)


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[SupportRow]:
    """Further rows, without summing."""
    with office.read() as connection:
        return _rows(office, connection, _window(office, connection, wanted, starts, count))


def place(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list a record stands, None where the filters leave it out."""
    with office.read() as connection:
        held = _held(connection, wanted)
        if held is not None:
            return long_list.position(held, _sorted(office, connection, wanted, held), id_)
        return ordered.place_of(connection, _T.on, _T.record, _conditions(office, connection, wanted), id_)


def ids(office: Office, wanted: Wanted) -> Sequence[str]:
    """Of the whole list, in its order."""
    with office.read() as connection:
        return _ids(office, connection, wanted)


def listing(office: Office, wanted: Wanted) -> list[SupportRow]:
    """The whole list, for a sheet."""
    with office.read() as connection:
        return _rows(office, connection, _ids(office, connection, wanted))


def _held(connection: Connection, wanted: Wanted) -> LongList | None:
    """The list in memory, where it is there or has to be for what is asked."""
    return (long_list.held if wanted.order or wanted.search else long_list.ready)(connection, _HELD)


def _window(office: Office, connection: Connection, wanted: Wanted, starts: int, count: int) -> Sequence[str]:
    """The ids of a page."""
    held = _held(connection, wanted)
    if held is not None:
        return held.ids_of(_sorted(office, connection, wanted, held)[starts : starts + count])
    query = select(_T.record).where(*_conditions(office, connection, wanted))
    page = query.order_by(_T.on.desc(), _T.record.desc()).offset(starts).limit(count)
    return list(connection.execute(page).scalars())


def _ids(office: Office, connection: Connection, wanted: Wanted) -> Sequence[str]:
    held = long_list.held(connection, _HELD)
    return held.ids_of(_sorted(office, connection, wanted, held))


def _sorted(office: Office, connection: Connection, wanted: Wanted, held: LongList) -> list[Place]:
    def ask() -> list[Place]:
        places = _places(office, connection, wanted, held)
        if not wanted.order:
            return places
        return long_list.in_order(places, _keys(connection, held, wanted.order), descending=wanted.descending)

    return held.once("sorted", wanted, ask)


def _conditions(office: Office, connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What the index of the list answers; words are looked for in `_places`."""
    asked = {_T.campaign: wanted.campaign, _T.cause: wanted.cause, _T.fund: wanted.fund}
    found: list[ColumnElement[bool]] = [column == value for column, value in asked.items() if value]
    if wanted.year:
        found.append(_T.on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.unit:
        found.append(_T.unit.in_(under(office, connection, wanted.unit)))
    found += [_T.decision == ""] if wanted.no_decision else []
    return [*found, _T.conflict] if wanted.conflict else found


def _places(office: Office, connection: Connection, wanted: Wanted, held: LongList) -> list[Place]:
    """`_conditions` and the words looked for, in memory; latest first."""

    def ask() -> list[Place]:
        found = held.latest
        asked = {"campaign": wanted.campaign, "cause": wanted.cause, "fund": wanted.fund}
        for name, value in asked.items():
            found = long_list.equal(found, held[name], value) if value else found
        found = long_list.of_year(held, found, wanted.year) if wanted.year else found
        if wanted.unit:
            found = long_list.among(found, held["unit"], under(office, connection, wanted.unit))
        found = long_list.equal(found, held["decision"], "") if wanted.no_decision else found
        found = long_list.equal(found, held["conflict"], 1) if wanted.conflict else found
        return _holding(office, connection, wanted.search, held, found) if wanted.search else found

    return held.once("places", _unordered(wanted), ask)


def _unordered(wanted: Wanted) -> Wanted:
    return replace(wanted, order="", descending=False)


def _holding(
    office: Office, connection: Connection, typed: str, held: LongList, places: Sequence[Place]
) -> list[Place]:
    """Those that hold the words, or whose receiver or union does."""
    words = search_key(typed)
    everybody = long_list.held(connection, _RECEIVERS)
    receivers = {*everybody.ids_of(long_list.holding(everybody, everybody.latest, words, {}))}
    unions = set(named(office, connection, words))
    return long_list.holding(held, places, words, {"person": receivers, "unit": unions})


def _keys(connection: Connection, held: LongList, order: str) -> Sequence[Any]:
    """What the places are sorted by; what is not known has none."""
    if order == "person":
        everybody = long_list.held(connection, _RECEIVERS)
        names = everybody.once("names", None, lambda: _by_name(everybody))
        return list(map(names.get, held["person"]))
    if order == "unit":
        sorts = {row.record: row.sort for row in connection.execute(select(_UNITS.record, _UNITS.sort))}
        return list(map(sorts.get, held["unit"]))
    if order in _CATALOGUES:
        return ordered.by_name(_CATALOGUES[order], held[order])
    if order == "amount":
        return list(map(add, held["cash"], held["in_kind"]))
    if order == "state":
        return [
            1 if conflict else 2 if not decision else 0
            for conflict, decision in zip(held["conflict"], held["decision"], strict=True)
        ]
    return held[{"when": "on"}.get(order, order)]


def _by_name(everybody: LongList) -> dict[str, int]:
    """Person -> place in the Vietnamese order of names."""
    return {id_: -at for at, id_ in enumerate(everybody.ids_of(everybody.latest))}


def _summed(held: LongList, wanted: Wanted, places: Sequence[Place]) -> Counted:
    """`_counted` of places, which come latest first."""

    def ask() -> Counted:
        people = {*map(held["person"].__getitem__, places)} - {"", None}
        return Counted(
            len(places), len(people), held.sum("cash", places) + held.sum("in_kind", places), *held.days(places)
        )

    return held.once("counted", _unordered(wanted), ask)


def _counted(connection: Connection, where: list[ColumnElement[bool]]) -> Counted:
    found = connection.execute(
        select(
            func.count(),
            func.count(func.nullif(_T.person, "").distinct()),
            func.coalesce(func.sum(_AMOUNT), 0),
            func.min(_T.on),
            func.max(_T.on),
        )
        .select_from(TABLES[SupportRecord.TYPE])
        .where(*where)
    ).one()
    return Counted(*found)


def _rows(office: Office, connection: Connection, wanted: Sequence[str]) -> list[SupportRow]:
    keeper, now = office.tree(connection).custodian, office.structure(connection).units
    found: dict[str, SupportRow] = {}
    for chunk in ordered.chunks(wanted):
        read = connection.execute(_records().where(_T.record.in_(chunk))).mappings().all()
        receivers = hits(office, connection, {row["person"] for row in read})
        for row in read:
            own = keeper(row["unit"]) == office.identity.unit
            found[row["record"]] = _row(row, now, own=own, receiver=receivers.get(row["person"]))
    return [found[id_] for id_ in wanted]


def _records() -> Select[Any]:
    return (
        select(
            TABLES[SupportRecord.TYPE],
            _PEOPLE.name.label("person_name"),
            _PEOPLE.erased.label("person_erased"),
            _UNITS.short_name,
        )
        .join(TABLES[Person.TYPE], _PEOPLE.record == _T.person, isouter=True)
        .join(TABLES[Unit.TYPE], _UNITS.record == _T.unit, isouter=True)
    )


def _row(row: RowMapping, now: Mapping[str, Unit], *, own: bool, receiver: PersonHit | None) -> SupportRow:
    return SupportRow(
        row["record"],
        value_of(SupportRecord.TYPE, row),
        row["person_name"] or (persons.ERASED if row["person_erased"] else row["group"] or "–"),
        now[row["unit"]].short_name if row["unit"] in now else row["short_name"] or "–",
        row["conflict"],
        own,
        receiver,
    )

"""The list of support records in pages: of 200,000 only those in sight are read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, case, func, or_, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import search_key, sort_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.services import ordered, persons
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receivers import PersonHit, hits
from congdoan_desktop.services.units import named, under
from congdoan_desktop.storage.projections import TABLES, value_of

_T, _PEOPLE, _UNITS = (TABLES[kind.TYPE].c for kind in (SupportRecord, Person, Unit))
_AMOUNT = _T.cash + _T.in_kind


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
        counted = _counted(connection, _conditions(office, connection, wanted))
        return Page(counted, _rows(office, connection, _window(office, connection, wanted, starts, count)))


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[SupportRow]:
    """Further rows, without summing."""
    with office.read() as connection:
        return _rows(office, connection, _window(office, connection, wanted, starts, count))


def place(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list a record stands, None where the filters leave it out."""
    with office.read() as connection:
        if wanted.order or wanted.search:
            found = _ids(office, connection, wanted)
            return found.index(id_) if id_ in found else None
        where = _conditions(office, connection, wanted)
        on = connection.execute(select(_T.on).where(_T.record == id_, *where)).scalar()
        if on is None:
            return None
        later = or_(_T.on > on, and_(_T.on == on, _T.record > id_))
        return int(connection.execute(select(func.count()).where(later, *where)).scalar_one())


def ids(office: Office, wanted: Wanted) -> Sequence[str]:
    """Of the whole list, in its order."""
    with office.read() as connection:
        return _ids(office, connection, wanted)


def listing(office: Office, wanted: Wanted) -> list[SupportRow]:
    """The whole list, for a sheet."""
    with office.read() as connection:
        return _rows(office, connection, _ids(office, connection, wanted))


def _window(office: Office, connection: Connection, wanted: Wanted, starts: int, count: int) -> Sequence[str]:
    """The ids of a page; what was sorted or searched is kept, so that the next page is there at once."""
    if wanted.order or wanted.search:
        return _ids(office, connection, wanted)[starts : starts + count]
    query = _latest_first(_conditions(office, connection, wanted)).offset(starts).limit(count)
    return list(connection.execute(query).scalars())


def _ids(office: Office, connection: Connection, wanted: Wanted) -> Sequence[str]:
    def ask() -> Sequence[str]:
        where = _conditions(office, connection, wanted)
        if wanted.order == "person":
            return _by_person(connection, where, descending=wanted.descending)
        return list(connection.execute(_in_order(wanted, where)).scalars())

    return ordered.ids(connection, SupportRecord.TYPE, wanted, ask)


def _conditions(office: Office, connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = {_T.campaign: wanted.campaign, _T.cause: wanted.cause, _T.fund: wanted.fund}
    found: list[ColumnElement[bool]] = [column == value for column, value in asked.items() if value]
    if wanted.year:
        found.append(_T.on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.unit:
        found.append(_T.unit.in_(under(office, connection, wanted.unit)))
    if wanted.search:
        words = search_key(wanted.search)
        receivers = select(_PEOPLE.record).where(func.instr(_PEOPLE.search, words) > 0)
        said = select(_T.record).where(
            or_(func.instr(_T.search, words) > 0, _T.unit.in_(named(office, connection, words)))
        )
        # Two questions, because one with "or" looks for the receiver of each of 200,000.
        found.append(_T.record.in_(said.union(select(_T.record).where(_T.person.in_(receivers)))))
    found += [_T.decision == ""] if wanted.no_decision else []
    return [*found, _T.conflict] if wanted.conflict else found


def _latest_first(where: list[ColumnElement[bool]]) -> Select[Any]:
    return select(_T.record).where(*where).order_by(_T.on.desc(), _T.record.desc())


def _in_order(wanted: Wanted, where: list[ColumnElement[bool]]) -> Select[Any]:
    """What is not known stands at the end, whichever way round; equals stand with the latest first."""
    latest = _latest_first(where)
    if not wanted.order:
        return latest
    if wanted.order == "unit":
        latest = latest.select_from(TABLES[SupportRecord.TYPE].outerjoin(TABLES[Unit.TYPE], _UNITS.record == _T.unit))
    key = _key(wanted.order)
    return latest.order_by(None).order_by(
        key.is_(None), key.desc() if wanted.descending else key, _T.on.desc(), _T.record.desc()
    )


def _key(order: str) -> ColumnElement[Any]:
    keys: Mapping[str, ColumnElement[Any]] = {
        "when": _T.on,
        "unit": _UNITS.sort,
        "cause": _by_name(_T.cause, "support_causes"),
        "fund": _by_name(_T.fund, "funds"),
        "amount": _AMOUNT,
        "signed": _T.signed,
        "state": case((_T.conflict, 1), (_T.decision == "", 2), else_=0),
    }
    return keys[order]


def _by_name(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    """Codes of a catalogue in the order of their names; one that is not in it comes behind."""
    names = {entry.code: sort_key(entry.name) for entry in catalogue().entries(name)}
    places = {key: place for place, key in enumerate(sorted(set(names.values())))}
    return case({code: places[key] for code, key in names.items()}, value=column, else_=len(places))


def _by_person(connection: Connection, where: list[ColumnElement[bool]], *, descending: bool) -> list[str]:
    """Sorted here, because a join would read the wide row of a person for each of 200,000."""
    found = connection.execute(_latest_first(where).add_columns(_T.person)).all()
    names = ordered.people(connection, select(_T.person))
    return [row.record for row in ordered.by_value(found, lambda row: names.get(row.person), descending=descending)]


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
